"""The own account: seen, taken away, and erased after a clock that can be stopped."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, erasure
from confapp.foundation.db import db
from confapp.people import queries, tasks
from confapp.people.models import Account, Mandate, SignIn
from confapp.people.rules import Role
from tests import build
from tests.build import Client

ADDRESS = "ministry@mail.example"


@pytest.fixture(autouse=True)
def list_of_erasures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "_file", tmp_path / "erasures.jsonl")


@pytest.fixture
def holder(app: Flask) -> Account:
    made = build.account(ADDRESS, name="Made Wirawan")
    build.mandate(made, Role.VIEWER, build.conference())
    return made


@pytest.fixture
def browser(app: Flask, holder: Account) -> Any:
    return app.test_client().sign_in(holder)  # type: ignore[attr-defined]


def later(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    moment = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_account_is_handed_out(browser: Client) -> None:
    answer = browser.get("/me/data.zip")
    assert answer.headers["Cache-Control"] == "no-store"
    known = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json"))
    assert known["account"]["email"] == ADDRESS
    assert [role["role"] for role in known["roles"]] == ["viewer"]
    assert len(known["sign_ins"]) == 1


@pytest.mark.parametrize("path", ["/me/data", "/me/data.zip"])
def test_strangers_and_guests_of_one_record_do_not_get_it(app: Flask, holder: Account, path: str) -> None:
    assert app.test_client().get(path).status_code == 303


def test_it_is_erased_at_the_end_of_the_clock(
    monkeypatch: pytest.MonkeyPatch, browser: Client, holder: Account
) -> None:
    assert browser.send("/me/data/erase", typed="yes").status_code == 422
    for _time in range(2):
        assert browser.send("/me/data/erase", typed=ADDRESS.upper()).status_code == 303
    tasks.erase_due()
    assert db.session.get_one(Account, holder.id).email == ADDRESS
    db.session.rollback()
    later(monkeypatch, 73)
    tasks.erase_due()
    tasks.erase_due()
    account = db.session.get_one(Account, holder.id)
    assert (account.email, account.name, account.email_folded) == ("", "", account.ref)
    assert account.disabled_at
    assert db.session.scalars(select(Mandate)).one().revoked_at
    (sign_in,) = db.session.scalars(select(SignIn)).all()
    assert sign_in.ended_at
    assert sign_in.address == ""


def test_it_is_taken_back(monkeypatch: pytest.MonkeyPatch, browser: Client, holder: Account) -> None:
    browser.send("/me/data/erase", typed=ADDRESS)
    assert "Keep my account" in browser.get("/me/data").get_data(as_text=True)
    assert browser.send("/me/data/keep").status_code == 303
    later(monkeypatch, 73)
    tasks.erase_due()
    assert db.session.get_one(Account, holder.id).email == ADDRESS


def test_the_last_administrator_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    last = build.administrator()
    browser: Any = app.test_client().sign_in(last)  # type: ignore[attr-defined]
    assert browser.send("/me/data/erase", typed=last.email).status_code == 409
    assert queries.open_erasure(last.id) is None
