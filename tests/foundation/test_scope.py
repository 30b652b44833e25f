import pytest
from flask import Flask
from sqlalchemy import func, select

from confapp.foundation.db import Unscoped, across_conferences, db, in_conference
from confapp.foundation.transactions import writing
from confapp.registration.models import Delegation
from tests import build


def test_a_query_on_a_conferences_table_without_a_scope_is_refused(app: Flask) -> None:
    with pytest.raises(Unscoped):
        db.session.scalars(select(Delegation)).all()


def test_a_count_without_a_scope_is_refused_too(app: Flask) -> None:
    with pytest.raises(Unscoped):
        db.session.scalar(select(func.count()).select_from(Delegation))


def test_a_scope_shows_its_own_conference_only(app: Flask) -> None:
    one, other = build.conference(), build.conference()
    mine, theirs = build.delegation(one), build.delegation(other)
    with in_conference(one.id):
        assert [d.ref for d in db.session.scalars(select(Delegation))] == [mine.ref]
        assert db.session.scalar(select(func.count()).select_from(Delegation)) == 1
    with in_conference(other.id):
        assert [d.ref for d in db.session.scalars(select(Delegation))] == [theirs.ref]


def test_a_named_bypass_shows_all(app: Flask) -> None:
    build.delegation(build.conference())
    build.delegation(build.conference())
    with across_conferences("counting in a test"):
        assert db.session.scalar(select(func.count(Delegation.id))) == 2


def test_a_row_of_another_conference_cannot_be_written(app: Flask) -> None:
    one, other = build.conference(), build.conference()
    with pytest.raises(Unscoped), in_conference(one.id), writing():
        db.session.add(Delegation(conference_id=other.id, name={"en": "Elsewhere"}))


def test_a_new_row_belongs_to_the_scope(app: Flask) -> None:
    one = build.conference()
    with in_conference(one.id), writing():
        row = Delegation(name={"en": "Here"})
        db.session.add(row)
        db.session.flush()
        assert row.conference_id == one.id


def test_a_bypass_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError), across_conferences(""):
        pass
