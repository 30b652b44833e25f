"""What is answered and what is kept are one: committed below 400, gone otherwise, once for each form key."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from confapp.foundation.db import db
from confapp.foundation.transactions import Busy, is_writing, reading, writing
from tests import build
from tests.conftest import POSTGRES
from tests.foundation import laboratory
from tests.foundation.laboratory import accounts


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (204, 1), (303, 1), (400, 0), (409, 0), (422, 0), (500, 0)])
def test_an_answer_below_400_is_committed_and_no_other(lab: Flask, status: int, kept: int) -> None:
    assert lab.test_client().send(f"/lab/answer/{status}", name="a").status_code == status
    assert accounts() == kept


@pytest.mark.parametrize(("path", "status"), [("abort", 400), ("refused", 409), ("fault", 500)])
def test_what_an_exception_interrupts_is_rolled_back(lab: Flask, path: str, status: int) -> None:
    assert lab.test_client().send(f"/lab/{path}").status_code == status
    assert accounts() == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_safe_method_writes_nothing(lab: Flask, method: str) -> None:
    """PostgreSQL is told that nothing will be written, and refuses it; on SQLite it is dropped."""
    status = lab.test_client().open("/lab/reads", method=method).status_code
    assert status == (500 if POSTGRES else 200)
    assert accounts() == 0


@pytest.mark.skipif(not POSTGRES, reason="SQLite's connection cannot be cut off")
def test_after_a_connection_is_lost_while_reading_the_next_reading_goes_on(app: Flask) -> None:
    ask = text("SELECT pg_backend_pid()")
    with app.test_request_context("/"):
        number = db.session.scalar(ask)
        with db.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        with pytest.raises(DBAPIError):
            db.session.execute(ask)
        db.session.rollback()
        assert db.session.scalar(ask) not in (None, number)


@pytest.mark.skipif(not POSTGRES, reason="SQLite prepares by itself")
def test_what_is_prepared_outlives_a_reading(app: Flask) -> None:
    """The driver prepares what was asked five times."""
    with app.test_request_context("/"):
        for _ in range(7):
            db.session.execute(text("SELECT count(*) FROM account"))
            db.session.rollback()
        prepared = db.session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
        assert "SELECT count(*) FROM account" in prepared


def test_an_answer_is_committed_before_it_leaves(lab: Flask) -> None:
    """Nothing is left open: another connection sees the row as soon as the answer is there."""
    lab.test_client().send("/lab/answer/303", name="a")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM account").scalar() == 1


def test_a_form_without_key_is_refused(lab: Flask) -> None:
    client = lab.test_client()
    assert client.post("/lab/answer/303", data={"name": "a"}).status_code == 400
    assert client.post("/lab/answer/303", data={"name": "a", "form_key": "k" * 65}).status_code == 400
    assert accounts() == 0


def test_the_same_form_sent_twice_gives_the_first_result(lab: Flask) -> None:
    client, key = lab.test_client(), secrets.token_urlsafe(16)
    first = client.send("/lab/answer/303", key, name="a")
    again = client.send("/lab/answer/303", key, name="a")
    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, "/lab/done/a")
    assert accounts() == 1


def test_the_same_key_with_another_body_is_refused(lab: Flask) -> None:
    client, key = lab.test_client(), secrets.token_urlsafe(16)
    client.send("/lab/answer/303", key, name="a")
    assert client.send("/lab/answer/303", key, name="b").status_code == 409
    assert accounts() == 1


def test_a_refused_form_keeps_its_key_for_the_corrected_one(lab: Flask) -> None:
    client, key = lab.test_client(), secrets.token_urlsafe(16)
    assert client.send("/lab/answer/422", key, name="a").status_code == 422
    assert client.send("/lab/answer/303", key, name="b").status_code in (303, 409)


def test_somebody_elses_key_gives_away_nothing(lab: Flask) -> None:
    key = secrets.token_urlsafe(16)
    lab.test_client().sign_in(build.account()).send("/lab/answer/303", key, name="a")
    other = lab.test_client().sign_in(build.account())
    assert other.send("/lab/answer/303", key, name="a").status_code == 409


@pytest.mark.parametrize("rivals", [8])
def test_the_same_form_sent_at_the_same_time_runs_once(lab: Flask, rivals: int) -> None:
    key = secrets.token_urlsafe(16)
    answers = at_once(rivals, lambda: lab.test_client().send("/lab/slow", key, name="a"))
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/lab/done/a")}
    assert accounts() == 1


def test_rivals_for_one_value_get_no_fault(lab: Flask) -> None:
    answers = at_once(8, lambda: lab.test_client().send("/lab/slow", name="same"))
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
    assert accounts() == 1


def test_preparation_runs_before_the_lock_and_hands_its_value_over(lab: Flask) -> None:
    assert lab.test_client().send("/lab/prepared").status_code == 204
    assert laboratory.log == [("prepared", False), ("view", True, "prepared value")]


@pytest.mark.parametrize("status", [200, 403, 409, 422])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_record_is_kept_whatever_the_answer(lab: Flask, status: int, method: str) -> None:
    answer = lab.test_client().open(f"/lab/record/{status}", method=method, data={"form_key": "key"})
    assert answer.status_code == status
    assert accounts() == 1


def test_nothing_sealed_is_shown_when_its_record_cannot_be_written(lab: Flask) -> None:
    answer = lab.test_client().get("/lab/record/broken")
    assert answer.status_code == 503
    assert b"sealed" not in answer.data


def test_an_archived_conference_is_read_only(lab: Flask) -> None:
    made = build.conference(status="archived")
    assert lab.test_client().send(f"/{made.slug}/lab/quota").status_code == 409
    running = build.conference()
    assert lab.test_client().send(f"/{running.slug}/lab/quota").status_code == 204


def test_write_transactions_are_not_nested(app: Flask) -> None:
    with writing():
        assert is_writing()
        with pytest.raises(RuntimeError), writing():
            pass
    assert not is_writing()


def test_a_write_transaction_that_fails_leaves_nothing(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        laboratory.add_account("half")
        raise ZeroDivisionError
    with reading():
        assert accounts() == 0
    assert not is_writing()


def test_a_writer_that_waits_too_long_is_told_so(lab: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite only: its writers queue at a lock file, and the last gets a 503 instead of an endless wait."""
    from confapp.foundation import transactions

    if transactions._lock_file is None:
        return
    monkeypatch.setattr(transactions, "WAIT_SECONDS", 0.05)
    with writing():
        answer = ThreadPoolExecutor().submit(lambda: lab.test_client().send("/lab/answer/303", name="a")).result()
    assert answer.status_code == 503
    with pytest.raises(Busy), transactions._write_lock(), transactions._write_lock():
        pass


def at_once(number: int, work: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(number) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(number)]]
