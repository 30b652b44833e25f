"""The draft's blocks and their texts: added, moved, deleted, written; nothing is overwritten."""

from collections.abc import Mapping, Sequence
from typing import Any

from confapp.documents import queries
from confapp.documents.actions._common import Texts, hold, index, require_open
from confapp.documents.models import Block, BlockPlace, BlockText, Document
from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.composition import in_order
from confapp.documents.rules.importing import pieces
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

STEP = 10


class Conflict(Refused):
    """Somebody else changed the paragraph meanwhile; both texts are kept, theirs is in the record already."""

    def __init__(self, theirs: BlockText) -> None:
        super().__init__(
            _(
                "%(name)s changed this paragraph while you were writing. Compare both texts and save again.",
                name=theirs.acting_name or _("Somebody"),
            )
        )
        self.theirs = theirs


def add_block(
    document: Document,
    kind: BlockKind,
    texts: Texts,
    *,
    by: Actor,
    after: Block | None = None,
    under: Block | None = None,
) -> Block:
    """A new block after another one (behind all that stands under it), or as the last under `under` or of the text."""
    rows = _held_rows(document)
    anchor = next((row for row in rows if after is not None and row.block_id == after.id), None)
    parent_id = under.id if under else _parent_for(kind, anchor)
    position = (anchor.position if anchor else max((row.position for row in rows), default=0)) + 1
    if anchor and anchor.block_id == parent_id:
        position = min((row.position for row in rows if row.parent_id == parent_id), default=1) - 1
    block = put(document, kind, texts, position, parent_id, by)
    renumber(document)
    audit.record(by, "documents.add_block", document, block=block.ref, kind=kind)
    index(document)
    return block


MOST_AT_ONCE = 60


def add_blocks(
    document: Document, kind: BlockKind, texts: Texts, *, by: Actor, after: Block | None = None
) -> list[Block]:
    """What was typed or pasted as several paragraphs, each a block of its own; labels say what they are and go."""
    parts = {code: pieces(words) for code, words in texts.items() if code in document.languages and words.strip()}
    counts = {len(found) for found in parts.values()}
    if counts <= {1}:
        return [add_block(document, kind, texts, by=by, after=after)]
    if len(counts) > 1:
        raise Refused(_("The languages have different numbers of paragraphs."), 422)
    if max(counts) > MOST_AT_ONCE:
        raise Refused(
            _("At most %(count)d paragraphs can be added at once. Bring in a longer text.", count=MOST_AT_ONCE), 422
        )
    made: list[Block] = []
    first = _original_first(document, parts)[0]
    for number, one in enumerate(parts[first]):
        words = {code: inline.to_markup(found[number].text) for code, found in parts.items()}
        above = made[-1] if made else after
        made.append(add_block(document, BlockKind(one.kind or kind), words, by=by, after=above))
    return made


def _held_rows(document: Document) -> list[BlockPlace]:
    """The places as they are when it is one's turn to change them."""
    hold(document)
    require_open(document)
    return queries.place_rows(document.draft, anew=True)


def _parent_for(kind: BlockKind, anchor: BlockPlace | None) -> int | None:
    """An item of a list goes under the numbered paragraph before it; other blocks stand beside the one before."""
    if anchor is None:
        return None
    if kind == BlockKind.LIST_ITEM:
        follows_item = anchor.kind == BlockKind.LIST_ITEM
        return anchor.parent_id if follows_item else anchor.block_id
    if anchor.kind == BlockKind.ANNEX:
        return anchor.block_id
    if anchor.kind == BlockKind.LIST_ITEM:
        return _annex_above(anchor)
    return anchor.parent_id


def _annex_above(place: BlockPlace) -> int | None:
    by_block = {row.block_id: row for row in queries.place_rows(place.version)}
    above = by_block.get(place.parent_id) if place.parent_id else None
    while above is not None and above.kind != BlockKind.ANNEX:
        above = by_block.get(above.parent_id) if above.parent_id else None
    return above.block_id if above else None


def put(document: Document, kind: BlockKind, texts: Texts, position: int, parent_id: int | None, by: Actor) -> Block:
    block = Block(conference_id=document.conference_id, document=document, kind=kind, created_by=by.account_id)
    db.session.add(block)
    db.session.flush()
    db.session.add(
        BlockPlace(
            conference_id=document.conference_id,
            version_id=document.draft.id,
            block=block,
            parent_id=parent_id,
            kind=kind,
            position=position,
        )
    )
    db.session.flush()
    for code in _original_first(document, texts):
        if texts[code].strip():
            append(document, block, code, queries.resolved(document, inline.parse(texts[code]), block.ref), by)
    return block


def renumber(document: Document) -> None:
    """Positions in steps of ten along the reading order, hidden blocks where they stood."""
    db.session.flush()
    rows = {row.block.ref: row for row in queries.place_rows(document.draft)}
    shown = [step.place.block for step in in_order(queries.places(rows.values()))]
    rest = [ref for ref in rows if ref not in set(shown)]
    order = sorted(shown + rest, key=lambda ref: shown.index(ref) if ref in shown else _hidden_at(rows, ref, shown))
    for number, ref in enumerate(order, 1):
        if rows[ref].position != number * STEP:
            rows[ref].position = number * STEP


def _hidden_at(rows: Mapping[str, BlockPlace], ref: str, shown: list[str]) -> float:
    before = [number for number, other in enumerate(shown) if rows[other].position <= rows[ref].position]
    return (before[-1] if before else -1) + 0.5


def move_block(document: Document, block: Block, direction: int, *, by: Actor) -> None:
    """One place up (-1) or down (1) among the shown blocks beside it; what stands under it goes along."""
    rows = _held_rows(document)
    here = next(row for row in rows if row.block_id == block.id)
    beside = [row for row in rows if row.parent_id == here.parent_id and row.is_shown]
    if any(row.block_id == here.parent_id and row.is_sorted for row in rows):
        raise Refused(_("This list stands in the order of the alphabet."))
    there = beside.index(here) + direction
    if here not in beside or not 0 <= there < len(beside):
        raise Refused(_("It is already at the end."))
    here.position, beside[there].position = beside[there].position, here.position
    renumber(document)
    audit.record(by, "documents.move_block", document, block=block.ref, direction=direction)


def sort_list(document: Document, block: Block, is_sorted: bool, *, by: Actor) -> None:
    """A list of signatures in the alphabet of each language, or in the order given, such as that of the protocol."""
    place = next(row for row in _held_rows(document) if row.block_id == block.id)
    if place.kind != BlockKind.SIGNATURES:
        raise Refused(_("Only a list of signatures or endorsements can be sorted: its items have no letters."))
    place.is_sorted = is_sorted
    audit.record(by, "documents.sort_list", document, block=block.ref, is_sorted=is_sorted)


def show_block(document: Document, block: Block, is_shown: bool, *, by: Actor) -> None:
    """Deletes a block from the draft or brings it back; its texts and its history stay."""
    if block.kind == BlockKind.TITLE:
        raise Refused(_("A document keeps its title."))
    place = next(row for row in _held_rows(document) if row.block_id == block.id)
    place.is_shown = is_shown
    audit.record(by, "documents.restore_block" if is_shown else "documents.delete_block", document, block=block.ref)


def write_text(
    document: Document, block: Block, language: str, markup: str, *, base: str, by: Actor, is_checked: bool = False
) -> BlockText | None:
    """Appends a text when it differs; `base` is the hash of the text the writer began with ("" for none).

    Who left a language as it was when they began does not stand against whoever wrote it meanwhile. `is_checked` says
    that a translation fits the present original although its own words stay.
    """
    hold(document)
    return _write(document, block, language, markup, base, by, is_checked=is_checked)


def _write(
    document: Document, block: Block, language: str, markup: str, base: str, by: Actor, *, is_checked: bool
) -> BlockText | None:
    require_open(document)
    if language not in document.languages:
        raise Refused(_("This document has no text in that language."), 422)
    newest = queries.newest_text(block, language)
    written = queries.resolved(document, inline.parse(markup), block.ref)
    sha256 = inline.digest(written)
    is_same = newest is not None and newest.sha256 == sha256
    is_untouched = sha256 == base or not (written or base)
    if (newest is None and not written) or ((is_same or is_untouched) and not is_checked):
        return newest
    if newest is not None and newest.sha256 != base and not is_same:
        raise Conflict(newest)
    appended = append(document, block, language, written, by)
    retitle(document, block, appended)
    audit.record(by, "documents.write", document, block=block.ref, language=language, text=appended.sha256)
    index(document)
    return appended


def retitle(document: Document, block: Block, text: BlockText) -> None:
    """The register calls a document by what its title says."""
    if block.kind == BlockKind.TITLE:
        document.title = {**document.title, text.language: inline.to_plain(text.inline, {})}


def write_texts(
    document: Document,
    block: Block,
    markups: Texts,
    *,
    bases: Mapping[str, str],
    checked: Sequence[str] = (),
    by: Actor,
) -> None:
    """All languages of one form together, the original first, so that translations remember what they follow."""
    hold(document)
    for code in _original_first(document, markups):
        _write(document, block, code, markups[code], bases.get(code, ""), by, is_checked=code in checked)


def append(
    document: Document, block: Block, language: str, written: inline.Inline, by: Actor, *, is_behind: bool = False
) -> BlockText:
    """A translation remembers the present original as the one that it follows, unless it is behind it."""
    source = queries.newest_text(block, document.original_language) if language != document.original_language else None
    appended = BlockText(
        conference_id=document.conference_id,
        block_id=block.id,
        language=language,
        inline=written,
        sha256=inline.digest(written),
        source_sha256=source.sha256 if source and not is_behind else "",
        written_by=by.account_id,
        acting_name=by.name,
    )
    db.session.add(appended)
    db.session.flush()
    return appended


def _original_first(document: Document, texts: Mapping[str, Any]) -> list[str]:
    """A translation remembers the original that it follows, so the original is written before it."""
    return sorted((code for code in texts if code in document.languages), key=lambda c: c != document.original_language)
