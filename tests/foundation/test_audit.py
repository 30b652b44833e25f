"""The record of changes cannot be changed unnoticed, not even by somebody who may write to the database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.transactions import in_write_transaction, writing
from tests import build


@pytest.fixture
def conference(app: Flask) -> Conference:
    """With a chain of five entries, beside one entry of the installation."""
    made = build.conference()
    for number in range(1, 6):
        record(made, f"step-{number}")
    with writing():
        audit.record(SYSTEM, "installed", Subject())
    return made


class Subject:
    __tablename__ = "installation"
    ref = "here"


def record(conference: Conference, verb: str) -> None:
    with across_conferences("a test records"), writing():
        audit.record(SYSTEM, verb, db.session.get_one(Conference, conference.id), was="a", became="b")


@pytest.fixture
def intruder(app: Flask) -> Iterator[Callable[..., None]]:
    """Somebody with the database's password: runs SQL with the triggers switched off."""

    def run(*statements: str) -> None:
        db.session.rollback()
        with db.engine.begin() as connection:
            _disarm(connection)
            for statement in statements:
                connection.execute(text(statement.replace(":", "\\:")))
        db.session.expire_all()

    yield run
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER ALL"))


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
    else:
        for name in ("audit_entry_no_update", "audit_entry_no_delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def faults() -> list[str]:
    with across_conferences("a test verifies"):
        return [fault.what for fault in audit.verify()]


def test_an_untouched_record_is_whole(conference: Conference) -> None:
    assert faults() == []
    audit.anchor()
    record(conference, "later")
    assert faults() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'nothing'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE number = 5",
    ],
)
def test_the_database_refuses_changes(conference: Conference, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert faults() == []


IN = "WHERE chain LIKE 'conference:%' AND number"
EDITS = {
    "verb": "verb = 'other'",
    "facts": 'facts = \'{"was": "x"}\'',
    "who": "acting_name = 'Somebody else'",
    "when": "at = '2020-01-01 00:00:00'",
    "subject": "subject_ref = 'other'",
    "kind": "subject_kind = 'other'",
    "conference": "conference_id = NULL",
    "hash": f"hash = '{'a' * 64}'",
    "previous": f"previous = '{'a' * 64}'",
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_shows(conference: Conference, intruder: Callable[..., None], what: str) -> None:
    intruder(f"UPDATE audit_entry SET {EDITS[what]} {IN} = 3")
    assert faults()


@pytest.mark.parametrize("number", [1, 3])
def test_a_deletion_shows(conference: Conference, intruder: Callable[..., None], number: int) -> None:
    intruder(f"DELETE FROM audit_entry {IN} = {number}")
    assert any("was expected here" in what for what in faults())


def test_a_deletion_shows_though_the_rest_is_renumbered(conference: Conference, intruder: Callable[..., None]) -> None:
    intruder(
        f"DELETE FROM audit_entry {IN} = 3",
        f"UPDATE audit_entry SET number = 3 {IN} = 4",
        f"UPDATE audit_entry SET number = 4 {IN} = 5",
        "UPDATE audit_head SET number = 4 WHERE chain LIKE 'conference:%'",
    )
    assert faults()


COLUMNS = "conference_id, at, account_id, acting_name, verb, subject_kind, subject_ref, facts"


def test_an_insertion_shows(conference: Conference, intruder: Callable[..., None]) -> None:
    intruder(
        f"INSERT INTO audit_entry (chain, number, {COLUMNS}, previous, hash) "
        f"SELECT chain, 6, {COLUMNS}, hash, '{'b' * 64}' FROM audit_entry {IN} = 5",
        f"UPDATE audit_head SET number = 6, hash = '{'b' * 64}' WHERE chain LIKE 'conference:%'",
    )
    assert "its content was changed" in faults()


def test_reordering_shows(conference: Conference, intruder: Callable[..., None]) -> None:
    intruder(
        f"UPDATE audit_entry SET number = 99 {IN} = 2",
        f"UPDATE audit_entry SET number = 2 {IN} = 3",
        f"UPDATE audit_entry SET number = 3 {IN} = 99",
    )
    assert faults()


def test_entries_moved_to_another_chain_show(conference: Conference, intruder: Callable[..., None]) -> None:
    other = build.conference()
    intruder(
        f"UPDATE audit_entry SET chain = 'conference:{other.id}', conference_id = {other.id} WHERE conference_id > 0",
        f"UPDATE audit_head SET chain = 'conference:{other.id}' WHERE chain LIKE 'conference:%'",
    )
    assert faults()


def test_truncation_shows_by_the_head(conference: Conference, intruder: Callable[..., None]) -> None:
    intruder(f"DELETE FROM audit_entry {IN} > 3")
    assert any("missing at the end" in what for what in faults())


CUT = (
    "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_entry e WHERE e.chain = audit_head.chain "
    "AND e.number = 3) WHERE chain LIKE 'conference:%'",
    f"DELETE FROM audit_entry {IN} > 3",
)


def test_truncation_with_its_head_shows_by_what_is_kept_outside(
    conference: Conference, intruder: Callable[..., None]
) -> None:
    audit.anchor()
    intruder(*CUT)
    assert any("seen outside the database" in what for what in faults())


def test_truncation_and_new_entries_show_by_what_is_kept_outside(
    conference: Conference, intruder: Callable[..., None]
) -> None:
    audit.anchor()
    intruder(*CUT)
    for number in range(4, 9):
        record(conference, f"forged-{number}")
    assert faults() == ["differs from the head kept outside the database"]


def test_a_chain_that_is_removed_altogether_shows(conference: Conference, intruder: Callable[..., None]) -> None:
    audit.anchor()
    intruder("DELETE FROM audit_entry", "DELETE FROM audit_head")
    assert len(faults()) >= 2


def test_a_chain_rebuilt_with_the_true_key_shows(conference: Conference, intruder: Callable[..., None]) -> None:
    audit.anchor()
    intruder("DELETE FROM audit_entry", "DELETE FROM audit_head")
    for number in range(1, 6):
        record(conference, f"step-{number}")
    assert "differs from the head kept outside the database" in faults()


def test_a_chain_rebuilt_with_another_key_shows(
    conference: Conference, intruder: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intruder("DELETE FROM audit_entry", "DELETE FROM audit_head")
    with monkeypatch.context() as patch:
        patch.setattr(audit, "_key_file", tmp_path / "other.key")
        record(conference, "forged")
        assert faults() == []
    assert faults() == ["its content was changed"]


def test_the_heads_are_kept_outside_line_by_line(app: Flask, conference: Conference) -> None:
    assert len(audit.anchor()) == 2
    record(conference, "later")
    audit.anchor()
    file = app.extensions["confapp"].data / "audit-heads.jsonl"
    assert len(file.read_text().splitlines()) == 4


def test_writers_at_the_same_time_do_not_fork_the_chain(app: Flask) -> None:
    """Eight writers, ten entries each, in a chain that does not exist yet and with other work before and after."""
    made = build.conference()

    def add() -> None:
        audit.record(SYSTEM, "raced", db.session.get_one(Conference, made.id))

    def work() -> None:
        with app.app_context(), across_conferences("a test races"):
            for _ in range(10):
                in_write_transaction(add)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result()
    assert faults() == []
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT max(number), count(*) FROM audit_entry")).one() == (80, 80)


def test_what_is_rolled_back_leaves_no_entry(app: Flask, conference: Conference) -> None:
    with pytest.raises(ZeroDivisionError), across_conferences("a test fails"), writing():
        audit.record(SYSTEM, "undone", db.session.get_one(Conference, conference.id))
        raise ZeroDivisionError
    record(conference, "next")
    assert faults() == []
