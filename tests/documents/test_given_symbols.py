"""A symbol is given once: to papers, to what extends them and to their revisions, whoever asks at the same moment."""

import pytest

from confapp.conferences.models import Conference
from confapp.documents import actions, queries
from confapp.documents.models import Document, GivenSymbol
from confapp.documents.rules import DocumentKind, Modification, Nature
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import writing
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
ABOUT = {"kind": DocumentKind.DRAFT, "title": {"en": "Draft"}, "languages": ["en"]}


def rename(conference, ref, symbol, by):
    with writing_in(conference):
        actions.change_details(
            queries.document(ref),
            symbol=symbol,
            kind=DocumentKind.DRAFT,
            nature=Nature.NONE,
            authentic_languages=[],
            submitted_by={},
            by=by,
        )


def test_a_symbol_that_a_paper_left_is_no_other_papers(conference, by):
    with writing_in(conference):
        series = actions.add_series(
            conference, template="T/L.{number}", name={"en": "Drafts"}, kind=DocumentKind.DRAFT, by=by
        )
        ref = actions.create_in_series(conference, series, by=by, **ABOUT).ref
    rename(conference, ref, "T/WP.1", by)
    with pytest.raises(Refused, match="has or had"), writing_in(conference):
        actions.create(conference, symbol="T/L.1", by=by, **ABOUT)
    with pytest.raises(Refused, match="has or had"), writing_in(conference):
        actions.create(conference, symbol="T/WP.1", by=by, **ABOUT)
    rename(conference, ref, "T/L.1", by)  # its own it may bear again
    with in_conference(conference.id):
        assert [one.symbol for one in db.session.query(Document)] == ["T/L.1"]
        assert sorted(one.symbol for one in db.session.query(GivenSymbol)) == ["T/L.1", "T/WP.1"]


def test_an_extension_that_was_renamed_leaves_its_number_used(conference, by):
    ref = making.document(conference, by, symbol="T/1")
    with writing_in(conference):
        first = actions.extend(queries.document(ref), Modification.ADDENDUM, languages=["en"], by=by).ref
    rename(conference, first, "T/2", by)
    with writing_in(conference):
        again = actions.extend(queries.document(ref), Modification.ADDENDUM, languages=["en"], by=by)
        assert again.symbol == "T/1/Add.2"


def test_many_at_once_get_a_symbol_each_and_none_is_left_out(app, conference, by):
    with writing_in(conference):
        series = actions.add_series(
            conference, template="T/L.{number}", name={"en": "Drafts"}, kind=DocumentKind.DRAFT, by=by
        ).ref
    number = conference.id

    def work():
        with in_conference(number), writing():
            here = db.session.get_one(Conference, number)
            return actions.create_in_series(here, queries.one_series(series), by=by, **ABOUT).symbol

    db.session.rollback()
    rows = build.at_once(app, work, 6)
    assert sorted(rows) == [f"T/L.{one}" for one in range(1, 7)]


def test_one_of_those_who_type_the_same_symbol_at_once_gets_it(app, conference, by):
    number = conference.id

    def work():
        with in_conference(number), writing():
            return actions.create(db.session.get_one(Conference, number), symbol="T/1", by=by, **ABOUT).symbol

    db.session.rollback()
    answers = build.at_once(app, work, 4)
    assert sorted(map(str, answers))[-1] == "T/1"
    assert [type(one) for one in answers if one != "T/1"] == [Refused] * 3


def test_what_extends_a_revision_bears_its_symbol_and_nobody_types_it(conference, by, client, editor):
    """Corrigenda wait for an issue, amendments for a decision; the form says which symbol each would get."""
    ref = making.document(conference, by, symbol="T/1", kind=DocumentKind.PAPER, languages=["en"])
    desk = client.sign_in(editor)
    page = desk.get(f"{DESK}{ref}/extend").text
    assert ("T/1/Add.1" in page, "Corr" in page, "Amend" in page) == (True, False, False)
    sent = {"languages": ["en"]}
    assert desk.send(f"{DESK}{ref}/extend", **sent, modification="corrigendum").status_code == 422
    for modification in (Modification.CORRIGENDUM, Modification.AMENDMENT):
        with pytest.raises(Refused, match="Change its text"), writing_in(conference):
            actions.extend(queries.document(ref), modification, languages=["en"], by=by)
    making.publish(conference, ref, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    making.publish(conference, ref, by)
    page = desk.get(f"{DESK}{ref}/extend").text
    assert "T/1/Rev.1/Corr.1" in page
    assert "T/1/Rev.1/Amend.1" in page
    with pytest.raises(Refused, match="has or had"), writing_in(conference):
        actions.create(conference, symbol="T/1/Rev.1", by=by, **ABOUT)
    assert desk.send(f"{DESK}{ref}/extend", **sent, modification="corrigendum").status_code == 303
    with in_conference(conference.id):
        assert [one.symbol for one in queries.extensions(queries.document(ref))] == ["T/1/Rev.1/Corr.1"]


def test_a_paper_that_was_issued_is_work_again_once_it_is_changed(conference, by):
    ref = making.document(conference, by, symbol="T/1", kind=DocumentKind.PAPER)
    making.publish(conference, ref, by)
    with in_conference(conference.id):
        assert queries.tasks() == []
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    with in_conference(conference.id):
        assert [(one.language, one.standing.wanting) for one in queries.tasks()] == [("en", 0), ("id", 1)]
