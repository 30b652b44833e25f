"""Acts of publication, and the files that came of them."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.register import Document
from confapp.documents.models.text import Version
from confapp.documents.rules import Access, IssueState
from confapp.documents.rules.issuing import IssueKind
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
    key,
    link,
    one_of,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile


class Issue(Referenced, Revised, InConference, db.Model):
    """One act of publication of a frozen version: all its files appear together, or none.

    One person prepares it and another releases it, now or for a moment: `published_at`. Whether it is public is asked
    of the clock alone, so it appears at its moment whatever runs.
    """

    __public__ = True

    __table_args__ = (
        one_of(IssueState, "state"),
        one_of(IssueKind, "kind"),
        one_of(Access, "access"),
        UniqueConstraint("document_id", "number"),
    )

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False)
    number: Mapped[int] = column(Integer, nullable=False)
    kind: Mapped[IssueKind] = choice(IssueKind, "kind", nullable=False, default=IssueKind.ORIGINAL)
    symbol: Mapped[str] = evidence(String(100), nullable=False, default="", index=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.PUBLIC)
    languages: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    dated_on: Mapped[date | None] = column(Date)
    state: Mapped[IssueState] = choice(IssueState, "state", nullable=False, default=IssueState.PREPARING)
    code: Mapped[str] = evidence(String(24), nullable=False, unique=True)
    fingerprint: Mapped[str] = evidence(String(16), nullable=False)
    chain_head: Mapped[str] = evidence(String(64), nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False, default="")
    prepared_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    prepared_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    preparer_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    released_at: Mapped[datetime | None] = evidence(Moment)
    published_at: Mapped[datetime | None] = evidence(Moment)
    published_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    publisher_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)
    withdrawal_reason: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    told_at: Mapped[datetime | None] = evidence(Moment)
    told_to: Mapped[int | None] = evidence(Integer)  # mailboxes
    supersedes_id: Mapped[int | None] = link("issue")
    job_id: Mapped[int | None] = link("job")

    document: Mapped[Document] = relationship(back_populates="issues")
    version: Mapped[Version] = relationship()
    publications: Mapped[list["Publication"]] = relationship(back_populates="issue", order_by="Publication.id")
    pictures: Mapped[list["IssuePicture"]] = relationship(back_populates="issue", order_by="IssuePicture.id")

    @property
    def short_hash(self) -> str:
        """What its immutable address names."""
        return self.sha256[:12]

    @property
    def is_public(self) -> bool:
        """Published and not before its moment; also when it was withdrawn since."""
        is_released = self.state in (IssueState.PUBLISHED, IssueState.WITHDRAWN)
        return is_released and self.published_at is not None and self.published_at <= clock.now()

    @property
    def is_waiting(self) -> bool:
        """Released for a moment that has not come."""
        return self.state == IssueState.PUBLISHED and not self.is_public

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


class IssuePicture(InConference, db.Model):
    """What a link to an issue shows elsewhere: its title and date in one language. No part of what was published."""

    __public__ = True

    __table_args__ = (UniqueConstraint("issue_id", "language"),)

    id: Mapped[int] = key()
    issue_id: Mapped[int] = link("issue", nullable=False, index=False)
    language: Mapped[str] = column(String(12), nullable=False)
    file_id: Mapped[int] = link("stored_file", nullable=False)

    issue: Mapped[Issue] = relationship(back_populates="pictures")
    file: Mapped[StoredFile] = relationship()


class IssuingRules(Revised, InConference, db.Model):
    """How a conference publishes. `needs_two`: whoever prepared an issue does not release it. `tells_press`: accredited
    media are written to when something is issued, beside those who asked for it."""

    __table_args__ = (UniqueConstraint("conference_id"),)

    id: Mapped[int] = key()
    needs_two: Mapped[bool] = column(Boolean, nullable=False, default=True, copy=True)
    tells_press: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)


class Subscriber(Referenced, InConference, db.Model):
    """A mailbox that is written to when something is issued. Its ref is mailed to it and known to nobody else.

    Without `confirmed_at` nobody has answered from the mailbox yet. Of accredited media whom the organizer wrote to and
    who do not want it, `ended_at` and a hash stay, so that nobody writes again.
    """

    __table_args__ = (UniqueConstraint("conference_id", "email_hash"),)

    email: Mapped[str] = personal(String(254), nullable=False)
    email_hash: Mapped[str] = technical(String(64), nullable=False)
    language: Mapped[str] = column(String(12), nullable=False)
    kinds: Mapped[list[str]] = column(JSON, nullable=False, default=list)  # of papers; none is all
    is_press: Mapped[bool] = column(Boolean, nullable=False, default=False)
    asked_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    ended_at: Mapped[datetime | None] = evidence(Moment)
