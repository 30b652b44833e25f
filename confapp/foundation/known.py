"""Every file that was handed out as ours, by the hash of its bytes: the one place that verification asks.

A row stays when the bytes are gone: a hash tells nobody what stood in a file, and still proves a copy of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped

from confapp.foundation import clock, jobs
from confapp.foundation.db import (
    InConference,
    Moment,
    Referenced,
    choice,
    column,
    db,
    evidence,
    inserting,
    link,
    new_ref,
    one_of,
    technical,
)

LIST_TASK = "publishing.sign_list"


class Kind(StrEnum):
    """What a file is; `about_id` is the row of that kind."""

    ISSUE = "issue"  # a file of an issue: about it
    ADVANCE = "advance"  # a copy before the issue: about the issue
    DRAFT = "draft"  # a preview of a text that nobody published: about the document
    LETTER = "letter"
    PROGRAMME = "programme"  # about the release
    PROGRAMME_DRAFT = "programme_draft"


LISTED = frozenset({Kind.ISSUE, Kind.PROGRAMME})


class KnownFile(Referenced, InConference, db.Model):
    __table_args__ = (
        one_of(Kind, "kind"),
        UniqueConstraint("sha256", "kind", "about_id"),
        Index("ix_known_file_about", "kind", "about_id"),
    )

    kind: Mapped[Kind] = choice(Kind, "kind", nullable=False)
    about_id: Mapped[int] = technical(Integer, nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False)
    unsigned_sha256: Mapped[str] = evidence(String(64), nullable=False, default="", index=True)
    size: Mapped[int] = column(BigInteger, nullable=False)
    language: Mapped[str] = column(String(12), nullable=False, default="")
    format: Mapped[str] = column(String(12), nullable=False, default="")
    certificate_id: Mapped[int | None] = link("signing_certificate")
    known_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


@dataclass(frozen=True)
class File:
    """The bytes that somebody gets."""

    sha256: str
    size: int
    language: str = ""
    format: str = ""
    unsigned_sha256: str = ""
    certificate_id: int | None = None


def note(kind: Kind, about_id: int, found: Iterable[File], *, conference_id: int) -> None:
    """In the transaction that hands the files out. The same again changes nothing."""
    for file in found:
        values = {"ref": new_ref(), "kind": kind, "about_id": about_id, "known_at": clock.now()}
        values |= {name: getattr(file, name) for name in File.__dataclass_fields__}
        db.session.execute(inserting(KnownFile).values(conference_id=conference_id, **values).on_conflict_do_nothing())
    if kind in LISTED:
        changed(conference_id)


def changed(conference_id: int) -> None:
    """What the published list of hashes says is not so any more: it is made and signed anew."""
    arguments = {"conference": conference_id}
    jobs.enqueue(LIST_TASK, arguments, conference_id=conference_id, key=f"{LIST_TASK}:{conference_id}")


def taken_up(conference_id: int) -> None:
    """The list is being made: what changes from here on needs another job."""
    mine = jobs.Job.unique_key == f"{LIST_TASK}:{conference_id}"
    db.session.execute(update(jobs.Job).where(mine).values(unique_key=None))


def with_hash(sha256: str) -> KnownFile | None:
    """Across conferences: what is known of these bytes; where they are several things, the weightiest."""
    rows = db.session.scalars(select(KnownFile).where(KnownFile.sha256 == sha256)).all()
    return min(rows, key=lambda row: (list(Kind).index(row.kind), row.id), default=None)


def before_signing(sha256: str) -> KnownFile | None:
    """Across conferences: the file that has these bytes before its signature."""
    return db.session.scalar(select(KnownFile).where(KnownFile.unsigned_sha256 == sha256).limit(1))


def about(kind: Kind, about_id: int) -> Sequence[KnownFile]:
    statement = select(KnownFile).where(KnownFile.kind == kind, KnownFile.about_id == about_id)
    return db.session.scalars(statement.order_by(KnownFile.language, KnownFile.format, KnownFile.id)).all()
