from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.rules import (
    Access,
    BlockKind,
    DocumentKind,
    IssueState,
    Manner,
    Modification,
    Nature,
    Status,
    WorkState,
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
    key,
    link,
    one_of,
    technical,
)
from confapp.foundation.files import StoredFile


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


class Document(Referenced, Revised, InConference, db.Model):
    """One symbol for all language versions; its text is a set of blocks placed by versions."""

    __public__ = True

    __table_args__ = (
        one_of(DocumentKind, "kind"),
        one_of(Nature, "nature"),
        one_of(Status),
        one_of(Access, "access"),
        one_of(Modification, "modification"),
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
        return next((issue for issue in reversed(self.issues) if issue.state == IssueState.PUBLISHED), None)

    @property
    def newest_public_issue(self) -> "Issue | None":
        """What its page shows: the current issue, or the newest that was withdrawn, which keeps a stub."""
        public = [issue for issue in self.issues if issue.state in (IssueState.PUBLISHED, IssueState.WITHDRAWN)]
        return self.current_issue or (public[-1] if public else None)

    @property
    def issue_in_preparation(self) -> "Issue | None":
        return next((issue for issue in self.issues if issue.state == IssueState.PREPARING), None)


class LanguageWork(Referenced, Revised, InConference, db.Model):
    """What is to be done for one language version of a paper: by whom, until when, how far it is."""

    __table_args__ = (one_of(WorkState, "state"), UniqueConstraint("document_id", "language"))

    document_id: Mapped[int] = link("document", nullable=False)
    language: Mapped[str] = column(String(12), nullable=False)
    state: Mapped[WorkState] = choice(WorkState, "state", nullable=False, default=WorkState.WANTED)
    due_at: Mapped[datetime | None] = column(Moment)
    assignee_id: Mapped[int | None] = link("account")
    note: Mapped[str] = column(String(300), nullable=False, default="")
    changed_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)

    document: Mapped[Document] = relationship(back_populates="work")
    assignee: Mapped[Any] = relationship("Account")


class Block(Referenced, InConference, db.Model):
    """A paragraph, heading or other unit with a permanent id (its ref); its place and its texts are their own rows.

    `kind` is what it was written as; what it is in a version, its place says.
    """

    __table_args__ = (one_of(BlockKind, "kind"),)

    document_id: Mapped[int] = link("document", nullable=False)
    kind: Mapped[BlockKind] = choice(BlockKind, "kind", nullable=False)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    created_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    document: Mapped[Document] = relationship(back_populates="blocks")
    texts: Mapped[list["BlockText"]] = relationship(back_populates="block", order_by="BlockText.id")


class Version(Referenced, Revised, InConference, db.Model):
    """The one open draft (no number), or frozen Rev.n with the hash of everything in it."""

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index(
            "uq_version_one_draft",
            "document_id",
            unique=True,
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    document_id: Mapped[int] = link("document", nullable=False)
    parent_id: Mapped[int | None] = link("version")
    number: Mapped[int | None] = column(Integer)
    label: Mapped[str] = column(String(40), nullable=False, default="")
    frozen_at: Mapped[datetime | None] = evidence(Moment)
    frozen_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    sha256: Mapped[str] = evidence(String(64), nullable=False, default="")

    document: Mapped[Document] = relationship(back_populates="versions")
    places: Mapped[list["BlockPlace"]] = relationship(
        back_populates="version", order_by="BlockPlace.position", cascade="all, delete-orphan"
    )
    adoption: Mapped["Adoption | None"] = relationship(back_populates="version")


class BlockPlace(InConference, db.Model):
    """What a block is in one version and where: its kind, under which block, in which order, shown or deleted."""

    __table_args__ = (one_of(BlockKind, "kind"), UniqueConstraint("version_id", "block_id"))

    id: Mapped[int] = key()
    version_id: Mapped[int] = link("version", nullable=False)
    block_id: Mapped[int] = link("block", nullable=False)
    parent_id: Mapped[int | None] = link("block")
    kind: Mapped[BlockKind] = choice(BlockKind, "kind", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False)
    suffix: Mapped[str] = column(String(12), nullable=False, default="")
    is_shown: Mapped[bool] = column(Boolean, nullable=False, default=True)

    version: Mapped[Version] = relationship(back_populates="places")
    block: Mapped[Block] = relationship(foreign_keys=[block_id])


class BlockClaim(InConference, db.Model):
    """Somebody has the form of a paragraph open, until `until`; a claim warns others and refuses nothing."""

    __table_args__ = (UniqueConstraint("block_id", "account_id"),)

    id: Mapped[int] = key()
    document_id: Mapped[int] = link("document", nullable=False)
    block_id: Mapped[int] = link("block", nullable=False)
    account_id: Mapped[int] = link("account", nullable=False)
    until: Mapped[datetime] = technical(Moment, nullable=False)

    account: Mapped[Any] = relationship("Account")


class BlockText(Referenced, InConference, db.Model):
    """The text of a block in one language: appended, never changed; the newest is the draft's."""

    __table_args__ = (Index("ix_block_text_block_id_language", "block_id", "language"),)

    block_id: Mapped[int] = link("block", nullable=False, index=False)
    language: Mapped[str] = column(String(12), nullable=False)
    inline: Mapped[list[Any]] = column(JSON, nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False)
    source_sha256: Mapped[str] = evidence(String(64), nullable=False, default="")
    written_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    written_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")

    block: Mapped[Block] = relationship(back_populates="texts")


class VersionText(InConference, db.Model):
    """A frozen version names the texts it froze."""

    __table_args__ = (UniqueConstraint("version_id", "text_id"),)

    id: Mapped[int] = key()
    version_id: Mapped[int] = link("version", nullable=False)
    text_id: Mapped[int] = link("block_text", nullable=False)

    text: Mapped[BlockText] = relationship()


class Adoption(Referenced, InConference, db.Model):
    """How, when and where a frozen version was adopted, and who presided."""

    __public__ = True

    __table_args__ = (one_of(Manner, "manner"),)

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False, unique=True)
    manner: Mapped[Manner] = choice(Manner, "manner", nullable=False)
    meeting: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    adopted_on: Mapped[date] = column(Date, nullable=False)
    presiding: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    recorded_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    recorded_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    version: Mapped[Version] = relationship(back_populates="adoption")


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
    publications: Mapped[list["Publication"]] = relationship(back_populates="issue")

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
