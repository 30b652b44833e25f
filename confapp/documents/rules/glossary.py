"""Terms in texts: where one stands, whether its translation does, and what is not to be written. Pure.

A term is found as a whole word, whatever its capitals. Scripts without spaces have no whole words: there it is found
anywhere, only never inside a cluster of a letter and its marks. Arabic carries its particles before the word, English
its plural and Indonesian -nya after it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BEFORE = {"ar": r"[وف]?(?:[بكل]?(?:ال)?|لل)"}
AFTER = {"en": r"(?:s|es)?", "id": r"(?:nya)?"}
NOT_READ = re.compile("[\u0640\u064b-\u0652\u0670\u00ad\u200b-\u200f\u2060]")  # tatweel, vowel signs, invisible signs
QUOTES = str.maketrans({"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "})
Span = tuple[int, int]


class GlossaryVerb(StrEnum):
    """What was done to the glossary in one act."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    BROUGHT_IN = "brought_in"
    TAKEN_BACK = "taken_back"


VERB_NAMES: dict[str, str] = {
    GlossaryVerb.ADDED: N_("Added"),
    GlossaryVerb.CHANGED: N_("Changed"),
    GlossaryVerb.REMOVED: N_("Removed"),
    GlossaryVerb.BROUGHT_IN: N_("Brought in from a table"),
    GlossaryVerb.TAKEN_BACK: N_("Taken back"),
}


@dataclass(frozen=True)
class Term:
    """A term by language: several wordings are parted by semicolons, and so is what is not to be written."""

    words: Mapping[str, str]
    forbidden: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def wordings(self, language: str) -> list[str]:
        return parted(self.words.get(language, ""))

    def variants(self, language: str) -> list[str]:
        return parted(self.forbidden.get(language, ""))


@dataclass(frozen=True)
class Warned:
    """A term that a text should have and has not (`variant` is empty), or a variant that it should not have."""

    term: Term
    language: str
    wanted: str
    variant: str = ""
    original: str = ""

    @property
    def said(self) -> str:
        """Each phrase keeps its own direction: they may be of two scripts, and of another than the sentence."""
        wanted, variant, original = (f"\u2068{one}\u2069" for one in (self.wanted, self.variant, self.original))
        if self.variant and self.wanted:
            return _("Glossary: write “%(wanted)s” and not “%(variant)s”.", wanted=wanted, variant=variant)
        if self.variant:
            return _("Glossary: “%(variant)s” is not to be written.", variant=variant)
        return _("Glossary: “%(original)s” is “%(wanted)s” here.", original=original, wanted=wanted)


def parted(words: str) -> list[str]:
    return [one for part in re.split("[;؛；]", words) if (one := part.strip())]


def folded(words: str) -> str:
    """As it is compared: one form of letters, signs and spaces, without what is not read."""
    plain = NOT_READ.sub("", unicodedata.normalize("NFC", words).translate(QUOTES))
    return unicodedata.normalize("NFC", " ".join(plain.casefold().split()))


def spans(phrase: str, text: str, language: str) -> list[Span]:
    """Where a phrase stands in a text; both folded."""
    if not phrase or phrase not in text:
        return []
    pattern = _pattern(phrase, language)
    found, at = [], 0
    while hit := pattern.search(text, at):
        if _is_whole(text, hit.start(), hit.end()):
            found.append(hit.span())
            at = hit.end()
        elif (plain := text.find(phrase, hit.start())) >= 0 and _is_whole(text, plain, plain + len(phrase)):
            found.append((plain, plain + len(phrase)))
            at = plain + len(phrase)
        else:
            at = hit.start() + 1
    return found


@lru_cache(maxsize=2048)
def _pattern(phrase: str, language: str) -> re.Pattern[str]:
    before = "" if UNSPACED.match(phrase[0]) else BEFORE.get(language, "")
    after = "" if UNSPACED.match(phrase[-1]) else AFTER.get(language, "")
    return re.compile(before + re.escape(phrase) + after)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (start and _joins(text[start - 1], text[start])) and not (
        end < len(text) and _joins(text[end - 1], text[end])
    )


def _joins(one: str, following: str) -> bool:
    """Whether two characters beside each other belong to one word, or to one cluster."""
    if unicodedata.category(following)[0] == "M":
        return True
    if UNSPACED.match(one) or UNSPACED.match(following):
        return False
    return _is_of_words(one) and _is_of_words(following)


def _is_of_words(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


class Glossary:
    """The terms of a conference, folded once for many texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = list(terms)
        self._folded: dict[tuple[int, str, bool], list[tuple[str, str]]] = {}

    def standing(self, text: str, language: str) -> list[Term]:
        """The terms that stand in a text, those left out that stand only inside longer ones."""
        return [self.terms[number] for number in self._standing(text, language)]

    def _standing(self, text: str, language: str) -> list[int]:
        text = folded(text)
        found = {
            number: [span for _said, phrase in self._of(number, language) for span in spans(phrase, text, language)]
            for number in range(len(self.terms))
        }
        every = [span for several in found.values() for span in several]
        return [number for number, several in found.items() if not _all_inside(several, every)]

    def warnings(self, source: str, original: str, text: str, language: str) -> list[Warned]:
        """Of a translation beside its original (in the language `original`), or of the original itself."""
        said = folded(text)
        warned = list(self._variants(said, language))
        if language == original:
            return warned
        told = [one.term for one in warned]
        for number in self._standing(source, original):
            term, phrases = self.terms[number], self._of(number, language)
            is_there = any(spans(phrase, said, language) for _word, phrase in phrases)
            if phrases and not is_there and term not in told:
                warned.append(Warned(term, language, phrases[0][0], original=term.wordings(original)[0]))
        return warned

    def _variants(self, text: str, language: str) -> Iterator[Warned]:
        several = range(len(self.terms))
        found = {
            (number, variant): hits
            for number in several
            for variant, phrase in self._of(number, language, forbidden=True)
            if (hits := spans(phrase, text, language))
        }
        good = [phrase for number in several for _word, phrase in self._of(number, language)] if found else []
        allowed = [span for phrase in good for span in spans(phrase, text, language)]
        for (number, variant), hits in found.items():
            if not _all_inside(hits, allowed, of_any_length=True):
                wordings = self.terms[number].wordings(language)
                yield Warned(self.terms[number], language, wordings[0] if wordings else "", variant)

    def _of(self, number: int, language: str, *, forbidden: bool = False) -> list[tuple[str, str]]:
        key = (number, language, forbidden)
        if key not in self._folded:
            term = self.terms[number]
            words = term.variants(language) if forbidden else term.wordings(language)
            self._folded[key] = [(one, folded(one)) for one in words if folded(one)]
        return self._folded[key]


def _all_inside(several: Sequence[Span], others: Sequence[Span], *, of_any_length: bool = False) -> bool:
    """Whether each span lies inside a longer one; so do none at all."""
    return all(
        any(start <= one and two <= end and (of_any_length or end - start > two - one) for start, end in others)
        for one, two in several
    )


# --- a table that is brought in ---------------------------------------------------------------------------------------

NOTE, NOT = "note", "_not"
LONGEST_WORDS, LONGEST_NOTE, MOST_LINES = 300, 500, 2000


@dataclass(frozen=True)
class TableLine:
    """A line of a table: only the cells that say something, and what is wrong with it."""

    number: int
    words: Mapping[str, str]
    forbidden: Mapping[str, str]
    note: str
    faults: Sequence[str] = ()


def columns(languages: Sequence[str]) -> list[str]:
    """As they are named in files: en, en_not, id, id_not, … and note."""
    return [name for code in languages for name in (code, code + NOT)] + [NOTE]


def table_fault(rows: Sequence[Sequence[str]], languages: Sequence[str]) -> str | None:
    heads = [head.strip().lower() for head in rows[0]]
    if languages[0] not in heads:
        return _("A column “%(name)s” is needed: a term is known by it.", name=languages[0])
    if len(rows) - 1 > MOST_LINES:
        return _("At most %(most)d terms are brought in at once. Divide the file.", most=MOST_LINES)
    return None


def table_lines(rows: Sequence[Sequence[str]], languages: Sequence[str]) -> list[TableLine]:
    """The lines of a table below its head; other columns than ours are left aside, and so are empty lines."""
    heads, known = [head.strip().lower() for head in rows[0]], set(columns(languages))
    lines: list[TableLine] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head in known and cell.strip()}
        if cells:
            key = folded(cells.get(languages[0], ""))
            lines.append(_line(number, cells, languages, is_twice=key in seen))
            seen.add(key)
    return lines


def _line(number: int, cells: Mapping[str, str], languages: Sequence[str], *, is_twice: bool) -> TableLine:
    faults = []
    if not folded(cells.get(languages[0], "")):
        faults.append(_("The column “%(name)s” is empty.", name=languages[0]))
    elif is_twice:
        faults.append(_("This term stands in the table twice."))
    if any(len(cell) > (LONGEST_NOTE if name == NOTE else LONGEST_WORDS) for name, cell in cells.items()):
        faults.append(_("A cell is longer than %(most)d characters.", most=LONGEST_WORDS))
    words = {code: cells[code] for code in languages if code in cells}
    forbidden = {code: cells[code + NOT] for code in languages if code + NOT in cells}
    return TableLine(number, words, forbidden, cells.get(NOTE, ""), faults)
