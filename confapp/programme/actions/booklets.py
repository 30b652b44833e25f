"""The files of a release: ordered with it and after a correction, made by a job, kept by kind and language.
And the same of the draft, for whoever asks at the desk."""

from datetime import timedelta
from itertools import product
from typing import Any

from confapp.foundation import audit, clock, files, jobs, known
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.exporting import downloads
from confapp.programme.models import Booklet, Schedule
from confapp.programme.queries import booklets as queries
from confapp.programme.rules import PrintKind

TASK, DRAFT_TASK = "programme.print_booklets", "programme.print_draft"
PAUSE = timedelta(seconds=30)  # corrections come in rows: what follows at once is printed with it


def order(conference: Any, release: Schedule, *, at_once: bool = False) -> jobs.Job:
    """A job for all languages of the conference; one that waits for this release already takes it over."""
    known = {(row.kind, row.language) for row in queries.of_release(release)}
    for kind, code in product(PrintKind, conference.languages):
        if (kind, code) not in known:
            db.session.add(Booklet(conference_id=conference.id, schedule_id=release.id, kind=kind, language=code))
    when = clock.now() if at_once else clock.now() + PAUSE
    job = queries.job_of(release)
    if job is None or job.state != jobs.JobState.QUEUED:
        job = jobs.enqueue(TASK, {"number": release.number}, conference_id=conference.id, run_at=when)
        job.arguments = {"number": release.number, "job_id": job.id}
    elif at_once:
        job.run_at = when
    return job


def ask(actor: Actor, conference: Any, release: Schedule) -> None:
    """Somebody wants them made again, now."""
    order(conference, release, at_once=True)
    audit.record(actor, "print_booklets", release, number=release.number)


def ask_draft(actor: Actor, conference: Any, kind: PrintKind, language: str) -> downloads.Download:
    """A file of the draft as it is when the job runs, for whoever asks alone."""
    return downloads.order(
        actor,
        conference,
        DRAFT_TASK,
        subject=f"programme-{kind.value}",
        file_format=kind.file_format,
        language=language,
    )


def finish(booklet: Booklet, sha256: str, size: int, media_type: str, name: str) -> None:
    """Puts a file that `files.keep` wrote in the place of the one before; bytes that nothing needs go later."""
    if booklet.file is not None:
        if booklet.file.sha256 == sha256:
            return
        booklet.file.erased_at, booklet.file.name = clock.now(), ""
    booklet.file = files.register(sha256, size, media_type, name, conference_id=booklet.conference_id)
    booklet.made_at = clock.now()
    made = known.File(sha256, size, booklet.language, booklet.kind.file_format)
    known.note(known.Kind.PROGRAMME, booklet.schedule_id, [made], conference_id=booklet.conference_id)
