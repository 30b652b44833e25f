"""What is on its way into the text: typed and not saved, brought in from a file and not taken, replaced everywhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.register import Document
from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    column,
    db,
    evidence,
    link,
    personal,
    technical,
)


class BlockDraft(Referenced, InConference, db.Model):
    """What one account has typed into the form of a paragraph and not saved, with the hashes of what it began with.

    `language` is the only one of the form, empty where it has them all.
    """

    __table_args__ = (UniqueConstraint("block_id", "account_id", "language"),)

    block_id: Mapped[int] = link("block", nullable=False)
    account_id: Mapped[int] = link("account", nullable=False)
    language: Mapped[str] = technical(String(12), nullable=False, default="")
    texts: Mapped[dict[str, str] | None] = personal(JSON)
    bases: Mapped[dict[str, str]] = technical(JSON, nullable=False, default=dict)
    kept_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now, index=True)


class TextImport(Referenced, InConference, db.Model):
    """Paragraphs read from a file or from pasted text, waiting for somebody to look at their kinds."""

    document_id: Mapped[int] = link("document", nullable=False)
    account_id: Mapped[int | None] = link("account")
    language: Mapped[str] = column(String(12), nullable=False)
    paragraphs: Mapped[list[Any]] = column(JSON, nullable=False)
    dropped: Mapped[list[Any]] = column(JSON, nullable=False, default=list)
    read_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now, index=True)

    document: Mapped[Document] = relationship()


class Replacement(Referenced, InConference, db.Model):
    """Words that were replaced in several paragraphs as one act; `changes` pairs the ids of texts before and after."""

    document_id: Mapped[int] = link("document", nullable=False)
    find: Mapped[str] = column(String(200), nullable=False)
    replacement: Mapped[str] = column(String(200), nullable=False)
    matches_case: Mapped[bool] = column(Boolean, nullable=False, default=False)
    whole_words: Mapped[bool] = column(Boolean, nullable=False, default=False)
    changes: Mapped[list[Any]] = evidence(JSON, nullable=False)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    taken_back_at: Mapped[datetime | None] = evidence(Moment)

    document: Mapped[Document] = relationship()
