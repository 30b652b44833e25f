"""Words found and replaced over a draft, looked at first, taken back as one act."""

import re

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules import inline
from confapp.documents.rules.replacing import Search, count, replaced
from confapp.foundation.db import in_conference
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
TESTS = Search("tests", "trials", whole_words=True)


@pytest.mark.parametrize(
    ("search", "before", "after"),
    [
        (Search("affirm", "Reaffirm"), "*Affirm* that", "*Reaffirm* that"),
        (Search("affirm that", "Note that"), "*Affirm* that tests", "*Note that* tests"),
        (Search("test", "trial", whole_words=True), "A test of tests.", "A trial of tests."),
        (Search("Test", "Trial", matches_case=True), "Test a test", "Trial a test"),
        (Search("a.b*", "c"), r"a.b\* and axb\*", "c and axb\\*"),
        (Search("é", "e"), "cafe\u0301", "cafe"),
        (Search("two  words", ""), "say two\u00a0words here", "say  here"),
        (Search("ن", "م"), "من *نحن*", "مم *محم*"),
    ],
)
def test_words_are_replaced_and_their_look_stays(search, before, after):
    assert inline.to_markup(replaced(search, inline.parse(before))) == after


def test_nothing_is_found_by_nothing():
    assert count(Search("  ", "x"), inline.parse("a  b")) == 0
    assert replaced(Search("", "x"), inline.parse("ab")) == [{"t": "ab"}]


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


def chosen(document, search, language=""):
    return [tuple(hit.chosen.split(" ")) for hit in queries.occurrences(document, search, language)]


def test_one_act_in_all_languages_and_back(conference, by, ref):
    both = Search("I.", "A.", matches_case=True)
    with writing_in(conference):
        document = queries.document(ref)
        before = queries.draft(document)
        made = actions.replace(document, both, chosen(document, both), by=by)
        after = queries.draft(document)
        assert {code: inline.to_plain(text.inline) for code, text in after.rows[3].texts.items()} == {
            "en": "A. Principles",
            "id": "A. Prinsip",
        }
        assert after.behind == []
        assert actions.take_back(document, made, by=by) == 0
        assert queries.draft(document).sha256 == before.sha256
        assert queries.draft(document).behind == []
        title = Search("Message", "Note")
        renamed = actions.replace(document, title, chosen(document, title), by=by)
        assert document.title["en"] == "Note of the Test"
        assert queries.draft(document).behind[0].kind == "title"
    making.write(conference, ref, 0, "en", "Word of the Test", by)
    with writing_in(conference):
        document = queries.document(ref)
        assert actions.take_back(document, queries.replacement(document, renamed.ref), by=by) == 1
        assert document.title["en"] == "Word of the Test"


def test_the_page_shows_ticks_applies_and_refuses_what_changed(client, conference, editor, by, ref):
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/replace"
    shown = desk.get(path, query_string={"find": "tests", "replacement": "trials", "whole_words": "y"}).text
    assert shown.count('name="chosen"') == 2
    assert "<del>tests</del><ins>trials</ins>" in shown
    with in_conference(conference.id):
        values = [" ".join(one) for one in chosen(queries.document(ref), TESTS)]
    sent = {"find": "tests", "replacement": "trials", "whole_words": "y", "language": ""}
    making.write(conference, ref, 4, "en", "*Affirm* that tests always help;", by)
    refused = desk.send(path, **sent, chosen=values)
    assert refused.status_code == 409
    assert "1 paragraph was changed by somebody meanwhile" in refused.text
    assert len(re.findall(r"id=.hit-\d+. checked", refused.text)) == 1
    assert "Changed by somebody meanwhile" in refused.text
    assert desk.send(path, **sent).status_code == 422
    assert desk.send(path, **sent, chosen="nonsense").status_code == 409
    answers = [desk.send(path, **sent, chosen=values[:1], form_key="one") for _again in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    with in_conference(conference.id):
        made = queries.replacements(queries.document(ref))
        assert [len(one.changes) for one in made] == [1]
    assert "Take back" in desk.get(path).text
    assert desk.send(f"{path}/{made[0].ref}/take-back").status_code == 303
    assert desk.send(f"{path}/{made[0].ref}/take-back").status_code == 409
    assert desk.send(f"{path}/nobody/take-back").status_code == 404
    with in_conference(conference.id):
        rows = queries.draft(queries.document(ref)).rows
    assert inline.to_plain(rows[2].texts["en"].inline) == "Recalling earlier tests,"


def test_another_conference_finds_nothing(client, conference, ref):
    other = build.conference("other-2027")
    client.sign_in(build.staff(other, "secretariat_editor"))
    assert client.get(DESK + f"{ref}/replace").status_code == 404
    assert client.get(f"/desk/other-2027/documents/{ref}/replace").status_code == 404
