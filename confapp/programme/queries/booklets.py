from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation import jobs
from confapp.foundation.db import db
from confapp.programme.models import Booklet, Schedule


def of_release(release: Schedule) -> Sequence[Booklet]:
    wanted = select(Booklet).where(Booklet.schedule_id == release.id).options(joinedload(Booklet.file))
    return db.session.scalars(wanted.order_by(Booklet.id)).all()


def public(language: str, number: int | None = None) -> Booklet | None:
    """The printed programme in a language: of the release with this number, else of the newest that is printed."""
    wanted = (
        select(Booklet)
        .join(Booklet.schedule)
        .where(Booklet.language == language, Booklet.file_id.is_not(None))
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
