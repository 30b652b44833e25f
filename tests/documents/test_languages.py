"""Languages side by side: how far each text is, who may say so, and what a change does to it."""

import pytest

from confapp.documents import actions, queries
from confapp.documents.models import TextCheck
from confapp.documents.rules import DocumentKind, inline
from confapp.documents.rules.languages import CellState, CheckState, cell_state, reason_not_to_mark
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


@pytest.fixture
def reviser(conference):
    return build.actor(build.staff(conference, Role.SECRETARIAT_EDITOR))


def states(conference, ref, number):
    with in_conference(conference.id):
        line = queries.sheet(queries.document(ref)).lines[number]
        return {code: cell.state for code, cell in line.cells.items()}


def text(conference, ref, number, language):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[number].texts[language].ref


def mark(conference, ref, texts, to, by):
    with writing_in(conference):
        return actions.mark(queries.document(ref), texts, to, by=by)


def want(conference, by, **values):
    with writing_in(conference):
        known = queries.wants().rules
        revision = known.revision if known else 0
        actions.want_of_translations(
            conference, **({"wants_checks": False, "four_eyes": False} | values), revision=revision, by=by
        )


def test_the_state_of_a_cell():
    empty, one, other = inline.digest([]), "1" * 64, "2" * 64
    assert cell_state(None, None, one, None) == CellState.MISSING
    assert cell_state(empty, one, one, CheckState.FINAL) == CellState.MISSING
    assert cell_state(one, other, one, CheckState.FINAL) == CellState.BEHIND
    assert cell_state(one, other, other, CheckState.CHECKED) == CellState.CHECKED
    assert cell_state(one, "", None, None) == CellState.DRAFT
    with_rules = {"four_eyes": True, "wants_checks": True}
    assert reason_not_to_mark(CellState.DRAFT, CheckState.CHECKED, is_own=False, **with_rules) is None
    assert "another person" in reason_not_to_mark(CellState.DRAFT, CheckState.CHECKED, is_own=True, **with_rules)
    assert "checked first" in reason_not_to_mark(CellState.DRAFT, CheckState.FINAL, is_own=False, **with_rules)
    assert reason_not_to_mark(CellState.CHECKED, CheckState.FINAL, is_own=True, **with_rules) is None


def test_what_was_checked_is_a_draft_again_when_its_text_changes_and_behind_when_the_original_does(conference, by, ref):
    assert states(conference, ref, 4) == {"en": CellState.DRAFT, "id": CellState.DRAFT}
    chosen = text(conference, ref, 4, "id")
    assert mark(conference, ref, [chosen], CheckState.FINAL, by).number == 1
    assert mark(conference, ref, [chosen], CheckState.FINAL, by).number == 0
    assert mark(conference, ref, [chosen], CheckState.CHECKED, by).number == 0
    assert states(conference, ref, 4)["id"] == CellState.FINAL
    making.write(conference, ref, 4, "id", "*Menegaskan* lagi;", by)
    assert states(conference, ref, 4)["id"] == CellState.DRAFT
    assert "changed while your page was open" in mark(conference, ref, [chosen], CheckState.CHECKED, by).reasons[0]
    mark(conference, ref, [text(conference, ref, 4, "id")], CheckState.CHECKED, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    assert states(conference, ref, 4)["id"] == CellState.BEHIND
    with in_conference(conference.id):
        since = queries.sheet(queries.document(ref)).lines[4].cells["id"].since
        assert [(one.kind, one.words) for one in since if one.kind != "same"] == [("ins", " all")]
    assert (
        "original changed" in mark(conference, ref, [text(conference, ref, 4, "id")], CheckState.FINAL, by).reasons[0]
    )


def test_the_checker_is_another_person_where_that_is_wanted(conference, by, reviser, ref):
    want(conference, by, four_eyes=True)
    chosen = text(conference, ref, 4, "id")
    told = mark(conference, ref, [chosen], CheckState.CHECKED, by)
    assert (told.number, told.left) == (0, 1)
    assert mark(conference, ref, [chosen], CheckState.CHECKED, reviser).number == 1
    assert mark(conference, ref, [chosen], CheckState.FINAL, by).number == 1
    with in_conference(conference.id):
        row = db.session.query(TextCheck).one()
        assert (row.state, row.acting_name) == (CheckState.FINAL, by.name)


def test_unchecked_translations_stop_an_issue_where_checks_are_wanted(conference, by, ref):
    paper = making.document(conference, by, symbol="TEST/1/INF/1", kind=DocumentKind.PAPER)
    want(conference, by, wants_checks=True)
    with in_conference(conference.id):
        found = queries.document(paper)
        rows = queries.sheet(found).lines
        assert {one.rule.value for one in actions.serious(found)} == {"unchecked"}
        assert len(actions.serious(found)) == len(rows)
        translations = [line.cells["id"].text.ref for line in rows]
    with pytest.raises(Refused, match="serious remarks"):
        making.prepare(conference, paper, by)
    mark(conference, paper, translations, CheckState.CHECKED, by)
    making.prepare(conference, paper, by)


def test_the_page_shows_marks_and_filters(client, conference, editor, by, ref):
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    desk = client.sign_in(editor)
    page = desk.get(DESK + f"{ref}/languages").text
    assert "Behind the original" in page
    assert "<ins> all</ins>" in page
    assert "Translation; authentic: English" in page
    narrowed = desk.get(DESK + f"{ref}/languages?show=id&only=y").text
    assert narrowed.count('role="rowheader"') == 1
    chosen = text(conference, ref, 5, "id")
    answer = desk.send(DESK + f"{ref}/languages/mark?show=id", checked=chosen)
    assert answer.status_code == 303
    assert "show=id#p-" in answer.headers["Location"]
    assert states(conference, ref, 5)["id"] == CellState.CHECKED
    assert desk.send(DESK + f"{ref}/languages/mark", back=chosen).status_code == 303
    assert states(conference, ref, 5)["id"] == CellState.DRAFT
    old = text(conference, ref, 4, "id")
    refused = desk.send(DESK + f"{ref}/languages/mark", final=old)
    assert refused.status_code == 409
    assert "Bring the translation in step" in refused.text
    shown = " ".join([old, text(conference, ref, 5, "id"), text(conference, ref, 6, "id"), "nonsense"])
    assert desk.send(DESK + f"{ref}/languages/mark", all_checked="id", shown_id=shown).status_code == 303
    assert states(conference, ref, 6)["id"] == CellState.CHECKED
    assert states(conference, ref, 4)["id"] == CellState.BEHIND
    for nonsense in ({}, {"checked": "x\0"}, {"all_final": "xx"}, {"back": "x"}):
        assert desk.send(DESK + f"{ref}/languages/mark", **nonsense).status_code in (303, 409)


def test_an_edit_begun_beside_the_languages_leads_back_there(client, conference, editor, ref):
    with in_conference(conference.id):
        row = queries.draft(queries.document(ref)).rows[4]
        sent = {f"{name}_{code}": value for code, one in row.texts.items() for name, value in (("base", one.sha256),)}
        block = row.block.ref
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/blocks/{block}?beside=en&beside=id&only=y"
    answer = desk.send(path, **sent, text_en="*Affirm* that tests help;", text_id="*Menegaskan* ini;")
    assert answer.headers["Location"].endswith(f"/{ref}/languages?show=en&show=id&only=y#p-{block[:8]}")


def test_rules_are_for_their_own_people_and_notice_a_stale_page(client, conference, editor, by):
    assert client.sign_in(build.staff(conference, Role.VIEWER)).get(DESK + "translations").status_code == 403
    desk = client.sign_in(editor)
    assert desk.send(DESK + "translations", wants_checks="y", revision="0").status_code == 303
    stale = desk.send(DESK + "translations", four_eyes="y", revision="0")
    assert stale.status_code == 409
    assert "Somebody changed this" in stale.text
    with in_conference(conference.id):
        assert queries.wants().wants_checks


def test_the_sheet_and_the_work_list_ask_the_same_for_one_document_as_for_three(
    client, conference, editor, by, statements
):
    desk = client.sign_in(editor)
    one = making.document(conference, by)
    desk.get(DESK + "work")
    alone = statements(lambda: desk.get(DESK + "work"))
    sheet = statements(lambda: desk.get(DESK + f"{one}/languages"))
    for number in (2, 3):
        making.document(conference, by, symbol=f"TEST/1/L.{number}")
    for number in (4, 5, 6):
        making.write(conference, one, number, "en", "*Affirm* something else;", by)
    page = desk.get(DESK + "work").text
    assert "10 of 10" in page
    assert "7 of 10" in page
    assert statements(lambda: desk.get(DESK + "work")) == alone
    assert statements(lambda: desk.get(DESK + f"{one}/languages")) == sheet + 1  # the originals that were followed
