"""Meetings between two delegations: asked for, answered quietly, and given a room where no head of delegation is
needed elsewhere. Entries in the audit record name the meeting alone, never what it is about."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from confapp.foundation import audit, clock, files
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Attachment, Message, outbox
from confapp.programme import queries
from confapp.programme.actions import commands, require_unchanged
from confapp.programme.actions.sessions import create_session
from confapp.programme.mails import bilaterals as mails
from confapp.programme.mails.side_events import Reader
from confapp.programme.models import Bilateral, BilateralMember, Placement, Room
from confapp.programme.queries import bilaterals as found
from confapp.programme.queries import openings
from confapp.programme.rules import Access, Details, Kind
from confapp.programme.rules.bilaterals import (
    LIFE,
    LONGEST,
    MOST_ASKED,
    STANDING,
    Status,
    kept,
    wishes_fault,
)
from confapp.programme.rules.clashes import RULE_NAMES
from confapp.programme.rules.commands import a_place, place_of
from confapp.programme.rules.side_events import SPEAK_FOR
from confapp.registration import queries as registrations
from confapp.registration.models import Delegation

Windows = Sequence[tuple[datetime, datetime]]


def ask(
    actor: Actor,
    conference: Any,
    asking: Delegation,
    asked: Delegation,
    *,
    subject: str,
    minutes: int,
    people: int | None,
    wishes: Windows,
) -> Bilateral:
    """One request between two delegations stands at a time; which of the two asked does not matter."""
    if not SPEAK_FOR.allows(actor, asking):
        raise Forbidden
    if asking.id == asked.id or asked.declined_at is not None:
        raise Refused(_("Choose another delegation."), 422, "asked")
    _require_possible(conference, minutes, wishes)
    if found.between(asking, asked) is not None:
        raise Refused(_("There is a meeting with this delegation already. You find it in the list."), 422, "asked")
    if found.asked_count(asking) >= MOST_ASKED:
        raise Refused(_("Your delegation has asked for very many meetings. Call some off first."))
    row = Bilateral(
        conference_id=conference.id,
        asking=asking,
        asked=asked,
        subject=subject,
        minutes=minutes,
        people=people,
        wishes=kept(wishes),
        proposed_by_id=asking.id,
        asked_by=actor.account_id,
        members=[],
    )
    db.session.add(row)
    audit.record(actor, "ask_for_meeting", row)
    _tell(row, [asked], conference, mails.asked)
    return row


def _require_possible(conference: Any, minutes: int, wishes: Windows) -> None:
    if not 0 < minutes <= LONGEST:
        raise Refused(_("A meeting lasts at most %(number)d minutes.", number=LONGEST), 422, "minutes")
    if fault := wishes_fault(wishes, minutes, conference.starts_at, conference.ends_at):
        raise Refused(fault, 422, "wishes")


def accept(actor: Actor, row: Bilateral, conference: Any) -> None:
    _answer("accept", actor, row, conference)


def decline(actor: Actor, row: Bilateral, conference: Any) -> None:
    """Nobody is asked why, and nobody is told."""
    _answer("decline", actor, row, conference)


def _answer(verb: str, actor: Actor, row: Bilateral, conference: Any) -> None:
    mine = row.awaited_id
    _move(verb, row, actor)
    row.answered_at, row.answered_by = clock.now(), actor.account_id
    audit.record(actor, f"{verb}_meeting", row)
    _tell(row, [row.other_than(mine)], conference, mails.answered)


def propose(
    actor: Actor, row: Bilateral, mine: Delegation, conference: Any, wishes: Windows, *, revision: int | None = None
) -> None:
    """Other times, by either of the two; a room that it had is free again, and the other one answers."""
    require_unchanged(row, revision)
    if not wishes:
        raise Refused(_("Write at least one time."), 422, "wishes")
    _require_possible(conference, row.minutes, wishes)
    if kept(wishes) == row.wishes and row.proposed_by_id == mine.id and row.status == Status.ASKED:
        return
    _move("propose", row, actor)
    _leave_room(actor, row)
    if row.awaited_id == mine.id:
        row.answered_at, row.answered_by = clock.now(), actor.account_id
    row.wishes, row.proposed_by_id = kept(wishes), mine.id
    audit.record(actor, "propose_other_times", row)
    _tell(row, [row.other_than(mine.id)], conference, mails.asked)


def call_off(actor: Actor, row: Bilateral, mine: Delegation, conference: Any) -> None:
    _move("call_off", row, actor)
    _leave_room(actor, row)
    audit.record(actor, "call_off_meeting", row)
    _tell(row, [row.other_than(mine.id)], conference, mails.answered)


def cancel(actor: Actor, row: Bilateral, conference: Any) -> None:
    """By the protocol office; both are told."""
    _move("cancel", row, actor)
    _leave_room(actor, row)
    audit.record(actor, "cancel_meeting", row)
    _tell(row, [row.asking, row.asked], conference, mails.answered)


def name_members(actor: Actor, row: Bilateral, mine: Delegation, person_ids: Collection[int]) -> None:
    """Who comes for a delegation beside its head; checked for clashes as the head is."""
    if row.status not in STANDING:
        raise Refused(_("This meeting does not stand any more."))
    allowed = {one.person_id for one in found.members_to_name(mine)}
    wanted = set(person_ids) & allowed
    for one in [one for one in row.members if one.delegation_id == mine.id and one.person_id not in wanted]:
        row.members.remove(one)
    known = {one.person_id for one in row.members}
    for person_id in sorted(wanted - known):
        row.members.append(BilateralMember(conference_id=row.conference_id, delegation_id=mine.id, person_id=person_id))
    audit.record(actor, "name_for_meeting", row, number=len(wanted))


# --- the room ---------------------------------------------------------------------------------------------------------


def place(
    actor: Actor, row: Bilateral, conference: Any, room: Room, starts_at: datetime, *, revision: int | None = None
) -> Placement:
    """Gives a meeting its time and room, or others; both are told.

    Whoever places something else meanwhile waits: of two that want one room at one time, the later is refused (409)
    with what stands against it.
    """
    commands.hold(conference.id)
    require_unchanged(row, revision)
    _check("place", row, actor)
    if room.closed_at is not None:
        raise Refused(_("This room is closed. Choose another."), 422, "room")
    now = openings.standing(row.session_id, quiet=True)
    for clash in found.wrong_at(now, found.slot_of(row, starts_at, [room.id])):
        raise Refused(_said(clash, now, room), 409, "room")
    if row.session is None:
        row.session = create_session(actor, conference, _reserved(row, conference))
        db.session.flush()
    was = place_of(queries.placement(row.session))
    there = a_place(starts_at, row.minutes, [(room.id, False)], pinned=True)
    if was == there and row.status == Status.PLACED:
        placement = queries.placement(row.session)
        assert placement is not None
        return placement
    change = {"session": row.session.id, "before": was, "after": there}
    commands.apply(actor, conference.id, [change], "place" if was is None else "move", by_protocol=True)
    _move("place", row, actor)
    audit.record(actor, "place_meeting", row, session=row.session.ref)
    placement = queries.placement(row.session)
    assert placement is not None
    _confirm(row, placement, conference)
    return placement


def _said(clash: Any, now: openings.Standing, room: Room) -> str:
    """What stands against a place. A meeting of others is not named."""
    other = next((best(now.titles[one]) for one in clash.sessions if one in now.titles), "")
    why = ": ".join(filter(None, (_(RULE_NAMES[clash.rule]), other)))
    return _(
        "%(room)s cannot be taken at this time. %(why)s. Choose one of the free ones below?",
        room=best(room.name),
        why=why,
    )


def _reserved(row: Bilateral, conference: Any) -> Details:
    """What the draft shows to everybody who works on it: a room is taken, and nothing of whom for."""
    title = {}
    for code in conference.languages:
        with speaking(code):
            title[code] = _("Reserved")
    return Details(kind=Kind.BILATERAL, title=title, minutes=row.minutes, access=Access.CLOSED, audience=row.people)


def _leave_room(actor: Actor, row: Bilateral) -> None:
    session = row.session
    if session is None:
        return
    placement = queries.placement(session)
    if placement is not None:
        change = {"session": session.id, "before": place_of(placement), "after": None}
        commands.apply(actor, row.conference_id, [change], "unplace", by_protocol=True)
    row.session = None
    session.removed_at = clock.now()


def _confirm(row: Bilateral, placement: Placement, conference: Any) -> None:
    for delegation in (row.asking, row.asked):
        for reader in _readers(delegation, conference):
            content = mails.calendar(row, placement, conference, reader.language)
            file = files.store(content, "text/calendar", "meeting.ics", conference_id=conference.id)
            attached = Attachment(file, "meeting.ics")
            outbox.queue(mails.placed(row, placement, delegation, reader, conference, attached))


# --- parts ------------------------------------------------------------------------------------------------------------


def _check(verb: str, row: Bilateral, actor: Actor) -> Any:
    move = LIFE.named(verb)
    assert move is not None
    move.check(row, by=actor)
    return move


def _move(verb: str, row: Bilateral, actor: Actor) -> None:
    """The database counts the revision, so that of two who decide at once one is refused."""
    _check(verb, row, actor).apply(row, by=actor)
    db.session.flush()


def _tell(
    row: Bilateral,
    delegations: Sequence[Delegation],
    conference: Any,
    mail: Callable[[Bilateral, Delegation, Reader, Any], Message],
) -> None:
    db.session.flush()
    for delegation in delegations:
        for reader in _readers(delegation, conference):
            outbox.queue(mail(row, delegation, reader, conference))


def _readers(delegation: Delegation, conference: Any) -> list[Reader]:
    return [
        Reader(one.email, one.name, one.language, mails.page_of(delegation, conference, one.language))
        for one in registrations.focal_points(delegation)
    ]
