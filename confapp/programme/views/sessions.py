from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.people.actions import revoke_record_links
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.actions import sessions as actions
from confapp.programme.actions import speaking
from confapp.programme.forms.people import NEW, DelegationsForm, ItemForm, ReplaceForm, RoleForm, WhoForm
from confapp.programme.forms.sessions import SessionForm
from confapp.programme.forms.timetable import PlaceForm
from confapp.programme.models import ChoiceGroup, Item, Session, SessionRole
from confapp.programme.queries import speaking as asking
from confapp.programme.queries.handouts import released_place
from confapp.programme.rules import READ, SCHEDULE, RoleStatus, SessionRoleKind
from confapp.programme.views import Answer, desk, page
from confapp.programme.views.clashes import laid_out
from confapp.registration.models import Delegation
from confapp.speakers.actions import add_speaker
from confapp.speakers.queries import speaker as speaker_by_ref
from confapp.speakers.queries import speakers as all_speakers
from confapp.speakers.queries import watched
from confapp.speakers.rules import MANAGE_SPEAKERS

VERBS = {"remove": actions.remove_session, "restore": actions.restore_session}
ITEM_VERBS = {
    "up": lambda actor, item: actions.move_item(actor, item, -1),
    "down": lambda actor, item: actions.move_item(actor, item, 1),
    "remove": actions.remove_item,
}
ROLE_VERBS = {
    "up": lambda actor, row: actions.move_role(actor, row, -1),
    "down": lambda actor, row: actions.move_role(actor, row, 1),
    "remove": actions.remove_role,
}


@desk.route("/sessions/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_session() -> Answer:
    form = SessionForm.of(None)
    if form.is_sent():
        session = actions.create_session(g.actor, g.conference, form.details(), _group(form))
        flash(_("The session was created. Give it a place, and name those who take part."), "good")
        return _to(session)
    return page("session_form", form=form, session=None)


@desk.get("/sessions/<ref>")
@requires(READ)
def session(ref: str) -> str:
    session = found(queries.session(ref))
    placement, rooms = queries.placement(session), queries.rooms()
    return render_template(
        "programme/desk/session.html",
        session=session,
        placement=placement,
        released_place=released_place(session) if session.links else None,
        form=PlaceForm.of(session, placement, rooms),
        faults=laid_out().faults(session.id) if placement else [],
        agreement=asking.agreement_in(session),
    )


@desk.route("/sessions/<ref>/edit", methods=["GET", "POST"])
@requires(SCHEDULE)
def edit_session(ref: str) -> Answer:
    session = found(queries.session(ref))
    form = SessionForm.of(session)
    if form.is_sent():
        try:
            actions.change_session(g.actor, session, form.details(), _group(form), revision=form.revision.data)
        except Refused as refusal:
            form.refuse(refusal)
            return page("session_form", form=form, session=session)[0], refusal.status
        flash(_("The session was saved."), "good")
        return _to(session)
    return page("session_form", form=form, session=session)


def _group(form: SessionForm) -> ChoiceGroup | None:
    if any(form.new_group.data.values()):
        return actions.add_choice_group(g.actor, g.conference, form.new_group.data)
    return next((one for one in queries.choice_groups() if one.ref == form.choice_group.data), None)


@desk.post("/sessions/<ref>/<any(remove, restore):verb>")
@requires(SCHEDULE)
def change_session(ref: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    VERBS[verb](g.actor, session)
    flash(
        _("The session was removed. It can be brought back from the list of removed sessions.")
        if verb == "remove"
        else _("The session is back, without a place."),
        "good",
    )
    return redirect(url_for(".sessions"), 303) if verb == "remove" else _to(session)


# --- its order --------------------------------------------------------------------------------------------------------


@desk.route("/sessions/<ref>/items/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_item(ref: str) -> Answer:
    session = found(queries.session(ref))
    form = ItemForm.of(None)
    if form.is_sent():
        try:
            actions.add_item(
                g.actor,
                session,
                form.title.data,
                minutes=form.minutes.data,
                delegation=_delegation(form),
                person=_person(form),
            )
            return _to(session, "order")
        except Refused as refusal:
            form.refuse(refusal)
    return page("item_form", form=form, session=session, item=None)


@desk.route("/sessions/<ref>/items/<item>", methods=["GET", "POST"])
@requires(SCHEDULE)
def edit_item(ref: str, item: str) -> Answer:
    session = found(queries.session(ref))
    row = _item(session, item)
    form = ItemForm.of(row)
    if form.is_sent():
        try:
            actions.change_item(g.actor, row, form.title.data, form.minutes.data, _delegation(form), _person(form))
            return _to(session, "order")
        except Refused as refusal:
            form.refuse(refusal)
    return page("item_form", form=form, session=session, item=row)


@desk.post("/sessions/<ref>/items/<item>/<verb>")
@requires(SCHEDULE)
def change_item(ref: str, item: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    try:
        (ITEM_VERBS.get(verb) or abort(404))(g.actor, _item(session, item))
    except Refused as refusal:
        flash(refusal.message, "bad")
    return _to(session, "order")


@desk.route("/sessions/<ref>/delegations", methods=["GET", "POST"])
@requires(SCHEDULE)
def add_delegations(ref: str) -> Answer:
    session, delegations = found(queries.session(ref)), queries.delegations()
    form = DelegationsForm(title={"en": "Statement", "id": "Pernyataan"}, minutes=5)
    if form.is_sent():
        try:
            made = actions.add_delegations(g.actor, session, delegations, form.title.data, form.minutes.data)
            flash(_("%(number)d items were added, one for each delegation.", number=len(made)), "good")
            return _to(session, "order")
        except Refused as refusal:
            form.refuse(refusal)
    there = {item.delegation_id for item in session.items}
    wanted = [one for one in delegations if one.id not in there]
    return page("delegations", form=form, session=session, delegations=wanted)


def _item(session: Session, ref: str) -> Item:
    return found(next((item for item in session.items if item.ref == ref), None))


# --- who takes part ---------------------------------------------------------------------------------------------------


@desk.route("/sessions/<ref>/roles/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_role(ref: str) -> Answer:
    session = found(queries.session(ref))
    form = RoleForm.of(None)
    if form.is_sent():
        try:
            actions.add_role(
                g.actor,
                session,
                SessionRoleKind(form.role.data),
                person=_person(form),
                delegation=_delegation(form),
                printed_function=form.printed_function.data,
                status=RoleStatus(form.status.data),
                language=form.language.data or "",
            )
            return _to(session, "people")
        except Refused as refusal:
            form.refuse(refusal)
    return page("role_form", form=form, session=session, row=None)


@desk.route("/sessions/<ref>/roles/<role>", methods=["GET", "POST"])
@requires(SCHEDULE)
def edit_role(ref: str, role: str) -> Answer:
    session = found(queries.session(ref))
    row = _role(session, role)
    form = RoleForm.of(row)
    if form.is_sent():
        try:
            actions.change_role(
                g.actor,
                row,
                SessionRoleKind(form.role.data),
                RoleStatus(form.status.data),
                person=_person(form),
                delegation=_delegation(form),
                printed_function=form.printed_function.data,
                language=form.language.data or "",
            )
            return _to(session, "people")
        except Refused as refusal:
            form.refuse(refusal)
    return page("role_form", form=form, session=session, row=row)


@desk.route("/sessions/<ref>/roles/<role>/replace", methods=["GET", "POST"])
@requires(SCHEDULE)
def replace_role(ref: str, role: str) -> Answer:
    session = found(queries.session(ref))
    row, form, status = _role(session, role), ReplaceForm(), 422
    if form.is_sent():
        try:
            speaking.replace(g.actor, row, _person(form))
            flash(_("The part was handed over. Invite the new person when you are ready."), "good")
            return _to(session, "people")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    drawn = page("replace_form", form=form, session=session, row=row)[0]
    return drawn, status if request.method == "POST" else 200


@desk.post("/sessions/<ref>/invite")
@requires(SCHEDULE)
def invite_session(ref: str) -> Answer:
    """Mails everybody of the session who has not been asked yet."""
    session = found(queries.session(ref))
    _say_invited(speaking.invite_many(g.actor, g.conference, asking.not_invited(session)))
    return _to(session, "people")


@desk.post("/speakers/all/<any(invite, remind):verb>")
@requires(MANAGE_SPEAKERS)
def invite_speakers(verb: str) -> Answer:
    """Mails the next fifty who were not asked yet, or who owe an answer."""
    wanted = asking.not_invited() if verb == "invite" else asking.silent()
    _say_invited(speaking.invite_many(g.actor, g.conference, wanted))
    return redirect(url_for("speakers_desk.index"), 303)


@desk.post("/speakers/all/ask-for-missing")
@requires(MANAGE_SPEAKERS)
def ask_for_missing() -> Answer:
    """Writes to those who were asked and from whom something is still to come; once a day at most."""
    wanted = [one for one in watched(all_speakers()) if one.can_be_reminded]
    number = speaking.ask_for_missing(g.actor, g.conference, wanted)
    if number:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", number), "good")
    else:
        flash(_("There is nobody to write to: nothing is missing, or they were written to today."), "attention")
    return redirect(url_for("speakers_desk.index"), 303)


@desk.post("/speakers/<ref>/<any(invite, end_links):verb>")
@requires(MANAGE_SPEAKERS)
def invite_speaker(ref: str, verb: str) -> Answer:
    """Mails a speaker the link again, or ends all links that were sent."""
    speaker = found(speaker_by_ref(ref))
    try:
        if verb == "invite":
            speaking.invite(g.actor, g.conference, speaker)
            _say_invited(1)
        else:
            revoke_record_links(g.actor, speaker.person)
            flash(_("The links to this person's pages do not open any more."), "good")
    except Refused as refusal:
        flash(refusal.message, "bad")
    return redirect(url_for("speakers_desk.show", ref=ref), 303)


def _say_invited(number: int) -> None:
    if number:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", number), "good")
    else:
        flash(_("There is nobody to write to: everybody was asked, or has no e-mail address."), "attention")


@desk.post("/sessions/<ref>/roles/<role>/<verb>")
@requires(SCHEDULE)
def change_role(ref: str, role: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    (ROLE_VERBS.get(verb) or abort(404))(g.actor, _role(session, role))
    return _to(session, "people")


def _role(session: Session, ref: str) -> SessionRole:
    return found(next((row for row in session.roles if row.ref == ref), None))


def _person(form: WhoForm) -> Person | None:
    if form.who.data == NEW:
        return add_speaker(g.actor, g.conference, form.name.data).person
    return queries.person(form.who.data) if form.who.data else None


def _delegation(form: WhoForm) -> Delegation | None:
    return next((one for one in queries.delegations() if one.ref == form.delegation.data), None)


def _to(session: Session, anchor: str | None = None) -> Answer:
    return redirect(url_for(".session", ref=session.ref, _anchor=anchor), 303)
