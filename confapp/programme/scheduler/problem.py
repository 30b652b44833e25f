"""What the scheduler is asked, in plain frozen values.

All times are whole minutes from one origin that only the asker knows; a window is a pair (begin, end), the end not in
it. Ids are the asker's own numbers. Starts that the scheduler chooses are multiples of `Problem.step`; lengths and
places that are kept may be any minute.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Window = tuple[int, int]
Demand = tuple[str, int, int]  # kind, what it is about (a session, person or room), and a second id or 0
ALWAYS: tuple[Window, ...] = ()


class Kind(StrEnum):
    """Kinds of demands. None of them is broken by a solution unless it was relaxed."""

    PLACE = "place"  # the session has a place at all
    PERSON = "person"  # the person is in one place at a time
    DELEGATION = "delegation"  # the same for a delegation of one
    AVAILABLE = "available"  # a person takes part only in their windows
    HOURS = "hours"  # the session lies within its windows
    ROOM = "room"  # the room holds one session at a time
    OPEN = "open"  # the room is used only while it is open
    SIZE = "size"  # the session has its seats
    NEEDS = "needs"  # layout, equipment, step-free way and booths
    ALONE = "alone"  # nothing beside the session
    ORDER = "order"  # a session ends before another begins
    PIN = "pin"  # what is pinned stays
    BREAK = "break"  # nothing runs over a break


class Wish(StrEnum):
    """Kinds of wishes; each costs its weight when it is not met."""

    THEME = "theme"  # per session that runs beside another of its theme and would have to move
    DAY = "day"  # preferred day
    WAKING = "waking"  # hours at which somebody who takes part from afar is awake
    AUDIENCE = "audience"  # per person (or other unit) wishing for both of two sessions in parallel
    CHANGES = "changes"  # per room that a person is in beyond the first
    FIT = "fit"  # per step by which a room is larger than needed: twice, four times, eight times
    INTERPRETER = "interpreter"  # per day on which an interpreter works over their hours
    ORDER = "order"  # wished order


class Place(NamedTuple):
    """A start and the rooms; no rooms where the session needs none."""

    start: int
    rooms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """`seats` None is not known, which is enough for everyone. `open` empty is always; `shut` is taken from it.
    `parts` are the halls that it is made of; `buffer` minutes pass between two sessions."""

    id: int
    seats: int | None = None
    layouts: Mapping[str, int] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    step_free: bool | None = None
    buffer: int = 0
    open: tuple[Window, ...] = ALWAYS
    shut: tuple[Window, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """`windows` empty is the whole horizon. `rooms` None is any single room that suits, () is none at all, else one of
    these combinations. `wished` are windows in which it should lie, by the kind of wish. `background` runs beside
    others by its nature: no turnover, no seats, no theme, and not disturbing what stands alone."""

    id: int
    minutes: int
    people: frozenset[int] = frozenset()
    interpreters: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ALWAYS
    rooms: tuple[tuple[int, ...], ...] | None = None
    seats: int | None = None
    layout: str = ""
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    step_free: bool = False
    theme: int | None = None
    alone: bool = False
    background: bool = False
    wished: tuple[tuple[Wish, tuple[Window, ...]], ...] = ()
    before: Place | None = None  # where it stands now
    pinned: bool = False


class Order(NamedTuple):
    """`first` ends at least so many minutes before `then` begins."""

    first: int
    then: int
    minutes: int
    is_rule: bool


class Audience(NamedTuple):
    """So many people would like to be in both."""

    one: int
    other: int
    people: int


DEFAULT_WEIGHTS: dict[Wish, int] = {
    Wish.THEME: 20,
    Wish.DAY: 10,
    Wish.WAKING: 20,
    Wish.AUDIENCE: 2,
    Wish.CHANGES: 2,
    Wish.FIT: 1,
    Wish.INTERPRETER: 20,
    Wish.ORDER: 10,
}


@dataclass(frozen=True)
class Problem:
    """`free` are the sessions to place; all others with a place are kept where they are. `keep` > 0 asks to change as
    little as possible: first the fewest sessions moved, then the smallest displacement. `people` are windows in which
    a person takes part, `days` the days as windows, `relaxed` demands that need not be met."""

    horizon: Window
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    free: frozenset[int]
    people: Mapping[int, tuple[Window, ...]] = field(default_factory=dict)
    orders: tuple[Order, ...] = ()
    audience: tuple[Audience, ...] = ()
    breaks: tuple[Window, ...] = ()
    days: tuple[Window, ...] = ()
    interpreter_minutes: int = 360
    weights: Mapping[Wish, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    keep: bool = False
    step: int = 5
    relaxed: frozenset[Demand] = frozenset()

    def weight(self, wish: Wish) -> int:
        return self.weights.get(wish, 0)


class Unmet(NamedTuple):
    """One wish that is not met: which, of which sessions, about whom or what, and what it costs."""

    wish: Wish
    sessions: tuple[int, ...]
    about: int
    cost: int


@dataclass(frozen=True)
class Solution:
    """`places` of the free sessions. `objective` is the cost of all unmet wishes; `bound` is a cost below which no
    solution exists; `proven` says that both are the same. Empty `places` with `impossible` set: nothing fits."""

    places: Mapping[int, Place]
    objective: int = 0
    bound: int = 0
    proven: bool = False
    unmet: tuple[Unmet, ...] = ()
    impossible: bool = False
    effort: float = 0.0  # deterministic seconds


# --- windows ----------------------------------------------------------------------------------------------------------


def merged(windows: Iterable[Window]) -> list[Window]:
    """The same time in windows that neither overlap nor touch, in order."""
    found: list[Window] = []
    for begin, end in sorted(windows):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif end > begin:
            found.append((begin, end))
    return found


def minus(windows: Iterable[Window], taken: Iterable[Window]) -> list[Window]:
    found, gone = merged(windows), merged(taken)
    for begin, end in gone:
        cut = [((b, min(e, begin)), (max(b, end), e)) for b, e in found]
        found = [one for pair in cut for one in pair if one[0] < one[1]]
    return sorted(found)


def common(one: Iterable[Window], other: Iterable[Window]) -> list[Window]:
    a, b = merged(one), merged(other)
    return merged((max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b if x[0] < y[1] and y[0] < x[1])


def starts(windows: Iterable[Window], minutes: int) -> list[Window]:
    """First and last minute at which something of this length can begin inside a window, both in it."""
    return [(begin, end - minutes) for begin, end in merged(windows) if end - minutes >= begin]


# --- rooms ------------------------------------------------------------------------------------------------------------


def halls(rooms: Sequence[Room]) -> dict[int, frozenset[int]]:
    """Of each room the smallest halls that it is made of; itself when it is not made of others."""
    parts = {room.id: room.parts for room in rooms}

    def of(room: int, seen: frozenset[int]) -> Iterator[int]:
        inner = [part for part in parts.get(room, ()) if part not in seen]
        if not inner:
            yield room
        for part in inner:
            yield from of(part, seen | {part})

    return {room.id: frozenset(of(room.id, frozenset({room.id}))) for room in rooms}


def seats_of(room: Room, layout: str) -> int | None:
    return room.layouts.get(layout, room.seats)


def faults(session: Session, rooms: Sequence[Room]) -> list[Kind]:
    """Why these rooms would not do for a session, whatever the time."""
    if not rooms:
        return []
    found = []
    known = [number for room in rooms if (number := seats_of(room, session.layout)) is not None]
    few = len(known) == len(rooms) and session.seats is not None and sum(known) < session.seats
    if few and not session.background:
        found.append(Kind.SIZE)
    lacks = (
        session.equipment - {thing for room in rooms for thing in room.equipment}
        or (session.layout and any(room.layouts and session.layout not in room.layouts for room in rooms))
        or (session.step_free and any(room.step_free is False for room in rooms))
        or session.booths > sum(room.booths for room in rooms)
    )
    return [*found, Kind.NEEDS] if lacks else found


def waste(session: Session, rooms: Sequence[Room]) -> int:
    """How often the need would have to be doubled to fill the rooms; three at most."""
    known = [number for room in rooms if (number := seats_of(room, session.layout)) is not None]
    if not session.seats or not known or session.background:
        return 0
    return min(3, (sum(known) // session.seats).bit_length() - 1) if sum(known) >= session.seats else 0
