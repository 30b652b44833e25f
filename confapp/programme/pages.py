"""What a page of the desk shows of a programme, in words of the page's language: plain values for the templates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined
from confapp.foundation.web import filters
from confapp.programme.models import Placement, Room, Schedule
from confapp.programme.queries import Clashes
from confapp.programme.rules.changes import CHANGE_NAMES, CHANGE_SHAPES, Change, Difference, Edition
from confapp.programme.rules.clashes import Clash, ClashKind
from confapp.programme.rules.grid import NO_ROOM, Cell, grid

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
class ShownClash:
    """One line of the list of clashes: when, what is wrong, and both sessions with their addresses."""

    when: str
    what: str
    sessions: list[tuple[dict[str, str], str]]


@dataclass(frozen=True)
class Laid:
    """A placement as the table takes it."""

    placement: Placement
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]

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
        rows: Sequence[Placement],
        clashes: Clashes,
        link: Link,
    ) -> None:
        self.rooms, self.clashes, self.link = rooms, clashes, link
        self.sessions = [
            Laid(row, clock.local(row.starts_at, zone), clock.local(row.ends_at, zone), row.room_ids) for row in rows
        ]
        self.by_id = {one.placement.session_id: one for one in self.sessions}
        self.room_names = {room.id: languages.best(room.name) for room in rooms} | {NO_ROOM: _("No room")}
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

    def rows(self, day: date) -> list[ShownRow]:
        wrong = self._wrong()
        return [
            ShownRow(f"{row.starts:%H:%M}", row.starts.isoformat(), [self._cell(cell, wrong) for cell in row.cells])
            for row in grid(self._on(day), self.columns(day))
        ]

    def _on(self, day: date) -> list[Laid]:
        return [one for one in self.sessions if one.starts.date() == day]

    def _cell(self, cell: Cell[Laid], wrong: dict[int, list[str]]) -> ShownCell:
        rooms = dict.fromkeys(room for one in cell.sessions for room in one.room_ids)
        names = joined(self.room_names[room] for room in rooms)
        return ShownCell([self._shown(one, wrong) for one in cell.sessions], cell.across, cell.down, names)

    def _shown(self, one: Laid, wrong: dict[int, list[str]]) -> Shown:
        session = one.placement.session
        title, code = languages.pick(session.title)
        other = code if code != languages.current() else ""
        faults = wrong.get(session.id)
        cancelled = ("bad", _("Cancelled")) if one.placement.is_cancelled else None
        return Shown(
            title=title,
            lang=other,
            dir=languages.language(other).direction if other else "",
            path=self.link(one.starts.date(), session.ref),
            until=" · ".join(filter(None, (_("until %(hour)s", hour=f"{one.ends:%H:%M}"), session.code))),
            note="",
            status=("attention", "; ".join(faults)) if faults else cancelled,
            cancelled=one.placement.is_cancelled,
        )

    # --- clashes in words ---------------------------------------------------------------------------------------------

    def faults(self, session_id: int) -> list[str]:
        """What is wrong with one session, a sentence each."""
        return self._wrong().get(session_id, [])

    def _wrong(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for clash in self.clashes.found:
            for one, other in ((clash.first, clash.second), (clash.second, clash.first)):
                found.setdefault(one, []).append(self._sentence(clash, self.by_id[other]))
        return found

    def _sentence(self, clash: Clash, other: Laid) -> str:
        title = languages.best(other.placement.session.title)
        if clash.kind == ClashKind.ROOM:
            room = self.room_names[clash.needed]
            return _("%(room)s is also used by “%(title)s”, %(hours)s", room=room, title=title, hours=other.hours)
        where = joined(self.room_names[room] for room in other.room_ids) or f"“{title}”"
        name = self.clashes.people[clash.needed]
        return _("%(person)s is also in %(room)s, %(hours)s", person=name, room=where, hours=other.hours)

    def clash_list(self) -> list[ShownClash]:
        return [self._clash(clash) for clash in self.clashes.found]

    def _clash(self, clash: Clash) -> ShownClash:
        both = [self.by_id[clash.first], self.by_id[clash.second]]
        if clash.kind == ClashKind.ROOM:
            what = _("%(room)s is used twice", room=self.room_names[clash.needed])
        else:
            what = _("%(person)s is in two places", person=self.clashes.people[clash.needed])
        starts = both[1].starts
        return ShownClash(
            f"{filters.short_day(starts.date())}, {starts:%H:%M}",
            what,
            [(one.placement.session.title, self.link(one.starts.date(), one.placement.session.ref)) for one in both],
        )


# --- what changes for readers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownChange:
    title: dict[str, str]
    ref: str
    labels: list[tuple[str, str]]
    before: str
    now: str
    old_title: dict[str, str]


def changes(found: Sequence[Difference], rooms: Sequence[Room], zone: str) -> list[ShownChange]:
    names = {room.id: languages.best(room.name) for room in rooms}
    return [_change(difference, names, zone) for difference in found]


def _change(found: Difference, rooms: dict[int, str], zone: str) -> ShownChange:
    was = found.before if Change.MOVED in found.changes or found.after is None else None
    return ShownChange(
        title=found.edition.printed["title"],
        ref=found.edition.ref,
        labels=[(CHANGE_SHAPES[change], _(CHANGE_NAMES[change])) for change in found.changes],
        before=_where_and_when(was, rooms, zone) if was else "",
        now=_where_and_when(found.after, rooms, zone) if found.after else "",
        old_title=found.before.printed["title"] if found.before and Change.RETITLED in found.changes else {},
    )


def _where_and_when(edition: Edition, rooms: dict[int, str], zone: str) -> str:
    day = filters.short_day(edition.starts_at, zone)
    where = joined(rooms[room] for room in edition.room_ids) or _("No room")
    return f"{day}, {filters.period(edition.starts_at, edition.minutes, zone)}, {where}"


def version(release: Schedule | None) -> str:
    if release is None or release.released_at is None:
        return _("Nothing has been published yet.")
    return _(
        "Version %(number)s, published %(moment)s", number=release.number, moment=filters.moment(release.released_at)
    )
