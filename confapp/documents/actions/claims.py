"""Who has the form of a paragraph open. A claim runs out by itself, warns others and refuses nothing."""

from datetime import timedelta

from sqlalchemy import delete

from confapp.documents.models import Block, BlockClaim, Document
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting

LASTS = timedelta(seconds=90)


def claim(document: Document, block: Block, *, by: Actor, language: str = "") -> None:
    """For a minute and a half; claims that ran out go. It changes no text and is no part of the record.

    `language` is the only one of the form, empty where it has them all.
    """
    now = clock.now()
    over = delete(BlockClaim).where(BlockClaim.document_id == document.id, BlockClaim.until <= now)
    db.session.execute(over.execution_options(synchronize_session=False))
    row = {
        "conference_id": document.conference_id,
        "document_id": document.id,
        "block_id": block.id,
        "account_id": by.account_id,
        "language": language,
        "until": now + LASTS,
    }
    statement = inserting(BlockClaim).values(**row)
    keys = ["block_id", "account_id", "language"]
    db.session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"until": row["until"]}))
