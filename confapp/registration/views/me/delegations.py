"""A focal point's delegation."""

from collections.abc import Callable

from flask import abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock, places
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import CredentialForm
from confapp.registration.models import Credential, Delegation
from confapp.registration.views import uploads
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import (
    Page,
    address,
    own_delegation,
    registration_me,
)
from confapp.registration.views.me.registrations import chosen_category, member_form


@registration_me.get("/")
@checks_inside
def index() -> Page:
    """What somebody takes part in here; straight to it when it is one thing."""
    own = next((one for one in queries.own(g.actor) if one.conference.id == g.conference.id), None)
    mine = own or abort(404)
    if len(mine.delegations) + len(mine.registrations) == 1:
        return redirect(address(mine.delegations[0] if mine.delegations else mine.registrations[0]), 303)
    return render_template("registration/me/index.html", own=mine)


@registration_me.get("/delegations/<ref>")
@checks_inside
def delegation(ref: str) -> Page:
    return _delegation_page(own_delegation(ref))


@registration_me.post("/delegations/<ref>/<any(acknowledge,accept,decline):verb>")
@checks_inside
def answer(ref: str, verb: str) -> Page:
    row = own_delegation(ref)
    try:
        {"acknowledge": actions.acknowledge, "accept": actions.accept, "decline": actions.decline}[verb](g.actor, row)
    except Refused as refusal:
        return _delegation_page(row, refusal)
    flash(_("The answer was recorded, and the organizers see it."), "good")
    return redirect(address(row), 303)


@registration_me.route("/delegations/<ref>/members/new", methods=["GET", "POST"])
@checks_inside
def new_member(ref: str) -> Page:
    row = own_delegation(ref)
    form, status = member_form(), 200
    if form.is_sent():
        try:
            made = actions.register_member(g.actor, row, form.entry(), chosen_category(form))
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("%(name)s was registered as %(number)s.", name=made.person.full_name, number=made.number), "good")
            return redirect(address(row), 303)
    fault = rules.deadline_fault(g.conference, g.actor, clock.now())
    page = render_template("registration/me/member.html", delegation=row, form=form, fault=fault, quota=_quota(row))
    return page, settled(form, status)


@registration_me.post("/delegations/<ref>/credentials")
@checks_inside
@prepare(uploads.keep_paper)
def credential(ref: str) -> Page:
    row = own_delegation(ref)
    form = CredentialForm()
    if g.prepared is not None and g.prepared.fault:
        form.validate()
        form.refuse(Refused(g.prepared.fault, 422, "file"))
    elif form.is_sent():
        try:
            uploads.received(form, actions.receive_credential, delegation=row)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The paper was received. The accreditation office checks it."), "good")
            return redirect(address(row), 303)
    return _delegation_page(row, form=form, status=422)


@registration_me.get("/delegations/<ref>/credentials/<paper>")
@checks_inside
def paper(ref: str, paper: str) -> Response:
    kept = found(queries.credential(own_delegation(ref), paper))
    found(kept.file)
    return uploads.download(kept)


# --- parts ---


def _delegation_page(
    row: Delegation, refusal: Refused | None = None, form: CredentialForm | None = None, status: int = 200
) -> Page:
    members = queries.members(g.actor, g.conference, row)
    page = render_template(
        "registration/me/delegation.html",
        delegation=row,
        members=members,
        missing=rules.missing(row, members),
        quota=_quota(row),
        registered=sum(member.status in rules.REGISTERED for member in members),
        focal_points=queries.focal_point_mandates([row.id]),
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
        form=form or CredentialForm(formdata=None),
        paper_address=_paper_address,
        refusal=refusal,
    )
    return page, refusal.status if refusal else status


def _paper_address(row: Delegation) -> Callable[[Credential], str]:
    return lambda one: url_for("registration_me.paper", ref=row.ref, paper=one.ref)


def _quota(row: Delegation) -> places.Quota | None:
    return places.find_quota(row)
