"""Files that take a while to make: ordered, made by a job, fetched by whoever ordered them, and removed after a day."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Integer, String, Text, select
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import audit, clock, files, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    across_conferences,
    column,
    db,
    evidence,
    link,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile
from confapp.foundation.jobs import Job
from confapp.foundation.transactions import reading, writing

KEPT = timedelta(days=1)


class Download(Referenced, InConference, db.Model):
    """A file that somebody ordered: of what, in which format, and until when it can be fetched."""

    subject: Mapped[str] = technical(String(60), nullable=False)
    file_format: Mapped[str] = technical(String(10), nullable=False)
    query: Mapped[dict[str, Any]] = personal(JSON, nullable=False, default=dict)
    language: Mapped[str] = technical(String(12), nullable=False, default="en")
    rows: Mapped[int] = column(Integer, nullable=False, default=0)
    reason: Mapped[str] = evidence(Text, nullable=False, default="")
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    ends_at: Mapped[datetime] = column(Moment, nullable=False)
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    job_ref: Mapped[str] = technical(String(32), nullable=False, default="")

    file: Mapped[StoredFile | None] = relationship()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()


def order(
    actor: Actor,
    conference: Any,
    task: str,
    *,
    subject: str,
    file_format: str,
    language: str,
    query: dict[str, Any] | None = None,
    rows: int = 0,
    reason: str = "",
) -> Download:
    """Notes what is wanted and queues the task that makes it; the task is given the row's reference."""
    row = Download(
        conference_id=conference.id,
        subject=subject,
        file_format=file_format,
        query=query or {},
        language=language,
        rows=rows,
        reason=reason,
        made_by=actor.account_id,
        acting_name=actor.name or actor.email,
        ends_at=clock.now() + KEPT,
    )
    db.session.add(row)
    db.session.flush()
    row.job_ref = jobs.enqueue(task, {"download": row.ref}, conference_id=conference.id).ref
    audit.record(actor, "export", conference, what=subject, format=file_format, rows=rows, reason=reason)
    return row


def own(actor: Actor, ref: str) -> Download | None:
    """What somebody ordered; nobody else's."""
    return db.session.scalar(select(Download).where(Download.ref == ref, Download.made_by == actor.account_id))


def job_of(row: Any) -> Job | None:
    """The job behind a row that names one, for its progress."""
    return db.session.scalar(select(Job).where(Job.ref == row.job_ref)) if row.job_ref else None


def finish(ref: str, sha256: str, size: int, media_type: str, name: str, rows: int) -> None:
    """Puts a file that `files.keep` wrote into the hands of whoever ordered it. In a transaction of its own."""
    with writing():
        row = db.session.scalars(select(Download).where(Download.ref == ref).with_for_update()).one()
        if row.file_id is not None:  # made before, by a worker that died on its way to say so
            return
        row.file = files.register(sha256, size, media_type, name, conference_id=row.conference_id, by=row.made_by)
        row.rows, row.ends_at = rows, clock.now() + KEPT


@jobs.task("exporting.forget")
def forget() -> None:
    """Removes the files whose day is over, their bytes as well."""
    with across_conferences("files that were ordered in any conference and are over"), writing():
        over = select(Download).where(Download.ends_at <= clock.now(), Download.file_id.is_not(None))
        for row in db.session.scalars(over):
            assert row.file is not None
            row.file.erased_at, row.file.name = clock.now(), ""
            row.file, row.query = None, {}
    with reading():
        files.forget()


jobs.every(timedelta(hours=1), "exporting.forget")
