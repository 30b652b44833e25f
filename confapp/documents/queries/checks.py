"""What was said of texts, and what the conference wants of its translations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from confapp.documents.models import Block, BlockText, Document, TextCheck, TranslationRules
from confapp.documents.rules.languages import CellState, cell_state
from confapp.foundation.db import db


@dataclass(frozen=True)
class Wants:
    """What a conference wants of its translations; `rules` is its row, where somebody has said anything."""

    wants_checks: bool = False
    four_eyes: bool = False
    rules: TranslationRules | None = None


def wants() -> Wants:
    row = db.session.scalar(select(TranslationRules))
    return Wants(row.wants_checks, row.four_eyes, row) if row else Wants()


def checks(document: Document) -> dict[int, TextCheck]:
    """What was said of texts of a document, by the id of the text."""
    statement = select(TextCheck).join(BlockText, BlockText.id == TextCheck.text_id)
    mine = statement.join(Block, Block.id == BlockText.block_id).where(Block.document_id == document.id)
    return {row.text_id: row for row in db.session.scalars(mine)}


def text_with(document: Document, refs: Collection[str]) -> dict[str, BlockText]:
    """Texts of a document by their references; what cannot be one is not asked for."""
    known = [ref for ref in refs if ref.isascii() and ref.isprintable()]
    statement = select(BlockText).join(Block, Block.id == BlockText.block_id).where(Block.document_id == document.id)
    return {row.ref: row for row in db.session.scalars(statement.where(BlockText.ref.in_(known)))}


def state_of(document: Document, found: Mapping[str, BlockText], code: str, check: TextCheck | None) -> CellState:
    text, source = found.get(code), found.get(document.original_language)
    original = source.sha256 if source and code != document.original_language else None
    return cell_state(text and text.sha256, text and text.source_sha256, original, check and check.state)
