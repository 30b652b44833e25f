"""How a programme is laid out for its readers: days, and a table of rooms by time. Plain values only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

NO_ROOM = 0


@dataclass(frozen=True)
class Printed:
    """A session as a release prints it: local times, rooms by id, and what its readers are told."""

    ref: str
    title: dict[str, str]
    kind: str
    access: str
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]
    note: dict[str, str] = field(default_factory=dict)
    roles: tuple[dict[str, Any], ...] = ()
    is_cancelled: bool = False
    is_moved: bool = False
    is_new: bool = False

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass
class Cell:
    """Sessions that share a place in the grid; without sessions it is free."""

    sessions: list[Printed]
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Row:
    starts: datetime
    cells: list[Cell]


@dataclass
class _Block:
    sessions: list[Printed]
    top: int
    bottom: int
    left: int
    right: int

    def meets(self, other: "_Block") -> bool:
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )

    def join(self, other: "_Block") -> None:
        self.sessions += other.sessions
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)


def days(sessions: Iterable[Printed]) -> list[date]:
    return sorted({session.day for session in sessions})


def chosen_day(asked: str, known: Sequence[date], today: date) -> date | None:
    """The day to show: the one asked for, else today when it has sessions, else the first; None for all."""
    if asked == "all" or not known:
        return None
    return next((day for day in known if day.isoformat() == asked), today if today in known else known[0])


def columns(sessions: Iterable[Printed], order: Sequence[int]) -> list[int]:
    """The rooms in use, in the organizers' order; sessions without a room come last."""
    used = {room for session in sessions for room in session.room_ids or (NO_ROOM,)}
    return [room for room in (*order, NO_ROOM) if room in used]


def grid(sessions: Sequence[Printed], rooms: Sequence[int]) -> list[Row]:
    """One row for each beginning, one column for each room. A session takes as many rows as begin before it ends, and
    neighbouring rooms together; what overlaps in a room shares a cell, so nothing is ever left out."""
    starts = sorted({session.starts for session in sessions})
    blocks = _disjoint([_block(session, starts, rooms) for session in sessions])
    at = {(block.top, block.left): block for block in blocks}
    taken = {(r, c) for b in blocks for r in range(b.top, b.bottom) for c in range(b.left, b.right)}
    return [Row(start, list(_cells(number, len(rooms), at, taken))) for number, start in enumerate(starts)]


def _block(session: Printed, starts: list[datetime], rooms: Sequence[int]) -> _Block:
    top = starts.index(session.starts)
    bottom = max(top + 1, sum(start < session.ends for start in starts))
    places = sorted(rooms.index(room) for room in session.room_ids or (NO_ROOM,))
    left, right = places[0], places[0] + 1
    while right in places:
        right += 1
    return _Block([session], top, bottom, left, right)


def _disjoint(blocks: list[_Block]) -> list[_Block]:
    apart: list[_Block] = []
    for block in blocks:
        while met := next((other for other in apart if block.meets(other)), None):
            apart.remove(met)
            met.join(block)
            block = met
        apart.append(block)
    for block in apart:
        block.sessions.sort(key=lambda session: (session.starts, session.ends))
    return apart


def _cells(row: int, width: int, at: dict[tuple[int, int], _Block], taken: set[tuple[int, int]]) -> Iterable[Cell]:
    for column in range(width):
        if block := at.get((row, column)):
            yield Cell(block.sessions, block.right - block.left, block.bottom - block.top)
        elif (row, column) not in taken:
            yield Cell([])
