"""The open version as the editor shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from confapp.documents.models import (
    Block,
    BlockPlace,
    Document,
)
from confapp.documents.queries.checks import checks, state_of, wants
from confapp.documents.queries.glossary import terms
from confapp.documents.queries.references import plain_texts
from confapp.documents.queries.text import TextsByLanguage, fingerprint, is_behind, place_rows, places, texts
from confapp.documents.rules import (
    BlockKind,
    composition,
    lint,
)
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.languages import CellState

STRANGE = re.compile(r"[^\x20-\u017f\u2013\u2014\u2018-\u201d\u2026]")


@dataclass(frozen=True)
class Row:
    """A block in the editor: its label, its whole number such as 3 (a), its texts and what they want."""

    block: Block
    place: BlockPlace
    label: str
    number: str
    level: int
    texts: TextsByLanguage
    missing: list[str]
    behind: list[str]

    @property
    def kind(self) -> BlockKind:
        return self.place.kind


@dataclass(frozen=True)
class Beside:
    """The blocks before and after one in the editor."""

    before: Row | None = None
    after: Row | None = None


def beside(document: Document, ref: str) -> Beside:
    rows = draft(document).rows
    at = next((number for number, row in enumerate(rows) if row.block.ref == ref), None)
    if at is None:
        return Beside()
    return Beside(rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


@dataclass(frozen=True)
class Draft:
    """The open version as the editor shows it."""

    rows: list[Row]
    hidden: list[Row]
    sha256: str

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.missing]

    @property
    def behind(self) -> list[Row]:
        return [row for row in self.rows if row.behind]


def draft(document: Document) -> Draft:
    return draft_of(document, place_rows(document.draft), texts(document.draft))


def draft_of(document: Document, rows: list[BlockPlace], found: Mapping[str, TextsByLanguage]) -> Draft:
    plain = places(rows)
    by_ref = {row.block.ref: row for row in rows}
    words = plain_texts(found) if any(place.is_sorted for place in plain) else {}
    composed = composition.paragraphs(plain, words, document.original_language)
    shown = [_row(document, by_ref[p.block], found.get(p.block, {}), p) for p in composed]
    refs = {p.block for p in composed}
    hidden = [_row(document, row, found.get(ref, {})) for ref, row in by_ref.items() if ref not in refs]
    return Draft(shown, hidden, fingerprint(plain, found))


def findings(document: Document) -> list[lint.Finding]:
    """What a careful reader would mark in the draft, in all its languages."""
    rows, found = place_rows(document.draft), texts(document.draft)
    whole, plain = draft_of(document, rows, found), places(rows)
    words = plain_texts(found)
    codes = sorted(document.languages, key=lambda code: code != document.original_language)
    checked = [lint.Checked(code, composition.paragraphs(plain, words, code)) for code in codes]
    missing = {row.block.ref: row.missing for row in whole.missing}
    behind = {row.block.ref: row.behind for row in whole.behind}
    remarks = lint.findings(checked, missing, behind, unchecked(document, found))
    if document.extends_id is not None:  # a corrigendum names paragraphs of the paper that it corrects
        remarks = [one for one in remarks if one.rule != lint.Rule.REFERENCE]
    letters = lint.of_letters(checked, unprintable)
    return letters + remarks + lint.of_terms(checked, terms(), document.original_language)


def unprintable(words: str) -> list[str]:
    """The signs of a text beyond the usual ones that no font has.

    Nothing is said where the fonts are not there: then no file is made, and for that reason.
    """
    if not STRANGE.search(words):
        return []
    from confapp.foundation.pdf import fonts

    return fonts.unprintable(words) if fonts.installed() else []


def unchecked(document: Document, found: Mapping[str, TextsByLanguage]) -> dict[str, list[str]]:
    """The languages of each block that nobody has checked, where the conference wants checks."""
    if not wants().wants_checks:
        return {}
    known, source = checks(document), document.original_language
    return {
        ref: [
            code
            for code, text in by_code.items()
            if code != source and state_of(document, by_code, code, known.get(text.id)) == CellState.DRAFT
        ]
        for ref, by_code in found.items()
    }


def row(document: Document, ref: str) -> Row | None:
    """One block as the editor shows it, whether it is shown or deleted."""
    whole = draft(document)
    return next((row for row in (*whole.rows, *whole.hidden) if row.block.ref == ref), None)


def _row(document: Document, place: BlockPlace, found: TextsByLanguage, shown: Paragraph | None = None) -> Row:
    missing = [code for code in document.languages if code not in found or not found[code].inline]
    behind = [code for code in found if code not in missing and is_behind(document, found, code)]
    label, number, level = (shown.label, shown.number, shown.level) if shown else ("", "", 0)
    return Row(place.block, place, label, number, level, found, missing, behind)
