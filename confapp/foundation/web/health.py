"""/healthz: the process answers. /readyz: the database answers, its schema is ours, mail and jobs are not stuck."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, jsonify
from sqlalchemy import func, select, text

from confapp.foundation import clock, migrating
from confapp.foundation.db import across_conferences, db
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.mail import Mail, MailState
from confapp.foundation.web.guard import public

STUCK = timedelta(minutes=15)


def install(app: Flask) -> None:
    @app.get("/healthz")
    @public
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @public
    def readyz() -> tuple[Response, int]:
        try:
            found = state()
        except Exception as error:
            return jsonify(status="unavailable", reason=type(error).__name__), 503
        ready = found["schema"] == "current" and not found["late_mails"] and not found["late_jobs"]
        return jsonify(status="ready" if ready else "not ready", **found), 200 if ready else 503


def state() -> dict[str, Any]:
    late = clock.now() - STUCK
    with across_conferences("readiness"):
        return {
            "schema": "current" if current_revision() == migrating.newest() else "behind",
            "late_mails": db.session.scalar(
                select(func.count(Mail.id)).where(Mail.state == MailState.QUEUED, Mail.due_at < late)
            ),
            "late_jobs": db.session.scalar(
                select(func.count(Job.id)).where(Job.state == JobState.QUEUED, Job.run_at < late)
            ),
        }


def current_revision() -> str | None:
    found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return found
