"""Fields that no form offers change nothing, and what a form does change is on record."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, cast, select

from confapp.foundation.db import db
from confapp.people.rules import Role
from tests import build
from tests.access.everybody import everybody
from tests.access.pages import PageForm
from tests.access.test_matrix import changed, fingerprint

MARK = "77377377"
NOT_ON_RECORD = {"form_key", "mail", "mailed_link", "job"}  # technical, or about what is on record already
# One's own language; asking for a link changes nothing else; what somebody starred is nobody else's business.
OF_ONESELF = ("/language", "/sign-in", "/links/", "/agenda/")


def columns() -> set[str]:
    return {column.name for table in db.metadata.sorted_tables for column in table.columns}


def marked() -> list[str]:
    """Where the mark stands in the database."""
    db.session.rollback()
    found = []
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                if connection.execute(select(column).where(cast(column, String).contains(MARK)).limit(1)).first():
                    found.append(str(column))
    return found


@pytest.mark.once
def test_no_form_takes_a_column_it_does_not_offer(app: Flask) -> None:
    """Each form as it is, with every column of every table beside: the mark appears nowhere."""
    tried = 0
    for somebody in everybody(app):
        assert silent(somebody.client(app), somebody.forms) == [], somebody.name
        tried += len(somebody.forms)
    assert tried > 100
    assert marked() == []


def silent(client: Any, found: list[PageForm]) -> list[str]:
    """Which of these forms changed something without an entry in the record, sent with what they do not offer."""
    told, before = [], fingerprint()
    for form in found:
        if form.method == "GET":
            continue
        offered = {field.name for field in form.fields} | {"reason"}  # every decision may be given one
        extra = dict.fromkeys(columns() - offered, MARK)
        # Translated columns arrive as one field for each language.
        extra |= {f"{name}-en": MARK for name in columns() if f"{name}-en" not in offered}
        numbers = {field.name: "5" for field in form.fields if field.kind == "number" and not field.value}
        status = form.send(client, **dict(list(extra.items())[:450]), **numbers).status_code
        assert status < 500
        touched, before = changed(before, after := fingerprint()) - NOT_ON_RECORD, after
        if touched and "audit_entry" not in touched and not any(word in form.action for word in OF_ONESELF):
            told.append(f"{form.action} -> {status} changed {sorted(touched)} without an entry in the record")
    return told


def test_a_mark_would_be_found(app: Flask) -> None:
    holder = build.account(name=f"x {MARK}")
    build.mandate(holder, Role.ADMINISTRATOR)
    assert marked() == ["account.name"]
