"""Issues and their files."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.documents.models import (
    Document,
    Issue,
    IssuePicture,
    IssuingRules,
    Publication,
)
from confapp.documents.rules import IssueState
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.jobs import Job


def issue_of(document: Document, number: int) -> Issue | None:
    return next((issue for issue in document.issues if issue.number == number), None)


def public_issue(document: Document, short_hash: str = "") -> Issue | None:
    """The current issue, or the one whose hash begins so; drafts and failed attempts are nobody's business."""
    if not short_hash:
        return document.newest_public_issue
    return next((issue for issue in document.public_issues if issue.short_hash == short_hash), None)


def publication(issue: Issue, language: str, file_format: str) -> Publication | None:
    statement = select(Publication).where(
        Publication.issue_id == issue.id, Publication.language == language, Publication.format == file_format
    )
    return db.session.scalar(statement.options(joinedload(Publication.file)))


def issue_with(code: str) -> Issue | None:
    """Across conferences: the issue with this verification code, whatever its state."""
    statement = select(Issue).where(Issue.code == code)
    return db.session.scalar(
        statement.options(joinedload(Issue.document).selectinload(Document.issues), selectinload(Issue.publications))
    )


def job(issue: Issue) -> Job | None:
    return db.session.get(Job, issue.job_id) if issue.job_id else None


def file(publication: Publication) -> StoredFile:
    return publication.file


def is_public() -> list[Any]:
    """Conditions on Issue: its moment has come, also when it was withdrawn since."""
    return [Issue.state.in_((IssueState.PUBLISHED, IssueState.WITHDRAWN)), Issue.published_at <= clock.now()]


def next_moment() -> datetime | None:
    """When the next issue of the conference in scope becomes public by itself."""
    waiting = select(func.min(Issue.published_at)).where(
        Issue.state == IssueState.PUBLISHED, Issue.published_at > clock.now()
    )
    return db.session.scalar(waiting)


def with_issued_symbol(symbol: str) -> Issue | None:
    """The newest public issue that bears a symbol of its own, such as a revision."""
    statement = select(Issue).where(Issue.symbol == symbol, *is_public()).order_by(Issue.id.desc()).limit(1)
    return db.session.scalar(statement)


def issuing_rules() -> IssuingRules:
    """Those of the conference in scope; the usual ones, unsaved, where nobody changed any."""
    return db.session.scalar(select(IssuingRules)) or IssuingRules(needs_two=True, tells_press=False)


def without_pictures() -> list[tuple[int, int]]:
    """Public issues that stand and have no picture, with their conferences; for the scope of all."""
    drawn = select(IssuePicture.issue_id)
    wanted = select(Issue.id, Issue.conference_id).where(
        Issue.state == IssueState.PUBLISHED, Issue.published_at <= clock.now(), Issue.id.not_in(drawn)
    )
    return [(row.id, row.conference_id) for row in db.session.execute(wanted.order_by(Issue.id))]


def published_hashes() -> list[str]:
    return list(db.session.scalars(select(Publication.sha256).distinct().order_by(Publication.sha256)))
