"""The register: numbers given once, papers under other papers, who reads what, work by language and deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from confapp.documents import actions, queries
from confapp.documents.models import SymbolSeries
from confapp.documents.rules import Access, DocumentKind, Modification, WorkState, symbols
from confapp.foundation import clock
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
ABOUT = {"kind": DocumentKind.DRAFT, "title": {"en": "Draft"}, "languages": ["en", "id"]}


@pytest.fixture
def drafts(conference, by):
    with writing_in(conference):
        return actions.add_series(
            conference, template="TEST/2027/L.{number}", name={"en": "Drafts"}, kind=DocumentKind.DRAFT, by=by
        ).ref


def in_series(conference, ref, by, **about):
    with writing_in(conference):
        return actions.create_in_series(conference, queries.one_series(ref), by=by, **(ABOUT | about)).symbol


def test_numbers_follow_one_another_and_pass_over_what_was_typed(conference, by, drafts):
    making.document(conference, by, symbol="TEST/2027/L.2")
    assert [in_series(conference, drafts, by) for _ in range(2)] == ["TEST/2027/L.1", "TEST/2027/L.3"]


def test_a_number_that_was_refused_with_its_paper_is_given_to_the_next(conference, by, drafts):
    with pytest.raises(Refused), writing_in(conference):
        actions.take_symbol(queries.one_series(drafts))
        raise Refused("no")
    assert in_series(conference, drafts, by) == "TEST/2027/L.1"


def test_the_pattern_of_a_series_in_use_stays(conference, by, drafts):
    in_series(conference, drafts, by)
    with pytest.raises(Refused, match="given numbers"), writing_in(conference):
        actions.change_series(
            queries.one_series(drafts),
            template="X/{number}",
            name={"en": "Drafts"},
            kind=DocumentKind.DRAFT,
            access=Access.PUBLIC,
            days_before=None,
            by=by,
        )


@pytest.mark.parametrize("template", ["", "L.1", "L.{number}/{number}", "l.{number}", "{number", "A B/{number}"])
def test_patterns_that_make_no_symbols(template):
    assert symbols.template_fault(template)


def test_the_usual_series_are_added_once(conference, by):
    with writing_in(conference):
        first = actions.add_usual_series(conference, by=by)
        assert len(first) == len(symbols.USUAL)
        assert actions.add_usual_series(conference, by=by) == []
        assert first[1].template == f"CT/{conference.starts_on.year}/L.{{number}}"
        assert set(first[1].name) == {"en", "id"}


def test_a_word_that_nobody_could_choose_narrows_nothing(conference, by):
    making.document(conference, by, symbol="TEST/1")
    with writing_in(conference):
        for name in ("kind", "access", "status"):
            assert len(queries.register(by=queries.Narrowed(**{name: "nothing"}))) == 1
        assert queries.register(by=queries.Narrowed(kind=DocumentKind.DRAFT)) == []


def test_the_series_gives_access_and_deadline(conference, by, drafts):
    with writing_in(conference):
        series = queries.one_series(drafts)
        series.access, series.days_before = Access.RESTRICTED, 10
        made = actions.create_in_series(conference, series, by=by, **ABOUT)
        assert made.access == Access.RESTRICTED
        there = clock.local(made.due_at, conference.zone)
        assert (conference.starts_on - there.date(), there.hour) == (timedelta(days=10), 18)


def test_addenda_are_counted_and_may_be_for_one_language(conference, by):
    ref = making.document(conference, by, symbol="TEST/1")
    with writing_in(conference):
        document = queries.document(ref)
        made = [actions.extend(document, Modification.ADDENDUM, languages=["en", "id"], by=by) for _ in range(2)]
        assert [one.symbol for one in made] == ["TEST/1/Add.1", "TEST/1/Add.2"]
        one = actions.extend(document, Modification.ADDENDUM, languages=["id"], by=by)
        assert (one.symbol, one.languages, one.original_language) == ("TEST/1/Add.3", ["id"], "id")
        assert actions.extend(one, Modification.ADDENDUM, languages=["id"], by=by).symbol == "TEST/1/Add.3/Add.1"
        actions.extend(document, Modification.SUMMARY, languages=["en"], by=by)
        with pytest.raises(Refused, match="summary already"):
            actions.extend(document, Modification.SUMMARY, languages=["en"], by=by)
        assert [one.symbol for one in queries.extensions(document)] == [
            "TEST/1/Add.1",
            "TEST/1/Add.2",
            "TEST/1/Add.3",
            "TEST/1/Summary",
        ]


def test_symbols_are_ordered_as_people_count():
    found = ["T/L.10", "T/L.9/Add.1", "T/L.9", "T/INF/2"]
    assert sorted(found, key=symbols.sort_key) == ["T/INF/2", "T/L.9", "T/L.9/Add.1", "T/L.10"]


@pytest.mark.parametrize(("came", "is_late"), [(-1, False), (0, False), (1, True)])
def test_a_paper_is_late_after_its_deadline_alone(conference, by, came, is_late):
    due = datetime(2027, 3, 9, 10, tzinfo=UTC)
    ref = making.document(conference, by)
    with writing_in(conference):
        document = queries.document(ref)
        document.due_at, document.handed_in_at = due, due + timedelta(seconds=came)
        assert document.is_late(due + timedelta(days=9)) is is_late


def test_work_is_listed_by_what_is_due_first(conference, by):
    soon, later = clock.now() + timedelta(days=1), clock.now() + timedelta(days=9)
    ref = making.document(conference, by, symbol="TEST/1")
    other = making.document(conference, by, symbol="TEST/2")
    with writing_in(conference):
        plan = ((ref, "id", later, WorkState.IN_HAND), (other, "en", soon, WorkState.WANTED))
        for paper, code, due, state in plan:
            actions.set_work(queries.document(paper), code, state=state, due_at=due, assignee_id=None, note="", by=by)
        actions.set_work(
            queries.document(ref), "en", state=WorkState.FINAL, due_at=soon, assignee_id=None, note="", by=by
        )
        listed = [(task.document.symbol, task.language) for task in queries.tasks()]
        assert listed == [("TEST/2", "en"), ("TEST/1", "id"), ("TEST/2", "id")]
        assert queries.tasks()[0].is_late(soon + timedelta(seconds=1))
        assert not queries.tasks()[0].is_late(soon)


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, editor):
    return client.sign_in(editor)


def test_a_paper_takes_its_symbol_from_a_series_by_the_form(conference, desk, by, drafts):
    sent = {"title-en": "Draft message", "series": drafts, "kind": "draft", "nature": "none", "original": "en"}
    answer = desk.send(f"{DESK}new", **(sent | {"languages": ["en", "id"]}))
    assert answer.status_code == 303
    assert "TEST/2027/L.1" in desk.get(DESK).text
    neither = desk.send(f"{DESK}new", **(sent | {"series": "", "languages": ["en"]}))
    assert neither.status_code == 422
    assert "Choose a series, or type a symbol." in neither.text
    assert "Draft message" in neither.text


def test_series_by_the_form(conference, desk):
    sent = {"template": "TEST/{number}", "name-en": "General", "kind": "paper", "access": "public"}
    assert desk.send(f"{DESK}series/new", **(sent)).status_code == 303
    assert desk.send(f"{DESK}series/new", **(sent)).status_code == 422
    assert desk.send(f"{DESK}series/usual").status_code == 303
    with in_conference(conference.id):
        assert db.session.query(SymbolSeries).count() == 1 + len(symbols.USUAL)


def test_readers_see_what_is_for_them(conference, by, client, desk, app):
    """Public, for participants, restricted: the stranger, a delegate, the secretariat."""
    refs = {}
    for number, access in enumerate(Access, 1):
        refs[access] = making.document(conference, by, symbol=f"TEST/{number}", access=access)
        making.adopt(conference, refs[access], by)
        making.publish(conference, refs[access], by)
    delegate = build.account("reader@mail.example")
    build.mandate(delegate, Role.GATE_STAFF, conference)
    stranger, reader = app.test_client(), app.test_client()
    reader.sign_in(delegate)

    def seen(who, base):
        return [who.get(f"{base}documents/TEST/{number}").status_code for number in (1, 2, 3)]

    assert seen(stranger, "/test-2027/") == [200, 404, 404]
    assert seen(reader, "/test-2027/") == [200, 404, 404]
    assert seen(reader, "/me/test-2027/") == [200, 200, 404]
    assert seen(desk, "/me/test-2027/") == [200, 200, 200]
    assert stranger.get("/me/test-2027/documents/TEST/2").status_code in (302, 303, 401, 403, 404)
    listed = reader.get("/me/test-2027/documents/")
    assert ("TEST/2<" in listed.text, "TEST/3<" in listed.text) == (True, False)
    assert listed.headers["Cache-Control"] == "no-store"
    assert "TEST/2<" not in stranger.get("/test-2027/documents/").text
    for base, status in (("/test-2027/", 404), ("/me/test-2027/", 200)):
        file = reader.get(f"{base}documents/TEST/2.en.pdf")
        assert file.status_code == status
    assert file.headers["Cache-Control"] == "no-store"


def test_masthead_and_deadline_are_kept_and_printed(conference, by, desk):
    ref = making.document(conference, by)
    sent = {"access": "participants", "session-en": "First session", "agenda_item": "4 (b)", "job_number": "27-0042"}
    answer = desk.send(f"{DESK}{ref}/register", **(sent | {"due_at": "2027-03-09T10:00"}))
    assert answer.status_code == 303
    page = desk.get(f"{DESK}{ref}/").text
    assert "To be handed in by" in page
    assert desk.send(f"{DESK}{ref}/hand-in").status_code == 303
    assert "Handed in" in desk.get(f"{DESK}{ref}/").text
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    file = desk.get("/me/test-2027/documents/TEST/1/L.1.en.html").text
    for words in ("Limited", "First session", "4 (b)", "27-0042"):
        assert words in file
