"""Which tests run on both databases: every one whose fixtures have a database, and no other."""

import pytest
from flask import Flask
from sqlalchemy import create_engine


def test_without_a_database_it_runs_once_and_opens_none(request: pytest.FixtureRequest) -> None:
    assert any(request.node.iter_markers("once"))
    with pytest.raises(AssertionError, match="runs on both"):
        create_engine("sqlite://").connect()


def test_with_a_database_it_runs_on_both(request: pytest.FixtureRequest, whole_app: Flask) -> None:
    assert not any(request.node.iter_markers("once"))
    create_engine("sqlite://").connect().close()
