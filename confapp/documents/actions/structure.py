"""The shape of the draft: a paragraph under another or out again, divided, joined, of another kind; nothing is lost."""

import re
from collections.abc import Mapping

from confapp.documents import queries
from confapp.documents.actions._common import Texts, index, require_open
from confapp.documents.actions.blocks import append, put, renumber, write_texts
from confapp.documents.models import Block, BlockPlace, Document
from confapp.documents.rules import BlockKind, inline
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

DEEPEST = 2
ALONE = (BlockKind.TITLE, BlockKind.ANNEX, BlockKind.SIGNATURES)
BARREN = (BlockKind.TITLE, BlockKind.NOTE, BlockKind.HEADING)
IN_ANNEXES_ONLY = (BlockKind.NOTE, BlockKind.HEADING, BlockKind.ORGAN)
BECOMES_ITEM = (BlockKind.OPERATIVE, BlockKind.PREAMBULAR)
EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")

Rows = Mapping[int, BlockPlace]


def indent(document: Document, block: Block, *, by: Actor) -> None:
    """Under the paragraph before it, as its last item; a numbered paragraph becomes an item of its list."""
    rows, here = _standing(document, block)
    before = _beside(rows, here)[: _beside(rows, here).index(here)]
    if not before or here.kind in ALONE or before[-1].kind in BARREN:
        raise Refused(_("There is no paragraph before it under which it could stand."))
    above = before[-1]
    if here.kind in IN_ANNEXES_ONLY and above.kind != BlockKind.ANNEX:
        raise Refused(_("There is no paragraph before it under which it could stand."))
    if above.kind != BlockKind.ANNEX:
        if _depth(rows, above) + 1 + _height(rows, here) > DEEPEST:
            raise Refused(_("Lists have two levels at most."))
        if here.kind in BECOMES_ITEM:
            here.kind = BlockKind.LIST_ITEM
    here.parent_id = above.block_id
    _moved(document, here, by, "documents.indent")


def outdent(document: Document, block: Block, *, by: Actor) -> None:
    """Out of the paragraph under which it stands, to the place behind it; an item of a list becomes what that was."""
    rows, here = _standing(document, block)
    above = rows.get(here.parent_id or 0)
    if above is None:
        raise Refused(_("It stands under no other paragraph."))
    here.parent_id, here.position = above.parent_id, above.position + 1
    if here.kind == BlockKind.LIST_ITEM and above.kind not in (BlockKind.LIST_ITEM, BlockKind.ANNEX):
        here.kind = above.kind if above.kind in BECOMES_ITEM else BlockKind.PARAGRAPH
    _moved(document, here, by, "documents.outdent")


def change_kind(document: Document, block: Block, kind: BlockKind, *, by: Actor) -> None:
    """What it is in the draft; versions that were kept stay as they are."""
    rows, here = _standing(document, block)
    if kind == here.kind:
        return
    if BlockKind.TITLE in (kind, here.kind):
        raise Refused(_("A document keeps its title."))
    has_items = any(row.parent_id == here.block_id and row.is_shown for row in rows.values())
    if has_items and kind in BARREN:
        raise Refused(_("Paragraphs stand under it. Move them out first."))
    was, here.kind, here.is_sorted = here.kind, kind, False
    audit.record(by, "documents.change_kind", document, block=block.ref, was=was, kind=kind)


def divide(document: Document, block: Block, texts: Texts, *, bases: Mapping[str, str], by: Actor) -> list[Block]:
    """One paragraph at each empty line of its text; what stands under it stays with the last. Returns the new ones."""
    rows, here = _standing(document, block)
    if here.kind == BlockKind.TITLE:
        raise Refused(_("A document keeps its title."))
    parts = {code: parts_of(words) for code, words in texts.items() if words.strip()}
    counts = {len(found) for found in parts.values()}
    if counts <= {0, 1}:
        raise Refused(_("Put an empty line where the paragraph is to be divided."), 422)
    if len(counts) > 1:
        raise Refused(_("The empty lines divide the languages into different numbers of paragraphs."), 422)
    firsts = {code: found[0] for code, found in parts.items()}
    write_texts(document, block, {code: firsts.get(code, "") for code in texts}, bases=bases, by=by)
    made = []
    for number in range(1, counts.pop()):
        words = {code: found[number] for code, found in parts.items()}
        made.append(put(document, here.kind, words, here.position, here.parent_id, by))
    for row in rows.values():
        if row.parent_id == here.block_id:
            row.parent_id = made[-1].id
    # All of them stand at one position now; rows of equal position keep the order in which they were made.
    renumber(document)
    audit.record(by, "documents.divide", document, block=block.ref, into=[one.ref for one in made])
    index(document)
    return made


def parts_of(words: str) -> list[str]:
    normal = words.replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip() for part in EMPTY_LINE.split(normal) if part.strip()]


def join(document: Document, block: Block, *, by: Actor) -> Block:
    """Its text goes to the end of the paragraph before it; it is deleted from the draft and keeps its history."""
    rows, here = _standing(document, block)
    beside = _beside(rows, here)
    before = beside[beside.index(here) - 1] if beside.index(here) else None
    if before is None or before.kind in ALONE or here.kind in ALONE:
        raise Refused(_("There is no paragraph before it with which it could be joined."))
    if any(row.parent_id == before.block_id and row.is_shown for row in rows.values()):
        raise Refused(_("Items stand between it and the paragraph before it. Move them out first."))
    found = queries.texts(document.draft)
    first, second = found.get(before.block.ref, {}), found.get(block.ref, {})
    for code in sorted(document.languages, key=lambda code: code != document.original_language):
        if code not in second or not second[code].inline:
            continue
        parts = [one[code].inline for one in (first, second) if code in one and one[code].inline]
        behind = any(queries.is_behind(document, one, code) for one in (first, second))
        append(document, before.block, code, inline.joined(parts), by, is_behind=behind)
    for row in rows.values():
        if row.parent_id == here.block_id:
            row.parent_id = before.block_id
    here.is_shown = False
    db.session.flush()
    audit.record(by, "documents.join", document, block=block.ref, into=before.block.ref)
    index(document)
    return before.block


def _standing(document: Document, block: Block) -> tuple[Rows, BlockPlace]:
    require_open(document)
    rows = {row.block_id: row for row in queries.place_rows(document.draft)}
    here = rows[block.id]
    if not here.is_shown:
        raise Refused(_("This paragraph is deleted from the draft. Bring it back first."))
    return rows, here


def _beside(rows: Rows, here: BlockPlace) -> list[BlockPlace]:
    return [row for row in rows.values() if row.parent_id == here.parent_id and row.is_shown]


def _depth(rows: Rows, row: BlockPlace) -> int:
    """How many paragraphs it stands under; an annex is not one."""
    depth, above = 0, rows.get(row.parent_id or 0)
    while above is not None and above.kind != BlockKind.ANNEX:
        depth, above = depth + 1, rows.get(above.parent_id or 0)
    return depth


def _height(rows: Rows, row: BlockPlace) -> int:
    return max((1 + _height(rows, other) for other in rows.values() if other.parent_id == row.block_id), default=0)


def _moved(document: Document, here: BlockPlace, by: Actor, verb: str) -> None:
    renumber(document)
    audit.record(by, verb, document, block=here.block.ref, kind=here.kind)
