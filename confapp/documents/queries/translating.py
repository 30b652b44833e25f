"""What was given to translators and revisers: the one way on which they reach papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from confapp.documents.models import Document, LanguageWork
from confapp.documents.queries.languages import Line, Sheet, Standing, sheet, standings
from confapp.documents.rules import Status, symbols
from confapp.documents.rules.languages import CellState
from confapp.documents.rules.translating import is_given, reason_not_to_write
from confapp.foundation.access import Actor
from confapp.foundation.db import db


@dataclass(frozen=True)
class Given:
    """One language of a paper that was given to somebody: to write it, to check it, or both."""

    work: LanguageWork
    translates: bool
    revises: bool
    standing: Standing | None = None

    @property
    def document(self) -> Document:
        return self.work.document

    @property
    def language(self) -> str:
        return self.work.language

    @property
    def due_at(self) -> datetime | None:
        return self.work.due_at or self.document.due_at

    @property
    def is_open(self) -> bool:
        return self.why_not is None

    @property
    def why_not(self) -> str | None:
        """Why nothing can be written now."""
        return reason_not_to_write(self.document.status, self.work.state)

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.due_at is not None and now > self.due_at

    @property
    def number_to_do(self) -> int:
        """Paragraphs without text or behind; for who checks alone, those that wait for it."""
        counts: Mapping[CellState, int] = self.standing.counts if self.standing else {}
        own = counts.get(CellState.MISSING, 0) + counts.get(CellState.BEHIND, 0) if self.translates else 0
        return own + (counts.get(CellState.DRAFT, 0) if self.revises else 0)


def given_to(actor: Actor) -> list[Given]:
    """What is open first, by deadline; with how far each is."""
    found = _given(actor)
    far = standings([one.work.document for one in found])
    never = datetime.max.replace(tzinfo=UTC)
    rows = [Given(one.work, one.translates, one.revises, far[one.work.document_id, one.work.language]) for one in found]
    return sorted(rows, key=lambda one: (not one.is_open, one.due_at or never, symbols.sort_key(one.document.symbol)))


def given(ref: str, language: str, actor: Actor) -> Given | None:
    """One of them, or nothing for whoever it was not given to."""
    return next((one for one in _given(actor, ref) if one.work.language == language), None)


def _given(actor: Actor, ref: str = "") -> list[Given]:
    mine = actor.account_id
    statement = select(LanguageWork).join(Document).options(joinedload(LanguageWork.document))
    statement = statement.where(
        or_(LanguageWork.assignee_id == mine, LanguageWork.reviser_id == mine), Document.status != Status.WITHDRAWN
    )
    rows = db.session.scalars(statement.where(Document.ref == ref) if ref else statement)
    return [
        Given(row, row.assignee_id == mine, row.reviser_id == mine)
        for row in rows
        if is_given(row, mine, row.document.original_language) and row.language in row.document.languages
    ]


def given_sheet(one: Given, *, only: bool = False) -> tuple[Sheet, list[Line]]:
    """The original and the one language beside it; all lines, or those with something left to do."""
    whole = sheet(one.document)
    lines = [line for line in whole.lines if not only or _wants(one, line.cells[one.language].state)]
    return whole, lines


def left_to_do(one: Given, sheet: Sheet) -> int:
    return sum(_wants(one, line.cells[one.language].state) for line in sheet.lines)


def _wants(one: Given, state: CellState) -> bool:
    is_to_write = state in (CellState.MISSING, CellState.BEHIND)
    return (one.translates and is_to_write) or (one.revises and state == CellState.DRAFT)
