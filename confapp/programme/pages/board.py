"""The editor's board: a day of the draft to scale, as plain values in words of the page's language.

Places on the board are numbers of CSS grid lines: the first row holds the rooms' names, the first column the hours.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined
from confapp.programme.models import Room
from confapp.programme.pages.timetable import Laid, Timetable
from confapp.programme.rules.board import STEP, Lane, Span, bounds, lanes, rows, shut
from confapp.programme.rules.grid import NO_ROOM


@dataclass(frozen=True)
class Area:
    """A place on the board and what is said there."""

    row: int
    down: int
    column: int
    across: int = 1
    words: str = ""

    @property
    def classes(self) -> str:
        """Where it stands, in the classes of board.css."""
        return f"r{self.row} h{self.down} c{self.column} w{self.across}"


@dataclass(frozen=True)
class Head:
    ref: str
    name: str
    seats: int | None
    column: int
    across: int


@dataclass(frozen=True)
class Block:
    """A session on the board; in its second and later rooms it does not lead. Neighbouring rooms that it
    has are one block: `run` names them."""

    ref: str
    title: dict[str, str]
    code: str
    room: str
    rooms: list[str]
    overflow: list[str]
    where: str
    starts: str
    hours: str
    minutes: int
    revision: int
    faults: list[tuple[str, str]]
    shape: str
    pinned: bool
    cancelled: bool
    path: str
    leads: bool
    area: Area
    run: tuple[str, ...] = ()


class Board:
    def __init__(self, table: Timetable, day: date, zone: str, wanted: Collection[str] = ()) -> None:
        self.table, self.day = table, day
        self.midnight = clock.local(clock.instant(datetime.combine(day, time(12)), zone), zone).replace(hour=0)
        self.zone = zone
        by_id = {room.id: room for room in table.rooms}
        self.refs = {room.id: room.ref for room in table.rooms}
        self.rooms = [
            (one, by_id.get(one))
            for one in table.columns(day)
            if not wanted or one not in by_id or by_id[one].ref in wanted
        ]
        shown = [one for one in table.sessions if one.starts.date() == day]
        self.shown = bounds(self._span(one) for one in shown)
        self.steps = (self.shown[1] - self.shown[0]) // STEP
        self.heads: list[Head] = []
        self.blocks: list[Block] = []
        self.buffers: list[Area] = []
        self.closed: list[Area] = []
        for room_id, room in self.rooms:
            self._lay(room_id, room, [one for one in shown if room_id in (one.room_ids or (NO_ROOM,))])
        self.blocks = list(self._joined())
        self.blocks.sort(key=lambda block: (block.area.row, block.area.column))

    @property
    def columns(self) -> int:
        return sum(head.across for head in self.heads)

    @property
    def hours(self) -> list[Area]:
        return [
            Area(2 + (minute - self.shown[0]) // STEP, 60 // STEP, 1, 1, f"{minute // 60 % 24:02d}:00")
            for minute in range(*self.shown, 60)
        ]

    def _lay(self, room_id: int, room: Room | None, sessions: Sequence[Laid]) -> None:
        spans = [self._span(one) for one in sessions]
        found = lanes(spans)
        first = self.heads[-1].column + self.heads[-1].across if self.heads else 2
        across = 1 + max((lane.number for lane in found), default=0)
        ref = room.ref if room else ""
        self.heads.append(Head(ref, self.table.room_names[room_id], room.capacity if room else None, first, across))
        for one, span, lane in zip(sessions, spans, found, strict=True):
            self.blocks.append(self._block(one, ref, self._area(span, first, across, lane), room_id))
            if room is not None and room.buffer_minutes and span[1] < self.shown[1]:
                words = _("Turnover, %(number)d min", number=room.buffer_minutes)
                after = (span[1], span[1] + room.buffer_minutes)
                self.buffers.append(self._area(after, first, across, lane, words))
        if room is not None and room.hours:
            opened = [self._window(one.starts_at, one.ends_at) for one in room.hours if one.is_open]
            closed = [self._window(one.starts_at, one.ends_at) for one in room.hours if not one.is_open]
            for span in shut(opened, closed, self.shown):
                self.closed.append(self._area(span, first, across, Lane(0, alone=True), _("Closed")))

    def _joined(self) -> Iterator[Block]:
        """One block for neighbouring rooms that a session has to itself; those that follow on a screen stay apart."""
        at = {head.ref: number for number, head in enumerate(self.heads) if head.ref}
        by_session: dict[str, list[Block]] = {}
        for block in self.blocks:
            by_session.setdefault(block.ref, []).append(block)
        for its in by_session.values():
            if len(its) == 1:
                yield its[0]
                continue
            before: Block | None = None
            for block in its:  # in the order of the columns
                if before is None or not self._joins(before, block, at):
                    if before is not None:
                        yield before
                    before = block
                    continue
                area = replace(before.area, across=before.area.across + block.area.across)
                run = (*(before.run or (before.room,)), block.room)
                before = replace(before, area=area, run=run, leads=before.leads or block.leads)
            if before is not None:
                yield before

    def _joins(self, one: Block, other: Block, at: dict[str, int]) -> bool:
        last = one.run[-1] if one.run else one.room
        if last not in at or other.room not in at:
            return False
        whole = all(block.area.across >= self.heads[at[block.room]].across for block in (one, other))
        both = last in one.rooms and other.room in one.rooms
        return whole and both and at[other.room] == at[last] + 1

    def _span(self, one: Laid) -> Span:
        begin = one.starts.hour * 60 + one.starts.minute
        return begin, begin + one.placement.minutes

    def _window(self, starts: datetime, ends: datetime) -> Span:
        begin, end = (
            (clock.local(at, self.zone).replace(tzinfo=None) - self.midnight.replace(tzinfo=None)).total_seconds() // 60
            for at in (starts, ends)
        )
        return int(begin), int(end)

    def _area(self, span: Span, first: int, across: int, lane: Lane, words: str = "") -> Area:
        row, down = rows(span, self.shown)
        if lane.alone:
            return Area(2 + row, down, first, across, words)
        return Area(2 + row, down, first + lane.number, 1, words)

    def _block(self, one: Laid, room: str, area: Area, room_id: int) -> Block:
        session, placement = one.placement.session, one.placement
        return Block(
            ref=session.ref,
            title=session.title,
            code=session.code,
            room=room,
            rooms=[self.refs[each.room_id] for each in placement.rooms if not each.is_overflow],
            overflow=[self.refs[each.room_id] for each in placement.rooms if each.is_overflow],
            where=joined(self.table.room_names[each] for each in one.room_ids) or _("No room"),
            starts=f"{one.starts:%H:%M}",
            hours=one.hours,
            minutes=placement.minutes,
            revision=session.revision,
            faults=self.table.faults(session.id),
            shape=self.table.shapes.get(session.id, "attention"),
            pinned=placement.is_pinned,
            cancelled=placement.is_cancelled,
            path=self.table.link(self.day, session.ref),
            leads=not one.room_ids or one.room_ids[0] == room_id,
            area=area,
        )


def others_of(table: Timetable, day: date, session_id: int) -> list[tuple[str, str]]:
    """The other sessions of a day, to swap with, in order of time."""
    shown = [one for one in table.sessions if one.starts.date() == day and one.placement.session_id != session_id]
    return [(one.placement.session.ref, f"{one.hours} {languages.best(one.title)}") for one in shown]


def names_of(rooms: Sequence[Room]) -> list[tuple[str, str]]:
    """Rooms to choose from, by their references."""
    return [(room.ref, languages.best(room.name)) for room in rooms if room.closed_at is None]
