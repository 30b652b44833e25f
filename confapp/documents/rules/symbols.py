"""Symbols: one for all language versions of a paper, its number taken from a series, and what extends it.

They follow the practice of the United Nations (body/series/number, then `/Add.1`, `/Corr.1`, `/Amend.1`, `/Summary`).
"""

import re
from dataclasses import dataclass

from confapp.conferences.rules import letters_of
from confapp.documents.rules import Access, DocumentKind, Modification
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _

LONGEST = 80
NUMBER = "{number}"
ENDINGS: dict[Modification, str] = {
    Modification.ADDENDUM: "Add",
    Modification.CORRIGENDUM: "Corr",
    Modification.AMENDMENT: "Amend",
    Modification.SUMMARY: "Summary",
}
SYMBOL = re.compile(r"[A-Z0-9]+(?:[./-][A-Z0-9]+)*(?:/(?:Rev|Add|Corr|Amend)\.[0-9]+|/Summary)*\*{0,3}")


@dataclass(frozen=True)
class Usual:
    """A series that conferences usually have; `template` without the conference's own beginning."""

    template: str
    name: str
    kind: DocumentKind
    access: Access = Access.PUBLIC


USUAL = (
    Usual("{number}", N_("General series"), DocumentKind.PAPER),
    Usual("L.{number}", N_("Draft texts"), DocumentKind.DRAFT, Access.PARTICIPANTS),
    Usual("INF/{number}", N_("Information"), DocumentKind.INFORMATION_NOTE),
    Usual("WP.{number}", N_("Working papers"), DocumentKind.WORKING_PAPER, Access.PARTICIPANTS),
    Usual("CRP.{number}", N_("Conference room papers"), DocumentKind.PAPER, Access.PARTICIPANTS),
    Usual("J.{number}", N_("Journal"), DocumentKind.JOURNAL),
    Usual("MSG/{number}", N_("Outcome"), DocumentKind.OUTCOME),
)


def beginning(acronym: str, slug: str, year: int) -> str:
    """What every symbol of a conference begins with, such as CONF/2027/."""
    return f"{letters_of(acronym or slug) or 'CONF'}/{year}/"


def fault(symbol: str) -> str | None:
    """Why a symbol cannot be used, or None. Capitals only: what follows in small letters in an address is a file."""
    if len(symbol) > LONGEST or not SYMBOL.fullmatch(symbol):
        return _("Use capital letters and digits, separated by slashes, full stops or hyphens, such as CONF/2027/L.1.")
    return None


def template_fault(template: str) -> str | None:
    """Why symbols cannot be made from a template, or None: the number stands in it once."""
    if template.count(NUMBER) != 1:
        return _("Write {number} once, where the number of the paper stands.")
    return fault(filled(template, 99_999))


def filled(template: str, number: int) -> str:
    return template.replace(NUMBER, str(number))


def extended(symbol: str, modification: Modification, number: int) -> str:
    """CONF/2027/L.3/Corr.1; a summary has no number."""
    ending = ENDINGS[modification]
    return f"{symbol}/{ending}" if modification == Modification.SUMMARY else f"{symbol}/{ending}.{number}"


def sort_key(symbol: str) -> tuple[tuple[int, int, str], ...]:
    """Orders symbols as people count: L.9 before L.10, and what extends a paper after it."""
    parts = re.findall(r"[0-9]+|[^0-9]+", symbol)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
