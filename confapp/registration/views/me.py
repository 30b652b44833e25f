"""The own pages: a focal point's delegation, and a delegate's registration."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock, places
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import CorrectionForm, CredentialForm, MemberForm, ReasonForm
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.rules import ACCREDITATION, ANSWER_FOR, NAME_MEMBERS, ConsentKind
from confapp.registration.views import uploads
from confapp.registration.views.marks import settled, words

registration_me = Blueprint("registration_me", __name__, url_prefix="/me/<conference>")
registration_me.context_processor(lambda: words(for_office=False))

Page = Response | str | tuple[str, int]


@registration_me.get("/")
@checks_inside
def index() -> Page:
    """What somebody takes part in here; straight to it when it is one thing."""
    own = next((one for one in queries.own(g.actor) if one.conference.id == g.conference.id), None)
    mine = own or abort(404)
    if len(mine.delegations) + len(mine.registrations) == 1:
        return redirect(_address(mine.delegations[0] if mine.delegations else mine.registrations[0]), 303)
    return render_template("registration/me/index.html", own=mine)


# --- a focal point's delegation ---------------------------------------------------------------------------------------


@registration_me.get("/delegations/<ref>")
@checks_inside
def delegation(ref: str) -> Page:
    return _delegation_page(_own_delegation(ref))


@registration_me.post("/delegations/<ref>/<any(acknowledge,accept,decline):verb>")
@checks_inside
def answer(ref: str, verb: str) -> Page:
    row = _own_delegation(ref)
    try:
        {"acknowledge": actions.acknowledge, "accept": actions.accept, "decline": actions.decline}[verb](g.actor, row)
    except Refused as refusal:
        return _delegation_page(row, refusal)
    flash(_("The answer was recorded, and the organizers see it."), "good")
    return redirect(_address(row), 303)


@registration_me.route("/delegations/<ref>/members/new", methods=["GET", "POST"])
@checks_inside
def new_member(ref: str) -> Page:
    row = _own_delegation(ref)
    form, status = member_form(), 200
    if form.is_sent():
        try:
            made = actions.register_member(g.actor, row, form.entry(), chosen_category(form))
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("%(name)s was registered as %(number)s.", name=made.person.full_name, number=made.number), "good")
            return redirect(_address(row), 303)
    fault = rules.deadline_fault(g.conference, g.actor, clock.now())
    page = render_template("registration/me/member.html", delegation=row, form=form, fault=fault, quota=_quota(row))
    return page, settled(form, status)


@registration_me.post("/delegations/<ref>/credentials")
@checks_inside
@prepare(uploads.keep_paper)
def credential(ref: str) -> Page:
    row = _own_delegation(ref)
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
            return redirect(_address(row), 303)
    return _delegation_page(row, form=form, status=422)


@registration_me.get("/delegations/<ref>/credentials/<paper>")
@checks_inside
def paper(ref: str, paper: str) -> Response:
    kept = found(queries.credential(_own_delegation(ref), paper))
    found(kept.file)
    return uploads.download(kept)


# --- a registration ---------------------------------------------------------------------------------------------------


@registration_me.get("/registrations/<ref>")
@checks_inside
def registration(ref: str) -> Page:
    return _registration_page(_own_registration(ref))


@registration_me.route("/registrations/<ref>/correct", methods=["GET", "POST"])
@checks_inside
def correct(ref: str) -> Page:
    row = _own_registration(ref)
    form, status = correction_form(row), 200
    if form.is_sent():
        try:
            actions.correct(row, form.entry(), by=g.actor, version=form.version.data, category=chosen_category(form))
            if request.form.get("then") == "submit" and row.status == rules.Status.RETURNED:
                actions.change_status(row, _move("submit"), by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The correction was saved."), "good")
            return redirect(_address(row), 303)
    fault = rules.correction_fault(row, g.conference, g.actor, clock.now())
    page = render_template("registration/me/correct.html", registration=row, form=form, fault=fault)
    return page, settled(form, status)


@registration_me.post("/registrations/<ref>/<any(submit,withdraw):verb>")
@checks_inside
def change_status(ref: str, verb: str) -> Page:
    row = _own_registration(ref)
    try:
        actions.change_status(row, _move(verb), by=g.actor, reason=ReasonForm().reason.data or "")
    except Refused as refusal:
        return _registration_page(row, refusal), refusal.status
    flash(
        _("The registration was submitted again.") if verb == "submit" else _("The registration was withdrawn."), "good"
    )
    return redirect(_address(row), 303)


@registration_me.post("/registrations/<ref>/consents/<kind>")
@checks_inside
def consent(ref: str, kind: str) -> Page:
    row = _own_registration(ref)
    if kind not in set(ConsentKind):
        abort(404)
    actions.change_consent(row, ConsentKind(kind), request.form.get("given") == "yes", by=g.actor)
    flash(_("Your choice was recorded."), "good")
    return redirect(_address(row), 303)


@registration_me.post("/registrations/<ref>/link")
@checks_inside
def send_link(ref: str) -> Page:
    row = _own_registration(ref)
    actions.send_link_again(g.actor, row)
    flash(_("A new link was mailed to %(address)s.", address=row.person.email), "good")
    return redirect(_address(row), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def member_form() -> MemberForm:
    form = MemberForm(language=g.language, country="")
    form.word(queries.consent_texts())
    _offer_categories(form, [(one.code, one.name) for one in queries.categories(for_delegations=True)])
    return form


def correction_form(row: Registration) -> CorrectionForm:
    form = CorrectionForm(row)
    offered = queries.categories(for_delegations=True) if row.delegation_id else queries.categories(open_to_all=True)
    choices = [(one.code, one.name) for one in offered]
    if row.category.code not in dict(choices):
        choices.insert(0, (row.category.code, row.category.name))
    _offer_categories(form, choices)
    return form


def _offer_categories(form: Any, choices: list[tuple[str, dict[str, str]]]) -> None:
    """A choice is offered where there are several."""
    if len(choices) > 1:
        form.category.choices = [(code, best(name)) for code, name in choices]
    else:
        del form.category


def chosen_category(form: Any) -> Any:
    return queries.category_by_code(form.category.data) if "category" in form else None


def _own_delegation(ref: str) -> Delegation:
    """A delegation that somebody answers for; the office has its own page at the desk."""
    row = found(queries.delegation(g.actor, g.conference, ref))
    return found(row if NAME_MEMBERS.allows(g.actor, row) else None)


def _own_registration(ref: str) -> Registration:
    row = found(queries.registration(g.actor, g.conference, ref))
    return found(row if ANSWER_FOR.allows(g.actor, row) else None)


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
        registered=sum(member.status in rules.LIVING for member in members),
        focal_points=queries.focal_point_mandates([row.id]),
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
        form=form or CredentialForm(formdata=None),
        paper_address=_paper_address,
        refusal=refusal,
    )
    return page, refusal.status if refusal else status


def _registration_page(row: Registration, refusal: Refused | None = None) -> str:
    return render_template(
        "registration/me/registration.html",
        registration=row,
        fault=rules.correction_fault(row, g.conference, g.actor, clock.now()),
        texts=queries.consent_texts(),
        consents=queries.consents_in_force(row.person),
        readings=queries.readings(row.person),
        refusal=refusal,
    )


def _paper_address(row: Delegation) -> Callable[[Credential], str]:
    return lambda one: url_for("registration_me.paper", ref=row.ref, paper=one.ref)


def _quota(row: Delegation) -> places.Quota | None:
    return places.find_quota(row)


def _move(verb: str) -> Any:
    return ACCREDITATION.named(verb) or abort(404)


def _address(row: Delegation | Registration) -> str:
    name = "delegation" if isinstance(row, Delegation) else "registration"
    return url_for(f"registration_me.{name}", ref=row.ref)
