"""What stands after an adopted text, on its page and in every file of it: the same lines in the same order.

Call inside `printing(reading.language)`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from confapp.documents.rules.beside import (
    EndorsementFacts,
    StatementFacts,
    cast_name,
    count_line,
    endorsement_line,
)
from confapp.documents.rules.reading import Reading
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language as language_of


@dataclass(frozen=True)
class Line:
    """`kind` is also its class in the style sheets; `lead` is strong and stands before the words."""

    kind: str
    words: str
    language: str
    lead: str = ""
    anchor: str = ""


Entry = tuple[Line, ...]  # what belongs together: a statement with its words


@dataclass(frozen=True)
class Part:
    code: str
    heading: str
    entries: tuple[Entry, ...]


def parts(reading: Reading) -> list[Part]:
    """Vote, oral revisions, statements, and the endorsements where the text has no place for them."""
    found = (
        Part("vote", _("Recorded vote"), _votes(reading)),
        Part("oral-revisions", _("Oral revisions at the adoption"), _oral(reading)),
        Part("statements", _("Statements of delegations"), _statements(reading)),
        Part("endorsements", _("Endorsements"), () if reading.has_place_for_endorsements else endorsements(reading)),
    )
    return [part for part in found if part.entries]


def endorsements(reading: Reading) -> tuple[Entry, ...]:
    """The list: how many there are, each, and those that were withdrawn."""
    beside, language = reading.beside, reading.language
    if not beside.endorsements:
        return ()
    withdrawn = beside.withdrawn(language)
    return (
        (Line("beside-note", count_line(beside), language),),
        *_endorsed(beside.standing(language), language),
        *(((Line("beside-note", _("Withdrawn"), language),),) if withdrawn else ()),
        *_endorsed(withdrawn, language),
    )


def _endorsed(rows: Iterable[EndorsementFacts], language: str) -> list[Entry]:
    is_rtl = language_of(language).direction == "rtl"
    return [(Line("endorsement", endorsement_line(one, language, is_apart=is_rtl), language),) for one in rows]


def _votes(reading: Reading) -> tuple[Entry, ...]:
    beside = reading.beside
    if not beside.votes:
        return ()
    return tuple(
        (
            Line(
                "vote",
                reading.listed(beside.names(cast)) or "–",
                reading.language,
                lead=f"{cast_name(cast)} ({count}):",
            ),
        )
        for cast, count in beside.totals.items()
    )


def _oral(reading: Reading) -> tuple[Entry, ...]:
    found = []
    for one in reading.beside.oral_revisions:
        entry = (Line("statement", reading.said(one.text), reading.language),)
        line = reading.oral_line(one)
        found.append(entry + ((Line("beside-note", line, reading.language),) if line else ()))
    return tuple(found)


def _statements(reading: Reading) -> tuple[Entry, ...]:
    return tuple(_statement(reading, one) for one in reading.beside.statements)


def _statement(reading: Reading, one: StatementFacts) -> Entry:
    head = Line("statement-head", "", reading.language, lead=reading.statement_line(one), anchor=one.anchor)
    code = one.language(reading.language, reading.original_language)
    said = one.text.get(code, "").splitlines()
    return (head, *(Line("statement", line, code) for line in said if line.strip()))


def side_by_side(left: Iterable[Entry], right: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Entry by entry in two languages; words that both have only in one language stand once, on the left."""
    return [(one, _beside(one, other)) for one, other in zip_longest(left, right, fillvalue=())]


def _beside(one: Entry, other: Entry) -> Entry:
    return tuple(replace(line, anchor="") for line in other if line.kind != "statement" or line not in one)
