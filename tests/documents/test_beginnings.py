"""The customary parts with which papers begin."""

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind, DocumentKind, Nature
from confapp.documents.rules.beginnings import BEGINNINGS, TO_FILL, parts
from confapp.documents.rules.layouts import LayoutName
from confapp.documents.rules.lint import Rule
from confapp.foundation.db import in_conference
from confapp.foundation.languages import PRINTED, printing
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"


@pytest.mark.parametrize("layout", LayoutName)
def test_every_layout_begins_alike_in_every_printed_language_with_something_to_fill_in(layout):
    said = {}
    for code in PRINTED:
        with printing(code):
            said[code] = parts(layout)
    assert len({tuple(kind for kind, _words in one) for one in said.values()}) == 1
    assert len({tuple(one) for one in said.values()}) == len(PRINTED)  # each in words of its own
    for one in said.values():
        assert [TO_FILL in words for _kind, words in one] == [TO_FILL in words for _kind, words in BEGINNINGS[layout]]
        assert any(TO_FILL in words for _kind, words in one)


def test_a_new_paper_begins_with_them_where_that_is_wanted(client, conference, editor):
    client.sign_in(editor)
    about = {
        "kind": DocumentKind.OUTCOME.value,
        "nature": Nature.RESOLUTION.value,
        "title-en": "Test",
        "title-id": "Uji",
        "languages": ["en", "id"],
        "original": "en",
    }
    assert client.send(DESK + "new", symbol="TEST/1", begins="y", **about).status_code == 303
    assert client.send(DESK + "new", symbol="TEST/2", **about).status_code == 303
    with in_conference(conference.id):
        assert len(queries.draft(queries.with_symbol("TEST/2")).rows) == 1
        document = queries.with_symbol("TEST/1")
        rows = queries.draft(document).rows
        assert [row.kind for row in rows] == [BlockKind.TITLE, *(kind for kind, _words in BEGINNINGS["resolution"])]
        assert making.inline_of(rows[1], "id") == "[… Nama badan],"
        assert [row.behind for row in rows] == [[]] * len(rows)
        left = {(one.language, one.is_serious) for one in queries.findings(document) if one.rule == Rule.TO_FILL}
        assert left == {("en", True), ("id", True)}


def test_a_language_without_printed_words_stays_to_be_written(conference, by):
    with writing_in(conference):
        about = {"kind": DocumentKind.PAPER, "title": {"en": "A", "ja": "B"}, "languages": ["en", "ja"]}
        made = actions.create(conference, symbol="TEST/3", by=by, **about)
        actions.begin(made, by=by)
        assert {tuple(row.missing) for row in queries.draft(made).rows[1:]} == {("ja",)}
