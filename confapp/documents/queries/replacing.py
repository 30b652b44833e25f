"""Where words stand in a draft, and what was replaced before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.documents.models import BlockText, Document, Replacement
from confapp.documents.queries.drafts import Row, draft
from confapp.documents.rules.redline import Change, changes
from confapp.documents.rules.replacing import Search, count, replaced
from confapp.foundation.db import db


@dataclass(frozen=True)
class Occurrence:
    """A text in which the words stand, and what it would become."""

    row: Row
    language: str
    text: BlockText
    times: int
    changes: list[Change]

    @property
    def block(self) -> str:
        return self.row.block.ref

    @property
    def is_behind(self) -> bool:
        return self.language in self.row.behind

    @property
    def chosen(self) -> str:
        """What a form says to choose it: the block, the language and the text as it was shown."""
        return f"{self.block} {self.language} {self.text.sha256}"


def occurrences(document: Document, search: Search, language: str = "") -> list[Occurrence]:
    """In reading order, in all languages or one; what is deleted from the draft is left out."""
    codes = [code for code in document.languages if language in ("", code)]
    found = []
    for row in draft(document).rows:
        for code in codes:
            text = row.texts.get(code)
            times = count(search, text.inline) if text else 0
            if text and times:
                found.append(Occurrence(row, code, text, times, changes(text.inline, replaced(search, text.inline))))
    return found


def replacements(document: Document) -> list[Replacement]:
    """The newest twenty, newest first."""
    statement = select(Replacement).where(Replacement.document_id == document.id).order_by(Replacement.id.desc())
    return list(db.session.scalars(statement.limit(20)))


def replacement(document: Document, ref: str) -> Replacement | None:
    statement = select(Replacement).where(Replacement.document_id == document.id, Replacement.ref == ref)
    return db.session.scalar(statement)


def texts_with(numbers: Iterable[int]) -> Mapping[int, BlockText]:
    statement = select(BlockText).where(BlockText.id.in_(list(numbers))).options(joinedload(BlockText.block))
    return {text.id: text for text in db.session.scalars(statement)}
