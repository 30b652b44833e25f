from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation import jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.exporting.downloads import Download
from confapp.programme.models import Booklet, Schedule


def of_release(release: Schedule) -> Sequence[Booklet]:
    wanted = select(Booklet).where(Booklet.schedule_id == release.id).options(joinedload(Booklet.file))
    return db.session.scalars(wanted.order_by(Booklet.kind, Booklet.id)).all()


def public(kind: str, language: str, number: int | None = None) -> Booklet | None:
    """The printed programme in a language: of the release with this number, else of the newest that is printed."""
    wanted = (
        select(Booklet)
        .join(Booklet.schedule)
        .where(Booklet.kind == kind, Booklet.language == language, Booklet.file_id.is_not(None))
        .order_by(Schedule.number.desc())
        .options(joinedload(Booklet.file))
        .limit(1)
    )
    return db.session.scalar(wanted if number is None else wanted.where(Schedule.number == number))


def job_of(release: Schedule) -> jobs.Job | None:
    """The newest job that prints this release."""
    wanted = select(jobs.Job).where(
        jobs.Job.task == "programme.print_booklets", jobs.Job.conference_id == release.conference_id
    )
    found = db.session.scalars(wanted.order_by(jobs.Job.id.desc()).limit(50))
    return next((job for job in found if job.arguments.get("number") == release.number), None)


def ordered_by(actor: Actor) -> Sequence[Download]:
    """The files of the draft that somebody ordered and that are not over, the newest first."""
    wanted = select(Download).where(Download.made_by == actor.account_id, Download.subject.startswith("programme-"))
    rows = db.session.scalars(wanted.order_by(Download.id.desc()).options(joinedload(Download.file)).limit(10))
    return [row for row in rows if not row.is_over]


def ordered(actor: Actor, ref: str) -> Download | None:
    return next((row for row in ordered_by(actor) if row.ref == ref), None)
