"""What the paragraphs of a text from elsewhere probably are; people look at the guesses before they take them. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from confapp.documents.rules import BlockKind
from confapp.documents.rules.inline import Inline, cut, parse, to_plain, without_looks
from confapp.documents.rules.lint import COMMAS, LEADS

MOST_PARAGRAPHS, LONGEST_PARAGRAPH = 400, 20_000
SHORT = 120
LEFT_OUT, BELOW_ITEM = "", "list_item-2"  # what a paragraph can be besides the kinds of blocks


@dataclass(frozen=True)
class Raw:
    """A paragraph as a file has it: its style in a word ("title", "heading"), and its number if the file counts it."""

    text: Inline
    style: str = ""
    number: str = ""  # decimal, letter, roman, bullet
    depth: int = 0


@dataclass(frozen=True)
class Guess:
    """`kind` is a kind of block, or BELOW_ITEM."""

    kind: str
    text: Inline


DECIMAL = re.compile(r"(?:OP\s?)?\d{1,3}\s*(?:bis|ter)?[.)،-]\s+|[٠-٩]{1,3}\s*[.)-]\s+|OP\s?\d{1,3}\.?\s+")
LETTER = re.compile(r"\(?([a-z]|[أ-ي]|[а-я])[.)]\s+")
ROMAN = re.compile(r"\(?([ivx]{1,5})[.)]\s+")
PREAMBULAR = re.compile(r"PP\s?\d{1,3}\.?\s+")
BULLET = re.compile(r"[•◦▪●–—-]\s+")
SECTION = re.compile(r"[IVX]{1,5}\.\s+\S|[A-Z]\.\s+\S")
ANNEX = re.compile(r"(?:annex|appendix|lampiran|annexe|anexo|приложение|المرفق|مرفق|附件)(?!\w)", re.I)
NOTE = re.compile(r"\[?(?:note|catatan|remarque|nota|примечание|ملاحظة)(?!\w)[^:：.]{0,40}[:：.]", re.I)
ORGAN = re.compile(r"(?:we|the|kami|para|nous|les?|la|nosotros|мы|نحن|إن)(?!\w)", re.I)
SIGNED = re.compile(r"(?:endorsed by|signed by|signatories|list of signatories|ditandatangani oleh)", re.I)
LIST = BlockKind.LIST_ITEM
ENDS = ".。;；؛:：?!؟"


def of_plain(words: str) -> list[Raw]:
    """Plain text: paragraphs between empty lines, or every line where there are none; a label begins a paragraph."""
    lines = [line.strip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    has_gaps = any(not line for line in lines[1:-1])
    parts: list[list[str]] = [[]]
    for line in lines:
        if not line or not has_gaps or any(one.match(line) for one in (DECIMAL, LETTER, ROMAN, BULLET)):
            parts.append([])
        if line:
            parts[-1].append(line)
    return [Raw(parse(" ".join(part))) for part in parts if part]


def pieces(words: str) -> list[Guess]:
    """Pasted paragraphs with what their labels say they are; without one, of no kind."""
    found = []
    for raw in of_plain(words):
        plain = to_plain(raw.text)
        labels = (
            (PREAMBULAR, BlockKind.PREAMBULAR),
            (ROMAN, LIST),
            (LETTER, LIST),
            (BULLET, LIST),
            (DECIMAL, BlockKind.OPERATIVE),
        )
        label = next(((kind, one.end()) for pattern, kind in labels if (one := pattern.match(plain))), None)
        found.append(Guess(label[0], cut(raw.text, label[1])) if label else Guess("", raw.text))
    return [one for one in found if one.text]


def guesses(raws: Iterable[Raw], language: str) -> list[Guess]:
    made: list[Guess] = []
    for raw in raws:
        kind, text = _guess(raw, made, language)
        if kind in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.ANNEX, BlockKind.SIGNATURES):
            text = without_looks(text)
        if text:
            made.append(Guess(kind, text))
    return made


def _guess(raw: Raw, before: Sequence[Guess], language: str) -> tuple[str, Inline]:
    plain = to_plain(raw.text)
    is_short = len(plain) <= SHORT and plain[-1:] not in ENDS + COMMAS
    if is_short and ANNEX.match(plain):
        return BlockKind.ANNEX, raw.text
    if raw.style == "title" or (not before and is_short and not raw.number):
        return BlockKind.TITLE if not _has(before, BlockKind.TITLE) else BlockKind.HEADING, raw.text
    if raw.number:
        return _by_number(raw), raw.text
    if raw.style == "heading":
        return BlockKind.HEADING, raw.text
    if len(plain) <= SHORT and SIGNED.match(plain):
        return BlockKind.SIGNATURES, raw.text
    if NOTE.match(plain):
        return BlockKind.NOTE, raw.text
    if found := PREAMBULAR.match(plain):
        return BlockKind.PREAMBULAR, cut(raw.text, found.end())
    for pattern, kind in ((ROMAN, BELOW_ITEM), (LETTER, BlockKind.LIST_ITEM), (BULLET, BlockKind.LIST_ITEM)):
        found = pattern.match(plain)
        if found and (pattern is not ROMAN or _is_roman(found[1], before)):
            return kind, cut(raw.text, found.end())
    if found := DECIMAL.match(plain):
        return BlockKind.OPERATIVE, cut(raw.text, found.end())
    if is_short and (SECTION.match(plain) or (plain.isupper() and len(plain) > 3)):
        return BlockKind.HEADING, raw.text
    return _by_words(raw.text, plain, before, language), raw.text


def _by_number(raw: Raw) -> str:
    if raw.number == "decimal" and raw.depth == 0:
        return BlockKind.OPERATIVE
    if raw.number == "roman" or raw.depth > 1 or (raw.number in ("letter", "bullet") and raw.depth == 2):
        return BELOW_ITEM
    return BlockKind.LIST_ITEM


def _is_roman(sign: str, before: Sequence[Guess]) -> bool:
    """(i) is a letter after (h); otherwise it begins a list below an item."""
    if sign == "i":
        return sum(1 for one in _list_so_far(before) if one.kind == BlockKind.LIST_ITEM) != 8
    return len(sign) > 1 or bool(before and before[-1].kind == BELOW_ITEM)


def _list_so_far(before: Sequence[Guess]) -> list[Guess]:
    found = []
    for one in reversed(before):
        if one.kind not in (BlockKind.LIST_ITEM, BELOW_ITEM):
            break
        found.append(one)
    return found


def _by_words(text: Inline, plain: str, before: Sequence[Guess], language: str) -> str:
    if _has(before, BlockKind.OPERATIVE) or _has(before, BlockKind.ANNEX):
        return BlockKind.PARAGRAPH
    lead = LEADS.get(language, {}).get(BlockKind.PREAMBULAR)
    leads = lead.match(plain) if lead else "em" in text[0]
    if leads and ("em" in text[0] or plain[-1:] in COMMAS):
        return BlockKind.PREAMBULAR
    if plain[-1:] in COMMAS:
        is_first = all(one.kind in (BlockKind.TITLE, BlockKind.NOTE) for one in before)
        return BlockKind.ORGAN if is_first and ORGAN.match(plain) else BlockKind.PREAMBULAR
    return BlockKind.PARAGRAPH


def _has(before: Sequence[Guess], kind: BlockKind) -> bool:
    return any(one.kind == kind for one in before)
