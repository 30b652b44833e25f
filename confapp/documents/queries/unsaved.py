"""What somebody typed and has not saved."""

from sqlalchemy import select

from confapp.documents.models import Block, BlockDraft
from confapp.foundation.db import db


def typed(block: Block, account_id: int | None, language: str = "") -> BlockDraft | None:
    """`language` is the only one of the form, empty where it has them all."""
    here = select(BlockDraft).where(BlockDraft.block_id == block.id, BlockDraft.language == language)
    mine = here.where(BlockDraft.account_id == account_id)
    return db.session.scalar(mine.execution_options(populate_existing=True))
