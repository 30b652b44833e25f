"""From the draft to the scheduler's problem and back, in a number of queries that does not grow with the programme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, union
from sqlalchemy.orm import aliased

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.places import Place as HeldPlace
from confapp.foundation.places import Quota
from confapp.foundation.places.models import LIVING
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.models import Agenda, Arrangement, Placement, Session, SessionRole, Star
from confapp.programme.queries import clashes
from confapp.programme.rules.arranging import MEETINGS
from confapp.programme.rules.clashes import AWAKE, Attendee, Hall, Programme, Rule, Slot, find
from confapp.programme.rules.clashes import Window as Span
from confapp.programme.rules.commands import Change, a_place, place_of
from confapp.programme.rules.sign_ups import SESSION
from confapp.programme.scheduler.problem import (
    DEFAULT_WEIGHTS,
    Audience,
    Order,
    Place,
    Problem,
    Room,
    Window,
    Wish,
    common,
    minus,
)
from confapp.programme.scheduler.problem import Session as Asked
from confapp.registration.models import Registration

Asking = dict[str, Any]  # what `Arrangement.asked` holds; see actions/arranging.py
FACTORS = {0: 0, 1: 1, 2: 3}  # not important, normal, important


@dataclass(frozen=True)
class Draft:
    """The draft as the scheduler sees it, and what is needed to put its places back."""

    problem: Problem
    origin: datetime
    rows: Mapping[int, Placement]
    sessions: Mapping[int, Session]
    slots: Mapping[int, Slot]
    around: Programme

    def moment(self, minute: int) -> datetime:
        return self.origin + timedelta(minutes=minute)

    def changes(self, places: Mapping[int, Place]) -> list[Change]:
        """Those that are not where they stand now, in order of time."""
        found = []
        for one, place in sorted(places.items(), key=lambda item: (item[1].start, item[0])):
            row, minutes = self.rows.get(one), self.problem_minutes(one)
            rooms = [(room, False) for room in place.rooms]
            if row is not None and list(row.room_ids) == list(place.rooms):
                rooms = [(its.room_id, its.is_overflow) for its in row.rooms]
            before = place_of(row)
            pinned = bool(before and before["pinned"])
            after = a_place(self.moment(place.start), minutes, rooms, pinned=pinned)
            if before != after:
                found.append({"session": one, "before": before, "after": after})
        return found

    def problem_minutes(self, one: int) -> int:
        row = self.rows.get(one)
        return row.minutes if row is not None else self.sessions[one].minutes

    def figures(self, places: Mapping[int, Place]) -> dict[str, int]:
        """How many clashes block and warn before and after, and how many sessions have no place."""
        settings = clashes.settings()
        after = dict(self.slots) if self.rows else {}
        standing = [slot for one, slot in self.slots.items() if one in self.rows]
        for one, place in places.items():
            begin, slot = self.moment(place.start), self.slots[one]
            ends = begin + timedelta(minutes=self.problem_minutes(one))
            after[one] = _moved(slot, begin, ends, place.rooms)
        placed = [slot for one, slot in after.items() if one in self.rows or one in places]
        found: dict[str, int] = {}
        for name, slots in (("before", standing), ("after", placed)):
            its = find(slots, self.around, settings)
            found[f"block_{name}"] = sum(clash.severity == "block" for clash in its)
            found[f"warn_{name}"] = sum(clash.severity == "warn" for clash in its)
            found[f"unplaced_{name}"] = len(self.sessions) - len(slots)
        return found


def _moved(slot: Slot, begin: datetime, ends: datetime, rooms: Sequence[int]) -> Slot:
    same = slot.rooms | slot.overflow == frozenset(rooms)
    if same:
        return replace(slot, starts=begin, ends=ends)
    return replace(slot, starts=begin, ends=ends, rooms=frozenset(rooms), overflow=frozenset())


OPEN = Arrangement.asked["scope"].as_string() != MEETINGS  # those of meetings are for the protocol office


def arrangement(ref: str) -> Arrangement | None:
    return db.session.scalar(select(Arrangement).where(Arrangement.ref == ref, OPEN))


def arrangements(most: int = 20) -> Sequence[Arrangement]:
    """Runs, the newest first."""
    return db.session.scalars(select(Arrangement).where(OPEN).order_by(Arrangement.id.desc()).limit(most)).all()


def is_stopped(arrangement_id: int) -> bool:
    return db.session.scalar(select(Arrangement.stopped_at).where(Arrangement.id == arrangement_id)) is not None


def draft(conference: Conference, asked: Asking) -> Draft:
    origin = conference.starts_at
    end = _minute(origin, conference.ends_at)
    who, around = clashes.needed(), clashes.around()
    rows = {row.session_id: row for row in queries.placements() if not row.is_cancelled}
    unplaced = queries.unplaced()
    sessions = {row.session_id: row.session for row in rows.values()} | {one.id: one for one in unplaced}
    slots = {one: clashes.slot_of(rows[one].session, rows[one], who) for one in rows}
    for session in unplaced:
        nowhere = SimpleNamespace(starts_at=origin, ends_at=origin + timedelta(minutes=session.minutes), rooms=[])
        slots[session.id] = clashes.slot_of(session, nowhere, who)
    free = _free(asked, rows, sessions)
    hours = _hours(conference, origin, asked)
    absent = set(asked.get("people", ())) if asked.get("scope") == "repair" else set()
    since = _minute(origin, datetime.fromisoformat(asked["since"])) if asked.get("since") else 0
    minute = _minute_of(origin)
    away: dict[int, list[Window]] = {one: [(since, end)] for one in absent}
    for one, begin, until in asked.get("away", ()):
        gone = minute(datetime.fromisoformat(begin)), minute(datetime.fromisoformat(until))
        away.setdefault(one, []).append(gone)
    problem = Problem(
        (0, end),
        tuple(_room(one, hall, asked, since, end, minute) for one, hall in around.rooms.items()),
        tuple(
            _asked(sessions[one], slots[one], rows.get(one), one in free, hours, since, around, minute, conference)
            for one in sorted(sessions)
        ),
        frozenset(free),
        people={
            **{one: _windows(guest, end, minute) for one, guest in around.people.items() if guest.free or guest.busy},
            **{
                one: tuple(minus(_windows(around.people.get(one, Attendee()), end, minute), gone)) or ((-1, 0),)
                for one, gone in away.items()
            },
        },
        orders=tuple(Order(*order) for order in around.orders),
        audience=wanted_together(),
        breaks=_breaks(rows, free, minute),
        days=_days(conference, origin),
        interpreter_minutes=60 * ((clashes.DEFAULTS | clashes.settings())[Rule.INTERPRETER_DAY].amount or 6),
        weights={wish: FACTORS[asked.get("weights", {}).get(wish, 1)] * w for wish, w in DEFAULT_WEIGHTS.items()},
        keep=asked.get("scope") == "repair",
        relaxed=frozenset((kind, one, other) for kind, one, other in asked.get("relaxed", ())),
    )
    return Draft(problem, origin, rows, sessions, slots, around)


def wanted_together() -> tuple[Audience, ...]:
    """How many have starred, or signed up for, both of two sessions. A person counts once, whichever they did."""
    starred = select(Star.session_id, func.coalesce(Agenda.person_id, -Agenda.id).label("who")).join(
        Agenda, Agenda.id == Star.agenda_id
    )
    signed = (
        select(Quota.owner_id, Registration.person_id)
        .join(HeldPlace, HeldPlace.quota_id == Quota.id)
        .join(Registration, Registration.id == HeldPlace.holder_id)
        .where(Quota.owner_kind == SESSION, HeldPlace.state.in_(LIVING))
        .where(HeldPlace.holder_kind == Registration.__tablename__)
    )
    wishes = union(starred, signed).cte("wishes")
    one, other = aliased(wishes), aliased(wishes)
    rows = db.session.execute(
        select(one.c.session_id, other.c.session_id, func.count())
        .join(other, (one.c.who == other.c.who) & (one.c.session_id < other.c.session_id))
        .group_by(one.c.session_id, other.c.session_id)
        .order_by(one.c.session_id, other.c.session_id)
    )
    return tuple(Audience(*row) for row in rows)


# --- parts ------------------------------------------------------------------------------------------------------------


def _minute(origin: datetime, moment: datetime) -> int:
    return int((moment - origin).total_seconds() // 60)


def _minute_of(origin: datetime) -> Callable[[datetime], int]:
    return lambda moment: _minute(origin, moment)


def _free(asked: Asking, rows: Mapping[int, Placement], sessions: Mapping[int, Session]) -> set[int]:
    """What is placed anew: never what is pinned, runs in the background and stands, or began before `since`."""
    unplaced = set(sessions) - set(rows)
    if asked.get("scope", "unplaced") == "unplaced":
        return unplaced
    since = datetime.fromisoformat(asked["since"]) if asked.get("since") else None
    movable = {
        one
        for one, row in rows.items()
        if not row.is_pinned
        and row.session.kind not in clashes.BACKGROUND
        and (since is None or row.starts_at >= since)
    }
    return movable if asked["scope"] == "repair" else movable | unplaced


def _hours(conference: Conference, origin: datetime, asked: Asking) -> tuple[Window, ...]:
    """The hours of each day in which sessions may be."""
    begin, end = (
        time.fromisoformat(asked.get(name, usual)) for name, usual in (("opens", "08:00"), ("closes", "19:00"))
    )

    def at(day: date, hour: time) -> int:
        return _minute(origin, clock.instant(datetime.combine(day, hour), conference.zone))

    return tuple((at(day, begin), at(day, end)) for day in conference.days)


def _days(conference: Conference, origin: datetime) -> tuple[Window, ...]:
    bounds = [_minute(origin, clock.start_of(day, conference.zone)) for day in conference.days]
    return tuple(zip(bounds, [*bounds[1:], _minute(origin, conference.ends_at)], strict=True))


def _room(one: int, hall: Hall, asked: Asking, since: int, end: int, minute: Callable[[datetime], int]) -> Room:
    shut = [(minute(a), minute(b) + 1) for a, b in hall.shut]
    if hall.closed or one in asked.get("rooms", ()):
        shut.append((0 if hall.closed else since, end))
    return Room(
        one,
        hall.capacity,
        hall.layouts,
        hall.equipment,
        hall.booths,
        hall.step_free,
        hall.buffer,
        tuple((minute(a), minute(b)) for a, b in hall.open),
        tuple(shut),
        hall.parts,
    )


def _asked(
    session: Session,
    slot: Slot,
    row: Placement | None,
    is_free: bool,
    hours: tuple[Window, ...],
    since: int,
    around: Programme,
    minute: Callable[[datetime], int],
    conference: Conference,
) -> Asked:
    before = Place(minute(row.starts_at), row.room_ids) if row is not None else None
    rooms: tuple[tuple[int, ...], ...] | None = None
    if session.format == Format.ONLINE or (before is not None and not before.rooms):
        rooms = ()
    elif before is not None and len(before.rooms) > 1:
        rooms = (before.rooms, *((room,) for room in around.rooms))
    longest = (since, max((end for _begin, end in hours), default=0))
    wished = _wished(session, slot, around, minute, conference)
    return Asked(
        session.id,
        row.minutes if row is not None else session.minutes,
        slot.people,
        slot.interpreters,
        (slot.delegations | slot.members) & frozenset(around.single),
        tuple(common(hours, [longest])) if is_free else (),
        rooms,
        slot.audience,
        slot.layout,
        slot.equipment,
        slot.booths,
        slot.step_free,
        slot.theme,
        slot.alone,
        slot.background,
        wished,
        before,
        bool(row is not None and row.is_pinned),
    )


def _wished(
    session: Session, slot: Slot, around: Programme, minute: Callable[[datetime], int], conference: Conference
) -> tuple[tuple[Wish, tuple[Window, ...]], ...]:
    found: list[tuple[Wish, tuple[Window, ...]]] = []
    days = [date.fromisoformat(day) for day in session.preferred_days]
    bounds = [
        (clock.start_of(day, conference.zone), clock.start_of(day + timedelta(1), conference.zone)) for day in days
    ]
    if bounds:
        found.append((Wish.DAY, tuple((minute(begin), minute(end)) for begin, end in bounds)))
    for person in sorted(slot.people | slot.interpreters):
        guest = around.people.get(person)
        if guest and guest.zone:
            found.append((Wish.WAKING, tuple((minute(a), minute(b)) for a, b in _awake(guest.zone, conference))))
    return tuple(found)


def _awake(zone: str, conference: Conference) -> list[Span]:
    days = [conference.starts_on - timedelta(1), *conference.days, conference.ends_on + timedelta(1)]
    mornings = [datetime.combine(day, time(7)) for day in days]
    there = ZoneInfo(zone)
    return [(morning.replace(tzinfo=there), (morning + AWAKE).replace(tzinfo=there)) for morning in mornings]


def _windows(guest: Attendee, end: int, minute: Callable[[datetime], int]) -> tuple[Window, ...]:
    free = [(minute(a), minute(b)) for a, b in guest.free] or [(0, end)]
    return tuple(minus(free, [(minute(a), minute(b) + 1) for a, b in guest.busy])) or ((-1, 0),)


def _breaks(rows: Mapping[int, Placement], free: set[int], minute: Callable[[datetime], int]) -> tuple[Window, ...]:
    return tuple(
        (minute(row.starts_at), minute(row.ends_at))
        for one, row in sorted(rows.items())
        if row.session.kind == "break" and one not in free
    )


# --- for pages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    sessions: Mapping[int, Session]
    rooms: Mapping[int, dict[str, str]]
    people: Mapping[int, str]


def names_for(row: Arrangement) -> Named:
    """All that a run speaks of, by its id."""
    ids = {one["session"] for one in row.moves} | {one for wish in row.unmet for one in wish["sessions"]}
    why = [one.get("why") or {} for one in row.moves]
    demands = [*row.conflict, *(one for its in why for name in ("forced", "made_way") for one in its.get(name, ()))]
    ids |= {demand[end] for demand in demands for end in ("one", "other")}
    who = {wish["about"] for wish in row.unmet} | {demand["one"] for demand in demands}
    sessions = {one.id: one for one in db.session.scalars(select(Session).where(Session.id.in_(ids)))}
    named = {one.id: one.full_name for one in db.session.scalars(select(Person).where(Person.id.in_(who)))}
    return Named(sessions, {room.id: room.name for room in queries.rooms()}, named)


def people() -> list[tuple[int, str]]:
    """Persons with a part in a session, by name."""
    parts = select(SessionRole.person_id).where(SessionRole.person_id.is_not(None))
    rows = db.session.scalars(select(Person).where(Person.id.in_(parts), Person.erased_at.is_(None)))
    return sorted(((one.id, one.full_name) for one in rows), key=lambda pair: pair[1])
