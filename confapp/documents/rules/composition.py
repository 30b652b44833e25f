"""From blocks with their places to paragraphs as they are read: order, levels, numbers, anchors, fingerprint."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.inline import Inline
from confapp.registration.rules.order import sort_key

Texts = Mapping[str, Mapping[str, Inline]]  # by block, then by language


@dataclass(frozen=True)
class Place:
    """Where a block stands in a version; what stands under a sorted one stands in the alphabet of each language."""

    block: str
    kind: BlockKind
    position: int
    parent: str | None = None
    suffix: str = ""
    is_shown: bool = True
    is_sorted: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A block as it is read in one language; its label is such as (a), its whole number such as 3 (a).

    `shown` says what the paragraphs to which it refers are called there, `first_note` the number of its first note.
    """

    block: str
    kind: BlockKind
    level: int
    label: str
    inline: Inline
    language: str
    is_in_annex: bool = False
    number: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    first_note: int = 1

    @property
    def anchor(self) -> str:
        return f"p-{self.block[:8]}"

    @property
    def plain(self) -> str:
        """Its words as they are read, without its notes."""
        return inline.to_plain(self.inline, self.shown)

    @property
    def notes(self) -> list[tuple[int, Inline]]:
        """Its notes with their numbers, which count through the text."""
        return list(enumerate(inline.notes(self.inline), self.first_note))


@dataclass(frozen=True)
class Step:
    """A place in reading order. Level 0 is the text itself, 1 an item of a list, 2 an item below an item."""

    place: Place
    level: int
    is_in_annex: bool


def in_order(places: Iterable[Place], alphabet: Callable[[str], str] | None = None) -> Iterator[Step]:
    """The shown places in reading order; what is hidden hides what stands under it.

    `alphabet` gives the key by which a block stands in a list that is sorted; without it a list stands in the
    order that somebody gave it.
    """
    under: dict[str | None, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.position):
        under.setdefault(place.parent, []).append(place)
    for place in [one for several in under.values() for one in several if one.is_sorted]:
        if alphabet is not None and place.block in under:
            under[place.block].sort(key=lambda one: alphabet(one.block))

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
    composed, whole = list[Paragraph](), dict[str | None, str]()

    def alphabet(block: str) -> str:
        found = texts.get(block, {})
        return sort_key(inline.to_plain(found.get(language) or found.get(fallback) or [], {}), language)

    for step, label in _labelled(places, language, alphabet):
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
    has_marks = any(not inline.MARKS.keys() >= span.keys() for p in composed for span in p.inline)
    return _with_marks(composed) if has_marks else composed


def _with_marks(composed: list[Paragraph]) -> list[Paragraph]:
    """The same, knowing what each reference says here and which number each note has."""
    known, note, marked = called(composed), 1, []
    for p in composed:
        shown = {ref: known[ref] for ref in inline.references(p.inline) if ref in known}
        marked.append(replace(p, shown=shown, first_note=note))
        note += len(inline.notes(p.inline))
    return marked


def called(composed: Iterable[Paragraph]) -> dict[str, str]:
    """What each paragraph is called in a sentence: 3 (a), PP2, the words of a heading, or its first words."""
    names, preambular = {}, 0
    for p in composed:
        preambular += p.kind == BlockKind.PREAMBULAR
        if p.number:
            names[p.block] = p.number
        elif p.kind == BlockKind.PREAMBULAR:
            names[p.block] = f"PP{preambular}"
        else:
            words = inline.to_plain(p.inline, {}).split()
            is_name = p.kind in (BlockKind.HEADING, BlockKind.ANNEX, BlockKind.TITLE, BlockKind.SIGNATURES)
            first = " ".join(words if is_name else words[:4])
            names[p.block] = f"“{first}{'' if is_name or len(words) < 5 else ' …'}”"
    return names


def reference_key(number: str) -> str:
    """3 (a), 3(A) and ٣ (أ) as one: how a number is looked for, whatever the dress of its language."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    return re.sub(r"^op(?=\d)|[\W_\u0640]+", "", re.sub(r"\s", "", digits))


def _labelled(
    places: Iterable[Place], language: str, alphabet: Callable[[str], str] | None = None
) -> Iterator[tuple[Step, str]]:
    """Each place with its number: the same in every language, dressed as that language does."""
    paragraph, items, signed, texts = 0, dict[str | None, int](), set[str | None](), set[str | None]()
    for step in in_order(places, alphabet):
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
ABJAD = ("أ", "ب", "ج", "د", "هـ", *"وزحطيكلمنسعفصقرشتثخذضظغ")
RUSSIAN = "абвгдежиклмнопрстуфхцчшщэюя"  # without ё, з, й, ъ, ы and ь, which are taken for others
HAN = "一二三四五六七八九"


def item_label(number: int, level: int, language: str, suffix: str = "") -> str:
    """(a), (b) and below them (i), (ii); a. and i. in Indonesian; a) and i) in French and Spanish; а) in Russian.

    (أ) and (1) in Arabic; (a) and (一) in Chinese: each number dressed as the language does, the same one in all.
    """
    sign = _below(number, language) if level > 1 else _letter(number, language)
    dressed = DRESS.get(language, "({})").format(sign)
    return f"{dressed} {suffix}" if suffix else dressed


def _letter(number: int, language: str) -> str:
    """After the last letter they are written twice: aa, ab."""
    alphabet = {"ar": ABJAD, "ru": RUSSIAN}.get(language, "abcdefghijklmnopqrstuvwxyz")
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, len(alphabet))
        letters = alphabet[rest] + letters
    return letters


def _below(number: int, language: str) -> str:
    if language == "ar":
        return str(number)
    return _han(number) if language == "zh" and 0 < number < 100 else _roman(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens - 1]) + ("十" if tens else "") + (HAN[ones - 1] if ones else "")


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
            *(["sorted"] if step.place.is_sorted else []),
        ]
        for step in in_order(places)
    ]
    canonical = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
