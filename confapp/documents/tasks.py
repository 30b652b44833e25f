from flask import current_app

from confapp.documents import actions, printing, queries
from confapp.documents.models import Issue
from confapp.documents.rules import IssueState
from confapp.foundation import audit, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.pdf import PangoMissing, RenderingFailed
from confapp.foundation.transactions import reading, writing


@jobs.task("documents.publish")
def publish(issue: int) -> None:
    """Makes every file outside any transaction, then publishes all of them in one; safe to be run again."""
    with reading():
        row = db.session.get_one(Issue, issue)
        if row.state != IssueState.PREPARING:
            return
        texts = [queries.reading(row.document, row.version, code, row) for code in row.document.languages]
        job, address = row.job_id, verify_address(row.code)
    try:
        made = list(printing.files_of(texts, address, lambda share, language: _report(job, share, language)))
    except PangoMissing as missing:
        raise jobs.Later(str(missing)) from missing
    except RenderingFailed as failed:
        with writing():
            actions.abandon(db.session.get_one(Issue, issue), by=SYSTEM)
        raise jobs.Failed(str(failed)) from failed
    with writing():
        actions.complete_publication(db.session.get_one(Issue, issue), made)
    with reading():
        audit.anchor()


def verify_address(code: str) -> str:
    return f"{current_app.extensions['confapp'].base_url}/verify/{code}"


def _report(job: int | None, share_done: float, language: str) -> None:
    if job is not None:
        jobs.report(job, round(100 * share_done), language)
