"""The catalogue as a table that people take out, change in a spreadsheet and bring back in: what a line may say."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confapp.conferences.rules import LANGUAGES
from confapp.foundation import text
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.registration.rules import PartyKind

KIND_NAMES: dict[str, str] = {
    PartyKind.STATE: N_("State"),
    PartyKind.ORGANIZATION: N_("Organization"),
    PartyKind.OTHER: N_("Other"),
}
KIND_HEADINGS: dict[str, str] = {
    PartyKind.STATE: N_("States"),
    PartyKind.ORGANIZATION: N_("Organizations"),
    PartyKind.OTHER: N_("Others"),
}
UN_STATUS_NAMES: dict[str, str] = {
    "": N_("Not known"),
    "member": N_("Member of the United Nations"),
    "observer": N_("Observer at the United Nations"),
    "none": N_("Neither member nor observer"),
}
FIELD_NAMES: dict[str, str] = {
    "kind": N_("Kind"),
    "name": N_("Name"),
    "formal_name": N_("Formal name"),
    "designation": N_("Designation"),
    "un_status": N_("Status at the United Nations"),
    "groups": N_("Groups"),
    "source": N_("Source"),
    "as_of": N_("As of"),
}
TRANSLATED = {"name": 200, "formal_name": 300, "designation": 120}
LONGEST_TABLE = 400_000  # characters; the whole catalogue in nine languages has a third of it
MOST_LINES = 1_000
MOST_GROUPS, LONGEST_GROUP = 20, 40
LONGEST_SOURCE = 200

COLUMNS = (
    "code",
    "kind",
    *(f"{name}:{language}" for name in TRANSLATED for language in LANGUAGES),
    "un_status",
    "groups",
    "source",
    "as_of",
)


def missing(party: Any, languages: Iterable[str]) -> list[str]:
    """What nobody has typed yet, as the filter of the list names it."""
    found = [f"name:{language}" for language in languages if not party.name.get(language)]
    if not any(party.formal_name.values()):
        found.append("formal_name")
    if not party.un_status:
        found.append("un_status")
    if not party.source:
        found.append("source")
    return found


def code_fault(code: str) -> str | None:
    if not re.fullmatch(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])", code):
        return _("A code has 2 to 20 capital letters, digits and hyphens, such as IDN or ASEAN.")
    return None


def labels(typed: str, *, separators: str = ",;\n") -> list[str]:
    """Groups or tags typed in one line: cleaned, each once, in the order typed."""
    found = (text.clean_name(one) for one in re.split(f"[{separators}]", typed))
    return list(dict.fromkeys(one for one in found if one))


def labels_fault(found: list[str]) -> str | None:
    if len(found) > MOST_GROUPS or any(len(one) > LONGEST_GROUP for one in found):
        return _("At most %(most)s, each of at most %(longest)s characters.", most=MOST_GROUPS, longest=LONGEST_GROUP)
    return None


@dataclass
class Line:
    """One line of a table: what it says of which party, and what is wrong with it. An empty cell says nothing."""

    number: int
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass
class Table:
    lines: list[Line] = field(default_factory=list)
    fault: str = ""


def read(content: str) -> Table:
    """A table as text with commas, semicolons or tabs; whatever is wrong with it is said, nothing is guessed."""
    if len(content) > LONGEST_TABLE:
        return Table(fault=_("This table is too large: at most 400,000 characters."))
    content = text.CONTROLS.sub("", content.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if not content.strip():
        return Table(fault=_("The table is empty."))
    head = content.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content), delimiter=separator)
    try:
        columns = [cell.strip().casefold() for cell in next(reader)]
        if fault := _head_fault(columns):
            return Table(fault=fault)
        lines = []
        while (cells := next(reader, None)) is not None:
            if any(cell.strip() for cell in cells):
                lines.append(_line(reader.line_num, columns, cells))
            if len(lines) > MOST_LINES:
                return Table(fault=_("This table has more than 1,000 lines."))
    except csv.Error:
        return Table(fault=_("This is not a table of cells: a quotation mark is not closed, or a cell is too long."))
    _note_repeats(lines)
    return Table(lines, "" if lines else _("The table has a heading and no lines."))


def _head_fault(columns: list[str]) -> str | None:
    if "code" not in columns:
        return _("The first line must name the columns, one of them “code”.")
    if unknown := [one for one in columns if one not in COLUMNS]:
        return _("Unknown column: %(names)s.", names=", ".join(one[:40] or "–" for one in unknown[:5]))
    if len(set(columns)) < len(columns):
        return _("A column stands there twice.")
    return None


def _line(number: int, columns: list[str], cells: list[str]) -> Line:
    line = Line(number)
    if len(cells) > len(columns):
        line.faults.append(_("This line has more cells than the heading."))
        return line
    said = {name: _unquoted(text.clean_name(cell)) for name, cell in zip(columns, cells, strict=False)}
    line.code = said.pop("code", "").upper()
    if fault := code_fault(line.code):
        line.code = line.code[:40]
        line.faults.append(fault)
    for name, value in said.items():
        if value:
            _take(line, name, value)
    return line


def _unquoted(cell: str) -> str:
    """Our own tables quote what a spreadsheet would run; here the quotation mark goes again."""
    return cell[1:] if re.match(r"^'\s*[=+\-@|%]", cell) else cell


def _take(line: Line, name: str, value: str) -> None:
    name, _colon, language = name.partition(":")
    if name in TRANSLATED:
        if len(value) > TRANSLATED[name]:
            line.faults.append(_at_most(name, TRANSLATED[name]))
        line.values.setdefault(name, {})[language] = value
    elif name == "groups":
        found = labels(value)
        if fault := labels_fault(found):
            line.faults.append(f"{_(FIELD_NAMES[name])}: {fault}")
        line.values[name] = found
    elif name == "source":
        if len(value) > LONGEST_SOURCE:
            line.faults.append(_at_most(name, LONGEST_SOURCE))
        line.values[name] = value
    elif name == "as_of":
        _take_day(line, value)
    else:
        known = [one.value for one in PartyKind] if name == "kind" else [one for one in UN_STATUS_NAMES if one]
        if value.casefold() not in known:
            line.faults.append(
                _("%(field)s: write one of %(words)s.", field=_(FIELD_NAMES[name]), words=", ".join(known))
            )
        line.values[name] = value.casefold()


def _take_day(line: Line, value: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if not 1900 <= day.year < 2200:
        line.faults.append(_("%(field)s: write a day as 2026-11-21.", field=_(FIELD_NAMES["as_of"])))
    line.values["as_of"] = day


def _at_most(name: str, number: int) -> str:
    return f"{_(FIELD_NAMES[name])}: {_('At most %(number)d characters.', number=number)}"


def _note_repeats(lines: list[Line]) -> None:
    first: dict[str, int] = {}
    for line in lines:
        if line.code in first:
            line.faults.append(_("This code stands in line %(number)s already.", number=first[line.code]))
        first.setdefault(line.code, line.number)


def merged(party: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What a line would change: {field: (was, becomes)}. Names in languages that it does not say are kept."""
    found = {}
    for name, said in values.items():
        was: Any = getattr(party, name) if party is not None else None
        becomes = {**(was or {}), **said} if name in TRANSLATED else said
        if becomes != was:
            found[name] = (was, becomes)
    return found
