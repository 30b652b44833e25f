"""Who has the form of a paragraph open. A claim runs out by itself, warns others and refuses nothing."""

from datetime import timedelta

from sqlalchemy import delete

from confapp.documents.models import Block, BlockClaim, Document
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting

LASTS = timedelta(seconds=90)


def claim(document: Document, block: Block, *, by: Actor) -> None:
    """For a minute and a half; claims that ran out go. It changes no text and is no part of the record."""
    now = clock.now()
    over = delete(BlockClaim).where(BlockClaim.document_id == document.id, BlockClaim.until <= now)
    db.session.execute(over.execution_options(synchronize_session=False))
    row = {
        "conference_id": document.conference_id,
        "document_id": document.id,
        "block_id": block.id,
        "account_id": by.account_id,
        "until": now + LASTS,
    }
    statement = inserting(BlockClaim).values(**row)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["block_id", "account_id"], set_={"until": row["until"]})
    )
