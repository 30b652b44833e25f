"""The register of papers, for the desk and for readers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from confapp.conferences.models import Conference
from confapp.documents.models import (
    Document,
    GivenSymbol,
    Issue,
    SymbolSeries,
    Version,
)
from confapp.documents.queries.publication import is_public
from confapp.documents.rules import (
    Access,
    DocumentKind,
    IssueState,
    Status,
    symbols,
)
from confapp.foundation import clock, text
from confapp.foundation.db import db

WITH_VERSIONS_AND_ISSUES = (
    selectinload(Document.versions).joinedload(Version.adoption),
    selectinload(Document.issues).selectinload(Issue.publications),
)


@dataclass(frozen=True)
class Narrowed:
    """What the register is narrowed to; empty words narrow nothing, nor do words that nobody could choose."""

    search: str = ""
    kind: str = ""
    access: str = ""
    status: str = ""
    series: str = ""

    def where(self) -> list[Any]:
        columns: tuple[tuple[Any, type[StrEnum], str], ...] = (
            (Document.kind, DocumentKind, self.kind),
            (Document.access, Access, self.access),
            (Document.status, Status, self.status),
        )
        found = [column == value for column, choices, value in columns if value in set(choices)]
        if self.search:
            found.append(Document.folded.like(text.like(self.search), escape="\\"))
        if self.series:
            found.append(Document.series_id.in_(select(SymbolSeries.id).where(SymbolSeries.ref == self.series)))
        return found


def register(search: str = "", by: Narrowed | None = None) -> list[Document]:
    """Every document of the conference in scope that fits, by symbol as people count: L.9 before L.10."""
    narrowed = by or Narrowed(search)
    rows = db.session.scalars(select(Document).options(*WITH_VERSIONS_AND_ISSUES).where(*narrowed.where()))
    return sorted(rows, key=lambda document: symbols.sort_key(document.symbol))


def series() -> list[SymbolSeries]:
    return list(db.session.scalars(select(SymbolSeries).order_by(SymbolSeries.id)))


def one_series(ref: str) -> SymbolSeries | None:
    return db.session.scalar(select(SymbolSeries).where(SymbolSeries.ref == ref))


def extensions(document: Document) -> list[Document]:
    """Addenda, corrigenda and so on of a paper."""
    statement = select(Document).where(Document.extends_id == document.id).options(*WITH_VERSIONS_AND_ISSUES)
    return sorted(db.session.scalars(statement), key=lambda one: symbols.sort_key(one.symbol))


def conference_of(document: Document) -> Conference:
    return db.session.get_one(Conference, document.conference_id)


def document(ref: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.ref == ref).options(*WITH_VERSIONS_AND_ISSUES))


def with_symbol(symbol: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.symbol == symbol).options(*WITH_VERSIONS_AND_ISSUES))


def holder(symbol: str) -> int | None:
    """The id of the paper to which a symbol was given, now or at any time before."""
    return db.session.scalar(select(GivenSymbol.document_id).where(GivenSymbol.symbol == symbol))


def published(*access: Access) -> list[Document]:
    """What readers may know of: papers with an issue that is or was published, by symbol; public ones unless said."""
    public = select(Issue.document_id).where(*is_public())
    statement = select(Document).where(Document.id.in_(public), Document.access.in_(access or (Access.PUBLIC,)))
    rows = db.session.scalars(statement.options(*WITH_VERSIONS_AND_ISSUES))
    return sorted(rows, key=lambda document: symbols.sort_key(document.symbol))


def issued_between(first: datetime, end: datetime) -> list[Issue]:
    """What was issued for everybody or for participants in a stretch of time and stands, by symbol, the newest of each.

    Two issues may bear one symbol: an advance copy and the edited issue.
    """
    wanted = (
        select(Issue)
        .join(Issue.document)
        .where(
            Issue.state == IssueState.PUBLISHED,
            Issue.published_at >= first,
            Issue.published_at < end,
            Issue.published_at <= clock.now(),
            Document.access != Access.RESTRICTED,
        )
    )
    rows = db.session.scalars(wanted.options(contains_eager(Issue.document)).order_by(Issue.id))
    newest = {row.symbol or row.document.symbol: row for row in rows}
    return [newest[symbol] for symbol in sorted(newest, key=symbols.sort_key)]


def search(words: str, limit: int = 20) -> list[Document]:
    """For the search of the desk: documents by symbol, title or words of the text."""
    pattern = text.like(words)
    statement = select(Document).where(Document.folded.like(pattern, escape="\\"))
    return list(db.session.scalars(statement.order_by(Document.symbol).limit(limit)))
