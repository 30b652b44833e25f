"""What is forgotten by itself: sign-ins and links long over, keys of forms, counters of limits."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_

from confapp.foundation import clock, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import reading, writing
from confapp.foundation.web import drafts
from confapp.foundation.web.models import Attempts, FormDraft, FormKey
from confapp.people import queries
from confapp.people.actions import own_data
from confapp.people.models import ErasureRequest, MailedLink, SignIn

KEPT = timedelta(days=30)
FORM_KEYS_KEPT = timedelta(days=7)
LIMITS_KEPT = timedelta(days=1)


@jobs.task("people.prune")
def prune() -> None:
    now = clock.now()
    over = now - KEPT
    for what in (
        delete(SignIn).where(or_(SignIn.ended_at < over, SignIn.expires_at < over)),
        delete(MailedLink).where(MailedLink.expires_at < over),
        delete(FormKey).where(FormKey.at < now - FORM_KEYS_KEPT),
        delete(FormDraft).where(FormDraft.kept_at < now - drafts.KEPT),
        delete(Attempts).where(Attempts.at < now - LIMITS_KEPT),
        delete(Job).where(Job.state == JobState.DONE, Job.finished_at < over, Job.unique_key.like("%@%")),
    ):
        _delete(what)


def _delete(what: Any) -> None:
    with writing():
        db.session.execute(what.execution_options(synchronize_session=False))


@jobs.task("people.erase_due")
def erase_due() -> None:
    """Accounts whose holders asked that they be erased, and whose time is up."""
    with reading():
        due = [request.id for request in queries.due_erasures(clock.now())]
    for number in due:
        with suppress(Refused), writing():  # the last administrator stays until there is another one
            own_data.erase_account(SYSTEM, db.session.get_one(ErasureRequest, number))


jobs.every(timedelta(days=1), "people.prune")
jobs.every(timedelta(hours=1), "people.erase_due")
