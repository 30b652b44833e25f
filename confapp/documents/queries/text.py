"""Blocks, their places and their texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from confapp.documents.models import (
    Block,
    BlockClaim,
    BlockPlace,
    BlockText,
    Document,
    Version,
    VersionText,
)
from confapp.documents.rules import (
    composition,
)
from confapp.documents.rules.composition import Place
from confapp.documents.rules.redline import Change, changes
from confapp.foundation import clock
from confapp.foundation.db import db

TextsByLanguage = dict[str, BlockText]


def block(document: Document, ref: str) -> Block | None:
    return db.session.scalar(select(Block).where(Block.document_id == document.id, Block.ref == ref))


def place_rows(version: Version, *, anew: bool = False) -> list[BlockPlace]:
    """In their order; `anew` also where this session has read them before."""
    statement = select(BlockPlace).where(BlockPlace.version_id == version.id).options(joinedload(BlockPlace.block))
    statement = statement.order_by(BlockPlace.position, BlockPlace.id).execution_options(populate_existing=anew)
    return list(db.session.scalars(statement))


def places(rows: Iterable[BlockPlace]) -> list[Place]:
    """The same as plain values, blocks by their permanent id."""
    rows = list(rows)
    refs = {row.block_id: row.block.ref for row in rows}
    return [
        Place(
            row.block.ref,
            row.kind,
            row.position,
            refs[row.parent_id] if row.parent_id is not None else None,
            row.suffix,
            row.is_shown,
            row.is_sorted,
        )
        for row in rows
    ]


def texts(version: Version) -> dict[str, TextsByLanguage]:
    """The texts of a version by block and language: those it froze, or the newest where it is the draft."""
    found: dict[str, TextsByLanguage] = {}
    for row in db.session.scalars(select(BlockText).where(chosen_texts(version)).options(joinedload(BlockText.block))):
        found.setdefault(row.block.ref, {})[row.language] = row
    return found


def chosen_texts(version: Version) -> ColumnElement[bool]:
    if version.number is not None:
        return BlockText.id.in_(select(VersionText.text_id).where(VersionText.version_id == version.id))
    newest = (
        select(func.max(BlockText.id))
        .join(Block, Block.id == BlockText.block_id)
        .where(Block.document_id == version.document_id)
        .group_by(BlockText.block_id, BlockText.language)
    )
    return BlockText.id.in_(newest)


def newest_text(block: Block, language: str) -> BlockText | None:
    statement = select(BlockText).where(BlockText.block_id == block.id, BlockText.language == language)
    return db.session.scalar(statement.order_by(BlockText.id.desc()).limit(1))


@dataclass(frozen=True)
class Past:
    """One text that a block had, and what it changed in the text before it in the same language."""

    text: BlockText
    changes: list[Change]


def history(block: Block) -> list[Past]:
    """Every text that a block ever had, newest first."""
    before: dict[str, BlockText] = {}
    past = []
    for row in db.session.scalars(select(BlockText).where(BlockText.block_id == block.id).order_by(BlockText.id)):
        was = before.get(row.language)
        past.append(Past(row, changes(was.inline, row.inline) if was else []))
        before[row.language] = row
    return past[::-1]


def writing(document: Document, but: int | None, language: str = "") -> dict[str, dict[str, list[str]]]:
    """Names of others who have the form of a paragraph open now, by block and by the language of their form.

    Whoever writes one language hears of those who write it as well, alone or with all the others.
    """
    statement = select(BlockClaim, Block.ref).join(Block, Block.id == BlockClaim.block_id)
    mine = BlockClaim.account_id != but
    here = statement.where(BlockClaim.document_id == document.id, BlockClaim.until > clock.now(), mine)
    if language:
        here = here.where(BlockClaim.language.in_(("", language)))
    found: dict[str, dict[str, list[str]]] = {}
    for claim, ref in db.session.execute(here.options(joinedload(BlockClaim.account)).order_by(BlockClaim.id)):
        found.setdefault(ref, {}).setdefault(claim.language, []).append(claim.account.name or claim.account.email)
    return found


def version(document: Document, number: int) -> Version | None:
    return next((version for version in document.versions if version.number == number), None)


def latest_change(document: Document) -> BlockText | None:
    statement = select(BlockText).join(Block, Block.id == BlockText.block_id).where(Block.document_id == document.id)
    return db.session.scalar(statement.order_by(BlockText.id.desc()).limit(1))


def is_behind(document: Document, found: TextsByLanguage, code: str) -> bool:
    """Whether a translation follows an earlier original than the newest."""
    source, text = found.get(document.original_language), found.get(code)
    if source is None or text is None or code == document.original_language:
        return False
    return text.source_sha256 != source.sha256


def fingerprint(plain: list[Place], found: Mapping[str, TextsByLanguage]) -> str:
    digests = {ref: {code: row.sha256 for code, row in by_code.items()} for ref, by_code in found.items()}
    return composition.fingerprint(plain, digests)
