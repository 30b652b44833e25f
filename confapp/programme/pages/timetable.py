"""What a page of the desk shows of a programme, in words of the page's language: plain values for the templates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.programme.models import Placement, Room
from confapp.programme.pages.clashes import Words
from confapp.programme.queries.board import Placed
from confapp.programme.queries.clashes import Clashes, Standing
from confapp.programme.rules.grid import NO_ROOM

Link = Callable[[date, str], str]  # the address that opens a session (by its ref) on a day of the timetable


class Shown(NamedTuple):
    """A session in the table; the macro `ui.timetable` takes the fields in this order."""

    title: str
    lang: str
    dir: str
    path: str
    until: str
    note: str
    status: tuple[str, str] | None
    cancelled: bool


class ShownCell(NamedTuple):
    sessions: list[Shown]
    across: int
    down: int
    room: str


class ShownRow(NamedTuple):
    start: str
    iso: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class Laid:
    """A placement as the table takes it."""

    placement: Any  # Placement, or Standing in a release
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]

    @property
    def title(self) -> dict[str, str]:
        return self.placement.session.title

    @property
    def hours(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


class Timetable:
    """The draft of a conference, laid out in its zone."""

    def __init__(
        self,
        zone: str,
        days: Sequence[date],
        rooms: Sequence[Room],
        rows: Sequence[Placement | Placed | Standing],
        clashes: Clashes,
        link: Link,
    ) -> None:
        self.rooms, self.link = rooms, link
        self.sessions = [
            Laid(row, clock.local(row.starts_at, zone), clock.local(row.ends_at, zone), row.room_ids) for row in rows
        ]
        self.by_id = {one.placement.session_id: one for one in self.sessions}
        self.room_names = {room.id: languages.best(room.name) for room in rooms} | {NO_ROOM: _("No room")}
        self.words = Words(
            clashes, self.by_id, self.room_names, lambda one: link(one.starts.date(), one.placement.session.ref)
        )
        self.wrong, self.shapes = self.words.by_session(), self.words.shapes()
        self.days = sorted({*days, *(one.starts.date() for one in self.sessions)})

    def day(self, asked: str) -> date:
        return next((day for day in self.days if day.isoformat() == asked), self.days[0])

    def tabs(self, current: date, url: Callable[[date], str]) -> list[dict[str, Any]]:
        counts = {day: sum(one.starts.date() == day for one in self.sessions) for day in self.days}
        return [
            {"label": filters.short_day(day), "url": url(day), "current": day == current, "count": counts[day] or None}
            for day in self.days
        ]

    def columns(self, day: date) -> list[int]:
        """Every open room, closed ones while something is in them, and a last column for what has no room."""
        used = {room for one in self._on(day) for room in one.room_ids or (NO_ROOM,)}
        shown = [room.id for room in self.rooms if room.closed_at is None or room.id in used]
        return [*shown, NO_ROOM] if NO_ROOM in used else shown

    def _on(self, day: date) -> list[Laid]:
        return [one for one in self.sessions if one.starts.date() == day]

    def faults(self, session_id: int) -> list[tuple[str, str]]:
        """What is wrong with one session: a shape and a sentence each."""
        return self.wrong.get(session_id, [])
