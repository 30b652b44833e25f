"""Issues and their files."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confapp.documents.models import (
    Document,
    Issue,
    Publication,
)
from confapp.documents.rules import (
    IssueState,
)
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.jobs import Job


def issue_of(document: Document, number: int) -> Issue | None:
    return next((issue for issue in document.issues if issue.number == number), None)


def public_issue(document: Document, short_hash: str = "") -> Issue | None:
    """The current issue, or the one whose hash begins so; drafts and failed attempts are nobody's business."""
    if not short_hash:
        return document.newest_public_issue
    public = (issue for issue in document.issues if issue.state in (IssueState.PUBLISHED, IssueState.WITHDRAWN))
    return next((issue for issue in public if issue.short_hash == short_hash), None)


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
