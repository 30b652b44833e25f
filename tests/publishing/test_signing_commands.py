"""What operators type: make, list and rotate the key of a conference."""

import pytest

from confapp.foundation import signing
from confapp.foundation.db import in_conference
from confapp.foundation.transactions import reading
from tests import build


@pytest.fixture
def conference(app):
    return build.conference("test-2027")


@pytest.fixture
def typed(app, conference):
    def run(*words: str, **options):
        return app.test_cli_runner().invoke(args=["signing", *words, "--conference", "test-2027"], **options)

    return run


def test_a_key_is_made_listed_and_changed(typed, conference):
    made = typed("make")
    assert made.exit_code == 0, made.output
    assert "Made by this site" in made.output
    assert typed("make").output == made.output
    assert typed("rotate", input="n\n").exit_code != 0
    assert typed("rotate", input="y\n").exit_code == 0
    present, retired = typed("list").output.splitlines()
    assert "in use" in present
    assert "retired" in retired
    assert retired[:64] == made.output[:64]
    with in_conference(conference.id), reading():
        assert [row.sha256 for row in signing.of_conference(conference.id)] == [present[:64], retired[:64]]


def test_an_unknown_conference_is_said(app):
    answer = app.test_cli_runner().invoke(args=["signing", "make", "--conference", "nowhere"])
    assert answer.exit_code == 1
    assert "There is no conference nowhere." in answer.output
