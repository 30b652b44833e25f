from flask import current_app

from confapp.documents import actions, exports, pdfs, queries
from confapp.documents.models import Issue
from confapp.documents.rules import FORMATS, IssueState
from confapp.documents.rules.reading import Reading
from confapp.foundation import audit, files, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.pdf import PangoMissing, RenderingFailed
from confapp.foundation.transactions import reading, writing

Made = tuple[str, str, str, int, str]  # language, format, sha256, size, media type


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
        made = [file for number, text in enumerate(texts) for file in _files(text, address, job, number / len(texts))]
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


def _files(text: Reading, address: str, job: int | None, share_done: float) -> list[Made]:
    if job is not None:
        jobs.report(job, round(100 * share_done), text.language)
    data = exports.as_json(text)
    contents = {"pdf": pdfs.document(text, data, address), "html": exports.as_html(text, address), "json": data}
    return [
        (text.language, file_format, files.keep(content), len(content), FORMATS[file_format])
        for file_format, content in contents.items()
    ]
