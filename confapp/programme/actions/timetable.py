"""Where and when: the draft is changed freely, a release is numbered and never changes."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import booklets, clashes, commands, require_unchanged
from confapp.programme.actions.clashes import require_none_blocks
from confapp.programme.models import Placement, PlacementRoom, Room, Schedule, Session
from confapp.programme.queries import clashes as clash_queries
from confapp.programme.queries.clashes import Clashes, Standing
from confapp.programme.rules import PlacementState, printing
from confapp.programme.rules.changes import Edition, differences, fingerprint
from confapp.programme.rules.clashes import Clash, blocking
from confapp.programme.rules.commands import Place, a_place, place_of
from confapp.speakers.actions import print_profiles


def place(
    actor: Actor,
    session: Session,
    rooms: Sequence[Room],
    starts_at: datetime,
    minutes: int | None = None,
    *,
    overflow: Collection[Room] | None = None,
    revision: int | None = None,
) -> Placement:
    """Puts a session into the draft, or moves it there; without `minutes` it takes its usual length.

    `overflow` are those of the rooms that only follow it on a screen; None leaves each as it is.
    """
    require_unchanged(session, revision)
    placement = queries.placement(session)
    was = place_of(placement)
    _require_open(rooms, placement)
    kept = {one.room_id for one in placement.rooms if one.is_overflow} if placement else set()
    aside = kept if overflow is None else {room.id for room in overflow}
    now = a_place(
        starts_at,
        session.minutes if minutes is None else minutes,
        [(room.id, room.id in aside) for room in rooms],
        was["state"] if was else PlacementState.PLANNED,
        pinned=bool(was and was["pinned"]),
    )
    commands.apply(
        actor, session.conference_id, [{"session": session.id, "before": was, "after": now}], _verb(was, now)
    )
    return _placed(session)


def _verb(was: Place | None, now: Place) -> str:
    if was is None:
        return "place"
    same = all(was[name] == now[name] for name in ("starts_at", "rooms"))
    return "resize" if same and was["minutes"] != now["minutes"] else "move"


def _require_open(rooms: Sequence[Room], placement: Placement | None) -> None:
    there = placement.room_ids if placement else ()
    if any(room.closed_at is not None and room.id not in there for room in rooms):
        raise Refused(_("This room is closed. Choose another."), 422, "rooms")


def swap(
    actor: Actor, one: Session, other: Session, *, revision: int | None = None, other_revision: int | None = None
) -> None:
    """Each takes the beginning and the rooms of the other and keeps its length; one act, taken back as one."""
    require_unchanged(one, revision)
    require_unchanged(other, other_revision)
    places = [place_of(_placed(session)) for session in (one, other)]
    if one.id == other.id:
        raise Refused(_("Choose another session."), 422)
    changes = [
        {"session": session.id, "before": mine, "after": mine | {key: theirs[key] for key in ("starts_at", "rooms")}}
        for session, mine, theirs in zip((one, other), places, reversed(places), strict=True)
        if mine is not None and theirs is not None
    ]
    commands.apply(actor, one.conference_id, changes, "swap")


def unplace(actor: Actor, session: Session, *, revision: int | None = None) -> None:
    """Takes a session out of the draft; it waits in the list of unplaced ones."""
    require_unchanged(session, revision)
    _change(actor, session, "unplace", lambda was: None)


def cancel(actor: Actor, session: Session) -> None:
    """The session stays where readers look for it and is printed as cancelled."""
    _change(actor, session, "cancel", lambda was: was | {"state": PlacementState.CANCELLED.value})


def reinstate(actor: Actor, session: Session) -> None:
    _change(actor, session, "reinstate", lambda was: was | {"state": PlacementState.PLANNED.value})


def pin(actor: Actor, session: Session) -> None:
    """Nothing but a person's own hand moves it: the scheduler leaves it where it is."""
    _change(actor, session, "pin", lambda was: was | {"pinned": True})


def unpin(actor: Actor, session: Session) -> None:
    _change(actor, session, "unpin", lambda was: was | {"pinned": False})


def _change(actor: Actor, session: Session, verb: str, to: Callable[[Place], Place | None]) -> None:
    was = place_of(_placed(session))
    assert was is not None
    now = to(was)
    if now == was:
        raise Refused(_("This was done already."))
    commands.apply(actor, session.conference_id, [{"session": session.id, "before": was, "after": now}], verb)


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
    rows = queries.placements(whole=True)
    last, draft = queries.newest_release(), queries.draft_editions(rows)
    before = queries.editions(last)
    found = differences(before, draft)
    if not found:
        raise Refused(
            _("Nothing has changed for readers since the last release.") if last else _("No session has a place yet.")
        )
    if seen is not None and seen != fingerprint(found):
        raise Refused(_("The draft has changed while this page was open. Read the list again before you publish it."))
    require_none_blocks(rows)
    print_profiles(printing.parts_by_person(draft))
    return _publish(actor, conference, last, before, draft, name, note or {})


def emergency(
    actor: Actor,
    conference: Any,
    session: Session,
    reason: dict[str, str],
    *,
    rooms: Sequence[Room] = (),
    starts_at: datetime | None = None,
    minutes: int | None = None,
    overflow: Collection[Room] | None = None,
    revision: int | None = None,
    accepted: str = "",
    seen: str = "",
) -> Schedule:
    """Changes one session for readers at once, and in the draft as well; without `starts_at` it is cancelled.

    Nothing else of the draft becomes public: the new release is the last one with this change. `overflow` is as in
    `place`. What would block a release stops it (`Blocked`), until a reason is `accepted` for the clashes that were
    `seen`; see `seen_of`.
    """
    require_unchanged(session, revision)
    last = queries.newest_release()
    before = queries.editions(last)
    old = next((one for one in before if one.session_id == session.id), None)
    if last is None or old is None:
        raise Refused(_("Readers do not have this session yet. Publish it by a release."))
    new = replace(old, is_cancelled=True)
    if starts_at is not None:
        new = replace(
            old,
            starts_at=starts_at,
            minutes=minutes or old.minutes,
            room_ids=tuple(room.id for room in rooms),
            overflow=old.overflow & {room.id for room in rooms}
            if overflow is None
            else frozenset(room.id for room in overflow),
            is_cancelled=False,
        )
    if new == old:
        raise Refused(_("Readers have it so already. Choose another time, room or length."), 422, "starts")
    _require_open(rooms, queries.placement(session))
    after = [new if one is old else one for one in before]
    _accept_or_stop(actor, conference, session, after, accepted, seen)
    _follow(actor, session, new)
    return _publish(actor, conference, last, before, after, "", reason, is_emergency=True)


class Blocked(Refused):
    """An emergency change that would clash with what readers have: `rows` and `clashes` say with what."""

    def __init__(self, rows: list[Standing], clashes: Clashes) -> None:
        number = len(clashes.found)
        super().__init__(
            ngettext(
                "This would make %(num)d clash that blocks a release. Choose another place, or say why it may stay.",
                "This would make %(num)d clashes that block a release. Choose another place, or say why they may stay.",
                number,
            )
        )
        self.rows, self.clashes, self.seen = rows, clashes, seen_of(clashes.found)


def seen_of(found: Iterable[Clash]) -> str:
    """Tells whether two lists of clashes are the same."""
    return sha256(" ".join(sorted(one.key for one in found)).encode()).hexdigest()[:20]


def _accept_or_stop(
    actor: Actor, conference: Any, session: Session, after: Sequence[Edition], accepted: str, seen: str
) -> None:
    rows = clash_queries.standing(after)
    every = clash_queries.of_draft(rows)
    stopping = [one for one in blocking(every.found) if session.id in one.sessions]
    if stopping and (not accepted or seen != seen_of(stopping)):
        raise Blocked(rows, replace(every, found=stopping, accepted=[]))
    for clash in stopping:
        clashes.accept(actor, conference, clash, accepted)


def _follow(actor: Actor, session: Session, new: Edition) -> None:
    """Puts a session of the draft where readers have it now."""
    was = place_of(queries.placement(session))
    state = PlacementState.CANCELLED if new.is_cancelled else PlacementState.PLANNED
    now = a_place(new.starts_at, new.minutes, [(room, room in new.overflow) for room in new.room_ids], state)
    if was is not None:
        now = was | {"state": state.value} if new.is_cancelled else now | {"pinned": was["pinned"]}
    if now != was:
        changes = [{"session": session.id, "before": was, "after": now}]
        commands.apply(actor, session.conference_id, changes, "emergency")


def _publish(
    actor: Actor,
    conference: Any,
    last: Schedule | None,
    before: Sequence[Edition],
    after: Sequence[Edition],
    name: str,
    note: dict[str, str],
    *,
    is_emergency: bool = False,
) -> Schedule:
    """Keeps a state of the programme under the next number; those whom it concerns are told by a job."""
    schedule = Schedule(
        conference_id=conference.id,
        number=(last.number or 0) + 1 if last else 1,
        name=name,
        note=note,
        released_at=clock.now(),
        released_by=actor.account_id,
        is_emergency=is_emergency,
        table=printing.table(before, after, last.table if last else ()),
        placements=[_frozen(conference.id, edition) for edition in after],
    )
    db.session.add(schedule)
    verb = "change_programme_at_once" if is_emergency else "release_programme"
    audit.record(actor, verb, schedule, number=schedule.number, name=name, sessions=len(after))
    db.session.flush()
    arguments = {"number": schedule.number}
    jobs.enqueue("programme.tell_released", arguments, conference_id=conference.id)
    booklets.order(conference, schedule)
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
        rooms=[
            PlacementRoom(
                conference_id=conference_id,
                room_id=room_id,
                is_overflow=room_id in edition.overflow,
                position=position,
            )
            for position, room_id in enumerate(edition.room_ids, 1)
        ],
    )
