from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select

from confapp.documents import actions, printing, queries, sharing
from confapp.documents.models import BlockDraft, Issue, Silence, TextImport
from confapp.documents.rules import IssueState
from confapp.foundation import audit, clock, files, jobs, signing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.languages import best
from confapp.foundation.pdf import PangoMissing, RenderingFailed
from confapp.foundation.transactions import reading, writing
from confapp.people.models import Account

UNSAVED_KEPT = timedelta(days=30)


@jobs.task("documents.publish")
def publish(issue: int) -> None:
    """Makes every file outside any transaction, then adds all of them in one; safe to be run again."""
    with reading():
        row = db.session.get_one(Issue, issue)
        if row.state != IssueState.PREPARING:
            return
        emblem, languages = queries.printed_emblem(), row.languages or row.document.languages
        texts = [queries.reading(row.document, row.version, code, row, emblem) for code in languages]
        job, address, conference_id, name = row.job_id, verify_address(row.code), row.conference_id, texts[0].conference
    try:
        with signing.hand(conference_id, best(name, texts[0].original_language)) as signer:
            made = []
            for file in printing.files_of(texts, address, partial(_report, job), signer.pdf):
                made.append(file)
                if not _is_wanted(issue):
                    return
    except (PangoMissing, signing.CannotSign) as missing:
        raise jobs.Later(str(missing)) from missing
    except RenderingFailed as failed:
        with writing():
            actions.abandon(db.session.get_one(Issue, issue), by=SYSTEM)
        raise jobs.Failed(str(failed)) from failed
    with writing():
        actions.complete_publication(db.session.get_one(Issue, issue), made, signer)
    with reading():
        audit.anchor()


@jobs.task("documents.draw_issue")
def draw_issue(issue: int) -> None:
    """The pictures that links show. They are no part of the issue, which does not wait for them."""
    with reading():
        row = db.session.get_one(Issue, issue)
        there = {one.language for one in row.pictures}
        accent = queries.conference_of(row.document).accent
        texts = [
            queries.reading(row.document, row.version, code, row)
            for code in row.languages or row.document.languages
            if code not in there
        ]
    for text in texts:
        try:
            drawn = sharing.picture_of(text, accent)
        except PangoMissing as missing:
            raise jobs.Later(str(missing)) from missing
        except RenderingFailed as failed:
            raise jobs.Failed(str(failed)) from failed
        sha256 = files.keep(drawn)
        with writing():
            actions.add_picture(db.session.get_one(Issue, issue), text.language, sha256, len(drawn))


@jobs.task("documents.draw_missing")
def draw_missing() -> None:
    """Issues that were published before there were pictures."""
    with across_conferences("issues of every conference have a picture"), writing():
        for number, conference in queries.without_pictures():
            jobs.enqueue("documents.draw_issue", {"issue": number}, conference_id=conference)


@jobs.task("documents.check_files")
def check_files() -> None:
    """Reads every published file again and compares it with its hash. Readers get them from the disk unread."""
    with across_conferences("published files of every conference"), reading():
        hashes = queries.published_hashes()
    if damaged := [sha256 for sha256 in hashes if not files.is_whole(sha256)]:
        raise jobs.Failed(f"Published files are missing or damaged; restore them from a backup: {' '.join(damaged)}")


@jobs.task("documents.tell_issue")
def tell_issue(issue: int) -> None:
    with writing():
        actions.tell_issue(db.session.get_one(Issue, issue))


@jobs.task("documents.tell_silence")
def tell_silence(silence: int, event: str) -> None:
    with writing():
        actions.tell_silence(db.session.get_one(Silence, silence), event)


def _is_wanted(issue: int) -> bool:
    """Somebody may stop the issue while its files are made."""
    with reading():
        return db.session.scalar(select(Issue.state).where(Issue.id == issue)) == IssueState.PREPARING


def verify_address(code: str) -> str:
    return f"{current_app.extensions['confapp'].base_url}/verify/{code}"


def _report(job: int | None, share_done: float, language: str) -> None:
    if job is not None:
        jobs.report(job, round(100 * share_done), language)


@jobs.task("documents.prune")
def prune() -> None:
    """What was typed and never saved, or read from a file and never taken, goes after a month, or with its account."""
    over = clock.now() - UNSAVED_KEPT
    gone = select(Account.id).where(Account.disabled_at.is_not(None))
    with across_conferences("what nobody saved is old in every conference"):
        _delete(delete(BlockDraft).where(or_(BlockDraft.kept_at < over, BlockDraft.account_id.in_(gone))))
        _delete(delete(TextImport).where(TextImport.read_at < over))
        with writing():
            actions.forget_unconfirmed()


def _delete(what: Any) -> None:
    with writing():
        db.session.execute(what.execution_options(synchronize_session=False))


jobs.every(timedelta(days=1), "documents.prune")
jobs.every(timedelta(days=1), "documents.draw_missing")
jobs.every(timedelta(days=1), "documents.check_files")
