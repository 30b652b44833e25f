"""A statement as a paper of its own: with its symbol, word by word, and nobody writes in it."""

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind, DocumentKind, inline
from confapp.documents.rules.beside import StatementKind
from confapp.foundation.db import in_conference
from confapp.foundation.lifecycle import Refused
from tests.documents import making
from tests.documents.making import writing_in
from tests.documents.test_adoption import Scene, statement

DESK = "/desk/test-2027/documents/"


@pytest.fixture
def scene(conference, by):
    return Scene(conference, by)


def noted(scene, by, **changes):
    with writing_in(scene.conference):
        return statement(scene, "Westland", by=by, **changes).ref


def words(document, code):
    return [inline.to_plain(row.texts[code].inline) for row in queries.draft(document).rows]


def test_it_is_an_addendum_in_the_words_of_the_delegation_made_once(scene, conference, by, client, editor):
    ref = noted(scene, by, text={"en": "As *we* said.\n\nTwice [sic].", "id": "Seperti kami katakan.\nDua kali."})
    desk = client.sign_in(editor)
    path = f"{DESK}{scene.ref}/adoption"
    assert "Make it a paper of its own" in desk.get(path).text
    answers = [desk.send(f"{path}/statements/{ref}/paper") for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert len({one.location for one in answers}) == 1
    page = desk.get(path).text
    assert "TEST/1/L.1/Add.1" in page
    assert "Make it a paper of its own" not in page
    assert "Nobody changes them" in desk.get(answers[0].location).text
    with in_conference(conference.id):
        paper = queries.statement(scene.adoption, ref).paper
        assert (paper.kind, paper.languages) == (DocumentKind.STATEMENT, ["en", "id"])
        assert words(paper, "en")[:1] == ["Dissociation: Westland"]
        assert words(paper, "en")[2:] == ["As *we* said.", "Twice [sic]."]
        assert words(paper, "id")[2:] == ["Seperti kami katakan.", "Dua kali."]
        assert words(paper, "en")[1].startswith("Westland dissociated itself from paragraph 1.")


def test_nobody_writes_in_it_by_any_way(scene, conference, by):
    ref = noted(scene, by)
    with writing_in(conference):
        made = actions.draft_statement(queries.statement(scene.adoption, ref), by=by)
        block = queries.draft(made).rows[-1].block
        for act in (
            lambda: actions.write_text(made, block, "en", "Other.", base="", by=by),
            lambda: actions.add_block(made, BlockKind.PARAGRAPH, {"en": "More."}, by=by),
            lambda: actions.show_block(made, block, False, by=by),
            lambda: actions.change_kind(made, block, BlockKind.HEADING, by=by),
            lambda: actions.keep_import(made, "en", [], {}, by=by),
        ):
            with pytest.raises(Refused, match="words of a delegation"):
                act()
        assert words(made, "en")[2:] == ["As we said.", "Twice."]


def test_languages_divided_otherwise_come_in_one_piece_each(scene, conference, by):
    ref = noted(scene, by, text={"en": "One.\nTwo.", "id": "Satu, dua."}, kind=StatementKind.RESERVATION)
    with writing_in(conference):
        made = actions.draft_statement(queries.statement(scene.adoption, ref), by=by)
        assert words(made, "en")[2:] == ["One. Two."]
        assert words(made, "id")[2:] == ["Satu, dua."]


def test_one_that_is_not_shown_is_refused_and_a_paper_is_issued_without_an_adoption(scene, conference, by):
    scene.open_windows()
    with writing_in(conference):
        received = statement(scene, "Eastland").ref
    with writing_in(conference), pytest.raises(Refused, match="shown with the text"):
        actions.draft_statement(queries.statement(scene.adoption, received), by=by)
    ref = noted(scene, by)
    with writing_in(conference):
        made = actions.draft_statement(queries.statement(scene.adoption, ref), by=by).ref
    making.publish(conference, made, by)
    with in_conference(conference.id):
        issue = queries.document(made).current_issue
        assert (issue.symbol, issue.languages) == ("TEST/1/L.1/Add.1", ["en"])
