"""The register: series of symbols, papers, and the work on their languages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.rules import (
    Access,
    DocumentKind,
    IssueState,
    Modification,
    Nature,
    Status,
    WorkState,
)
from confapp.documents.rules.issuing import is_open
from confapp.documents.rules.layouts import LayoutName
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
    technical,
)

if TYPE_CHECKING:
    from confapp.documents.models.publication import Issue
    from confapp.documents.models.text import Block, Version


class SymbolSeries(Referenced, Revised, InConference, db.Model):
    """Papers numbered one after another under one beginning. `last` was given already and is never given again."""

    __table_args__ = (
        one_of(DocumentKind, "kind"),
        one_of(Access, "access"),
        UniqueConstraint("conference_id", "template"),
    )

    template: Mapped[str] = column(String(60), nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    kind: Mapped[DocumentKind] = choice(DocumentKind, "kind", nullable=False, copy=True)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.PUBLIC, copy=True)
    days_before: Mapped[int | None] = column(Integer, copy=True)
    last: Mapped[int] = column(Integer, nullable=False, default=0)


class GivenSymbol(InConference, db.Model):
    """Every symbol that a paper or an issue of it ever bore: no other paper gets it, whatever became of the first."""

    __table_args__ = (UniqueConstraint("conference_id", "symbol"),)

    id: Mapped[int] = key()
    symbol: Mapped[str] = evidence(String(100), nullable=False)
    document_id: Mapped[int] = link("document", nullable=False, data=Data.EVIDENCE)
    given_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


class Document(Referenced, Revised, InConference, db.Model):
    """One symbol for all language versions; its text is a set of blocks placed by versions."""

    __public__ = True

    __table_args__ = (
        one_of(DocumentKind, "kind"),
        one_of(Nature, "nature"),
        one_of(Status),
        one_of(Access, "access"),
        one_of(Modification, "modification"),
        one_of(LayoutName, "layout"),
        UniqueConstraint("conference_id", "symbol"),
    )

    symbol: Mapped[str] = column(String(80), nullable=False)
    kind: Mapped[DocumentKind] = choice(DocumentKind, "kind", nullable=False)
    nature: Mapped[Nature] = choice(Nature, "nature", nullable=False, default=Nature.NONE)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False)
    languages: Mapped[list[str]] = column(JSON, nullable=False)
    original_language: Mapped[str] = column(String(12), nullable=False)
    authentic_languages: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    submitted_by: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.PUBLIC)
    series_id: Mapped[int | None] = link("symbol_series")
    extends_id: Mapped[int | None] = link("document")
    modification: Mapped[Modification | None] = choice(Modification, "modification")
    body: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    session: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    agenda_item: Mapped[str] = column(String(60), nullable=False, default="")
    layout: Mapped[LayoutName | None] = choice(LayoutName, "layout")
    job_number: Mapped[str] = column(String(40), nullable=False, default="")
    due_at: Mapped[datetime | None] = column(Moment)
    handed_in_at: Mapped[datetime | None] = evidence(Moment)
    status: Mapped[Status] = choice(Status, nullable=False, default=Status.DRAFT)
    folded: Mapped[str] = technical(Text, nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    created_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    blocks: Mapped[list["Block"]] = relationship(back_populates="document")
    versions: Mapped[list["Version"]] = relationship(back_populates="document", order_by="Version.id")
    issues: Mapped[list["Issue"]] = relationship(back_populates="document", order_by="Issue.id")
    extends: Mapped["Document | None"] = relationship(remote_side="Document.id")
    series: Mapped["SymbolSeries | None"] = relationship()
    work: Mapped[list["LanguageWork"]] = relationship(
        back_populates="document", order_by="LanguageWork.id", cascade="all, delete-orphan"
    )

    def is_late(self, now: datetime) -> bool:
        """Handed in after its deadline, or not yet although that has passed; it is marked, never refused."""
        return self.due_at is not None and (self.handed_in_at or now) > self.due_at

    @property
    def draft(self) -> "Version":
        """The one open version."""
        return next(version for version in self.versions if version.number is None)

    @property
    def latest_frozen(self) -> "Version | None":
        return max((v for v in self.versions if v.number is not None), key=lambda v: v.number or 0, default=None)

    @property
    def current_issue(self) -> "Issue | None":
        """The newest issue that is published and not withdrawn."""
        issues = (one for one in reversed(self.issues) if one.state == IssueState.PUBLISHED and one.is_public)
        return next(issues, None)

    @property
    def public_issues(self) -> "list[Issue]":
        """Those whose moment has come, in their order, also the withdrawn ones."""
        return [issue for issue in self.issues if issue.is_public]

    @property
    def newest_public_issue(self) -> "Issue | None":
        """What its page shows: the current issue, or the newest that was withdrawn, which keeps a stub."""
        public = self.public_issues
        return self.current_issue or (public[-1] if public else None)

    @property
    def open_issue(self) -> "Issue | None":
        """The one that is prepared, waits for its release or for its moment."""
        return next((issue for issue in self.issues if is_open(issue, clock.now())), None)

    @property
    def issue_in_preparation(self) -> "Issue | None":
        return next((issue for issue in self.issues if issue.state == IssueState.PREPARING), None)


class LanguageWork(Referenced, Revised, InConference, db.Model):
    """What is to be done for one language version of a paper: by whom, until when, how far it is.

    Translators reach the languages that stand here in their name, to write them or to check them.
    """

    __table_args__ = (one_of(WorkState, "state"), UniqueConstraint("document_id", "language"))

    document_id: Mapped[int] = link("document", nullable=False)
    language: Mapped[str] = column(String(12), nullable=False)
    state: Mapped[WorkState] = choice(WorkState, "state", nullable=False, default=WorkState.WANTED)
    due_at: Mapped[datetime | None] = column(Moment)
    assignee_id: Mapped[int | None] = link("account")
    reviser_id: Mapped[int | None] = link("account")
    note: Mapped[str] = column(String(300), nullable=False, default="")
    changed_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)

    document: Mapped[Document] = relationship(back_populates="work")
    assignee: Mapped[Any] = relationship("Account", foreign_keys=[assignee_id])
    reviser: Mapped[Any] = relationship("Account", foreign_keys=[reviser_id])
