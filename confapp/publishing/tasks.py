"""Jobs of the public site."""

from datetime import timedelta

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import jobs, known, signing
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.publishing import lists


@jobs.task(known.LIST_TASK)
def sign_list(conference: int) -> None:
    """Makes the list anew; what changes from now on is a job of its own again."""
    with writing():
        known.taken_up(conference)
    try:
        lists.renew(conference)
    except signing.CannotSign as cannot:
        raise jobs.Later(str(cannot)) from cannot


@jobs.task("publishing.sign_lists")
def sign_lists() -> None:
    """Whatever changed without a word of it: a conference that went public, say."""
    with reading():
        ids = db.session.scalars(select(Conference.id).order_by(Conference.id)).all()
    for conference in ids:
        with in_conference(conference), writing():
            known.changed(conference)


jobs.every(timedelta(days=1), "publishing.sign_lists")
