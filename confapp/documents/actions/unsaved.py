"""What is typed and not saved: kept for the one who typed it until it is saved, thrown away or a month old."""

from collections.abc import Mapping

from sqlalchemy import delete

from confapp.documents import queries
from confapp.documents.actions._common import Texts, require_open
from confapp.documents.models import Block, BlockDraft, Document
from confapp.documents.rules import inline
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref


def keep_typed(
    document: Document, block: Block, markups: Texts, *, bases: Mapping[str, str], by: Actor, language: str = ""
) -> BlockDraft | None:
    """Replaces what was kept before; what equals the saved text needs no keeping. It is no part of the record.

    `language` is the only one of the form, empty where it has them all.
    """
    require_open(document)
    if all(_is_saved(block, code, words) for code, words in markups.items()):
        forget_typed(block, by=by, language=language)
        return None
    row = {
        "ref": new_ref(),
        "conference_id": document.conference_id,
        "block_id": block.id,
        "account_id": by.account_id,
        "language": language,
        "texts": dict(markups),
        "bases": dict(bases),
        "kept_at": clock.now(),
    }
    changed = {name: row[name] for name in ("texts", "bases", "kept_at")}
    statement = inserting(BlockDraft).values(**row)
    keys = ["block_id", "account_id", "language"]
    db.session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
    return queries.typed(block, by.account_id, language)


def forget_typed(block: Block, *, by: Actor, language: str = "") -> None:
    mine = delete(BlockDraft).where(BlockDraft.block_id == block.id, BlockDraft.account_id == by.account_id)
    db.session.execute(mine.where(BlockDraft.language == language).execution_options(synchronize_session=False))


def _is_saved(block: Block, language: str, markup: str) -> bool:
    newest = queries.newest_text(block, language)
    return queries.resolved(block.document, inline.parse(markup), block.ref) == (newest.inline if newest else [])
