"""The list of personal data is whole, and what it says about days, keys and names holds."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from confapp.foundation import clock, erasure
from confapp.foundation.db import Data, db
from confapp.people.rules import Role, holders
from confapp.registration.rules import privacy
from confapp.registration.rules.privacy import BY_NAME, FIELDS, Diet, diet_said, read_diet, written_diet
from confapp.registration.rules.questions import DataClass
from confapp.registration.rules.scripts import mixed_words

OVER = SimpleNamespace(ends_at=clock.now(), slug="x")
BY_CLASS = {"personal": (Data.PERSONAL,), "high": (Data.HIGH, Data.PERSONAL), "special": (Data.SPECIAL,)}


def test_every_personal_column_stands_in_exactly_one_entry(whole_app: Flask) -> None:
    listed = [column for field in FIELDS for column in field.columns]
    assert len(listed) == len(set(listed))
    there = {f"{t.name}.{c.name}" for t in db.metadata.sorted_tables for c in erasure.erased_columns(t)}
    assert there - set(listed) == set(), "tell confapp/registration/rules/privacy.py why, how long and who"
    assert set(listed) - there == set()


def test_an_entry_is_of_the_class_of_its_columns(whole_app: Flask) -> None:
    for field in FIELDS:
        for name in field.columns:
            table, _, column = name.partition(".")
            assert db.metadata.tables[table].c[column].info["data"] in BY_CLASS[field.data_class], name


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("passport_number", 30),
        ("birth_date", 30),
        ("photo", 30),
        ("high_answers", 30),
        ("diet", 7),
        ("access_needs", 7),
    ],
)
def test_each_kind_is_kept_as_long_as_promised(name: str, days: int) -> None:
    assert BY_NAME[name].purged_at(OVER) == OVER.ends_at + timedelta(days=days)


def test_a_key_goes_with_the_last_of_its_class() -> None:
    assert privacy.last_of_class(DataClass.SPECIAL, OVER) == OVER.ends_at + timedelta(days=7)
    assert privacy.last_of_class(DataClass.HIGH, OVER) == OVER.ends_at + timedelta(days=30)


def test_answers_are_kept_as_the_question_says_but_no_longer_than_their_class() -> None:
    assert privacy.answer_kept("personal", 400) == timedelta(days=90)
    assert privacy.answer_kept("high", 400) == timedelta(days=30)
    assert privacy.answer_kept("high", 400, "travel_leg") == timedelta(days=14)
    assert privacy.answer_kept("special", 400) == timedelta(days=7)
    assert privacy.answer_kept("personal", 10) == timedelta(days=10)


@pytest.mark.parametrize("field", privacy.sealed_of_person(), ids=lambda field: field.name)
def test_what_is_sealed_is_opened_by_its_readers_and_nobody_else(field: privacy.Kept) -> None:
    assert set(holders(privacy.OPENED_BY[field.name])) == set(field.readers)
    assert Role.ADMINISTRATOR not in holders(privacy.OPENED_BY[field.name])


def test_what_was_deleted_is_not_collected_again() -> None:
    at = OVER.ends_at + timedelta(days=8)
    assert "Diet" in (privacy.sealing_fault(["diet", "passport_number"], OVER, at) or "")
    assert privacy.sealing_fault(["passport_number"], OVER, at) is None


@pytest.mark.parametrize(
    ("kind", "note", "read"),
    [
        ("halal", "", ("halal", "")),
        ("vegan", "no nuts", ("vegan", "no nuts")),
        ("", "no nuts", ("other", "no nuts")),
        ("", "", ("other", "")),
    ],
)
def test_a_diet_is_kept_with_its_words(kind: str, note: str, read: tuple[str, str]) -> None:
    assert read_diet(written_diet(kind, note)) == read


def test_a_diet_is_said_in_words() -> None:
    assert diet_said(written_diet(Diet.HALAL, "no nuts")) == "Halal: no nuts"
    assert read_diet("from an older form") == (Diet.OTHER, "from an older form")


@pytest.mark.parametrize("name", ["Зhаnna Contoh", "Jean-Pаul", "Ｎancy \u0430dam a\u0430"])
def test_mixed_scripts_in_one_word_are_noticed(name: str) -> None:
    assert mixed_words(name)


@pytest.mark.parametrize(
    "name",
    ["Zhanna Contoh", "Жанна Contoh", "José María Ñandú", "田中さくら", "김민수 (Kim Min-su)", "O’Brien", "محمد علي"],
)
def test_usual_names_are_left_alone(name: str) -> None:
    assert not mixed_words(name)
