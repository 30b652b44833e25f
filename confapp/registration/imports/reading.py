"""A file or pasted text as rows of text: CSV and TSV in any usual encoding, XLSX with its values only."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from confapp.foundation import text
from confapp.foundation.languages import gettext as _

LARGEST_FILE = 6 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 400
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_ABOVE = 10  # rows that a title may take above the head
LONGEST_CELL = 2_000
DELIMITERS = "\t;,|"
ENCODINGS = ("", "utf-8", "windows-1252", "windows-1256")
RUN_OF_LETTERS = re.compile(rb"[\xc0-\xff]{4}")  # words beyond ASCII: nothing that is written in Latin
SEPARATOR = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)  # what spreadsheets write above a table, and read
FORMULA_QUOTED = re.compile(r"^'(?=[\s]*[=+\-@|%])")

Rows = list[list[str]]


class BadTable(Exception):
    """Why a file cannot be read as a table; the message is for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def table(content: bytes, encoding: str = "") -> Rows:
    """The rows of a file, the names of its columns first; empty rows stay, so that numbers are those of the file."""
    if len(content) > LARGEST_FILE:
        raise BadTable(_("The file is larger than %(size)d MB.", size=LARGEST_FILE >> 20))
    rows = _workbook(content) if content.startswith(b"PK\x03\x04") else _delimited(_decoded(content, encoding))
    found = [[_cell(value) for value in row] for row in rows]
    while found and not any(found[-1]):
        found.pop()
    found = _head_first(found)
    if len(found) < 2 or not any(found[0]):
        raise BadTable(_("There is no table in it: the first row names the columns, and its lines stand below."))
    return found


def _head_first(rows: Rows) -> Rows:
    """A title above the names of the columns is left out; every row keeps its number in the file."""
    start = [sum(map(bool, row)) for row in rows[:MOST_ABOVE]]
    if not start or start[0] > 1:
        return rows
    head = next((number for number, filled in enumerate(start) if filled > 1), 0)
    return [rows[head], *([] for _row in range(head)), *rows[head + 1 :]]


# --- delimited text ---------------------------------------------------------------------------------------------------


def _decoded(content: bytes, encoding: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        if encoding:
            raise BadTable(_("The file is not in the encoding that was chosen.")) from None
    if b"\x00" in content[:4096]:
        raise BadTable(_("The file is no table: take it out of the spreadsheet as XLSX or CSV."))
    is_arabic = RUN_OF_LETTERS.search(content) is not None
    return content.decode("windows-1256" if is_arabic else "windows-1252", "replace")


def _delimited(words: str) -> Iterator[list[Any]]:
    words = words.replace("\x00", "").lstrip("\ufeff")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words))):
            if number > MOST_ROWS:
                raise _too_many()
            if len(row) > MOST_COLUMNS:
                raise BadTable(_("Row %(row)d has more than %(most)d columns.", row=number + 1, most=MOST_COLUMNS))
            yield row
    except csv.Error as error:
        raise BadTable(_("The file cannot be read as a table: a quotation mark may be missing.")) from error


def _delimiter(words: str) -> str:
    """The sign that parts the most of the first lines, and then the first of them into the most cells."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in words.split("\n", MOST_ABOVE)[:MOST_ABOVE]]
    if said := SEPARATOR.match(words.split("\n", 1)[0]):
        return said[1]
    return max(DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), lines[0].count(sign)))


# --- workbooks --------------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)):
                if number > MOST_ROWS:
                    raise _too_many()
                cells = list(row)
                while cells and cells[-1] is None:
                    cells.pop()
                if len(cells) > MOST_COLUMNS:
                    raise BadTable(_("Row %(row)d has more than %(most)d columns.", row=number + 1, most=MOST_COLUMNS))
                yield cells
            book.close()
    except BadTable:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as there are
        raise BadTable(_("The workbook is damaged, locked or of another kind. Take it out as XLSX or CSV.")) from error


def _refuse_bombs(content: bytes) -> None:
    """By what the archive says and by what it holds: too large when unpacked, or with entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadTable(_("The workbook is too large when it is unpacked."))
            for part in parts:
                with packed.open(part) as opened:
                    if b"<!DOCTYPE" in (head := opened.read(4096)) or b"<!ENTITY" in head:
                        raise BadTable(_("The workbook holds something that a table does not need."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise BadTable(_("The workbook is damaged, locked or of another kind. Take it out as XLSX or CSV.")) from error


def _cell(value: Any) -> str:
    """A value as a person would type it; what our own exports put before a formula is taken away again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return FORMULA_QUOTED.sub("", text.clean(str(value)[:LONGEST_CELL]))


def _too_many() -> BadTable:
    return BadTable(_("At most %(most)d rows are brought in at once. Divide the file.", most=MOST_ROWS))


def sample(rows: Rows, number: int = 5) -> Iterable[list[str]]:
    """The first rows that hold anything, all as wide as the head."""
    width = len(rows[0])
    filled = [row for row in rows[1:] if any(row)][:number]
    return [[*row, *[""] * (width - len(row))][:width] for row in filled]
