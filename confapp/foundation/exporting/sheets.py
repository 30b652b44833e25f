"""The writers: one table as CSV, XLSX and PDF."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import escape

from confapp.foundation import clock
from confapp.foundation.access import Permit
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language, ngettext, speaking
from confapp.foundation.pdf.drawing import printable

Value = str | int | float | bool | date | datetime | None
FORMULA = re.compile(r"^[\s\x00-\x20]*[=+\-@|%]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000
AT_A_TIME = 500
A4 = 9  # as workbooks number paper


@dataclass(frozen=True)
class Column:
    """One column of a table. `label` is marked for the catalogues; `width` is in characters; `permit` may hide it."""

    name: str
    label: str
    value: Callable[[Any], Value]
    width: int = 16
    permit: Permit | None = None
    choices: Sequence[str] = ()  # marked for the catalogues: what a workbook offers where the column is to be filled in


@dataclass(frozen=True)
class Table:
    """Columns and rows with what is said about them: of which conference, in which zone and language, for whom."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    zone: str
    language: str
    about: str
    taken_by: str
    taken_at: datetime

    @property
    def heads(self) -> list[str]:
        return [_(column.label) for column in self.columns]


# --- CSV --------------------------------------------------------------------------------------------------------------


def csv_of(table: Table) -> Iterator[bytes]:
    """Some hundred rows at a time, so that a long table begins to arrive at once."""
    with speaking(table.language):
        head = _lines([table.heads])
    yield ("\ufeff" + head).encode()
    values = [column.value for column in table.columns]
    for start in range(0, len(table.rows), AT_A_TIME):
        rows = table.rows[start : start + AT_A_TIME]
        with speaking(table.language):
            part = _lines([[said(value(row), table.zone) for value in values] for row in rows])
        yield part.encode("utf-8", "replace")


def _lines(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def said(value: Value, zone: str) -> str:
    """A value as text: instants in the conference's zone, truths in words."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{clock.local(value, zone):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


# --- XLSX -------------------------------------------------------------------------------------------------------------


def text_cell(sheet: Any, words: str) -> Any:
    """What would be run or read as an error becomes a cell that says it is text."""
    from openpyxl.cell import WriteOnlyCell

    words = NOT_IN_XML.sub("", words)[:LONGEST_CELL]
    if not words.startswith("#") and not FORMULA.match(words):
        return words
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def xlsx_of(table: Table) -> Iterator[bytes]:
    """A workbook of one sheet: text as text, days and hours as such, the head always in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Value) -> Any:
        if isinstance(value, str):
            return text_cell(sheet, value) if value else None
        if isinstance(value, datetime):
            return clock.local(value, table.zone).replace(tzinfo=None, second=0, microsecond=0)
        return said(value, table.zone) if isinstance(value, bool) else value

    book = Workbook(write_only=True)
    with speaking(table.language):
        book.properties.title, book.properties.creator = table.title, table.taken_by
        sheet = book.create_sheet(" ".join(re.sub(r"[\[\]:*?/\\]", " ", table.title).split())[:31].strip("' ") or "1")
        sheet.freeze_panes = "A2"
        _to_print(sheet, table)
        _to_fill_in(sheet, table)
        sheet.sheet_view.rightToLeft = language(table.language).direction == "rtl"
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        heads = [WriteOnlyCell(sheet, value=label) for label in table.heads]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        values = [column.value for column in table.columns]
        for row in table.rows:
            sheet.append([cell(value(row)) for value in values])
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def _to_print(sheet: Any, table: Table) -> None:
    """On paper: across, all columns on one page's width, the head on every page, and below it what the PDF says."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text, sheet.oddFooter.left.size = _taken(table).replace("&", "&&"), 8
    sheet.oddFooter.right.text, sheet.oddFooter.right.size = "&P / &N", 8


def _to_fill_in(sheet: Any, table: Table) -> None:
    """A list to choose from in the columns that are to be filled in; anything else is let through and read later."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = len(table.rows) + 1
    for number, column in enumerate(table.columns, 1):
        if column.choices and table.rows:
            words = ",".join(_(one) for one in column.choices)
            letter = get_column_letter(number)
            offered = DataValidation("list", f'"{words}"', allow_blank=True, sqref=f"{letter}2:{letter}{last}")
            sheet.data_validations.append(offered)


# --- PDF --------------------------------------------------------------------------------------------------------------

STYLE = """
@page { size: A4 landscape; margin: 16mm 12mm 17mm; font: 8pt var(--sans);
  @top-left { content: %(about)s; font-size: 8pt; vertical-align: bottom; padding-bottom: 3mm; white-space: nowrap }
  @bottom-left { content: %(taken)s; font-size: 7.5pt; color: #555; width: 75%%; vertical-align: top; padding-top: 4mm }
  @bottom-right { content: %(page)s; font-size: 7.5pt; color: #555; vertical-align: top; padding-top: 4mm } }
* { box-sizing: border-box }
body { font: 8pt/1.35 var(--sans); margin: 0 }
h1 { font: 17pt/1.2 var(--serif); margin: 0 0 1mm }
p { margin: 0 0 4mm; color: #555 }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
thead { display: table-header-group }
th, td { text-align: start; vertical-align: top; padding: 1.1mm 2mm 1.1mm 0; border-bottom: .25pt solid #bbb;
  overflow-wrap: anywhere }
thead th { font-weight: normal; color: #555; border-bottom: .75pt solid #000; vertical-align: bottom }
tbody th { font-weight: bold }
tr { break-inside: avoid }
%(widths)s
"""


def pdf_of(table: Table) -> Iterator[bytes]:
    """A landscape list whose head stands on every page, with page x of y and who took it out, and when, below."""
    from confapp.foundation import pdf

    with speaking(table.language):
        html, style = _page(table)
    yield pdf.render(
        html,
        language=table.language,
        title=printable(table.title),
        created=table.taken_at,
        css=style,
        limits=pdf.Limits(cpu=300, wall=400, memory=3 << 30),
    )


def _page(table: Table) -> tuple[str, str]:
    rows = "".join(_row([said(column.value(row), table.zone) for column in table.columns]) for row in table.rows)
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in table.heads)
    number = ngettext("%(num)d line", "%(num)d lines", len(table.rows))
    body = (
        f"<h1>{escape(table.title)}</h1><p>{escape(number)}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    taken = _taken(table)
    before, _slot, rest = _("Page %(page)s of %(pages)s", page="\0", pages="\1").partition("\0")
    between, _slot, after = rest.partition("\1")
    page = f"{_quoted(before)} counter(page) {_quoted(between)} counter(pages) {_quoted(after)}"
    wide = [
        max(float(column.width), 1.6 * max(map(len, _(column.label).split()), default=0) + 1)
        for column in table.columns
    ]
    whole = sum(wide) or 1
    widths = "\n".join(
        f"thead th:nth-child({number}) {{ width: {100 * width / whole:.2f}% }}" for number, width in enumerate(wide, 1)
    )
    style = STYLE % {"about": _quoted(table.about), "taken": _quoted(taken), "page": page, "widths": widths}
    return printable(body), style


def _taken(table: Table) -> str:
    return _(
        "Taken out by %(name)s, %(moment)s. Contains personal data; for official use only.",
        name=table.taken_by,
        moment=f"{said(table.taken_at, table.zone)} {clock.zone_label(table.zone, table.taken_at)}",
    )


def _row(cells: list[str]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in others)}</tr>'


def _quoted(text: str) -> str:
    """A string of a style sheet."""
    plain = " ".join(printable(text).split(" ")).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\n\r\f]", " ", plain) + '"'
