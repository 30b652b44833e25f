"""Delegations: the list in its order, the catalogue, and one delegation."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, languages, places
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.forms import labelled
from confapp.foundation.web.guard import found, prepare, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries, rules
from confapp.registration.forms import (
    DelegationNamesForm,
    InvitationForm,
    MemberForm,
    NotedForm,
    OwnDelegationForm,
    PlacesForm,
    TagForm,
)
from confapp.registration.models import Delegation
from confapp.registration.rules import ACCREDIT, INVITE, PartyKind, catalogue, figures
from confapp.registration.rules.credentials import CREDENTIAL_STATE_NAMES
from confapp.registration.views import entering, questions
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk
from confapp.registration.views.desk.standing import said
from confapp.registration.views.marks import settled


@registration_desk.get("/delegations")
@requires(SEE_PEOPLE)
def delegations() -> Page:
    narrowing = _narrowing()
    rows = queries.standings(g.actor, g.conference, narrowing=narrowing)
    groups, tags = queries.words_of(g.actor, g.conference)
    return render_template(
        "registration/desk/delegations.html",
        rows=rows,
        words=said(rows, g.conference.zone),
        narrowing=narrowing,
        is_narrowed=narrowing != queries.Narrowing(),
        filters=_filters(groups, tags),
        total=figures.total(row.figures for row in rows),
        tags=tags,
        form=PlacesForm(formdata=None),
    )


def _narrowing() -> queries.Narrowing:
    names = ("status", "kind", "group", "tag", "credential")
    return queries.Narrowing(search=asked("q"), **{name: asked(name) for name in names})


def _filters(groups: list[str], tags: list[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, label, choices) of what the list can be narrowed by; what nobody has is not offered."""
    offered = [
        ("status", _("Status"), labelled(rules.DELEGATION_STATUS_NAMES)),
        ("kind", _("Kind"), labelled(catalogue.KIND_HEADINGS)),
        ("group", _("Group"), [(one, one) for one in groups]),
        ("tag", _("Tag"), [(one, one) for one in tags]),
        ("credential", _("Credential"), labelled(CREDENTIAL_STATE_NAMES)),
    ]
    return [one for one in offered if one[2]]


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
        made = actions.add_own_delegation(g.actor, g.conference, form.name.data, kind=PartyKind(form.kind.data))
        return redirect(_address(made), 303)
    search, group, kind = asked("q"), asked("group"), asked("kind")
    page = render_template(
        "registration/desk/add_delegations.html",
        form=form,
        parties=queries.parties(search, group, kind),
        taken=queries.taken_parties(),
        search=search,
        group=group,
        kind=kind,
        kind_items=_items("kind", kind, labelled(catalogue.KIND_HEADINGS), q=search, group=group),
        group_items=_items("group", group, [(one, one) for one in queries.party_groups()], q=search, kind=kind),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _items(name: str, chosen: str, choices: list[tuple[str, str]], **kept: str) -> list[dict[str, Any]]:
    """Links that narrow the catalogue by one word and keep the others."""

    def address(value: str) -> str:
        words: dict[str, Any] = {other: word for other, word in (kept | {name: value}).items() if word}
        return url_for(".add_delegations", **words)

    choices = [("", _("All")), *choices]
    return [{"label": label, "url": address(value), "current": value == chosen} for value, label in choices]


@registration_desk.post("/delegations/places")
@requires(INVITE)
def set_all_places() -> Page:
    """The same number of places for the delegations that were ticked."""
    form, rows = PlacesForm(), _ticked()
    if not form.is_sent() or not rows:
        flash(_("Tick at least one delegation and write a number of places."), "attention")
        return redirect(url_for(".delegations"), 303)
    for row in rows:
        try:
            actions.set_places(g.actor, row, form.places.data)
        except Refused as refusal:
            raise Refused(f"{languages.best(row.name)}: {refusal.message}", 409) from refusal
    flash(
        ngettext("Places were set for %(num)d delegation.", "Places were set for %(num)d delegations.", len(rows)),
        "good",
    )
    return redirect(url_for(".delegations"), 303)


@registration_desk.post("/delegations/tags")
@requires(INVITE)
def tag_delegations() -> Page:
    """A tag for the delegations that were ticked, or taken from them."""
    form, rows = TagForm(), _ticked()
    if not form.is_sent() or not rows:
        flash(_("Tick at least one delegation and write a tag."), "attention")
        return redirect(url_for(".delegations"), 303)
    removes = request.form.get("do") == "remove"
    number = actions.tag_delegations(g.actor, rows, form.tag.data or "", remove=removes)
    flash(ngettext("%(num)d delegation was changed.", "%(num)d delegations were changed.", number), "good")
    return redirect(url_for(".delegations"), 303)


def _ticked() -> list[Delegation]:
    return [_delegation(ref) for ref in dict.fromkeys(request.form.getlist("delegation"))]


@registration_desk.get("/delegations/<ref>")
@requires(SEE_PEOPLE)
def delegation(ref: str) -> Page:
    return _page(_delegation(ref))


@registration_desk.route("/delegations/<ref>/names", methods=["GET", "POST"])
@requires(INVITE)
def rename_delegation(ref: str) -> Page:
    row = _delegation(ref)
    form = DelegationNamesForm(row)
    if form.is_sent():
        actions.rename_delegation(g.actor, row, form.name.data, form.formal_name.data, form.addressee.data)
        actions.describe_delegation(g.actor, row, **form.description())
        flash(_("Saved for this conference."), "good")
        return redirect(_address(row), 303)
    page = render_template("registration/desk/delegation_names.html", delegation=row, form=form)
    return page, settled(form)


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


@registration_desk.post("/delegations/<ref>/<any(note_invited,acknowledge,accept,decline,take_back_answer):verb>")
@requires(INVITE)
def note_fact(ref: str, verb: str) -> Page:
    """What came another way, by note verbale or telephone."""
    row, form = _delegation(ref), NotedForm()
    if not form.is_sent():
        return _page(row, noted=form, status=422)
    try:
        _note(row, verb, form)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(row, noted=form, status=refusal.status)
    if verb == "take_back_answer":
        flash(_("It stands as before. That it was taken back is on record."), "good")
    else:
        flash(_("This was noted with its day and your name."), "good")
    return redirect(_address(row), 303)


def _note(row: Delegation, verb: str, form: NotedForm) -> None:
    if verb == "take_back_answer":
        actions.take_back_answer(g.actor, row)
    elif verb == "decline" and form.members.data:
        actions.decline_with_members(g.actor, row, form.members.data, on=form.day.data)
    else:
        getattr(actions, verb)(g.actor, row, form.day.data)


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
@prepare(questions.keep_uploads)
@keeps_draft
def new_member(ref: str) -> Page:
    """The office registers a member, also after the closing date."""
    row = _delegation(ref)
    form, status = entering.member_form(row), 200
    if form.is_sent():
        try:
            made = entering.register(form, row)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(entering.said(made), "good")
            return redirect(_address(row), 303)
    return _member_page(row, form), settled(form, status)


# --- parts ------------------------------------------------------------------------------------------------------------


def _delegation(ref: str) -> Delegation:
    return found(queries.delegation(g.actor, g.conference, ref))


def _page(
    row: Delegation,
    *,
    invitation: InvitationForm | None = None,
    places_form: PlacesForm | None = None,
    noted: NotedForm | None = None,
    status: int = 200,
) -> Page:
    members = queries.some_members(g.actor, g.conference, row, request.args.get("page", 1, int))
    quota = places.find_quota(row)
    facts = queries.facts(row)
    page = render_template(
        "registration/desk/delegation.html",
        delegation=row,
        members=members.rows,
        member_pages=members,
        registered=members.registered,
        figures=queries.counted(g.actor, g.conference, row).of(row),
        missing=rules.missing(row, members.owing),
        quota=quota,
        focal_points=queries.focal_point_mandates([row.id]),
        facts=facts,
        names=queries.known_addresses(fact.account_id or 0 for fact in facts),
        invitation=invitation or InvitationForm(formdata=None, language=g.language),
        places_form=places_form or PlacesForm(formdata=None, places=quota.capacity if quota else None),
        noted=noted or NotedForm(formdata=None, day=clock.today(g.conference.zone)),
        living=queries.living_members(row) if members.registered else 0,
        now=clock.now(),
    )
    return page, status


def _member_page(row: Delegation, form: MemberForm) -> str:
    form.word(queries.consent_texts())
    return render_template("registration/desk/member.html", delegation=row, form=form, quota=places.find_quota(row))


def _address(row: Delegation) -> str:
    return url_for("registration_desk.delegation", ref=row.ref)
