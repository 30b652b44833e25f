"""What was erased stays erased, also after a backup that knew it came back."""

import json
from pathlib import Path

import pytest
from flask import Flask

from confapp import backup
from confapp.foundation import erasure
from confapp.foundation.db import Data, across_conferences, db
from confapp.foundation.transactions import writing
from confapp.people.models import Account, Person
from tests import build


@pytest.fixture
def noted(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(erasure, "_file", tmp_path / "erasures.jsonl")
    return tmp_path / "erasures.jsonl"


def person(**values: str) -> Person:
    made = build.conference()
    row = Person(conference_id=made.id, printed_name="Budi Santoso", phone="+62 21 0000", country="IDN", **values)
    row.passport_number = ""
    with across_conferences("test"):
        return build.save(row)


def erase(*rows: object) -> None:
    with across_conferences("test"), writing():
        erasure.erase([db.session.merge(row) for row in rows])


def test_personal_columns_are_emptied_and_the_rest_stays(noted: Path) -> None:
    row = person()
    erase(row)
    with across_conferences("test"):
        found = db.session.get_one(Person, row.id)
        assert (found.printed_name, found.phone, found.language) == ("", "", "en")
        assert found.erased_at is not None
        assert found.passport_number_sealed is None
    (note,) = map(json.loads, noted.read_text().splitlines())
    assert note["table"] == "person"
    assert "Budi" not in noted.read_text()


def test_a_column_that_must_differ_takes_the_reference(noted: Path) -> None:
    rows = [build.save(Account(email=f"{n}@example.org", email_folded=f"{n}@example.org")) for n in "ab"]
    erase(*rows)
    assert {db.session.get_one(Account, row.id).email_folded for row in rows} == {row.ref for row in rows}


def test_after_a_restore_it_is_done_again(noted: Path) -> None:
    row, other = person(), person()
    erase(row)
    with across_conferences("test"), writing():
        db.session.get_one(Person, row.id).printed_name = "Budi Santoso"  # as an old backup has it
    with writing():
        assert erasure.replay() == 1
    with across_conferences("test"):
        assert db.session.get_one(Person, row.id).printed_name == ""
        assert db.session.get_one(Person, other.id).printed_name == "Budi Santoso"


def test_a_whole_conference_is_purged_and_purged_again(noted: Path) -> None:
    row, other = person(), person()
    with across_conferences("test"), writing():
        erasure.purge(row.conference_id, ["person"], (Data.PERSONAL,))
    for _ in range(2):
        with across_conferences("test"):
            assert db.session.get_one(Person, row.id).printed_name == ""
            assert db.session.get_one(Person, other.id).printed_name == "Budi Santoso"
        with writing():
            erasure.replay()


def test_every_table_can_be_emptied(noted: Path) -> None:
    everything = [member.value for member in erasure.PERSONAL]
    notes = [{"table": table.name, "ref": "nobody", "classes": everything} for table in db.metadata.sorted_tables]
    noted.write_text("".join(json.dumps(note) + "\n" for note in notes if "ref" in db.metadata.tables[note["table"]].c))
    with writing():
        assert erasure.replay() > 20
    for table in db.metadata.sorted_tables:
        for column in erasure.erased_columns(table):
            assert "ref" in table.c, f"{table.name}.{column.name} is personal and its rows have no ref"


def test_the_list_is_in_no_backup() -> None:
    assert "erasures.jsonl" in backup.STAYS_OUT
