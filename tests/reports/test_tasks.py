import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import audit
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import reading, writing
from confapp.people.models import Account
from confapp.reports import tasks
from tests import build


@pytest.fixture
def operator(app: Flask) -> Iterator[str]:
    before = app.extensions["confapp"]
    app.extensions["confapp"] = replace(before, operator_email="operator@mail.example")
    yield "operator@mail.example"
    app.extensions["confapp"] = before


def entry() -> None:
    account = build.account()
    with writing():
        audit.record(SYSTEM, "enable", db.session.get_one(Account, account.id))


def test_heads_leave_the_database_every_day(app: Flask, operator: str) -> None:
    entry()
    tasks.anchor_audit()
    tasks.anchor_audit()
    with reading():
        mail = db.session.scalars(select(Mail)).one()
        head = audit.head(None)
    assert (mail.recipient, head in mail.text) == (operator, True)
    assert "Every chain is whole" in mail.text
    kept = (app.extensions["confapp"].data / "audit-heads.jsonl").read_text().splitlines()
    assert json.loads(kept[0])["hash"] == head


def test_nobody_is_written_to_when_there_is_no_operator(app: Flask) -> None:
    entry()
    tasks.anchor_audit()
    with reading():
        assert db.session.scalars(select(Mail)).all() == []


def test_a_shortened_record_shows(app: Flask) -> None:
    entry()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    assert "installation 1" in runner.invoke(args=["audit", "anchor"]).output
    heads = app.extensions["confapp"].data / "audit-heads.jsonl"
    later = json.loads(heads.read_text()) | {"number": 2, "hash": "0" * 64}
    with heads.open("a") as out:
        out.write(json.dumps(later) + "\n")
    result = runner.invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "missing at the end" in result.output
