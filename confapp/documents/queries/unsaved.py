"""What somebody typed and has not saved."""

from sqlalchemy import select

from confapp.documents.models import Block, BlockDraft
from confapp.foundation.db import db


def typed(block: Block, account_id: int | None) -> BlockDraft | None:
    mine = select(BlockDraft).where(BlockDraft.block_id == block.id, BlockDraft.account_id == account_id)
    return db.session.scalar(mine.execution_options(populate_existing=True))
