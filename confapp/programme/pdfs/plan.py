"""A day on one sheet for the wall: rooms across, hours down; A3 when more than five rooms are in use, else A4.

A day with more rooms than fit on a sheet has one for each group of them. It is made of the same value as the files for
other programs: of the draft for the desk, of a release for everybody.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import current_app, render_template

from confapp.foundation import clock, pdf
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language, speaking
from confapp.foundation.pdf.drawing import css_string, printable
from confapp.programme.pdfs.booklet import LIMITS
from confapp.programme.rules.exchange import Exchange, Talk
from confapp.programme.rules.grid import NO_ROOM, Row, columns, grid

FEW, MOST = 5, 10  # rooms on A4 and on A3
SHORT = 9  # rows of a day that fit on A4 in larger letters


@dataclass(frozen=True)
class Placed:
    """A talk in the table; its rooms by their places in the order, from 1."""

    talk: Talk
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    day: date
    zone: str
    rooms: list[str]
    rows: list[Row[Placed]]
    part: tuple[int, int]


def printed(exchange: Exchange, standing: str, created: datetime) -> bytes:
    """PDF/A-3a and PDF/UA-1; `standing` says below which version it is. Raises pdf.RenderingFailed. Slow."""
    with speaking(exchange.language):
        sheets = _sheets(exchange)
        title = f"{exchange.title}: {_('Programme')}"
        page = render_template("programme/pdf/plan.html", title=title, sheets=sheets, zone=exchange.zone)
        return pdf.render(
            printable(page),
            css=printable(_style(exchange, standing, _sheet(sheets))),
            language=exchange.language,
            title=printable(title),
            created=created,
            author=printable(exchange.title),
            limits=LIMITS,
        )


def _sheets(exchange: Exchange) -> list[Sheet]:
    number_of = {room: number for number, room in enumerate(exchange.rooms, 1)}
    names = {number: room for room, number in number_of.items()} | {NO_ROOM: _("No room")}
    placed = [
        Placed(one, one.starts, one.starts + timedelta(minutes=one.minutes), _ids(one, number_of))
        for one in sorted((one for one in exchange.talks if one.starts), key=_starts)
        if one.starts is not None
    ]
    found = []
    for day, each in groupby(placed, key=lambda one: one.starts.date()):
        talks = list(each)
        used = columns(talks, list(names))
        groups = _groups(used)
        for number, rooms in enumerate(groups, 1):
            here = [each for one in talks for each in _beside(one, rooms)]
            zone = clock.zone_label(exchange.zone, here[0].starts)
            shown = [names[room] for room in rooms]
            found.append(Sheet(day, zone, shown, grid(here, rooms), (number, len(groups))))
    return found


def _ids(talk: Talk, number_of: dict[str, int]) -> tuple[int, ...]:
    return tuple(number_of[room] for room in talk.rooms if room)


def _beside(one: Placed, rooms: list[int]) -> list[Placed]:
    """A talk under those of its rooms that stand on a sheet: once for each run of neighbours."""
    runs: list[list[int]] = []
    for column, room in enumerate(rooms):
        if room in (one.room_ids or (NO_ROOM,)):
            if runs and rooms[column - 1] == runs[-1][-1]:
                runs[-1].append(room)
            else:
                runs.append([room])
    return [replace(one, room_ids=tuple(run) if one.room_ids else ()) for run in runs]


def _groups(rooms: list[int]) -> list[list[int]]:
    """As few as possible, of about the same number of rooms."""
    number = -(-len(rooms) // MOST)
    size = -(-len(rooms) // number)
    return [rooms[start : start + size] for start in range(0, len(rooms), size)]


def _starts(talk: Talk) -> datetime:
    assert talk.starts is not None
    return talk.starts


def _sheet(sheets: list[Sheet]) -> tuple[str, float]:
    """The paper, and letters in points that are as large as a short day allows."""
    if any(len(one.rooms) > FEW for one in sheets):
        return "A3", 10.5
    return "A4", 12 if max((len(one.rows) for one in sheets), default=0) <= SHORT else 9


def _style(exchange: Exchange, standing: str, sheet: tuple[str, float]) -> str:
    start, end = ("right", "left") if language(exchange.language).direction == "rtl" else ("left", "right")
    before, _slot, rest = _("Page %(page)s of %(pages)s", page="\0", pages="\1").partition("\0")
    between, _slot, after = rest.partition("\1")
    page = f"{css_string(before)} counter(page) {css_string(between)} counter(pages) {css_string(after)}"
    (size, letters), title = sheet, css_string(exchange.title)
    return (
        current_app.jinja_env.get_template("programme/pdf/plan.css").render()
        + f"@page {{ size: {size} landscape; @top-{start} {{ content: {title} }}"
        + f" @bottom-{start} {{ content: {css_string(standing)} }} @bottom-{end} {{ content: {page} }} }}"
        + f" body {{ font-size: {letters}pt }}"
    )
