"""The programme as a workbook: a list of all sessions, then a sheet for each day with rooms across and hours down.

The list is read back by the import. Hours are those of the conference; its zone stands in the list and on each day.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from confapp.foundation import clock
from confapp.foundation.exporting.sheets import text_cell
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language, speaking
from confapp.programme.exports.frab import by_day
from confapp.programme.rules.exchange import Exchange, Talk

WIDTHS: tuple[int, ...] = (12, 8, 8, 8, 44, 24, 18, 18, 10, 24, 40, 12, 16, 10, 60, 38, 24)


def written(exchange: Exchange, generator: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    with speaking(exchange.language):
        book.properties.title, book.properties.creator = exchange.title, f"confapp {generator}"
        sheets = [(_("Sessions"), WIDTHS, _list(exchange))]
        sheets += [(f"{day:%Y-%m-%d}", (14, *[34] * 40), _day(exchange, talks)) for day, talks in by_day(exchange)]
        for name, widths, rows in sheets:
            sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
            sheet.freeze_panes = "B2"
            sheet.sheet_view.rightToLeft = language(exchange.language).direction == "rtl"
            for number, width in enumerate(widths, 1):
                sheet.column_dimensions[get_column_letter(number)].width = width
            for number, row in enumerate(rows):
                sheet.append([_cell(sheet, value, is_head=number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _list(exchange: Exchange) -> Iterator[Sequence[Any]]:
    yield [
        _("Day"),
        _("Begins"),
        _("Ends"),
        _("Minutes"),
        _("Title"),
        _("Note for readers"),
        _("Kind"),
        _("Theme"),
        _("Language"),
        _("Room"),
        _("Who takes part"),
        _("Status"),
        _("Time zone"),
        _("Code"),
        _("Description"),
        "GUID",
        _("Further rooms"),
    ]
    for talk in exchange.talks:
        starts = talk.starts
        ends = starts + timedelta(minutes=talk.minutes) if starts else None
        yield [
            starts.date() if starts else "",
            f"{starts:%H:%M}" if starts else "",
            f"{ends:%H:%M}" if ends else "",
            talk.minutes,
            talk.title,
            talk.subtitle,
            talk.kind,
            talk.theme,
            talk.language,
            talk.room,
            "; ".join(who.name for who in talk.people),
            _("Cancelled") if talk.cancelled else "",
            clock.zone_label(exchange.zone, starts) if starts else "",
            talk.code,
            talk.text,
            talk.guid,
            "; ".join(talk.further),
        ]


def _day(exchange: Exchange, talks: list[Talk]) -> Iterator[Sequence[Any]]:
    """What begins together stands in one row; what begins together in one room stands in one cell; what has several
    rooms stands under each."""
    used = {room for talk in talks for room in talk.rooms}
    rooms = [*(room for room in exchange.rooms if room in used), *([""] if "" in used else [])]
    assert talks[0].starts is not None
    yield [clock.zone_label(exchange.zone, talks[0].starts), *(room or _("No room") for room in rooms)]
    hours: dict[str, dict[str, list[str]]] = {}
    for talk in talks:
        for room in talk.rooms:
            hours.setdefault(f"{talk.starts:%H:%M}", {}).setdefault(room, []).append(_said(talk))
    for hour, there in hours.items():
        yield [hour, *("\n".join(there.get(room, ())) for room in rooms)]


def _said(talk: Talk) -> str:
    assert talk.starts is not None
    until = _("until %(hour)s", hour=f"{talk.starts + timedelta(minutes=talk.minutes):%H:%M}")
    return f"{talk.title} ({until}{', ' + _('Cancelled') if talk.cancelled else ''})"


def _cell(sheet: Any, value: Any, *, is_head: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    found = text_cell(sheet, value) if isinstance(value, str) else value
    cell = found if hasattr(found, "alignment") else WriteOnlyCell(sheet, value=found)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if is_head:
        cell.font = Font(bold=True)
    return cell
