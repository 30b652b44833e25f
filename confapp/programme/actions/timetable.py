"""Where and when: the draft is changed freely, a release is numbered and never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import require_unchanged
from confapp.programme.models import Placement, PlacementRoom, Room, Schedule, Session
from confapp.programme.rules import LONGEST_SESSION, PlacementState, printing
from confapp.programme.rules.changes import Edition, differences, fingerprint


def place(
    actor: Actor,
    session: Session,
    rooms: Sequence[Room],
    starts_at: datetime,
    minutes: int | None = None,
    *,
    revision: int | None = None,
) -> Placement:
    """Puts a session into the draft, or moves it there; without `minutes` it takes its usual length."""
    require_unchanged(session, revision)
    minutes = session.minutes if minutes is None else minutes
    placement = queries.placement(session)
    _require_possible(session, rooms, placement, minutes)
    if placement is None:
        placement = Placement(schedule=_draft(session), session=session, conference_id=session.conference_id, rooms=[])
        db.session.add(placement)
    placement.starts_at, placement.minutes = starts_at, minutes
    if placement.room_ids != tuple(room.id for room in rooms):
        placement.rooms.clear()
        db.session.flush()
        placement.rooms = _in_rooms(session.conference_id, [room.id for room in rooms])
    flag_modified(session, "minutes")
    audit.record(
        actor, "place_session", session, starts_at=starts_at, minutes=minutes, rooms=[room.ref for room in rooms]
    )
    return placement


def _require_possible(session: Session, rooms: Sequence[Room], placement: Placement | None, minutes: int) -> None:
    if session.removed_at is not None:
        raise Refused(_("This session was removed. Bring it back before you place it."))
    if not 0 < minutes <= LONGEST_SESSION:
        raise Refused(_("A session lasts from one minute to one day."), 422, "minutes")
    there = placement.room_ids if placement else ()
    if any(room.closed_at is not None and room.id not in there for room in rooms):
        raise Refused(_("This room is closed. Choose another."), 422, "rooms")


def _draft(session: Session) -> Schedule:
    found = queries.draft()
    if found is None:
        found = Schedule(conference_id=session.conference_id)
        db.session.add(found)
    return found


def _in_rooms(conference_id: int, room_ids: Sequence[int]) -> list[PlacementRoom]:
    return [
        PlacementRoom(conference_id=conference_id, room_id=room_id, position=position)
        for position, room_id in enumerate(room_ids, 1)
    ]


def unplace(actor: Actor, session: Session, *, revision: int | None = None) -> None:
    """Takes a session out of the draft; it waits in the list of unplaced ones."""
    require_unchanged(session, revision)
    db.session.delete(_placed(session))
    flag_modified(session, "minutes")
    audit.record(actor, "unplace_session", session)


def cancel(actor: Actor, session: Session) -> None:
    """The session stays where readers look for it and is printed as cancelled."""
    _set_state(actor, session, PlacementState.CANCELLED, "cancel_session")


def reinstate(actor: Actor, session: Session) -> None:
    _set_state(actor, session, PlacementState.PLANNED, "reinstate_session")


def _set_state(actor: Actor, session: Session, state: PlacementState, verb: str) -> None:
    placement = _placed(session)
    if placement.state == state:
        raise Refused(_("This was done already."))
    placement.state = state
    flag_modified(session, "minutes")
    audit.record(actor, verb, session)


def _placed(session: Session) -> Placement:
    found = queries.placement(session)
    if found is None:
        raise Refused(_("This session has no place in the draft."))
    return found


def release(
    actor: Actor, conference: Any, name: str = "", note: dict[str, str] | None = None, *, seen: str | None = None
) -> Schedule:
    """Freezes the draft under the next number: places, printed titles, roles and items. From now on readers see it.

    `seen` is the fingerprint of the differences that somebody read before they decided; None does not ask.
    """
    last, draft = queries.newest_release(), queries.draft_editions()
    before = queries.editions(last)
    found = differences(before, draft)
    if not found:
        raise Refused(
            _("Nothing has changed for readers since the last release.") if last else _("No session has a place yet.")
        )
    if seen is not None and seen != fingerprint(found):
        raise Refused(_("The draft has changed while this page was open. Read the list again before you publish it."))
    schedule = Schedule(
        conference_id=conference.id,
        number=(last.number or 0) + 1 if last else 1,
        name=name,
        note=note or {},
        released_at=clock.now(),
        released_by=actor.account_id,
        table=printing.table(before, draft),
        placements=[_frozen(conference.id, edition) for edition in draft],
    )
    db.session.add(schedule)
    audit.record(actor, "release_programme", schedule, number=schedule.number, name=name, sessions=len(draft))
    return schedule


def _frozen(conference_id: int, edition: Edition) -> Placement:
    return Placement(
        conference_id=conference_id,
        session_id=edition.session_id,
        starts_at=edition.starts_at,
        minutes=edition.minutes,
        state=PlacementState.CANCELLED if edition.is_cancelled else PlacementState.PLANNED,
        printed=edition.printed,
        details=edition.details,
        rooms=_in_rooms(conference_id, edition.room_ids),
    )
