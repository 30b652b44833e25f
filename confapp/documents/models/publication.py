"""Acts of publication, and the files that came of them."""

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.register import Document
from confapp.documents.models.text import Version
from confapp.documents.rules import (
    IssueState,
)
from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
)
from confapp.foundation.files import StoredFile


class Issue(Referenced, Revised, InConference, db.Model):
    """One act of publication of a frozen version: all its files appear together, or none."""

    __public__ = True

    __table_args__ = (one_of(IssueState, "state"), UniqueConstraint("document_id", "number"))

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False)
    number: Mapped[int] = column(Integer, nullable=False)
    state: Mapped[IssueState] = choice(IssueState, "state", nullable=False, default=IssueState.PREPARING)
    code: Mapped[str] = evidence(String(24), nullable=False, unique=True)
    fingerprint: Mapped[str] = evidence(String(16), nullable=False)
    chain_head: Mapped[str] = evidence(String(64), nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False, default="")
    prepared_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    prepared_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    published_at: Mapped[datetime | None] = evidence(Moment)
    published_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    publisher_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)
    withdrawal_reason: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    supersedes_id: Mapped[int | None] = link("issue")
    job_id: Mapped[int | None] = link("job")

    document: Mapped[Document] = relationship(back_populates="issues")
    version: Mapped[Version] = relationship()
    publications: Mapped[list["Publication"]] = relationship(back_populates="issue", order_by="Publication.id")

    @property
    def short_hash(self) -> str:
        """What its immutable address names."""
        return self.sha256[:12]

    @property
    def is_current(self) -> bool:
        return self.state == IssueState.PUBLISHED and self.document.current_issue is self


class Publication(Referenced, InConference, db.Model):
    """One published file: a language and a format of an issue, known by the hash of its bytes."""

    __public__ = True

    __table_args__ = (UniqueConstraint("issue_id", "language", "format"),)

    issue_id: Mapped[int] = link("issue", nullable=False)
    language: Mapped[str] = column(String(12), nullable=False)
    format: Mapped[str] = column(String(12), nullable=False)
    file_id: Mapped[int] = link("stored_file", nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False, index=True)

    issue: Mapped[Issue] = relationship(back_populates="publications")
    file: Mapped[StoredFile] = relationship()
