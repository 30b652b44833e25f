"""The table of a programme: a column for each room, a row for each beginning. Plain values only."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

NO_ROOM = 0


class Laid(Protocol):
    """What can stand in the table: it begins, ends and has rooms by id."""

    @property
    def starts(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...
    @property
    def room_ids(self) -> tuple[int, ...]: ...


Entry = TypeVar("Entry", bound=Laid)


@dataclass(slots=True)
class Cell(Generic[Entry]):
    """Sessions that share a place in the table; without sessions it is free."""

    sessions: list[Entry]
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Row(Generic[Entry]):
    starts: datetime
    cells: list[Cell[Entry]]


@dataclass(slots=True)
class _Block(Generic[Entry]):
    sessions: list[Entry]
    top: int
    bottom: int
    left: int
    right: int

    def cells(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(self.top, self.bottom) for column in range(self.left, self.right)]

    def take_in(self, other: "_Block[Entry]") -> None:
        self.sessions += other.sessions
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)


def columns(sessions: Iterable[Laid], order: Sequence[int]) -> list[int]:
    """The rooms in use, in the organizers' order; sessions without a room come last."""
    used = {room for session in sessions for room in session.room_ids or (NO_ROOM,)}
    return [room for room in (*order, NO_ROOM) if room in used]


def grid(sessions: Sequence[Entry], rooms: Sequence[int]) -> list[Row[Entry]]:
    """One row for each beginning, one column for each room. A session takes as many rows as begin before it ends, and
    neighbouring rooms together; what overlaps in a room shares a cell, so nothing is ever left out."""
    starts = sorted({session.starts for session in sessions})
    column_of = {room: number for number, room in enumerate(rooms)}
    taken: dict[tuple[int, int], _Block[Entry]] = {}
    for session in sessions:
        _lay(_block(session, starts, column_of), taken)
    return [Row(start, list(_cells(number, len(rooms), taken))) for number, start in enumerate(starts)]


def _block(session: Entry, starts: list[datetime], column_of: dict[int, int]) -> _Block[Entry]:
    top = bisect_left(starts, session.starts)
    bottom = max(top + 1, bisect_left(starts, session.ends))
    places = sorted(map(column_of.__getitem__, session.room_ids or (NO_ROOM,)))
    left, right = places[0], places[0] + 1
    while right in places:
        right += 1
    return _Block([session], top, bottom, left, right)


def _lay(block: _Block[Entry], taken: dict[tuple[int, int], _Block[Entry]]) -> None:
    """Puts a block where it belongs; it takes in those that are there, and those that are then in the way."""
    cells = block.cells()
    while not taken.keys().isdisjoint(cells):
        met = next(taken[cell] for cell in cells if cell in taken)
        for cell in met.cells():
            del taken[cell]
        block.take_in(met)
        cells = block.cells()
    for cell in cells:
        taken[cell] = block


def _cells(row: int, width: int, taken: dict[tuple[int, int], _Block[Entry]]) -> Iterator[Cell[Entry]]:
    for column in range(width):
        block = taken.get((row, column))
        if block is None:
            yield Cell([])
        elif block.top == row and block.left == column:
            if len(block.sessions) > 1:
                block.sessions.sort(key=lambda session: (session.starts, session.ends))
            yield Cell(block.sessions, block.right - block.left, block.bottom - block.top)
