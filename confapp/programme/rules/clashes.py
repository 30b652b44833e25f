"""Where a timetable asks for the impossible: one room used twice, one person in two places. Plain values only."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ClashKind(StrEnum):
    ROOM = "room"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its time, and by their ids the rooms and people that it needs."""

    session: int
    starts: datetime
    ends: datetime
    rooms: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()


class Clash(NamedTuple):
    """Two sessions at once, the earlier first, and the id of what both need."""

    kind: ClashKind
    first: int
    second: int
    needed: int


def clashes(slots: Collection[Slot]) -> list[Clash]:
    """Every pair of sessions that overlap and need the same room or person, in order of time."""
    found = [
        *_clashes(ClashKind.ROOM, slots, lambda slot: slot.rooms),
        *_clashes(ClashKind.PERSON, slots, lambda slot: slot.people),
    ]
    order = {slot.session: (slot.starts, slot.session) for slot in slots}
    return sorted(found, key=lambda c: (order[c.second], order[c.first], c.kind, c.needed))


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


def _clashes(kind: ClashKind, slots: Iterable[Slot], needs: Callable[[Slot], frozenset[int]]) -> Iterator[Clash]:
    users: dict[int, list[Slot]] = {}
    for slot in slots:
        for one in needs(slot):
            users.setdefault(one, []).append(slot)
    for one, its_users in users.items():
        for first, second in overlapping(its_users):
            yield Clash(kind, first.session, second.session, one)
