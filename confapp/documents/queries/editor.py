"""The draft as the page of the editor shows it: hundreds of paragraphs, so plain values and no database objects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select

from confapp.documents.models import Block, BlockPlace, BlockText, Document
from confapp.documents.queries.text import chosen_texts
from confapp.documents.rules import BlockKind, composition
from confapp.documents.rules.composition import Place
from confapp.documents.rules.inline import Inline
from confapp.foundation.db import db


class Written(NamedTuple):
    """A text of a block in a language; empty where nothing is written."""

    inline: Inline
    sha256: str
    is_behind: bool


class Line(NamedTuple):
    """A paragraph: its permanent id, its label, its whole number such as 3 (a), and its texts by language."""

    ref: str
    kind: BlockKind
    label: str
    number: str
    level: int
    is_shown: bool
    is_sorted: bool
    texts: Mapping[str, Written]

    @property
    def anchor(self) -> str:
        return f"p-{self.ref[:8]}"


@dataclass(frozen=True, eq=False)
class EditorPage:
    """Two of them are the same only if they are one: what is drawn from one can be kept as long as it is asked for."""

    lines: Sequence[Line]
    hidden: Sequence[Line]
    missing: Sequence[tuple[Line, list[str]]]
    behind: Sequence[tuple[Line, list[str]]]
    places: Sequence[Place]
    digests: Mapping[str, Mapping[str, str]]
    shown: Mapping[str, Mapping[str, str]]

    @property
    def sha256(self) -> str:
        return composition.fingerprint(self.places, self.digests)


Rows = tuple[tuple[Any, ...], ...]


def editor_page(document: Document) -> EditorPage:
    """Composed anew only when a place or the hash of a text is another one than before."""
    return _composed(_places(document), _texts(document), document.original_language, tuple(document.languages))


@lru_cache(maxsize=32)
def _composed(place_rows: Rows, text_rows: Rows, original: str, codes: tuple[str, ...]) -> EditorPage:
    refs = {row[0]: row[1] for row in place_rows}
    places = [
        Place(ref, kind, position, refs[parent] if parent is not None else None, suffix, is_shown, is_sorted)
        for _block, ref, kind, position, parent, suffix, is_shown, is_sorted in place_rows
    ]
    texts = _written(text_rows, refs, original)
    is_any_sorted = any(place.is_sorted for place in places)
    words = (
        {ref: {code: text.inline for code, text in one.items()} for ref, one in texts.items()} if is_any_sorted else {}
    )
    composed = composition.paragraphs(places, words, original)
    nothing: dict[str, Written] = {}
    sorted_ones = {place.block for place in places if place.is_sorted}
    lines = [
        Line(p.block, p.kind, p.label, p.number, p.level, True, p.block in sorted_ones, texts.get(p.block, nothing))
        for p in composed
    ]
    shown = {line.ref for line in lines}
    hidden = [
        Line(place.block, place.kind, "", "", 0, place.is_shown, False, texts.get(place.block, nothing))
        for place in places
        if place.block not in shown
    ]
    missing, behind = [], []
    for line in lines:
        if wanting := [code for code in codes if code not in line.texts or not line.texts[code].inline]:
            missing.append((line, wanting))
        if late := [code for code, text in line.texts.items() if text.is_behind and text.inline]:
            behind.append((line, late))
    digests = {ref: {code: text.sha256 for code, text in by_code.items()} for ref, by_code in texts.items()}
    return EditorPage(lines, hidden, missing, behind, places, digests, _called(places, texts, codes, original))


def _called(
    places: Sequence[Place], texts: Mapping[str, Mapping[str, Written]], codes: tuple[str, ...], original: str
) -> dict[str, dict[str, str]]:
    """What the paragraphs are called in each language, where any text refers to one."""
    if not any("ref" in span for by_code in texts.values() for text in by_code.values() for span in text.inline):
        return {}
    words = {ref: {code: text.inline for code, text in by_code.items()} for ref, by_code in texts.items()}
    return {code: composition.called(composition.paragraphs(places, words, code, original)) for code in codes}


def _places(document: Document) -> Rows:
    place = BlockPlace
    statement = (
        select(
            place.block_id,
            Block.ref,
            place.kind,
            place.position,
            place.parent_id,
            place.suffix,
            place.is_shown,
            place.is_sorted,
        )
        .join(Block, Block.id == place.block_id)
        .where(place.version_id == document.draft.id)
        .order_by(place.position, place.id)
    )
    return tuple(map(tuple, db.session.execute(statement)))


def _texts(document: Document) -> Rows:
    text = BlockText
    statement = select(text.block_id, text.language, text.sha256, text.source_sha256, text.id)
    return tuple(map(tuple, db.session.execute(statement.where(chosen_texts(document.draft)))))


def _written(rows: Rows, refs: Mapping[int, str], original: str) -> dict[str, dict[str, Written]]:
    spans = select(BlockText.id, BlockText.inline).where(BlockText.id.in_([row[4] for row in rows]))
    inlines: dict[int, Inline] = {row.id: row.inline for row in db.session.execute(spans)}
    sources = {block: sha256 for block, language, sha256, _follows, _id in rows if language == original}
    written: dict[str, dict[str, Written]] = {}
    for block, language, sha256, follows, number in rows:
        is_behind = language != original and block in sources and follows != sources[block]
        written.setdefault(refs.get(block, ""), {})[language] = Written(inlines.get(number, []), sha256, is_behind)
    return written
