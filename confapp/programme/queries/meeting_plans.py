"""From agreed meetings without a room to the scheduler's problem and back. All else of the draft stays where it is.

What the scheduler proposes here is read by the protocol office alone: a run of this scope is found by nobody else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.programme.models import Arrangement, Bilateral
from confapp.programme.queries import bilaterals, clashes, openings
from confapp.programme.queries.openings import Standing
from confapp.programme.rules import BilateralStatus
from confapp.programme.rules.arranging import MEETINGS
from confapp.programme.rules.clashes import Hall, Rule, Slot
from confapp.programme.scheduler.problem import Place, Problem, Room, Session, Window, minus

IS_OF_MEETINGS = Arrangement.asked["scope"].as_string() == MEETINGS


@dataclass(frozen=True)
class Plan:
    """`revisions` of all meetings that wait, also of those for which no time would do even alone."""

    problem: Problem
    origin: datetime
    revisions: Mapping[int, int]

    def moves(self, places: Mapping[int, Place]) -> list[dict[str, Any]]:
        """In order of time: which meeting as it was then, where, and when."""
        return [
            {
                "meeting": -one,
                "revision": self.revisions[-one],
                "starts_at": (self.origin + timedelta(minutes=place.start)).isoformat(),
                "room": place.rooms[0],
            }
            for one, place in sorted(places.items(), key=lambda item: (item[1].start, -item[0]))
        ]


def run(ref: str) -> Arrangement | None:
    return db.session.scalar(select(Arrangement).where(Arrangement.ref == ref, IS_OF_MEETINGS))


def is_of_meetings(arrangement_id: int) -> bool:
    wanted = select(Arrangement.id).where(Arrangement.id == arrangement_id, IS_OF_MEETINGS)
    return db.session.scalar(wanted) is not None


def runs(most: int = 5) -> Sequence[Arrangement]:
    wanted = select(Arrangement).where(IS_OF_MEETINGS)
    return db.session.scalars(wanted.order_by(Arrangement.id.desc()).limit(most)).all()


def waiting() -> Sequence[Bilateral]:
    """Agreed and without a room, in the order in which they were asked for."""
    wanted = select(Bilateral).where(Bilateral.status == BilateralStatus.AGREED).options(*bilaterals.WHOLE)
    return db.session.scalars(wanted.order_by(Bilateral.asked_at, Bilateral.id)).unique().all()


def named(ids: Collection[int]) -> dict[int, Bilateral]:
    wanted = select(Bilateral).where(Bilateral.id.in_(ids))
    pair = joinedload(Bilateral.asking), joinedload(Bilateral.asked)
    return {one.id: one for one in db.session.scalars(wanted.options(*pair))}


def plan(conference: Any, room_ids: Collection[int]) -> Plan:
    """Each meeting within its wished times, in one of some rooms; no head and nobody named is needed elsewhere.

    The way between two rooms is kept by leaving its time free around everything else that needs one of the people,
    and where the rooms lie apart by letting each meeting last so much longer.
    """
    now, rows = openings.standing(quiet=True), waiting()
    walk = (clashes.DEFAULTS | now.settings)[Rule.CHANGE].amount or 0
    areas = {now.around.rooms[one].area for one in room_ids if one in now.around.rooms}
    longer = walk if len(room_ids) > 1 and (len(areas) > 1 or "" in areas) else 0
    minute = _Minutes(conference.starts_at)
    needs = {row.id: bilaterals.slot_of(row, conference.starts_at) for row in rows}
    windows = {row.id: _windows(row, needs[row.id], now, conference, minute, walk, longer) for row in rows}
    free = [row for row in rows if any(end - begin >= row.minutes + longer for begin, end in windows[row.id])]
    single = frozenset(now.around.single)
    problem = Problem(
        (0, minute(conference.ends_at) + longer),
        tuple(_room(one, hall, minute, longer) for one, hall in now.around.rooms.items()),
        (
            *(_fixed(slot, minute, single) for slot in now.slots),
            *(_free(row, needs[row.id], windows[row.id], single, sorted(room_ids), longer) for row in free),
        ),
        frozenset(-row.id for row in free),
    )
    return Plan(problem, conference.starts_at, {row.id: row.revision for row in rows})


# --- parts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Minutes:
    origin: datetime

    def __call__(self, moment: datetime) -> int:
        return int((moment - self.origin).total_seconds() // 60)


def _windows(
    row: Bilateral, slot: Slot, now: Standing, conference: Any, minute: _Minutes, walk: int, longer: int
) -> tuple[Window, ...]:
    """When all whom it needs are free, the way to the next room included."""
    wanted = [(max(begin, clock.now()), end) for begin, end in bilaterals.wanted_times(row, conference)]
    taken = [
        (minute(one.starts) - walk, minute(one.ends) + walk)
        for one in now.slots
        if (one.people | one.heads | one.interpreters) & slot.people
        or (one.delegations | one.members) & slot.delegations & frozenset(now.around.single)
    ]
    for person in slot.people & now.around.people.keys():
        guest = now.around.people[person]
        taken += [(minute(begin), minute(end) + 1) for begin, end in guest.busy]
        if guest.free:
            taken += minus([(0, minute(conference.ends_at))], [(minute(a), minute(b)) for a, b in guest.free])
    return tuple((begin, end + longer) for begin, end in minus([(minute(a), minute(b)) for a, b in wanted], taken))


def _free(
    row: Bilateral,
    slot: Slot,
    windows: tuple[Window, ...],
    single: frozenset[int],
    rooms: Sequence[int],
    longer: int,
) -> Session:
    return Session(
        -row.id,
        row.minutes + longer,
        slot.people,
        delegations=slot.delegations & single,
        windows=windows,
        rooms=tuple((room,) for room in rooms),
        seats=row.people,
    )


def _fixed(slot: Slot, minute: _Minutes, single: frozenset[int]) -> Session:
    """What stands already. Whom it needs is in the windows of the meetings; here it takes its rooms and its hour."""
    length = int((slot.ends - slot.starts).total_seconds() // 60)
    place = Place(minute(slot.starts), tuple(sorted(slot.rooms | slot.overflow)))
    return Session(
        slot.session,
        length,
        rooms=(place.rooms,),
        alone=slot.alone,
        background=slot.background,
        before=place,
        pinned=True,
    )


def _room(one: int, hall: Hall, minute: _Minutes, longer: int) -> Room:
    """Open as much longer as a meeting is."""
    return Room(
        one,
        hall.capacity,
        buffer=hall.buffer,
        open=tuple((minute(a), minute(b) + longer) for a, b in hall.open),
        shut=() if not hall.closed else ((0, 10**6),),
        parts=hall.parts,
    )
