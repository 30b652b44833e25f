"""From blocks with their places to paragraphs as they are read: order, levels, numbers, anchors, fingerprint."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from confapp.documents.rules import BlockKind
from confapp.documents.rules.inline import Inline

Texts = Mapping[str, Mapping[str, Inline]]  # by block, then by language


@dataclass(frozen=True)
class Place:
    """Where a block stands in a version."""

    block: str
    kind: BlockKind
    position: int
    parent: str | None = None
    suffix: str = ""
    is_shown: bool = True


@dataclass(frozen=True)
class Paragraph:
    """A block as it is read in one language; its label is such as (a), its whole number such as 3 (a)."""

    block: str
    kind: BlockKind
    level: int
    label: str
    inline: Inline
    language: str
    is_in_annex: bool = False
    number: str = ""

    @property
    def anchor(self) -> str:
        return f"p-{self.block[:8]}"


@dataclass(frozen=True)
class Step:
    """A place in reading order. Level 0 is the text itself, 1 an item of a list, 2 an item below an item."""

    place: Place
    level: int
    is_in_annex: bool


def in_order(places: Iterable[Place]) -> Iterator[Step]:
    """The shown places in reading order; what is hidden hides what stands under it."""
    under: dict[str | None, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.position):
        under.setdefault(place.parent, []).append(place)

    def walk(parent: str | None, level: int, in_annex: bool) -> Iterator[Step]:
        for place in under.get(parent, []):
            if not place.is_shown:
                continue
            here = level + 1 if place.kind == BlockKind.LIST_ITEM else level
            annex = in_annex or place.kind == BlockKind.ANNEX
            yield Step(place, here, annex)
            yield from walk(place.block, here, annex)

    yield from walk(None, 0, False)


def paragraphs(places: Iterable[Place], texts: Texts, language: str, fallback: str = "") -> list[Paragraph]:
    """The shown paragraphs in a language, each in the fallback language where it is missing."""
    composed, whole = [], dict[str | None, str]()
    for step, label in _labelled(places, language):
        whole[step.place.block] = f"{whole.get(step.place.parent, '')} {label.removesuffix('.')}".strip()
        found = texts.get(step.place.block, {})
        spoken = language if found.get(language) or not found.get(fallback) else fallback
        composed.append(
            Paragraph(
                step.place.block,
                step.place.kind,
                step.level,
                label,
                found.get(spoken, []),
                spoken,
                step.is_in_annex,
                whole[step.place.block] if label else "",
            )
        )
    return composed


def _labelled(places: Iterable[Place], language: str) -> Iterator[tuple[Step, str]]:
    """Each place with its number: the same in every language, dressed as that language does."""
    paragraph, items, signed, texts = 0, dict[str | None, int](), set[str | None](), set[str | None]()
    for step in in_order(places):
        place, label = step.place, ""
        # An alternative (bis, ter) keeps the number of the paragraph that it stands beside.
        counts = 0 if place.suffix else 1
        if place.kind == BlockKind.ANNEX:
            paragraph = 0
        elif place.kind == BlockKind.SIGNATURES:
            signed.add(place.block)
        elif place.kind == BlockKind.OPERATIVE:
            paragraph += counts
            label = operative_label(paragraph, place.suffix)
        elif place.kind == BlockKind.LIST_ITEM and place.parent not in signed:
            items[place.parent] = items.get(place.parent, 0) + counts
            label = item_label(items[place.parent], step.level, language, place.suffix)
        if place.kind != BlockKind.LIST_ITEM and place.parent not in texts:
            # A list that stands under no paragraph is over where something else follows.
            items.pop(place.parent, None)
        if place.kind != BlockKind.ANNEX:
            texts.add(place.block)
        yield step, label


def operative_label(number: int, suffix: str = "") -> str:
    return f"{number} {suffix}." if suffix else f"{number}."


DRESS = {"fr": "{})", "es": "{})", "pt": "{})", "ru": "{})", "id": "{}."}
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def item_label(number: int, level: int, language: str, suffix: str = "") -> str:
    """(a), (b) and below them (i), (ii); a. and i. in Indonesian, a) and i) in French; (أ) in Arabic."""
    sign = _roman(number) if level > 1 else _letter(number, language)
    dressed = DRESS.get(language, "({})").format(sign)
    return f"{dressed} {suffix}" if suffix else dressed


def _letter(number: int, language: str) -> str:
    if language == "ar" and number <= len(ABJAD):
        return ABJAD[number - 1]
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    numerals = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, sign in numerals:
        count, number = divmod(number, value)
        written += sign * count
    return written


def fingerprint(places: Iterable[Place], digests: Mapping[str, Mapping[str, str]]) -> str:
    """SHA-256 of a text as it is read: its shown blocks in order, and the hash of each in each language."""
    rows = [
        [
            step.place.block,
            step.place.kind.value,
            step.place.parent,
            step.place.suffix,
            dict(digests.get(step.place.block, {})),
        ]
        for step in in_order(places)
    ]
    canonical = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
