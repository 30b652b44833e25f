"""The work on papers by language, and who may do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from confapp.conferences.models import Conference
from confapp.documents.models import (
    BlockPlace,
    BlockText,
    Document,
    LanguageWork,
    Version,
    VersionText,
)
from confapp.documents.queries.languages import Standing, standings
from confapp.documents.rules import (
    EDITORS,
    Status,
    WorkState,
    symbols,
)
from confapp.foundation.db import db
from confapp.people.models import Account
from confapp.people.queries import holding
from confapp.people.rules import Role


@dataclass(frozen=True)
class Task:
    """The work on one language of a paper; `work` is None where nobody planned it. A text that is begun is in hand."""

    document: Document
    language: str
    work: LanguageWork | None
    standing: Standing | None = None

    @property
    def state(self) -> WorkState:
        planned = self.work.state if self.work else WorkState.WANTED
        is_begun = planned == WorkState.WANTED and self.standing and self.standing.done
        return WorkState.IN_HAND if is_begun else planned

    @property
    def due_at(self) -> datetime | None:
        return (self.work.due_at if self.work else None) or self.document.due_at

    @property
    def people(self) -> list[Account]:
        return [who for who in (self.work.assignee, self.work.reviser) if who] if self.work else []

    @property
    def is_final(self) -> bool:
        return self.state == WorkState.FINAL and not (self.standing and self.standing.wanting)

    def is_late(self, now: datetime) -> bool:
        return self.state != WorkState.FINAL and self.due_at is not None and now > self.due_at


def tasks(language: str = "", *, with_final: bool = False) -> list[Task]:
    """Work by document and language, what is due first at the top; papers that were issued unchanged are left out.

    What is final is left out too, unless something in it is wanting again since.
    """
    is_open = Document.status.in_((Status.DRAFT, Status.ADOPTED))
    is_changed = and_(Document.status == Status.PUBLISHED, Document.id.in_(_with_new_texts()))
    statement = select(Document).where(or_(is_open, is_changed))
    rows = db.session.scalars(
        statement.options(
            *(selectinload(Document.work).joinedload(who) for who in (LanguageWork.assignee, LanguageWork.reviser))
        ).order_by(Document.id)
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
    kept = [task for task in found if with_final or not task.is_final]
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(kept, key=lambda task: (task.due_at or never, symbols.sort_key(task.document.symbol)))


def _with_new_texts() -> Select[int]:
    """Ids of documents of whose shown paragraphs a text was written that no version has kept yet."""
    newest = select(func.max(BlockText.id)).group_by(BlockText.block_id, BlockText.language)
    return (
        select(Version.document_id)
        .join(BlockPlace, BlockPlace.version_id == Version.id)
        .join(BlockText, BlockText.block_id == BlockPlace.block_id)
        .where(
            Version.number.is_(None),
            BlockPlace.is_shown.is_(True),
            BlockText.id.in_(newest),
            BlockText.id.not_in(select(VersionText.text_id)),
        )
    )


def task(document: Document, language: str) -> Task:
    known = next((work for work in document.work if work.language == language), None)
    return Task(document, language, known, standings([document])[document.id, language])


def writers(conference: Conference, *, of_original: bool = False) -> list[tuple[str, str]]:
    """Who may be given work on documents: (reference, name), by name. An original is the editors' alone."""
    return [(row.ref, row.name or row.email) for row in holding(conference.id, *_may_write(of_original))]


def writer_id(conference: Conference, ref: str, *, of_original: bool = False) -> int | None:
    return next((row.id for row in holding(conference.id, *_may_write(of_original)) if row.ref == ref), None)


def _may_write(of_original: bool) -> tuple[Role, ...]:
    return EDITORS if of_original else (*EDITORS, Role.TRANSLATOR)


def has_desk(account: Account, conference: Conference) -> bool:
    """Whether somebody who works on texts is an editor, who sees all of them."""
    return any(row.id == account.id for row in holding(conference.id, *EDITORS))


def people_at_work(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    """Whose work is among some: (reference, name), by name."""
    found = {who.ref: who.name or who.email for task in tasks for who in task.people}
    return sorted(found.items(), key=lambda one: one[1].casefold())
