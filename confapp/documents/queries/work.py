"""The work on papers by language, and who may do it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confapp.conferences.models import Conference
from confapp.documents.models import (
    Document,
    LanguageWork,
)
from confapp.documents.queries.languages import Standing, standings
from confapp.documents.rules import (
    EDITORS,
    Status,
    WorkState,
    symbols,
)
from confapp.foundation.db import db
from confapp.people.queries import holding


@dataclass(frozen=True)
class Task:
    """The work on one language version of a paper; `work` is None where nobody planned it yet."""

    document: Document
    language: str
    work: LanguageWork | None
    standing: Standing | None = None

    @property
    def state(self) -> WorkState:
        return self.work.state if self.work else WorkState.WANTED

    @property
    def due_at(self) -> datetime | None:
        return (self.work.due_at if self.work else None) or self.document.due_at

    def is_late(self, now: datetime) -> bool:
        return self.state != WorkState.FINAL and self.due_at is not None and now > self.due_at


def tasks(language: str = "", *, with_final: bool = False) -> list[Task]:
    """Work by document and language, what is due first at the top; papers that were issued unchanged are left out."""
    statement = select(Document).where(Document.status.in_((Status.DRAFT, Status.ADOPTED)))
    rows = db.session.scalars(
        statement.options(selectinload(Document.work).joinedload(LanguageWork.assignee)).order_by(Document.id)
    )
    documents = list(rows)
    far = standings(documents)
    found = [
        Task(
            document,
            code,
            next((work for work in document.work if work.language == code), None),
            far[document.id, code],
        )
        for document in documents
        for code in document.languages
        if language in ("", code)
    ]
    kept = [task for task in found if with_final or task.state != WorkState.FINAL]
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(kept, key=lambda task: (task.due_at or never, symbols.sort_key(task.document.symbol)))


def task(document: Document, language: str) -> Task:
    return Task(document, language, next((work for work in document.work if work.language == language), None))


def writers(conference: Conference) -> list[tuple[str, str]]:
    """Who may be given work on documents: (reference, name), by name."""
    return [(row.ref, row.name or row.email) for row in holding(conference.id, *EDITORS)]


def writer_id(conference: Conference, ref: str) -> int | None:
    return next((row.id for row in holding(conference.id, *EDITORS) if row.ref == ref), None)
