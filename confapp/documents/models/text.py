"""The text: blocks, where versions place them, what stands in them in each language."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.register import Document
from confapp.documents.rules import (
    BlockKind,
)
from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
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
    from confapp.documents.models.adoption import Adoption


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
    """What a block is in one version and where: its kind, under which block, in which order, shown or deleted.

    `is_sorted` of a list of signatures: its items stand in the alphabetical order of each language.
    """

    __table_args__ = (one_of(BlockKind, "kind"), UniqueConstraint("version_id", "block_id"))

    id: Mapped[int] = key()
    version_id: Mapped[int] = link("version", nullable=False)
    block_id: Mapped[int] = link("block", nullable=False)
    parent_id: Mapped[int | None] = link("block")
    kind: Mapped[BlockKind] = choice(BlockKind, "kind", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False)
    suffix: Mapped[str] = column(String(12), nullable=False, default="")
    is_shown: Mapped[bool] = column(Boolean, nullable=False, default=True)
    is_sorted: Mapped[bool] = column(Boolean, nullable=False, default=False)

    version: Mapped[Version] = relationship(back_populates="places")
    block: Mapped[Block] = relationship(foreign_keys=[block_id])


class BlockClaim(InConference, db.Model):
    """Somebody has the form of a paragraph open, until `until`; a claim warns others and refuses nothing.

    `language` is the only one of the form, empty where it has them all.
    """

    __table_args__ = (UniqueConstraint("block_id", "account_id", "language"),)

    id: Mapped[int] = key()
    document_id: Mapped[int] = link("document", nullable=False)
    block_id: Mapped[int] = link("block", nullable=False)
    account_id: Mapped[int] = link("account", nullable=False)
    language: Mapped[str] = technical(String(12), nullable=False, default="")
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
