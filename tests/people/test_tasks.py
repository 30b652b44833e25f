from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confapp.foundation import clock, jobs
from confapp.foundation.db import db
from confapp.foundation.transactions import reading
from confapp.foundation.web.models import Attempts, FormKey
from confapp.people import tasks
from confapp.people.models import MailedLink, SignIn
from tests import build


def counts() -> list[int]:
    with reading():
        return [
            db.session.scalar(select(func.count()).select_from(t)) or 0 for t in (SignIn, MailedLink, FormKey, Attempts)
        ]


def test_what_is_over_is_forgotten(client: FlaskClient) -> None:
    account = build.account()
    client.sign_in(account)
    client.send("/sign-in", email=account.email)
    before = counts()
    tasks.prune()
    assert counts() == before, "nothing is old yet"
    with time_machine.travel(clock.now() + timedelta(days=2)):
        tasks.prune()
        assert counts() == [1, 1, 1, 0]
    with time_machine.travel(clock.now() + timedelta(days=50)):
        tasks.prune()
        assert counts() == [0, 0, 0, 0]


def test_it_runs_every_day(app: Flask) -> None:
    jobs.schedule_due()
    jobs.schedule_due()
    with reading():
        tasks_queued = db.session.scalars(select(jobs.Job.task)).all()
    assert tasks_queued.count("people.prune") == 1
    assert tasks_queued.count("reports.anchor_audit") == 1
