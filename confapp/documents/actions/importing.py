"""A text from elsewhere: kept while somebody looks at it, then taken into the draft with the kinds they chose."""

from collections.abc import Mapping, Sequence

from confapp.documents import queries
from confapp.documents.actions._common import index, require_open
from confapp.documents.actions.blocks import STEP, append, renumber, retitle
from confapp.documents.models import Block, BlockPlace, BlockText, Document, TextImport
from confapp.documents.rules import BLOCK_NAMES, BlockKind, inline
from confapp.documents.rules.importing import BELOW_ITEM, LEFT_OUT, Guess
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

ON_TOP = (BlockKind.ANNEX, BlockKind.SIGNATURES)


def keep_import(
    document: Document, language: str, guesses: Sequence[Guess], dropped: Mapping[str, int], *, by: Actor
) -> TextImport:
    require_open(document)
    if language not in document.languages:
        raise Refused(_("This document has no text in that language."), 422)
    if not guesses:
        raise Refused(_("There is no text in it."), 422)
    kept = TextImport(
        conference_id=document.conference_id,
        document_id=document.id,
        account_id=by.account_id,
        language=language,
        paragraphs=[[one.kind, one.text] for one in guesses],
        dropped=sorted(name for name, times in dropped.items() if times),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def take_import(kept: TextImport, kinds: Sequence[str], *, by: Actor) -> int:
    """At the end of the draft; paragraphs in it without any text give way. Returns how many were taken."""
    document = kept.document
    require_open(document)
    if len(kinds) != len(kept.paragraphs) or not {*kinds} <= {*BLOCK_NAMES, BELOW_ITEM, LEFT_OUT}:
        raise Refused(_("The form does not fit the text. Open the page again."), 422)
    chosen = [(kind, text) for kind, (_guessed, text) in zip(kinds, kept.paragraphs, strict=True) if kind != LEFT_OUT]
    _take_title(document, kept.language, chosen, by)
    _hide_empty(document)
    blocks = _put_all(document, kept.language, [one for one in chosen if one[0] != BlockKind.TITLE], by)
    db.session.delete(kept)
    renumber(document)
    _resolve(document, blocks, kept.language)
    audit.record(by, "documents.import", document, language=kept.language, blocks=[one.ref for one in blocks])
    index(document)
    return len(chosen)


def _resolve(document: Document, blocks: Sequence[Block], language: str) -> None:
    """References that were typed as numbers mean paragraphs that have their numbers only now."""
    found = queries.texts(document.draft)
    with_any = [one for one in blocks if inline.references(found[one.ref][language].inline)]
    known = queries.targets(document) if with_any else None
    for block in with_any:
        text = found[block.ref][language]
        text.inline = inline.resolved(text.inline, lambda typed, here=block.ref: known.find(typed, here))  # type: ignore
        text.sha256 = inline.digest(text.inline)


def has_original_for(kept: TextImport) -> bool:
    """Whether it can be laid beside an original: it is in another language, and that one has words below its title."""
    original = kept.document.original_language
    rows = queries.draft(kept.document).rows
    has_words = any(
        one.kind != BlockKind.TITLE and original in one.texts and one.texts[original].inline for one in rows
    )
    return kept.language != original and has_words


def take_whole(document: Document, guesses: Sequence[Guess], dropped: Mapping[str, int], *, by: Actor) -> int:
    """The text of a new document, as it was understood; the title that somebody gave it stays."""
    kept = keep_import(document, document.original_language, guesses, dropped, by=by)
    return take_import(kept, [LEFT_OUT if one.kind == BlockKind.TITLE else one.kind for one in guesses], by=by)


def forget_import(kept: TextImport) -> None:
    db.session.delete(kept)


def _take_title(document: Document, language: str, chosen: Sequence[tuple[str, inline.Inline]], by: Actor) -> None:
    titles = [text for kind, text in chosen if kind == BlockKind.TITLE]
    if len(titles) > 1:
        raise Refused(_("A document has one title. Choose another kind for the others."), 422)
    if titles:
        block = next(row.block for row in queries.place_rows(document.draft) if row.kind == BlockKind.TITLE)
        newest = queries.newest_text(block, language)
        if newest is None or newest.inline != titles[0]:
            retitle(document, block, append(document, block, language, titles[0], by))


def _hide_empty(document: Document) -> None:
    found = queries.texts(document.draft)
    for row in queries.place_rows(document.draft):
        is_empty = not any(text.inline for text in found.get(row.block.ref, {}).values())
        if row.kind != BlockKind.TITLE and is_empty:
            row.is_shown = False


def _put_all(document: Document, language: str, chosen: Sequence[tuple[str, inline.Inline]], by: Actor) -> list[Block]:
    """All of them with three statements, for there may be hundreds; what a block stands under follows from its kind."""
    scope = document.conference_id
    kinds = [BlockKind.LIST_ITEM if kind == BELOW_ITEM else BlockKind(kind) for kind, _text in chosen]
    blocks = [Block(conference_id=scope, document=document, kind=kind, created_by=by.account_id) for kind in kinds]
    db.session.add_all(blocks)
    db.session.flush()
    rows = queries.place_rows(document.draft)
    top = [row for row in rows if row.parent_id is None and row.is_shown]
    annex = top[-1].block_id if top and top[-1].kind == BlockKind.ANNEX else None
    position = max((row.position for row in rows), default=0)
    last: int | None = None
    item: int | None = None
    for block, (said, text) in zip(blocks, chosen, strict=True):
        kind, position = block.kind, position + STEP
        if kind == BlockKind.LIST_ITEM:
            parent = item if said == BELOW_ITEM and item else last or annex
            item = item if parent == item and item else block.id
        else:
            parent = None if kind in ON_TOP else annex
            last, item = (None, None) if kind in (BlockKind.HEADING, BlockKind.ANNEX) else (block.id, None)
            annex = block.id if kind == BlockKind.ANNEX else annex
        place = {"version_id": document.draft.id, "block_id": block.id, "parent_id": parent, "kind": kind}
        db.session.add(BlockPlace(conference_id=scope, position=position, **place))
        written = {"inline": text, "sha256": inline.digest(text), "written_by": by.account_id, "acting_name": by.name}
        db.session.add(BlockText(conference_id=scope, block_id=block.id, language=language, **written))
    db.session.flush()
    return blocks
