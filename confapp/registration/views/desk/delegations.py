"""Delegations: the list in its order, the catalogue, and one delegation."""

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, languages, places
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.limits import limited
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, exports, queries, rules
from confapp.registration.forms import (
    CredentialForm,
    DelegationNamesForm,
    InvitationForm,
    MemberForm,
    OwnDelegationForm,
    PlacesForm,
)
from confapp.registration.models import Credential, Delegation
from confapp.registration.rules import ACCREDIT, EXPORT, INVITE
from confapp.registration.views import uploads
from confapp.registration.views.desk.blueprint import EXPORTS, Page, asked, exported, registration_desk
from confapp.registration.views.marks import settled
from confapp.registration.views.me import chosen_category, member_form


@registration_desk.get("/delegations")
@requires(SEE_PEOPLE)
def delegations() -> Page:
    search = asked("q")
    rows = queries.standings(g.actor, g.conference, search)
    return render_template(
        "registration/desk/delegations.html",
        rows=rows,
        search=search,
        totals=_totals(rows),
        form=PlacesForm(formdata=None),
    )


@registration_desk.get("/delegations.csv")
@requires(EXPORT)
@limited(EXPORTS)
def delegations_csv() -> Response:
    rows = queries.standings(g.actor, g.conference)
    return exported(exports.delegations_csv(rows, g.conference.zone), "delegations", len(rows))


@registration_desk.route("/delegations/add", methods=["GET", "POST"])
@requires(INVITE)
def add_delegations() -> Page:
    """From the catalogue, one or several at once, or by a name of one's own."""
    form = OwnDelegationForm()
    if request.method == "POST" and (refs := request.form.getlist("party")):
        parties = queries.parties_by_ref(refs)
        for party in parties:
            actions.add_delegation(g.actor, g.conference, party)
        message = ngettext("%(num)d delegation was added.", "%(num)d delegations were added.", len(parties))
        flash(message, "good")
        return redirect(url_for(".delegations"), 303)
    if request.method == "POST" and "own" not in request.form:
        form.form_errors = [_("Choose at least one state or organization.")]
    elif form.is_sent():
        made = actions.add_own_delegation(g.actor, g.conference, form.name.data)
        return redirect(_address(made), 303)
    search, group = asked("q"), asked("group")
    page = render_template(
        "registration/desk/add_delegations.html",
        form=form,
        parties=queries.parties(search, group),
        taken=queries.taken_parties(),
        search=search,
        group=group,
        group_items=[
            {"label": one, "url": url_for(".add_delegations", group=one, q=search or None), "current": one == group}
            for one in queries.party_groups()
        ],
    )
    return page, 422 if form.errors or form.form_errors else 200


@registration_desk.post("/delegations/order")
@requires(INVITE)
def order_delegations() -> Page:
    code = request.form.get("language", "")
    if code not in g.conference.languages:
        abort(400)
    actions.order_by_name(g.actor, g.conference, code)
    flash(
        _("The delegations are in alphabetical order in %(language)s.", language=languages.language(code).name), "good"
    )
    return redirect(url_for(".delegations"), 303)


@registration_desk.post("/delegations/places")
@requires(INVITE)
def set_all_places() -> Page:
    """The same number of places for the delegations that were ticked."""
    form, refs = PlacesForm(), request.form.getlist("delegation")
    if not form.is_sent() or not refs:
        flash(_("Tick at least one delegation and write a number of places."), "attention")
        return redirect(url_for(".delegations"), 303)
    for ref in refs:
        row = _delegation(ref)
        try:
            actions.set_places(g.actor, row, form.places.data)
        except Refused as refusal:
            raise Refused(f"{languages.best(row.name)}: {refusal.message}", 409) from refusal
    flash(
        ngettext("Places were set for %(num)d delegation.", "Places were set for %(num)d delegations.", len(refs)),
        "good",
    )
    return redirect(url_for(".delegations"), 303)


@registration_desk.get("/delegations/<ref>")
@requires(SEE_PEOPLE)
def delegation(ref: str) -> Page:
    return _page(_delegation(ref))


@registration_desk.route("/delegations/<ref>/names", methods=["GET", "POST"])
@requires(INVITE)
def rename_delegation(ref: str) -> Page:
    row = _delegation(ref)
    form = DelegationNamesForm(data={"name": row.name, "formal_name": row.formal_name})
    if form.is_sent():
        actions.rename_delegation(g.actor, row, form.name.data, form.formal_name.data)
        flash(_("The names were changed for this conference."), "good")
        return redirect(_address(row), 303)
    page = render_template("registration/desk/delegation_names.html", delegation=row, form=form)
    return page, settled(form)


@registration_desk.post("/delegations/<ref>/<any(up,down):way>")
@requires(INVITE)
def move_delegation(ref: str, way: str) -> Page:
    row = _delegation(ref)
    actions.move_delegation(g.actor, row, -1 if way == "up" else 1)
    return redirect(url_for(".delegations", _anchor=f"d-{row.ref}"), 303)


@registration_desk.post("/delegations/<ref>/invite")
@requires(INVITE)
def invite(ref: str) -> Page:
    row, form = _delegation(ref), InvitationForm()
    if form.is_sent():
        try:
            actions.invite_delegation(g.actor, row, form.email.data, form.name.data, form.language.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("An invitation was mailed to %(address)s.", address=form.email.data), "good")
            return redirect(_address(row), 303)
    return _page(row, invitation=form, status=422)


@registration_desk.post("/delegations/<ref>/focal-points/<mandate>/<any(renew,remove):verb>")
@requires(INVITE)
def focal_point(ref: str, mandate: str, verb: str) -> Page:
    row = _delegation(ref)
    held = found(next((one for one in queries.focal_point_mandates([row.id]) if one.ref == mandate), None))
    if verb == "renew":
        actions.resend_invitation(g.actor, row, held)
        flash(_("The invitation was mailed again; the link sent before has ended."), "good")
    else:
        actions.take_from_focal_point(g.actor, row, held)
        flash(_("%(address)s no longer answers for this delegation.", address=held.account.email), "good")
    return redirect(_address(row), 303)


@registration_desk.post("/delegations/<ref>/<any(note_invited,acknowledge,accept,decline):verb>")
@requires(INVITE)
def note_fact(ref: str, verb: str) -> Page:
    """What came another way, by note verbale or telephone."""
    row = _delegation(ref)
    getattr(actions, verb)(g.actor, row)
    flash(_("This was noted with the present time and your name."), "good")
    return redirect(_address(row), 303)


@registration_desk.post("/delegations/<ref>/places")
@requires(INVITE)
def set_places(ref: str) -> Page:
    row, form = _delegation(ref), PlacesForm()
    if form.is_sent():
        try:
            actions.set_places(g.actor, row, form.places.data)
        except Refused as refusal:
            form.refuse(Refused(refusal.message, 422, "places"))
        else:
            flash(_("The places were set."), "good")
            return redirect(_address(row), 303)
    return _page(row, places_form=form, status=422)


@registration_desk.post("/delegations/<ref>/remove")
@requires(INVITE)
def remove_delegation(ref: str) -> Page:
    actions.remove_delegation(g.actor, _delegation(ref))
    flash(_("The delegation was taken off the list."), "good")
    return redirect(url_for(".delegations"), 303)


@registration_desk.route("/delegations/<ref>/members/new", methods=["GET", "POST"])
@requires(ACCREDIT)
def new_member(ref: str) -> Page:
    """The office registers a member, also after the closing date."""
    row = _delegation(ref)
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
    return _member_page(row, form), settled(form, status)


@registration_desk.post("/delegations/<ref>/credentials")
@requires(ACCREDIT)
@prepare(uploads.keep_paper)
def credential(ref: str) -> Page:
    row, form = _delegation(ref), CredentialForm()
    if g.prepared is not None and g.prepared.fault:
        form.validate()
        form.refuse(Refused(g.prepared.fault, 422, "file"))
    elif form.is_sent():
        try:
            uploads.received(form, actions.receive_credential, delegation=row)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The paper was noted."), "good")
            return redirect(_address(row), 303)
    return _page(row, paper_form=form, status=422)


@registration_desk.get("/delegations/<ref>/credentials/<paper>")
@requires(SEE_PEOPLE)
def paper(ref: str, paper: str) -> Any:
    kept = found(queries.credential(_delegation(ref), paper))
    found(kept.file)
    return uploads.download(kept)


@registration_desk.post("/delegations/<ref>/credentials/<paper>/check")
@requires(ACCREDIT)
def check_credential(ref: str, paper: str) -> Page:
    row = _delegation(ref)
    actions.check_credential(g.actor, found(queries.credential(row, paper)))
    flash(_("The paper was marked as checked; the members of the delegation inherit it."), "good")
    return redirect(_address(row), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _delegation(ref: str) -> Delegation:
    return found(queries.delegation(g.actor, g.conference, ref))


def _page(
    row: Delegation,
    *,
    invitation: InvitationForm | None = None,
    places_form: PlacesForm | None = None,
    paper_form: CredentialForm | None = None,
    status: int = 200,
) -> Page:
    members = queries.members(g.actor, g.conference, row)
    quota = places.find_quota(row)
    facts = queries.facts(row)
    page = render_template(
        "registration/desk/delegation.html",
        delegation=row,
        members=members,
        registered=sum(member.status in rules.REGISTERED for member in members),
        missing=rules.missing(row, members),
        quota=quota,
        focal_points=queries.focal_point_mandates([row.id]),
        facts=facts,
        names=queries.known_addresses(fact.account_id or 0 for fact in facts),
        invitation=invitation or InvitationForm(formdata=None, language=g.language),
        places_form=places_form or PlacesForm(formdata=None, places=quota.capacity if quota else None),
        paper_form=paper_form or CredentialForm(formdata=None),
        paper_address=_paper_address,
        now=clock.now(),
    )
    return page, status


def _member_page(row: Delegation, form: MemberForm) -> str:
    return render_template("registration/desk/member.html", delegation=row, form=form, quota=places.find_quota(row))


def _paper_address(row: Delegation) -> Any:
    def address(one: Credential) -> str:
        return url_for("registration_desk.paper", ref=row.ref, paper=one.ref)

    return address


def _address(row: Delegation) -> str:
    return url_for("registration_desk.delegation", ref=row.ref)


def _totals(rows: list[queries.Standing]) -> dict[str, int]:
    """Delegations by how far they are, and people."""
    delegations = [row.delegation for row in rows]
    return {
        "all": len(rows),
        "invited": sum(row.invited_at is not None for row in delegations),
        "accepted": sum(row.status == rules.DelegationStatus.ACCEPTED for row in delegations),
        "with_members": sum(row.registered > 0 for row in rows),
        "registered": sum(row.registered for row in rows),
        "accredited": sum(row.counts[rules.Status.ACCREDITED] for row in rows),
    }
