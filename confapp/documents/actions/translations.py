"""Translations that come back from outside: tried first, then written paragraph by paragraph."""

from collections.abc import Sequence

from sqlalchemy import select

from confapp.documents import queries
from confapp.documents.actions._common import hold, index, require_open
from confapp.documents.models import Block, BlockText, Document
from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.bilingual import SHORT, Incoming, Planned, planned
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db


def plan_translation(document: Document, language: str, rows: Sequence[Incoming]) -> list[Planned]:
    """A dry run: nothing is changed."""
    known = {row.block.ref: row for row in queries.draft(document).rows}
    return [_planned(document, language, row, known) for row in rows]


def _planned(document: Document, language: str, row: Incoming, known: dict[str, queries.Row]) -> Planned:
    here = known.get(row.block)
    if here is None:
        return planned(row, "", None)
    source, text = here.texts.get(document.original_language), here.texts.get(language)
    return planned(row, source.sha256 if source else "", text.sha256 if text else "")


def bring_in_translation(
    document: Document, language: str, rows: Sequence[Incoming], seen: dict[str, str], *, by: Actor
) -> tuple[int, int]:
    """How many texts were written, and how many were left because they changed again since the dry run.

    `seen` has the beginning of the hash that stood at each chosen paragraph in the dry run. A text follows the original
    that its file showed; where that has changed since, the text is behind at once.
    """
    hold(document)
    require_open(document)
    known = {row.block.ref: row for row in queries.draft(document).rows}
    earlier = _originals(document)
    made: list[BlockText] = []
    left = 0
    for row in rows:
        plan = _planned(document, language, row, known)
        if row.block not in seen or not plan.can_be_taken:
            continue
        here = known[row.block]
        present = here.texts[language].sha256[:SHORT] if language in here.texts else ""
        if present != seen[row.block]:
            left += 1
            continue
        made.append(_text(document, here, language, row, earlier, by))
        if here.block.kind == BlockKind.TITLE:
            document.title = {**document.title, language: inline.to_plain(row.inline, {})}
    db.session.add_all(made)
    db.session.flush()
    if made:
        texts = [text.sha256[:SHORT] for text in made[:100]]
        audit.record(by, "documents.bring_in_translation", document, language=language, count=len(made), texts=texts)
        index(document)
    return len(made), left


def _text(
    document: Document,
    here: queries.Row,
    language: str,
    row: Incoming,
    earlier: dict[int, list[str]],
    by: Actor,
) -> BlockText:
    block_id = here.block.id
    followed = next((sha for sha in earlier.get(block_id, ()) if row.source and sha.startswith(row.source)), "")
    return BlockText(
        conference_id=document.conference_id,
        block_id=block_id,
        language=language,
        inline=row.inline,
        sha256=inline.digest(row.inline),
        source_sha256=followed,
        written_by=by.account_id,
        acting_name=by.name,
    )


def _originals(document: Document) -> dict[int, list[str]]:
    """The hashes of every original that the paragraphs ever had."""
    statement = select(BlockText.block_id, BlockText.sha256).where(BlockText.language == document.original_language)
    mine = statement.join(Block, Block.id == BlockText.block_id).where(Block.document_id == document.id)
    found: dict[int, list[str]] = {}
    for block_id, sha256 in db.session.execute(mine):
        found.setdefault(block_id, []).append(sha256)
    return found
