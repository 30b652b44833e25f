"""Acts on the draft, each a command with its author, so that it can be followed, taken back and done again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import require_not_reserved
from confapp.programme.models import Command, Placement, PlacementRoom, Schedule, Session
from confapp.programme.queries import commands as command_queries
from confapp.programme.rules import LONGEST_SESSION, PlacementState
from confapp.programme.rules.commands import REDO, UNDO, Change, Place, place_of, reversed_changes, starts_of


def hold(conference_id: int) -> None:
    """From here on nobody else changes the draft until this transaction ends; what is read now is as it stays."""
    _next_number(conference_id, by=0)
    db.session.expire_all()


def apply(
    actor: Actor,
    conference_id: int,
    changes: Sequence[Change],
    verb: str,
    *,
    undoes: Command | None = None,
    by_protocol: bool = False,
) -> Command:
    """Puts sessions where the changes say, all or none.

    Refused (409, naming who was there) when one of them is not any more where the change found it, and for meetings
    of delegations, which the protocol office moves and tells both.
    """
    schedule_id, number = _next_number(conference_id)
    ids = [change["session"] for change in changes]
    placements, sessions = command_queries.placements_of(ids), command_queries.sessions_of(ids)
    if not by_protocol:
        require_not_reserved(sessions.values())
    for change in changes:
        _require_as_found(change, sessions.get(change["session"]), placements.get(change["session"]))
    for change in changes:
        _put(schedule_id, sessions[change["session"]], placements.get(change["session"]), change["after"])
    command = Command(
        conference_id=conference_id,
        schedule_id=schedule_id,
        number=number,
        verb=verb,
        undoes_id=undoes.id if undoes else None,
        changes=list(changes),
        made_by=actor.account_id,
        acting_name=actor.name,
    )
    db.session.add(command)
    db.session.flush()
    _record(actor, command, [sessions[one] for one in ids])
    return command


def undo(actor: Actor, conference: Any) -> Command:
    """Takes back the actor's own newest act; refused when somebody has changed the same place since."""
    done, _undone = command_queries.stacks(actor.account_id)
    if not done:
        raise Refused(_("There is nothing of yours to take back."))
    return apply(actor, conference.id, reversed_changes(done[-1].changes), UNDO, undoes=done[-1])


def redo(actor: Actor, conference: Any) -> Command:
    """Does again what the actor took back last."""
    _done, undone = command_queries.stacks(actor.account_id)
    if not undone:
        raise Refused(_("There is nothing of yours to do again."))
    return apply(actor, conference.id, undone[-1].changes, REDO, undoes=undone[-1])


def take_back(actor: Actor, conference: Any, command: Command) -> Command:
    """Takes back any one act, also somebody else's, if what it left still stands."""
    return apply(actor, conference.id, reversed_changes(command.changes), UNDO, undoes=command)


# --- parts ------------------------------------------------------------------------------------------------------------


def _next_number(conference_id: int, by: int = 1) -> tuple[int, int]:
    """The draft and the number of its next command; whoever asks meanwhile waits for this transaction to end."""
    db.session.flush()
    draft = queries.draft()
    if draft is None:
        values = {"conference_id": conference_id, "ref": new_ref(), "table": [], "note": {}}
        db.session.execute(inserting(Schedule).values(**values).on_conflict_do_nothing())
        draft = queries.draft()
        assert draft is not None
    counted = update(Schedule).where(Schedule.id == draft.id).values(commands=Schedule.commands + by)
    number = db.session.scalar(
        counted.returning(Schedule.commands).execution_options(synchronize_session=False, populate_existing=True)
    )
    db.session.expire(draft, ["commands"])
    assert number is not None
    return draft.id, number


def _require_as_found(change: Change, session: Session | None, placement: Placement | None) -> None:
    if session is None or (session.removed_at is not None and change["after"] is not None):
        raise Refused(_("This session was removed. Bring it back before you place it."))
    if place_of(placement) != change["before"]:
        name = command_queries.last_to_place(session.id) or _("Somebody")
        title = best(session.title)
        raise Refused(_("%(name)s has moved “%(title)s” since. Look at it again.", name=name, title=title))
    if change["after"] is not None and not 0 < change["after"]["minutes"] <= LONGEST_SESSION:
        raise Refused(_("A session lasts from one minute to one day."), 422, "minutes")


def _put(schedule_id: int, session: Session, placement: Placement | None, place: Place | None) -> None:
    flag_modified(session, "minutes")  # a page opened before it is old
    if place is None:
        if placement is not None:
            db.session.delete(placement)
        return
    if placement is None:
        placement = Placement(conference_id=session.conference_id, schedule_id=schedule_id, session=session, rooms=[])
        db.session.add(placement)
    placement.starts_at, placement.minutes = starts_of(place), place["minutes"]
    placement.state, placement.is_pinned = PlacementState(place["state"]), place["pinned"]
    if [[one.room_id, one.is_overflow] for one in placement.rooms] != place["rooms"]:
        if placement.rooms:
            placement.rooms.clear()
            db.session.flush()
        placement.rooms = [
            PlacementRoom(conference_id=session.conference_id, room_id=room_id, is_overflow=overflow, position=position)
            for position, (room_id, overflow) in enumerate(place["rooms"], 1)
        ]


def _record(actor: Actor, command: Command, sessions: Sequence[Session]) -> None:
    """One line for an act; of a single session with where it stands now."""
    verb = f"{command.verb}_session"
    if len(sessions) != 1:
        refs = [one.ref for one in sessions]
        audit.record(actor, f"{command.verb}_sessions", command, number=command.number, sessions=refs)
        return
    audit.record(actor, verb, sessions[0], number=command.number, place=command.changes[0]["after"])
