"""What a careful reader would mark in a draft before it is adopted or issued. Pure; nothing here refuses anything."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from confapp.documents.rules import BlockKind, beginnings, inline
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.glossary import Glossary
from confapp.documents.rules.inline import Inline
from confapp.foundation.languages import gettext as _


class Rule(StrEnum):
    MISSING = "missing"
    BEHIND = "behind"
    UNCHECKED = "unchecked"
    TO_FILL = "to_fill"
    REFERENCE = "reference"
    NUMBERING = "numbering"
    HEADING = "heading"
    LEAD = "lead"
    CHAIN = "chain"
    TERM = "term"


# These are settled, or overridden with a reason, before a text is adopted or issued; the others are hints.
SERIOUS = frozenset(
    {Rule.MISSING, Rule.BEHIND, Rule.UNCHECKED, Rule.TO_FILL, Rule.REFERENCE, Rule.NUMBERING, Rule.HEADING}
)


@dataclass(frozen=True)
class Finding:
    rule: Rule
    block: str
    label: str
    kind: BlockKind
    language: str
    said: str

    @property
    def is_serious(self) -> bool:
        return self.rule in SERIOUS

    @property
    def anchor(self) -> str:
        return f"p-{self.block[:8]}"


@dataclass(frozen=True)
class Checked:
    """A draft in one language as the rules read it."""

    language: str
    paragraphs: Sequence[Paragraph]


def findings(
    texts: Sequence[Checked],
    missing: Mapping[str, Sequence[str]],
    behind: Mapping[str, Sequence[str]],
    unchecked: Mapping[str, Sequence[str]] | None = None,
) -> list[Finding]:
    """Everything found, serious first and then in reading order; `missing` and the others name languages by block."""
    found: list[Finding] = []
    order = {p.block: number for number, p in enumerate(texts[0].paragraphs)} if texts else {}
    for text in texts:
        for p in text.paragraphs:
            if text.language in missing.get(p.block, ()):
                found.append(_finding(Rule.MISSING, p, text, _("There is no text in this language.")))
            if text.language in behind.get(p.block, ()):
                found.append(_finding(Rule.BEHIND, p, text, _("The original changed after this was translated.")))
            if text.language in (unchecked or {}).get(p.block, ()):
                found.append(_finding(Rule.UNCHECKED, p, text, _("Nobody has checked this translation.")))
            if beginnings.is_to_be_filled(p.inline) and p.language == text.language:
                found.append(_finding(Rule.TO_FILL, p, text, _("Something is to be filled in: “[…”.")))
        written = [p for p in text.paragraphs if p.inline and p.language == text.language]
        found += [_finding(rule, p, text, said) for rule, p, said in _of_words(text.language, written)]
    if texts:
        found += [_finding(rule, p, texts[0], said) for rule, p, said in _of_structure(texts[0].paragraphs)]
    return sorted(found, key=lambda one: (not one.is_serious, order[one.block], list(Rule).index(one.rule)))


def of_terms(texts: Sequence[Checked], glossary: Glossary, original: str) -> list[Finding]:
    """Hints where a text does not write a term of the glossary as the conference does, in reading order."""
    if not glossary.terms:
        return []
    sources = {
        p.block: inline.to_plain(p.inline) for text in texts if text.language == original for p in text.paragraphs
    }
    return [
        _finding(Rule.TERM, p, text, warned.said)
        for text in texts
        for p in text.paragraphs
        if p.inline and p.language == text.language
        for warned in glossary.warnings(sources.get(p.block, ""), original, inline.to_plain(p.inline), text.language)
    ]


def _finding(rule: Rule, p: Paragraph, text: Checked, said: str) -> Finding:
    return Finding(rule, p.block, p.number or p.label, p.kind, text.language, said)


Marks = Iterator[tuple[Rule, Paragraph, str]]


def _of_words(language: str, written: Sequence[Paragraph]) -> Marks:
    yield from _leads(language, written)
    yield from _chain(written)
    yield from _references(language, written)


# --- first words ------------------------------------------------------------------------------------------------------

ENGLISH_PREAMBULAR = re.compile(
    r"^(?:(?:deeply|also|further|fully|gravely|strongly|once again|having|again|\w+ly)\b\s*)*"
    r"(?:\w+ing|\w+ed|aware|mindful|conscious|convinced|desirous|cognizant|alarmed|keen|appreciative|"
    r"grateful|confident|determined|inspired|guided|having|taking|being|borne|seen|met|taken|held)\b",
    re.I,
)
ENGLISH_OPERATIVE = re.compile(
    r"^(?:(?:also|further|strongly|again|hereby|once|warmly|firmly|\w+ly)\b,?\s*)*"
    r"(?!\w+(?:ing|ed)\b)(?!(?:the|a|an|this|that|these|those|it|there|in|on|for|with|by|to|and|or|of|at|as)\b)\w+",
    re.I,
)
INDONESIAN_PREAMBULAR = re.compile(
    r"^(?:(?:juga|lebih lanjut|kembali|sekali lagi|sangat|telah|dengan|sepenuhnya)\s+)*"
    r"(?:me\w+|ber\w+|ter\w+|di\w+|sadar|yakin|prihatin|ingat|bertekad)\b",
    re.I,
)
INDONESIAN_OPERATIVE = re.compile(
    r"^(?:(?:juga|lebih lanjut|kembali|sekali lagi|dengan ini|sangat)\s+)*"
    r"(?!(?:bahwa|yang|dan|atau|para|di|ke|dari|untuk|dengan|pada|ini|itu|suatu|sebuah)\b)\w+",
    re.I,
)
LEADS: dict[str, dict[BlockKind, re.Pattern[str]]] = {
    "en": {BlockKind.PREAMBULAR: ENGLISH_PREAMBULAR, BlockKind.OPERATIVE: ENGLISH_OPERATIVE},
    "id": {BlockKind.PREAMBULAR: INDONESIAN_PREAMBULAR, BlockKind.OPERATIVE: INDONESIAN_OPERATIVE},
}


def _leads(language: str, written: Sequence[Paragraph]) -> Marks:
    """Only where the text has preambular paragraphs: a report or a declaration "We, …" is written otherwise."""
    known = LEADS.get(language)
    if not known or not any(p.kind == BlockKind.PREAMBULAR for p in written):
        return
    for p in written:
        pattern = known.get(p.kind)
        if pattern is None or p.is_in_annex:
            continue
        if not pattern.match(inline.to_plain(p.inline)):
            yield Rule.LEAD, p, _wanted(p.kind)
        elif "em" not in p.inline[0]:
            yield Rule.LEAD, p, _("The first words are usually in italics.")


def _wanted(kind: BlockKind) -> str:
    if kind == BlockKind.PREAMBULAR:
        return _("A preambular paragraph usually begins with a participle, such as “Recalling”.")
    return _("A numbered paragraph usually begins with a verb, such as “Affirms”.")


# --- punctuation ------------------------------------------------------------------------------------------------------

COMMAS, SEMICOLONS, STOPS, COLONS = ",،，", ";؛；", ".。", ":："


def _chain(written: Sequence[Paragraph]) -> Marks:
    """Preambular paragraphs end with commas, numbered ones with semicolons and the last with a full stop.

    Read only where the text follows that form at all: it has preambular paragraphs.
    """
    if not any(p.kind == BlockKind.PREAMBULAR for p in written):
        return
    body = [p for p in written if not p.is_in_annex]
    chained = [p for p in body if p.kind in (BlockKind.OPERATIVE, BlockKind.LIST_ITEM)]
    deeper = {one.block for one, following in pairwise(body) if following.level > one.level}
    for p in body:
        end = inline.to_plain(p.inline).rstrip()[-1:]
        if p.kind == BlockKind.PREAMBULAR and end not in COMMAS + COLONS:
            yield Rule.CHAIN, p, _("A preambular paragraph ends with a comma.")
        elif p in chained and p is chained[-1]:
            if end not in STOPS:
                yield Rule.CHAIN, p, _("The last paragraph ends with a full stop.")
        elif p in chained and p.block in deeper:
            if end not in COLONS + COMMAS:
                yield Rule.CHAIN, p, _("What introduces a list ends with a colon.")
        elif p in chained and end not in SEMICOLONS and not _ends_with_and(p.inline):
            yield Rule.CHAIN, p, _("It ends with a semicolon; only the last one ends with a full stop.")


def _ends_with_and(text: Inline) -> bool:
    return bool(re.search(r"[;؛；]\s*(?:and|or|dan|atau|و|أو)$", inline.to_plain(text).strip()))


# --- references and structure -----------------------------------------------------------------------------------------

REFERENCES = {
    "en": re.compile(r"\bparagraphs?\s+(\d+)(?:\s*(\([a-z]+\)))?(?:\s+(?:above|below))?(?!\s*(?:of|\d|,\s*of))", re.I),
    "id": re.compile(r"\bparagraf\s+(\d+)(?:\s*([a-z])\.)?(?!\s*(?:dari|\d))", re.I),
    "ar": re.compile(r"الفقر(?:ة|ات)\s+(\d+)"),
}


def _references(language: str, written: Sequence[Paragraph]) -> Marks:
    pattern = REFERENCES.get(language)
    numbers = {p.number.split(" ")[0] for p in written if p.number}
    for p in written if pattern else ():
        for found in pattern.finditer(inline.to_plain(p.inline)):  # type: ignore[union-attr]
            if found[1] not in numbers:
                yield Rule.REFERENCE, p, _("This text has no paragraph %(number)s.", number=found[1])


def _of_structure(paragraphs: Sequence[Paragraph]) -> Marks:
    last: Paragraph | None = None
    has_number = False
    for p in paragraphs:
        if re.search(r"\b(?:bis|ter|quater)\b", p.label):
            yield Rule.NUMBERING, p, _("It still carries the number of an alternative, such as bis.")
        if last is not None and last.kind == BlockKind.HEADING and p.kind in (BlockKind.HEADING, BlockKind.ANNEX):
            yield Rule.HEADING, last, _("Nothing stands between this heading and the next.")
        if p.kind == BlockKind.PREAMBULAR and has_number and last is not None and last.kind == BlockKind.OPERATIVE:
            yield Rule.LEAD, p, _("A preambular paragraph follows a numbered one without a heading between them.")
        has_number = has_number or p.kind == BlockKind.OPERATIVE
        if p.kind == BlockKind.LIST_ITEM and p.level == 1 and (last is None or last.kind == BlockKind.TITLE):
            yield Rule.NUMBERING, p, _("A list begins here without a paragraph above it.")
        last = p
    if last is not None and last.kind in (BlockKind.HEADING, BlockKind.ANNEX):
        yield Rule.HEADING, last, _("Nothing stands below this heading.")
