"""Durable jobs: rows written in the transaction that needs them, leased and run by the worker, not lost by a crash."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped

from confapp.foundation import clock
from confapp.foundation.db import (
    Moment,
    Referenced,
    across_conferences,
    choice,
    column,
    db,
    in_conference,
    inserting,
    link,
    one_of,
    technical,
)
from confapp.foundation.transactions import reading, writing

LEASE = timedelta(minutes=5)
ATTEMPTS = 5
log = logging.getLogger("confapp.jobs")


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Referenced, db.Model):
    """A task to run: its name and ids. `unique_key` keeps the same work from being queued twice."""

    __table_args__ = (
        one_of(JobState, "state"),
        Index("ix_job_due", "state", "run_at"),
        {"info": {"unscoped": True}},
    )

    conference_id: Mapped[int | None] = link("conference")
    task: Mapped[str] = technical(String(80), nullable=False)
    arguments: Mapped[dict[str, Any]] = technical(JSON, nullable=False, default=dict)
    unique_key: Mapped[str | None] = technical(String(120), unique=True)
    state: Mapped[JobState] = choice(JobState, "state", nullable=False, default=JobState.QUEUED)
    run_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)
    leased_until: Mapped[datetime | None] = technical(Moment)
    attempts: Mapped[int] = technical(Integer, nullable=False, default=0)
    progress: Mapped[int] = technical(Integer, nullable=False, default=0)
    message: Mapped[str] = column(Text, nullable=False, default="")
    created_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)
    finished_at: Mapped[datetime | None] = technical(Moment)

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class Failed(Exception):
    """A task cannot succeed however often it is tried; the message is shown to the person who waits for it."""


class Later(Exception):
    """A task cannot run now (Pango is missing, say); the message is shown and it is tried again later."""


Task = Callable[..., None]
_tasks: dict[str, Task] = {}
_schedules: dict[str, timedelta] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Registers a task function under a name; it takes ids as keywords and opens its own transactions."""

    def register(function: Task) -> Task:
        _tasks[name] = function
        return function

    return register


def every(interval: timedelta, name: str) -> None:
    """Runs a registered task once in each interval, whichever worker comes first."""
    _schedules[name] = interval


def enqueue(
    name: str,
    arguments: dict[str, Any] | None = None,
    *,
    conference_id: int | None = None,
    key: str | None = None,
    run_at: datetime | None = None,
) -> Job:
    """Adds a job in the present transaction; with a key that is queued already, returns that job."""
    statement = inserting(Job).values(
        task=name,
        arguments=arguments or {},
        conference_id=conference_id,
        unique_key=key,
        run_at=run_at or clock.now(),
        state=JobState.QUEUED,
    )
    added = db.session.scalar(statement.on_conflict_do_nothing().returning(Job))
    return added or db.session.scalars(select(Job).where(Job.unique_key == key)).one()


def report(job_id: int, percent: int, message: str = "") -> None:
    """Progress of a running job, visible at once."""
    with writing():
        db.session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(progress=percent, message=message, leased_until=clock.now() + LEASE)
        )


def run_due(limit: int = 100) -> int:
    """Runs jobs that are due, one after another; returns how many were run."""
    done = 0
    while done < limit and (leased := _lease()):
        _run(*leased)
        done += 1
    return done


def schedule_due() -> None:
    """Queues each scheduled task for the present interval, once."""
    for name, interval in _schedules.items():
        slot = int(clock.now().timestamp() // interval.total_seconds())
        unique = f"{name}@{slot}"
        with reading():
            there = db.session.scalar(select(Job.id).where(Job.unique_key == unique))
        if there is None:
            with suppress(IntegrityError), writing():  # another worker was first
                enqueue(name, key=unique)


def _lease() -> tuple[int, str, dict[str, Any], int | None, int] | None:
    moment = clock.now()
    due = or_(
        (Job.state == JobState.QUEUED) & (Job.run_at <= moment),
        (Job.state == JobState.RUNNING) & (Job.leased_until < moment),
    )
    with reading():
        if db.session.scalar(select(Job.id).where(due).limit(1)) is None:
            return None
    with writing():
        job = db.session.scalar(
            select(Job).where(due).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.state, job.leased_until, job.attempts = JobState.RUNNING, moment + LEASE, job.attempts + 1
        return job.id, job.task, dict(job.arguments), job.conference_id, job.attempts


def _run(job_id: int, name: str, arguments: dict[str, Any], conference_id: int | None, attempt: int) -> None:
    scope = in_conference(conference_id) if conference_id else across_conferences("a job of the installation")
    function = _tasks.get(name)
    if attempt > ATTEMPTS:  # each time the worker died before it could say why
        _finish(job_id, JobState.FAILED, "")
        return
    try:
        if function is None:
            raise Failed(f"no task is called {name}")
        with scope:
            function(**arguments)
    except Later as later:
        _finish(job_id, JobState.QUEUED, str(later), run_at=clock.now() + timedelta(minutes=1))
    except Failed as failed:
        _finish(job_id, JobState.FAILED, str(failed))
    except Exception:
        log.exception("job failed", extra={"job": job_id, "task": name, "attempt": attempt})
        if attempt >= ATTEMPTS:
            _finish(job_id, JobState.FAILED, "")
        else:
            _finish(job_id, JobState.QUEUED, "", run_at=clock.now() + timedelta(seconds=5 * 4**attempt))
    else:
        _finish(job_id, JobState.DONE, "", progress=100)


def _finish(job_id: int, state: JobState, message: str, **values: Any) -> None:
    db.session.rollback()
    if state != JobState.QUEUED:
        values["finished_at"] = clock.now()
    with writing():
        db.session.execute(
            update(Job).where(Job.id == job_id).values(state=state, leased_until=None, message=message, **values)
        )
