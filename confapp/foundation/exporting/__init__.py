"""Tables that are taken out of the program: one description of columns, from which CSV, XLSX and PDF come.

    PEOPLE = Subject("people", N_("People"), EXPORT, load)        # load(actor, conference, query) -> (columns, rows)
    exporting.offer(PEOPLE)                                       # in every format, or `exporting.offer(PEOPLE, "csv")`
    content = exporting.written(table, "xlsx")                    # an iterator of bytes

Rows are plain values (rows of a select, not records), so they outlive the transaction that read them. A column's
`value` answers text, a number, a truth, a day or an instant; each format writes them in its own way: CSV as text in the
conference's zone (UTF-8 with a byte-order mark, RFC 4180), XLSX as native cells, PDF as they are read.
No format holds anything that a spreadsheet takes for a formula.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from confapp.foundation.access import Actor, Permit
from confapp.foundation.exporting import downloads, sheets
from confapp.foundation.exporting.sheets import Column, Table, safe_cell

Load = Callable[[Actor, Any, dict[str, Any]], tuple[Sequence[Column], Sequence[Any]]]
Write = Callable[[Table], Iterable[bytes]]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
FORMAT_NAMES = {"csv": "CSV", "xlsx": "XLSX", "pdf": "PDF", "zip": "ZIP"}
AT_ONCE = {"csv": 100_000, "xlsx": 500, "pdf": 200}  # rows that an answer does not wait for too long; more are a job
MOST = {"csv": 100_000, "xlsx": 100_000, "pdf": 5_000}
WRITERS: dict[str, Write] = {"csv": sheets.csv_of, "xlsx": sheets.xlsx_of, "pdf": sheets.pdf_of}


@dataclass(frozen=True)
class Subject:
    """Something that can be taken out as a table: who may, and what it holds for whoever asks."""

    name: str
    label: str
    permit: Permit
    load: Load


_subjects: dict[str, Subject] = {}
_writers: dict[tuple[str, str], Write] = {}


def offer(subject: Subject, *formats: str) -> None:
    """Adds a subject to the table, in some formats or in all of them."""
    _subjects[subject.name] = subject
    _writers.update({(subject.name, one): WRITERS[one] for one in formats or WRITERS})


def subject(name: str) -> Subject | None:
    return _subjects.get(name)


def subjects() -> list[Subject]:
    return list(_subjects.values())


def formats_of(name: str) -> list[str]:
    return [file_format for known, file_format in _writers if known == name]


def writer(name: str, file_format: str) -> Write | None:
    """The function for a subject in a format; None when it is not offered."""
    return _writers.get((name, file_format))


def visible(columns: Iterable[Column], actor: Actor, conference: Any) -> list[Column]:
    """The columns that somebody may read."""
    return [one for one in columns if one.permit is None or one.permit.allows(actor, conference)]


def written(table: Table, file_format: str) -> Iterator[bytes]:
    yield from WRITERS[file_format](table)


__all__ = [
    "AT_ONCE",
    "FORMAT_NAMES",
    "MEDIA_TYPES",
    "MOST",
    "Column",
    "Subject",
    "Table",
    "downloads",
    "formats_of",
    "offer",
    "safe_cell",
    "subject",
    "subjects",
    "visible",
    "writer",
    "written",
]
