"""A programme from a file of another program: what it would do is shown first, and a job does it."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select

from confapp.foundation import clock, files, jobs
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import known
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires
from confapp.programme import imports
from confapp.programme.actions import bringing_in
from confapp.programme.forms.exchange import ImportForm
from confapp.programme.queries.commands import newest_number
from confapp.programme.rules import SCHEDULE
from confapp.programme.views import Answer, desk

MARK = "application/x-confapp-programme"  # only what was uploaded here is ever read as a programme
SHOWN = 200


@desk.before_app_request
def _take_large_files() -> None:
    """Before the form is read: this page alone takes files up to its own limit."""
    if request.endpoint == "programme_desk.import_programme":
        request.max_content_length = imports.LARGEST_FILE + 64 * 1024


def _read_upload() -> tuple[str, int, str] | str:
    """What is kept of the upload (hash, size, name), or why it is no programme."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _("Choose a file.")
    content = upload.stream.read()
    try:
        imports.read(content, g.conference.zone)
    except imports.Unreadable as bad:
        return bad.message
    return files.keep(content), len(content), upload.filename


@desk.route("/programme/import", methods=["GET", "POST"])
@requires(SCHEDULE)
@prepare(_read_upload)
def import_programme() -> Answer:
    form = ImportForm()
    status = 200
    if form.is_sent():
        if isinstance(g.prepared, tuple):
            sha256, size, name = g.prepared
            row = files.register(sha256, size, MARK, name, conference_id=g.conference.id, by=g.actor.account_id)
            db.session.flush()
            return redirect(url_for(".imported_programme", file=row.ref, language=form.language.data), 303)
        form.refuse(Refused(g.prepared, 422, "file"))
    if request.method == "POST":
        status = 422
    return render_template("programme/desk/import.html", form=form, largest=imports.LARGEST_FILE >> 20), status


@desk.get("/programme/import/<file>")
@requires(SCHEDULE)
def imported_programme(file: str) -> str:
    """What bringing it in would do now; after it was brought in, that nothing is left to do."""
    row, language = _file(file), _language()
    exchange = imports.read(files.read(row), g.conference.zone)
    plan = bringing_in.plan(exchange, language)
    job = db.session.scalar(select(jobs.Job).where(jobs.Job.unique_key == _key(row, language)))
    return render_template(
        "programme/desk/imported.html",
        file=row,
        language=language,
        plan=plan,
        rows=bringing_in.said(plan.rows, SHOWN),
        oddities=[(one.where, _(one.sentence, **one.said)) for one in exchange.oddities[:SHOWN]],
        more=max(0, len(exchange.oddities) - SHOWN),
        is_at_work=job is not None and not job.is_over,
        has_failed=job is not None and job.state == jobs.JobState.FAILED,
    )


@desk.post("/programme/import/<file>")
@requires(SCHEDULE)
def bring_in_programme(file: str) -> Answer:
    row, language = _file(file), request.form.get("language", "en")
    language = language if known(language) else "en"
    work: dict[str, Any] = {"file_id": row.id, "language": language, "account_id": g.actor.account_id}
    jobs.enqueue(
        "programme.bring_in",
        work | {"name": g.actor.name},
        conference_id=g.conference.id,
        key=_key(row, language),
        run_at=clock.now(),
    )
    flash(_("The programme is being brought in. It can be taken back as one step afterwards."), "good")
    return redirect(url_for(".imported_programme", file=row.ref, language=language), 303)


def _file(ref: str) -> StoredFile:
    wanted = select(StoredFile).where(StoredFile.ref == ref, StoredFile.conference_id == g.conference.id)
    return found(db.session.scalar(wanted.where(StoredFile.media_type == MARK, StoredFile.erased_at.is_(None))))


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in g.conference.languages else str(g.conference.languages[0])


def _key(row: StoredFile, language: str) -> str:
    """The same file is brought in once for each state of the draft."""
    return f"programme-import:{row.ref}:{language}:{newest_number()}"
