"""Sealed values are unreadable in a stolen database, in another row, and after their key was destroyed."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from confapp.conferences.models import Conference
from confapp.foundation import sealing
from confapp.foundation.db import Data, db, in_conference
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import writing
from confapp.people.models import Person
from tests import build

CANARY = "X7654321Q-canary"


def sealed_person(conference: Conference, passport: str = CANARY) -> int:
    row = build.person(conference)
    with in_conference(conference.id), writing():
        found = db.session.get_one(Person, row.id)
        found.passport_number = passport
        found.access_needs = "step-free way"
    return row.id


def read(conference: Conference, person_id: int) -> str:
    db.session.rollback()
    with in_conference(conference.id):
        return db.session.get_one(Person, person_id).passport_number


def test_what_was_sealed_can_be_read(app: Flask) -> None:
    made = build.conference()
    number = sealed_person(made)
    assert read(made, number) == CANARY
    with in_conference(made.id), writing():
        db.session.get_one(Person, number).passport_number = ""
    assert read(made, number) == ""


def test_equal_values_look_different(app: Flask) -> None:
    made = build.conference()
    sealed_person(made)
    sealed_person(made)
    with db.engine.connect() as connection:
        values = [bytes(row[0]) for row in connection.execute(text("SELECT passport_number_sealed FROM person"))]
    assert values[0] != values[1]


@pytest.mark.parametrize("same_conference", [True, False])
def test_moved_to_another_person_it_cannot_be_read(app: Flask, same_conference: bool) -> None:
    made = build.conference()
    other = made if same_conference else build.conference()
    mine, theirs = sealed_person(made), sealed_person(other, "other")
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE person SET passport_number_sealed = (SELECT passport_number_sealed FROM person WHERE id = :a) "
                "WHERE id = :b"
            ),
            {"a": mine, "b": theirs},
        )
    with pytest.raises(Unreadable):
        read(other, theirs)


def test_moved_to_another_column_it_cannot_be_read(app: Flask) -> None:
    made = build.conference()
    number = sealed_person(made)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET passport_number_sealed = access_needs_sealed"))
    with pytest.raises(Unreadable):
        read(made, number)


def test_a_changed_byte_shows(app: Flask) -> None:
    made = build.conference()
    number = sealed_person(made)
    with in_conference(made.id), writing():
        row = db.session.get_one(Person, number)
        value = bytearray(row.passport_number_sealed or b"")
        value[-1] ^= 1
        row.passport_number_sealed = bytes(value)
    with pytest.raises(Unreadable):
        read(made, number)


def test_a_shredded_class_is_gone_and_the_other_stays(app: Flask) -> None:
    made, other = build.conference(), build.conference()
    mine, theirs = sealed_person(made), sealed_person(other)
    with in_conference(made.id), writing():
        sealing.shred(made.id, Data.HIGH.value)
    with pytest.raises(Unreadable):
        read(made, mine)
    with in_conference(made.id):
        assert db.session.get_one(Person, mine).access_needs == "step-free way"
    assert read(other, theirs) == CANARY


def test_another_key_file_opens_nothing(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build.conference()
    number = sealed_person(made)
    monkeypatch.setattr(sealing, "_key_file", tmp_path / "other.key")
    with pytest.raises(Unreadable):
        read(made, number)


def test_a_stolen_database_shows_no_sealed_value_and_holds_no_key(app: Flask) -> None:
    """Byte by byte on SQLite, journal included; row by row on PostgreSQL."""
    made = build.conference()
    number = sealed_person(made)
    with in_conference(made.id), writing():
        db.session.get_one(Person, number).passport_number = CANARY[::-1]
    key = app.extensions["confapp"].sealing_key_file.read_text().strip()
    stolen = _everything()
    for secret in (CANARY, CANARY[::-1], "step-free way", key):
        assert secret.encode() not in stolen
    assert bytes.fromhex(key) not in stolen
    assert b"Contoh" in stolen  # the search would have found something


def _everything() -> bytes:
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        return b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))
    with db.engine.connect() as connection:
        rows = [
            connection.execute(text(f'SELECT t::text FROM "{table.name}" t')).scalars().all()
            for table in db.metadata.sorted_tables
        ]
    plain = "\n".join(line for lines in rows for line in lines)
    return plain.encode() + b"".join(_binary(plain))


def _binary(plain: str) -> list[bytes]:
    """PostgreSQL prints bytes as \\x…: search what they say, too."""
    import re

    return [bytes.fromhex(found) for found in re.findall(r"\\x((?:[0-9a-f]{2})+)", plain)]


def test_a_reading_names_who_what_and_why(app: Flask) -> None:
    made = build.conference()
    number = sealed_person(made)
    actor = build.actor(build.account(name="Officer"))
    with in_conference(made.id):
        row = sealing.note_reading(
            actor, db.session.get_one(Person, number), "passport_number", "letter", "10.0.0.0/24"
        )
    assert (row.subject_id, row.data_class, row.acting_name, row.reason) == (number, "high", "Officer", "letter")
