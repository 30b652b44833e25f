"""Every column says what kind of data it holds, and what is sensitive is sealed."""

import pytest
from flask import Flask
from sqlalchemy import Column, LargeBinary

from confapp.foundation.db import Data, db

SEALED = (Data.HIGH, Data.SPECIAL)


def columns() -> list[Column]:
    return [column for table in db.metadata.sorted_tables for column in table.columns]


def test_every_column_declares_its_data_class(whole_app: Flask) -> None:
    assert len(columns()) > 100
    assert [str(c) for c in columns() if not isinstance(c.info.get("data"), Data)] == []


def test_sensitive_data_are_sealed_and_not_exported(whole_app: Flask) -> None:
    sensitive = [c for c in columns() if c.info["data"] in SEALED]
    assert sensitive
    assert [str(c) for c in sensitive if not isinstance(c.type, LargeBinary) or c.info["export"]] == []


def test_what_belongs_to_a_conference_is_scoped_or_says_that_it_is_not(whole_app: Flask) -> None:
    """A table with a conference_id is either InConference (not nullable) or marked unscoped, never neither."""
    from confapp.foundation.db import InConference

    scoped = {m.class_.__table__.name for m in db.Model.registry.mappers if issubclass(m.class_, InConference)}
    for table in db.metadata.sorted_tables:
        if "conference_id" in table.c:
            assert (table.name in scoped) != bool(table.info.get("unscoped")), table.name


@pytest.mark.parametrize("forbidden", ["passport", "birth", "diet", "health", "religion"])
def test_no_plain_column_holds_what_should_be_sealed(whole_app: Flask, forbidden: str) -> None:
    assert [str(c) for c in columns() if forbidden in c.name and c.info["data"] not in SEALED] == []
