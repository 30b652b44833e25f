"""Words and looks of statuses for templates: `names.status(document)` gives what ui.status takes."""

from datetime import datetime
from typing import Any

from confapp.documents.rules import (
    ACCESS_NAMES,
    BLOCK_NAMES,
    ISSUE_LOOKS,
    ISSUE_NAMES,
    KIND_NAMES,
    MODIFICATION_NAMES,
    NATURE_NAMES,
    STATUS_LOOKS,
    STATUS_NAMES,
    WORK_LOOKS,
    WORK_NAMES,
    wording,
)
from confapp.documents.rules.formats import FORMATS
from confapp.documents.rules.issuing import ISSUE_KIND_NAMES
from confapp.documents.rules.languages import CELL_LOOKS, CELL_NAMES
from confapp.documents.rules.wording import kind_and_nature, language_name
from confapp.foundation import clock, dates
from confapp.foundation.languages import current, joined
from confapp.foundation.languages import gettext as _


def status(document: Any) -> tuple[str, str]:
    return STATUS_LOOKS[document.status], _(STATUS_NAMES[document.status])


def issue(row: Any) -> tuple[str, str]:
    if row.is_waiting:
        return "waiting", _("Released for a moment to come")
    if not row.is_current and row.state == "published":
        return "attention", _("Superseded")
    return ISSUE_LOOKS[row.state], _(ISSUE_NAMES[row.state])


def issue_kind(row: Any) -> str:
    return _(ISSUE_KIND_NAMES[row.kind])


def kind(document: Any) -> str:
    return kind_and_nature(document.kind, document.nature)


def kind_name(value: str) -> str:
    return _(KIND_NAMES[value])


def nature(value: str) -> str:
    return _(NATURE_NAMES[value]) if NATURE_NAMES[value] else ""


def block(value: str) -> str:
    return _(BLOCK_NAMES[value])


def language(code: str) -> str:
    return language_name(code, current())


def languages(codes: list[str]) -> str:
    return joined(language(code) for code in codes)


def file_format(code: str) -> str:
    """What a link to a file says."""
    return _(FORMATS[code].name)


def access(value: str) -> str:
    return _(ACCESS_NAMES[value])


def modification(value: str) -> str:
    return _(MODIFICATION_NAMES[value])


def work(value: str) -> tuple[str, str]:
    return WORK_LOOKS[value], _(WORK_NAMES[value])


def cell(value: str) -> tuple[str, str]:
    return CELL_LOOKS[value], _(CELL_NAMES[value])


def standing(document: Any, code: str) -> str:
    """Whether a language of a document is authentic, the original or a translation, in the language of the page."""
    return wording.standing(document.authentic_languages, document.original_language, code, current())


def standing_word(document: Any, code: str) -> str:
    """The same in one or two words, beside the language in a list."""
    if code in document.authentic_languages:
        return _("Authentic text")
    is_original = code == document.original_language and not document.authentic_languages
    return _("Original text") if is_original else _("Translation")


def kinds() -> list[tuple[str, str]]:
    return [(value, _(name)) for value, name in KIND_NAMES.items()]


def statuses() -> list[tuple[str, str]]:
    return [(value, _(name)) for value, name in STATUS_NAMES.items()]


def accesses() -> list[tuple[str, str]]:
    return [(value, _(name)) for value, name in ACCESS_NAMES.items()]


def moment(value: datetime, zone: str) -> str:
    return dates.moment(value, current(), zone)


def to_the_second(at: datetime, zone: str) -> str:
    return f"{dates.day(at, current(), zone)}, {clock.local(at, zone):%H:%M:%S} {clock.zone_label(zone, at)}"
