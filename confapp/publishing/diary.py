"""An agenda as its page shows it: sessions by day, why they stand in it, and what is at the same time. Plain values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.programme.queries.clashes import BACKGROUND
from confapp.programme.rules.agendas import Appointment, Attendance, overlaps
from confapp.publishing.pages import status
from confapp.publishing.rules import Printed

Words = dict[str, str]


@dataclass
class Row:
    """One line. `ref` is empty for what is in no release; `beside` are the titles of what is at the same time."""

    ref: str
    title: Words
    starts: datetime
    ends: datetime
    rooms: list[Words]
    path: str
    notes: list[str] = field(default_factory=list)
    status: tuple[str, str] | None = None
    is_cancelled: bool = False
    is_starred: bool = False
    is_background: bool = False  # a break or an exhibition, say: one leaves it for a session
    beside: list[Words] = field(default_factory=list)

    @property
    def hours(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


@dataclass(frozen=True)
class Diary:
    days: list[tuple[str, list[Row]]]
    left_out: Mapping[str, Words]
    clashes: int

    @property
    def is_empty(self) -> bool:
        return not self.days and not self.left_out


def diary(
    attends: Attendance,
    starred: Collection[str],
    released: Mapping[str, Printed],
    rooms: Mapping[int, Words],
    zone: str,
    left_out: Mapping[str, Words],
) -> Diary:
    rows = [
        _session(released[ref], labels, ref in starred, rooms)
        for ref, labels in attends.labels.items()
        if ref in released
    ]
    rows += [_appointment(one, zone) for one in attends.appointments]
    rows.sort(key=lambda row: (row.starts, row.ends, row.ref))
    living = [row for row in rows if not row.is_cancelled and not row.is_background]
    found = overlaps(living)
    for number, others in found.items():
        living[number].beside = [living[other].title for other in others]
    days = groupby(rows, key=lambda row: row.starts.date())
    return Diary([(filters.day(day), list(each)) for day, each in days], left_out, len(found))


def _session(one: Printed, labels: Iterable[str], is_starred: bool, rooms: Mapping[int, Words]) -> Row:
    return Row(
        one.ref,
        one.words["title"],
        one.starts,
        one.ends,
        [rooms[room] for room in one.room_ids if room in rooms],
        f"sessions/{one.ref}",
        [_(label) for label in labels],
        status(one),
        one.is_cancelled,
        is_starred,
        one.words["kind"] in BACKGROUND,
    )


def _appointment(one: Appointment, zone: str) -> Row:
    return Row(
        "",
        one.title,
        clock.local(one.starts_at, zone),
        clock.local(one.ends_at, zone),
        list(one.rooms),
        "",
        [_(one.label)],
        ("bad", _("Cancelled")) if one.is_cancelled else None,
        one.is_cancelled,
    )


@dataclass(frozen=True)
class Choice:
    ref: str
    title: Words
    hours: str
    rooms: str
    is_starred: bool


@dataclass(frozen=True)
class Choices:
    """The sessions of one day, to be ticked; the days as tabs."""

    day: date | None
    name: str
    tabs: list[dict[str, Any]]
    rows: list[Choice]


def choices(
    released: Mapping[str, Printed], rooms: Mapping[int, Words], starred: Collection[str], asked: str, today: date
) -> Choices:
    days = sorted({one.day for one in released.values()})
    if not days:
        return Choices(None, "", [], [])
    day = next((one for one in days if one.isoformat() == asked), today if today in days else days[0])
    tabs = [{"label": filters.short_day(one), "url": f"?day={one}", "current": one == day} for one in days]
    rows = [
        _choice(one, rooms, one.ref in starred)
        for one in released.values()
        if one.day == day and (not one.is_cancelled or one.ref in starred)
    ]
    return Choices(day, filters.day(day), tabs if len(tabs) > 1 else [], rows)


def _choice(one: Printed, rooms: Mapping[int, Words], is_starred: bool) -> Choice:
    names = languages.joined(languages.best(rooms[room]) for room in one.room_ids if room in rooms)
    return Choice(one.ref, one.words["title"], f"{one.starts:%H:%M}–{one.ends:%H:%M}", names, is_starred)
