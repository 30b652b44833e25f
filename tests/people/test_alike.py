"""Whoever asks for a link learns nothing about whether a mailbox is known: neither by words nor by work."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.mail import Mail
from confapp.people.models import MailedLink
from tests import build
from tests.build import Client

STRANGER, MEMBER, DISABLED = "stranger@mail.example", "member@mail.example", "disabled@mail.example"


@pytest.fixture(autouse=True)
def mailboxes(app: Flask) -> None:
    build.account(MEMBER)
    build.account(DISABLED, disabled_at=clock.now())


def work_of(client: Client, path: str, email: str) -> tuple[list[str], tuple[int, str]]:
    """The statements that the database was given, without names of savepoints, and what was answered."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        kind = re.match(r"(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|SAVEPOINT|RELEASE|ROLLBACK)[^(]{0,40}", statement)
        said.append(re.sub(r"sa_savepoint_\\d+", "", kind.group(0) if kind else statement[:20]).strip())

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        answer = client.send(path, email=email)
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    ends = ("RELEASE", "ROLLBACK")
    return ["END" if line.startswith(ends) else line for line in said], (answer.status_code, answer.location or "")


def test_a_known_and_an_unknown_mailbox_cost_the_same_work(client: Client) -> None:
    work_of(client, "/sign-in", "first@mail.example")
    known = work_of(client, "/sign-in", MEMBER)
    assert len(known[0]) > 3
    assert work_of(client, "/sign-in", STRANGER) == known
    assert work_of(client, "/sign-in", DISABLED) == known


@pytest.mark.parametrize("path", ["/sign-in", "/links/"])
def test_nothing_is_kept_of_an_unknown_mailbox(client: Client, path: str) -> None:
    answers = {client.send(path, email=email).location for email in (STRANGER, DISABLED, MEMBER)}
    assert len(answers) == 1
    assert [mail.recipient for mail in db.session.scalars(select(Mail))] == [MEMBER]
    assert [link.email for link in db.session.scalars(select(MailedLink))] == [MEMBER]
