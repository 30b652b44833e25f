"""What surrounds the sessions to be placed: the times that are left to each, by the demand that leaves them."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from confapp.programme.scheduler.problem import (
    Demand,
    Kind,
    Place,
    Problem,
    Session,
    Window,
    common,
    faults,
    halls,
    merged,
    minus,
)

Rooms = tuple[int, ...]
Limit = tuple[Demand, list[Window]]


class Frame:
    """A problem with some sessions kept at places: of those, only what they take from the others matters.

    Two kept sessions that clash with each other are left to whoever kept them.
    """

    def __init__(self, problem: Problem, free: frozenset[int], kept: Mapping[int, Place]) -> None:
        self.problem, self.free = problem, sorted(free)
        self.by_id = {one.id: one for one in problem.sessions}
        self.rooms = {one.id: one for one in problem.rooms}
        self.kept = {one: place for one, place in kept.items() if one not in free and one in self.by_id}
        self.halls = halls(problem.rooms)
        self.orders_of: dict[int, list[tuple[int, Window]]] = {}
        self._choices: dict[int, list[Rooms]] = {}
        self._left: dict[tuple[Rooms, bool], list[Window]] = {}
        for order in problem.orders:
            self._keep_order(order.first, order.then, order.minutes, is_rule=order.is_rule)

    def _keep_order(self, first: int, then: int, minutes: int, *, is_rule: bool) -> None:
        """A rule of order towards a kept session leaves the time before or after it."""
        begin, end = self.problem.horizon
        if not is_rule:
            return
        if first in self.kept:
            after = self.kept[first].start + self.by_id[first].minutes + minutes
            self.orders_of.setdefault(then, []).append((first, (after, end)))
        if then in self.kept:
            self.orders_of.setdefault(first, []).append((then, (begin, self.kept[then].start - minutes)))

    @cached_property
    def buffers(self) -> dict[int, int]:
        """Of each hall the longest buffer of the rooms that it is part of."""
        found: dict[int, int] = {}
        for room in self.problem.rooms:
            for hall in self.halls[room.id]:
                found[hall] = max(found.get(hall, 0), room.buffer)
        return found

    @cached_property
    def taken(self) -> dict[int, list[tuple[Window, bool]]]:
        """Of each hall when it is taken, and whether by what needs a turnover."""
        found: dict[int, list[tuple[Window, bool]]] = {}
        for one, place in self.kept.items():
            session = self.by_id[one]
            window = place.start, place.start + session.minutes
            for hall in {hall for room in place.rooms for hall in self.halls.get(room, ())}:
                found.setdefault(hall, []).append((window, not session.background))
        return found

    @cached_property
    def engaged(self) -> dict[tuple[Kind, int], list[Window]]:
        """When persons and delegations are in what is kept."""
        found: dict[tuple[Kind, int], list[Window]] = {}
        for one, place in self.kept.items():
            session = self.by_id[one]
            for need in needs(session):
                found.setdefault(need, []).append((place.start, place.start + session.minutes))
        return found

    @cached_property
    def beside(self) -> tuple[list[tuple[int, Window]], list[Window]]:
        """Kept sessions that want nothing beside them, and all kept ones that would disturb such a one."""
        alone, others = [], []
        for one, place in self.kept.items():
            session = self.by_id[one]
            window = place.start, place.start + session.minutes
            if not session.background:
                others.append(window)
                if session.alone:
                    alone.append((one, window))
        return alone, others

    def limits(self, session: Session) -> Iterator[Limit]:
        """The times left to a session in any room, by each demand that takes some away."""
        problem, all_time = self.problem, [self.problem.horizon]
        if session.windows:
            yield (Kind.HOURS, session.id, 0), merged(session.windows)
        for person in sorted(session.people | session.interpreters):
            if person in problem.people:
                yield (Kind.AVAILABLE, person, 0), merged(problem.people[person])
        for kind, one in sorted(needs(session)):
            if taken := self.engaged.get((kind, one)):
                yield (kind, one, 0), minus(all_time, taken)
        if not session.background:
            if problem.breaks:
                yield (Kind.BREAK, session.id, 0), minus(all_time, problem.breaks)
            alone, others = self.beside
            for other, window in alone:
                yield (Kind.ALONE, other, 0), minus(all_time, [window])
            if session.alone and others:
                yield (Kind.ALONE, session.id, 0), minus(all_time, others)
        for other, window in self.orders_of.get(session.id, ()):
            first, then = (other, session.id) if window[0] != problem.horizon[0] else (session.id, other)
            yield (Kind.ORDER, first, then), [window] if window[0] < window[1] else []

    def room_limits(self, session: Session, rooms: Rooms) -> Iterator[Limit]:
        """The times left in these rooms."""
        all_time = [self.problem.horizon]
        for room_id in rooms:
            room = self.rooms[room_id]
            if room.open or room.shut:
                yield (Kind.OPEN, room_id, 0), minus(room.open or all_time, room.shut)
            for hall in sorted(self.halls[room_id]):
                gap = 0 if session.background else self.buffers[hall]
                taken = [
                    (begin - (gap if turns else 0), end + (gap if turns else 0))
                    for (begin, end), turns in self.taken.get(hall, ())
                ]
                if taken:
                    yield (Kind.ROOM, hall, 0), minus(all_time, taken)

    def choices(self, session: Session) -> list[Rooms]:
        """The rooms in which a session may be, whatever the time."""
        if session.id not in self._choices:
            its = [rooms for rooms in self.options(session) if not self.lacking(session, rooms)]
            self._choices[session.id] = its
        return self._choices[session.id]

    def options(self, session: Session) -> list[Rooms]:
        if session.rooms is None:
            return [(room.id,) for room in self.problem.rooms]
        known = [rooms for rooms in session.rooms if all(room in self.rooms for room in rooms)]
        return known if session.rooms else [()]

    def lacking(self, session: Session, rooms: Rooms) -> list[Demand]:
        found = [(kind, session.id, 0) for kind in faults(session, [self.rooms[room] for room in rooms])]
        return [demand for demand in found if demand not in self.problem.relaxed]

    def windows(self, session: Session) -> list[Window]:
        """All that is left to a session, whatever the room."""
        left = [self.problem.horizon]
        for demand, windows in self.limits(session):
            if demand not in self.problem.relaxed:
                left = common(left, windows)
        return left

    def room_windows(self, session: Session, rooms: Rooms, left: list[Window]) -> list[Window]:
        """What is left of some windows in these rooms; the same for all sessions but those in the background."""
        key = rooms, session.background
        if key not in self._left:
            open_to_all = [self.problem.horizon]
            for demand, windows in self.room_limits(session, rooms):
                if demand not in self.problem.relaxed:
                    open_to_all = common(open_to_all, windows)
            self._left[key] = open_to_all
        there = self._left[key]
        return left if there == [self.problem.horizon] else common(left, there)


def needs(session: Session) -> set[tuple[Kind, int]]:
    """Persons and delegations that can be in one place at a time."""
    people = {(Kind.PERSON, one) for one in session.people | session.interpreters}
    return people | {(Kind.DELEGATION, one) for one in session.delegations}
