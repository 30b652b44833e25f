"""A published file, and the same bytes as a file in static/: both are measured in one run, for their ratio counts."""

import shutil
from datetime import date

from flask import current_app
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.documents import actions
from confapp.documents.models import Issue, Publication
from confapp.documents.rules import BlockKind, DocumentKind
from confapp.foundation import files, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing

PARAGRAPHS = 60
STATIC = "measured.pdf"


def published(slug: str) -> tuple[str, str]:
    """Publishes a paper in one language; the address of its PDF, and of a copy among the static files."""
    conference_id = db.session.execute(select(Conference.id).where(Conference.slug == slug)).scalar_one()
    with in_conference(conference_id):
        with writing():
            issue = _prepared(db.session.get_one(Conference, conference_id)).id
        while jobs.run_due():
            pass
        with writing():
            actions.release(db.session.get_one(Issue, issue), by=SYSTEM)
        row = db.session.scalars(
            select(Publication).where(Publication.issue_id == issue, Publication.format == "pdf")
        ).one()
        assets = current_app.extensions["assets"]
        shutil.copyfile(files.path_of(row.sha256), assets / STATIC)
        symbol, short = row.issue.document.symbol, row.issue.short_hash
    return f"/en/{slug}/documents/{symbol}.en.pdf?issue={short}", f"/static/{STATIC}"


def _prepared(conference: Conference) -> Issue:
    title = {"en": "Note on Measuring"}
    document = actions.create(
        conference, symbol="BENCH/1", kind=DocumentKind.INFORMATION_NOTE, title=title, languages=["en"], by=SYSTEM
    )
    for number in range(PARAGRAPHS):
        words = f"Paragraph {number + 1} says how a figure was measured, with which means and at what time, so that others can repeat it."
        actions.add_block(document, BlockKind.PARAGRAPH, {"en": words}, by=SYSTEM)
    return actions.prepare_publication(document, override="It is measured.", dated_on=date(2027, 3, 9), by=SYSTEM)
