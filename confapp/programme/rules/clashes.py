"""What is wrong with a timetable, by rules that each have an id and a severity. Plain values only.

Whoever is cancelled is not asked about. What runs in the background (breaks, exhibitions, social events) needs no
turnover, seats or walk, and disturbs no theme and nothing that stands alone; its rooms and people are needed as ever.
Touching is not overlapping.

`find` is exact: it finds all clashes of a programme and nothing else, sweeping over time once for each thing that can
be needed twice, so a thousand sessions take a fraction of a second.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from confapp.foundation.languages import N_
from confapp.programme.rules import Severity


class Rule(StrEnum):
    PERSON = "person"
    ROOM = "room"
    CLOSED = "closed"
    BUFFER = "buffer"
    SIZE = "size"
    NEEDS = "needs"
    ABSENT = "absent"
    WAKING = "waking"
    CHANGE = "change"
    THEME = "theme"
    INTERPRETER_DAY = "interpreter_day"
    INTERPRETER_STRETCH = "interpreter_stretch"
    DELEGATION = "delegation"
    HEAD = "head"
    ALONE = "alone"
    ORDER = "order"
    WISHED_ORDER = "wished_order"


RULE_NAMES: dict[str, str] = {
    Rule.PERSON: N_("A person is in two places at once"),
    Rule.ROOM: N_("A room is used twice"),
    Rule.CLOSED: N_("A room is not open"),
    Rule.BUFFER: N_("Too little time between two sessions in a room"),
    Rule.SIZE: N_("A room is too small"),
    Rule.NEEDS: N_("A room lacks what is needed"),
    Rule.ABSENT: N_("A person is not available"),
    Rule.WAKING: N_("A remote person would take part at night"),
    Rule.CHANGE: N_("Too little time to change rooms"),
    Rule.THEME: N_("Two sessions of one theme run in parallel"),
    Rule.INTERPRETER_DAY: N_("An interpreter works too long in a day"),
    Rule.INTERPRETER_STRETCH: N_("An interpreter works too long without a break"),
    Rule.DELEGATION: N_("A delegation of one person is needed in two places"),
    Rule.HEAD: N_("A head of delegation is elsewhere when the delegation has its turn"),
    Rule.ALONE: N_("Something runs beside a session that wants nothing beside it"),
    Rule.ORDER: N_("A session comes before one that it must follow"),
    Rule.WISHED_ORDER: N_("A session comes before one that it should follow"),
}


class Setting(NamedTuple):
    severity: Severity
    amount: int | None = None  # in the unit of AMOUNTS


DEFAULTS: dict[Rule, Setting] = {
    Rule.PERSON: Setting(Severity.BLOCK),
    Rule.ROOM: Setting(Severity.BLOCK),
    Rule.CLOSED: Setting(Severity.BLOCK),
    Rule.BUFFER: Setting(Severity.WARN),
    Rule.SIZE: Setting(Severity.WARN),
    Rule.NEEDS: Setting(Severity.WARN),
    Rule.ABSENT: Setting(Severity.WARN),
    Rule.WAKING: Setting(Severity.WARN, 7),
    Rule.CHANGE: Setting(Severity.WARN, 5),
    Rule.THEME: Setting(Severity.WARN),
    Rule.INTERPRETER_DAY: Setting(Severity.WARN, 6),
    Rule.INTERPRETER_STRETCH: Setting(Severity.WARN, 180),
    Rule.DELEGATION: Setting(Severity.WARN),
    Rule.HEAD: Setting(Severity.WARN),
    Rule.ALONE: Setting(Severity.WARN),
    Rule.ORDER: Setting(Severity.BLOCK),
    Rule.WISHED_ORDER: Setting(Severity.WARN),
}
AMOUNTS: dict[Rule, tuple[str, int, int]] = {  # what the number means, its least and its most
    Rule.WAKING: (N_("Earliest hour of the day where the person is; the latest is 15 hours later"), 0, 9),
    Rule.CHANGE: (N_("Minutes between rooms that are not in the same area"), 0, 60),
    Rule.INTERPRETER_DAY: (N_("Hours in a day"), 1, 12),
    Rule.INTERPRETER_STRETCH: (N_("Minutes without a break"), 30, 480),
}
AWAKE, REST = timedelta(hours=15), timedelta(minutes=15)
TIMED = (Rule.CLOSED, Rule.ABSENT, Rule.WAKING)  # what is accepted of these holds for this time only
OF_ROOMS = (Rule.ROOM, Rule.CLOSED, Rule.BUFFER, Rule.SIZE, Rule.NEEDS)
Window = tuple[datetime, datetime]
Settings = Mapping[Rule, Setting]


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its time, and by their ids the rooms and people that it needs.

    `rooms` are where it takes place, `overflow` where it is only followed. `booths` is the number of languages that
    are interpreted into; `background` runs beside others by its nature, as an exhibition or a break does.
    """

    session: int
    starts: datetime
    ends: datetime
    rooms: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    overflow: frozenset[int] = frozenset()
    interpreters: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()  # by an item or a part of their own
    members: frozenset[int] = frozenset()  # those whose members are among the people
    heads: frozenset[int] = frozenset()  # of delegations that have a turn and named nobody for it
    theme: int | None = None
    audience: int | None = None
    layout: str = ""
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    step_free: bool = False
    alone: bool = False
    background: bool = False


@dataclass(frozen=True, slots=True)
class Hall:
    """What is known of a room. `parts` are the rooms that it is made of; `open` empty means always, but for `shut`."""

    capacity: int | None = None
    layouts: Mapping[str, int] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    step_free: bool | None = None
    buffer: int = 0  # minutes
    area: str = ""
    open: tuple[Window, ...] = ()
    shut: tuple[Window, ...] = ()
    parts: tuple[int, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Attendee:
    """When a person can take part: `free` empty means always, but for `busy`; `zone` is set for who is elsewhere."""

    free: tuple[Window, ...] = ()
    busy: tuple[Window, ...] = ()
    zone: str = ""


class Order(NamedTuple):
    """`first` ends at least so many minutes before `then` begins."""

    first: int
    then: int
    minutes: int
    is_rule: bool


class Clash(NamedTuple):
    """One or two sessions, the earlier first, the id of what both need or what is wrong, and more about it in `about`:
    what is missing, how many minutes or seats there are."""

    rule: Rule
    severity: Severity
    first: int
    second: int | None
    needed: int
    about: str = ""

    @property
    def sessions(self) -> tuple[int, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)

    @property
    def key(self) -> str:
        """Says which clash it is as long as it concerns the same sessions and the same thing; of those that hang on the
        hour, at this hour."""
        both = "+".join(str(one) for one in sorted(self.sessions))
        about = self.about if self.rule in (Rule.NEEDS, *TIMED) else ""
        return f"{self.rule}:{both}:{self.needed}:{about}"

    @property
    def code(self) -> str:
        """The key as an address may show it."""
        return sha256(self.key.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Programme:
    """All that the rules look at beside the slots; rooms and people of which nothing is known may be left out."""

    rooms: Mapping[int, Hall] = field(default_factory=dict)
    people: Mapping[int, Attendee] = field(default_factory=dict)
    single: Collection[int] = ()  # delegations of one person
    orders: Sequence[Order] = ()
    zone: str = "UTC"


Found = Iterator[tuple[int, int | None, int, str]]  # first, second, needed, about


def find(slots: Collection[Slot], around: Programme | None = None, settings: Settings | None = None) -> list[Clash]:
    """Every clash that is not ignored, in order of time."""
    around, settings = around or Programme(), DEFAULTS | dict(settings or {})
    found = [
        Clash(rule, settings[rule].severity, *one)
        for rule, look in _RULES.items()
        if settings[rule].severity != Severity.IGNORE
        for one in look(slots, around, settings[rule].amount or 0)
    ]
    order = {slot.session: (slot.starts, slot.session) for slot in slots}
    return sorted(found, key=lambda c: (order[c.second or c.first], order[c.first], c.rule, c.needed, c.about))


def blocking(found: Iterable[Clash]) -> list[Clash]:
    return [clash for clash in found if clash.severity == Severity.BLOCK]


# --- overlapping ------------------------------------------------------------------------------------------------------


def overlap(one: Slot, other: Slot) -> bool:
    """Touching is not overlapping: a session may begin when another ends."""
    return one.starts < other.ends and other.starts < one.ends


def overlapping(slots: Iterable[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Every pair that overlaps; the one that begins first comes first."""
    running: list[Slot] = []
    for slot in sorted(slots, key=lambda one: (one.starts, one.session)):
        running = [one for one in running if one.ends > slot.starts]
        yield from ((one, slot) for one in running)
        running.append(slot)


def _by(slots: Iterable[Slot], needs: Callable[[Slot], Iterable[int]]) -> dict[int, list[Slot]]:
    users: dict[int, list[Slot]] = {}
    for slot in slots:
        for one in needs(slot):
            users.setdefault(one, []).append(slot)
    return users


def _twice(slots: Iterable[Slot], needs: Callable[[Slot], Iterable[int]]) -> Found:
    for one, users in _by(slots, needs).items():
        for first, second in overlapping(users):
            yield first.session, second.session, one, ""


def halls_of(room: int, rooms: Mapping[int, Hall]) -> frozenset[int]:
    """The smallest halls that a room is made of; itself when it is not made of others."""
    found: set[int] = set()
    asked, seen = [room], {room}
    while asked:
        one = asked.pop()
        parts = rooms[one].parts if one in rooms else ()
        if not parts:
            found.add(one)
        asked += [part for part in parts if part not in seen]
        seen.update(parts)
    return frozenset(found)


# --- what would mend it -----------------------------------------------------------------------------------------------


def free_rooms(clash: Clash, slots: Sequence[Slot], around: Programme) -> list[int]:
    """Other rooms that would do for the later session of a clash about rooms, at its time; those just large enough
    come first."""
    slot = next((one for one in slots if one.session == clash.sessions[-1]), None)
    if slot is None or clash.rule not in OF_ROOMS:
        return []
    rules = {rule: Setting(Severity.WARN if rule in OF_ROOMS else Severity.IGNORE) for rule in Rule}
    longest = timedelta(minutes=max((hall.buffer for hall in around.rooms.values()), default=0))
    near = [one for one in slots if one.starts < slot.ends + longest and slot.starts < one.ends + longest]
    used = {room: halls_of(room, around.rooms) for one in near for room in one.rooms | one.overflow}

    def does(room: int) -> bool:
        halls, moved = halls_of(room, around.rooms), replace(slot, rooms=frozenset({room}), overflow=frozenset())
        there = [one for one in near if any(used[its] & halls for its in one.rooms | one.overflow)]
        others = [one for one in there if one.session != slot.session]
        return not any(slot.session in found.sessions for found in find([*others, moved], around, rules))

    seats = {room: _seats(hall, slot.layout) for room, hall in around.rooms.items() if room not in slot.rooms}
    return [room for room in sorted(seats, key=lambda one: (seats[one] or 0, one)) if does(room)]


# --- the rules --------------------------------------------------------------------------------------------------------


def _person(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    return _twice(slots, lambda slot: slot.people | slot.interpreters)


def _room(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """Once for each pair and room; a hall and its parts are named by the smallest part that both need."""
    return _shared(slots, around, lambda first, second, hall: True, 0)


def _buffer(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    longest = max((hall.buffer for hall in around.rooms.values()), default=0)
    if not longest:
        return iter(())

    def too_close(first: Slot, second: Slot, hall: int) -> bool:
        if first.background or second.background:
            return False
        gap = second.starts - first.ends
        wanted = max(_buffers(first, hall, around), _buffers(second, hall, around))
        return timedelta(0) <= gap < timedelta(minutes=wanted)

    return ((first, second, needed, "") for first, second, needed, _about in _shared(slots, around, too_close, longest))


def _buffers(slot: Slot, hall: int, around: Programme) -> int:
    """The buffer of the room by which a session uses a hall."""
    return max(
        (
            around.rooms[room].buffer
            for room in slot.rooms | slot.overflow
            if room in around.rooms and hall in halls_of(room, around.rooms)
        ),
        default=0,
    )


def _shared(
    slots: Collection[Slot], around: Programme, counts: Callable[[Slot, Slot, int], bool], buffer: int
) -> Found:
    """Pairs that use one hall at once or within so many minutes, and count; with the smallest hall of each."""
    halls = {room: halls_of(room, around.rooms) for slot in slots for room in slot.rooms | slot.overflow}
    smallest: dict[tuple[int, int], int] = {}
    users = _by(slots, lambda slot: {hall for room in slot.rooms | slot.overflow for hall in halls[room]})
    for hall, its_users in users.items():
        for first, second in _near(its_users, buffer):
            if counts(first, second, hall):
                pair = first.session, second.session
                smallest[pair] = min(hall, smallest.get(pair, hall))
    return ((first, second, hall, "") for (first, second), hall in smallest.items())


def _near(slots: Iterable[Slot], buffer: int) -> Iterator[tuple[Slot, Slot]]:
    if not buffer:
        yield from overlapping(slots)
        return
    longer, running = timedelta(minutes=buffer), list[Slot]()
    for slot in sorted(slots, key=lambda one: (one.starts, one.session)):
        running = [one for one in running if one.ends + longer > slot.starts]
        yield from ((one, slot) for one in running)
        running.append(slot)


def _closed(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    for slot in slots:
        for room in sorted(slot.rooms | slot.overflow):
            hall = around.rooms.get(room)
            if hall and (hall.closed or not within(slot.starts, slot.ends, hall.open, hall.shut)):
                yield slot.session, None, room, slot.starts.isoformat()


def within(starts: datetime, ends: datetime, free: Sequence[Window], busy: Sequence[Window]) -> bool:
    """Whether a time lies wholly in what is free (always, where nothing is said) and touches nothing that is busy."""
    if any(begin < ends and starts < end for begin, end in busy):
        return False
    if not free:
        return True
    reached = starts
    for begin, end in sorted(free):
        if begin <= reached < end:
            reached = end
    return reached >= ends


def _size(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    for slot in slots:
        if slot.audience is None or not slot.rooms or slot.background:
            continue
        seats = [_seats(around.rooms.get(room), slot.layout) for room in slot.rooms | slot.overflow]
        known = [number for number in seats if number is not None]
        if len(known) == len(seats) and sum(known) < slot.audience:
            yield slot.session, None, min(slot.rooms), str(sum(known))


def _seats(hall: Hall | None, layout: str) -> int | None:
    return None if hall is None else hall.layouts.get(layout, hall.capacity)


def _needs(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    for slot in slots:
        halls = [around.rooms[room] for room in sorted(slot.rooms) if room in around.rooms]
        if not halls:
            continue
        room = min(slot.rooms)
        there = {thing for hall in halls for thing in hall.equipment}
        yield from ((slot.session, None, room, f"equipment:{thing}") for thing in sorted(slot.equipment - there))
        if slot.layout and any(hall.layouts and slot.layout not in hall.layouts for hall in halls):
            yield slot.session, None, room, f"layout:{slot.layout}"
        if slot.step_free and any(hall.step_free is False for hall in halls):
            yield slot.session, None, room, "step_free:"
        if slot.booths > sum(hall.booths for hall in halls):
            yield slot.session, None, room, f"booths:{slot.booths}"


def _absent(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    for slot in slots:
        for person in sorted(slot.people | slot.interpreters):
            one = around.people.get(person)
            if one and not within(slot.starts, slot.ends, one.free, one.busy):
                yield slot.session, None, person, slot.starts.isoformat()


def _waking(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    for slot in slots:
        for person in sorted(slot.people | slot.interpreters):
            one = around.people.get(person)
            if one and one.zone and not _is_awake(slot, ZoneInfo(one.zone), amount):
                yield slot.session, None, person, f"{slot.starts.astimezone(ZoneInfo(one.zone)):%Y-%m-%d %H:%M}"


def _is_awake(slot: Slot, zone: ZoneInfo, earliest: int) -> bool:
    there = slot.starts.astimezone(zone)
    morning = there.replace(hour=earliest, minute=0, second=0, microsecond=0)
    evening = (morning.replace(tzinfo=None) + AWAKE).replace(tzinfo=zone)
    return morning <= there and slot.ends <= evening


def _change(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """Somebody's next session is elsewhere and begins too soon; those that overlap are another rule's. Whoever takes
    part from afar need not walk."""
    needed, afar = timedelta(minutes=amount), {one for one, guest in around.people.items() if guest.zone}
    walking = [slot for slot in slots if not slot.background]
    for person, users in _by(walking, lambda slot: (slot.people | slot.interpreters) - afar).items():
        for first, second in _near(users, amount):
            gap = second.starts - first.ends
            if timedelta(0) <= gap < needed and _are_apart(first.rooms, second.rooms, around):
                yield first.session, second.session, person, str(int(gap.total_seconds() // 60))


def _are_apart(one: frozenset[int], other: frozenset[int], around: Programme) -> bool:
    if not one or not other or one & other:
        return False
    areas = {around.rooms[room].area if room in around.rooms else "" for room in one | other}
    return len(areas) > 1 or areas == {""}


def _theme(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    with_theme = [slot for slot in slots if slot.theme is not None and not slot.background]
    return _twice(with_theme, lambda slot: () if slot.theme is None else (slot.theme,))


def _interpreter_day(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """Told of the last session of the day; what overlaps is counted once."""
    zone = ZoneInfo(around.zone)
    for interpreter, users in _by(slots, lambda slot: slot.interpreters).items():
        days: dict[object, list[Slot]] = {}
        for slot in sorted(users, key=lambda one: (one.starts, one.session)):
            days.setdefault(slot.starts.astimezone(zone).date(), []).append(slot)
        for its_slots in days.values():
            work = stretches(its_slots, timedelta(0))
            total = sum((one[-1] - one[0] for one, _slots in work), timedelta(0))
            if total > timedelta(hours=amount):
                yield its_slots[-1].session, None, interpreter, str(int(total.total_seconds() // 60))


def _interpreter_stretch(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """Told of the last session of the stretch; less than a quarter of an hour is no break."""
    for interpreter, users in _by(slots, lambda slot: slot.interpreters).items():
        for (begun, until), its_slots in stretches(sorted(users, key=lambda one: (one.starts, one.session)), REST):
            if until - begun > timedelta(minutes=amount):
                minutes = int((until - begun).total_seconds() // 60)
                yield its_slots[-1].session, None, interpreter, str(minutes)


def stretches(slots: Iterable[Slot], rest: timedelta) -> list[tuple[Window, list[Slot]]]:
    """Work between rests of at least so long; the slots come in order of time."""
    found: list[tuple[Window, list[Slot]]] = []
    for slot in slots:
        if found and (slot.starts < found[-1][0][1] or slot.starts - found[-1][0][1] < rest):
            (begun, until), its_slots = found[-1]
            found[-1] = (begun, max(until, slot.ends)), [*its_slots, slot]
        else:
            found.append(((slot.starts, slot.ends), [slot]))
    return found


def _delegation(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """At least one of the two needs the delegation itself; its one member in two places is another rule's."""
    single = set(around.single)
    for one, users in _by(slots, lambda slot: (slot.delegations | slot.members) & single).items():
        for first, second in overlapping(users):
            if one in first.delegations or one in second.delegations:
                yield first.session, second.session, one, ""


def _head(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    """In one of the two the head is needed by name; who is needed so in both is another rule's."""
    for person, users in _by(slots, lambda slot: slot.heads | slot.people | slot.interpreters).items():
        for first, second in overlapping(users):
            named = [person in slot.people | slot.interpreters for slot in (first, second)]
            if any(named) and not all(named):
                yield first.session, second.session, person, ""


def _alone(slots: Collection[Slot], around: Programme, amount: int) -> Found:
    if not any(slot.alone for slot in slots):
        return
    for first, second in overlapping(slot for slot in slots if not slot.background):
        if first.alone or second.alone:
            yield first.session, second.session, 0, ""


def _ordered(is_rule: bool) -> Callable[[Collection[Slot], Programme, int], Found]:
    def look(slots: Collection[Slot], around: Programme, amount: int) -> Found:
        at = {slot.session: slot for slot in slots}
        for order in around.orders:
            first, then = at.get(order.first), at.get(order.then)
            if order.is_rule != is_rule or not first or not then:
                continue
            if first.ends + timedelta(minutes=order.minutes) > then.starts:
                yield first.session, then.session, 0, str(order.minutes)

    return look


_RULES: dict[Rule, Callable[[Collection[Slot], Programme, int], Found]] = {
    Rule.PERSON: _person,
    Rule.ROOM: _room,
    Rule.CLOSED: _closed,
    Rule.BUFFER: _buffer,
    Rule.SIZE: _size,
    Rule.NEEDS: _needs,
    Rule.ABSENT: _absent,
    Rule.WAKING: _waking,
    Rule.CHANGE: _change,
    Rule.THEME: _theme,
    Rule.INTERPRETER_DAY: _interpreter_day,
    Rule.INTERPRETER_STRETCH: _interpreter_stretch,
    Rule.DELEGATION: _delegation,
    Rule.HEAD: _head,
    Rule.ALONE: _alone,
    Rule.ORDER: _ordered(True),
    Rule.WISHED_ORDER: _ordered(False),
}
