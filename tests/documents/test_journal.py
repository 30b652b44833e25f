"""A journal is drafted from the release and the register of one day, in the conference's zone."""

from datetime import date, timedelta

import pytest
import time_machine

from confapp.documents import actions, queries
from confapp.documents.actions.journals import day_of
from confapp.documents.models import Issue
from confapp.documents.rules import Access, DocumentKind, inline
from confapp.documents.rules.journal import Day, Paper, blocks
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.languages import speaking
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.rules import Details, Kind
from tests import build
from tests.documents import making
from tests.documents.making import writing_in


@pytest.fixture
def day(conference, by):
    """The first day with a session before midnight there, a break, and one of the day after; released."""
    first, officer = conference.days[0], build.actor(build.staff(conference, Role.PROGRAMME_OFFICER))
    with writing_in(conference):
        room = rooms.add_room(officer, conference, {"en": "Hall", "id": "Aula"})
        start = clock.start_of(first, conference.zone)
        for kind, title, hours in (
            (Kind.PANEL, {"en": "Late *talks*", "id": "Larut"}, 23),
            (Kind.BREAK, {"en": "Coffee"}, 10),
            (Kind.PANEL, {"en": "Tomorrow"}, 25),
        ):
            session = sessions.create_session(officer, conference, Details(kind, title, 30))
            timetable.place(officer, session, [room], start + timedelta(hours=hours))
        timetable.release(officer, conference, "First")
    return first


def texts(document, code):
    return [inline.to_plain(row.texts[code].inline) for row in queries.draft(document).rows]


def test_a_journal_has_the_meetings_of_its_day_and_the_papers_issued(conference, by, day):
    shown = making.document(conference, by, symbol="TEST/1")
    hidden = making.document(conference, by, symbol="TEST/2", access=Access.RESTRICTED)
    for ref in (shown, hidden):
        making.adopt(conference, ref, by)
        making.publish(conference, ref, by)
    with time_machine.travel(clock.start_of(day, conference.zone) + timedelta(hours=1)), writing_in(conference):
        for issue in db.session.query(Issue):
            issue.published_at = clock.start_of(day, conference.zone)
        series = actions.add_series(
            conference, template="TEST/J.{number}", name={"en": "Journal"}, kind=DocumentKind.JOURNAL, by=by
        )
        made = actions.draft_journal(conference, day, series, languages=["en", "id"], by=by)
        english, indonesian = texts(made, "en"), texts(made, "id")
        assert made.symbol == "TEST/J.1"
        meetings = [line for line in english if "Hall" in line]
        assert len(meetings) == 1
        assert meetings[0].startswith("23:00–23:30 ")
        assert "Late *talks*" in meetings[0]
        assert any("Aula" in line and "Larut" in line for line in indonesian)
        assert [line for line in english if line.startswith("TEST/")] == [
            "TEST/1 · Message of the Test · English, Indonesian"
        ]
        assert "TEST/1 · Pesan Uji · Inggris, Indonesia" in indonesian
        assert len(english) == len(indonesian)


def test_a_revision_is_listed_under_its_symbol_and_what_it_is():
    with speaking("en"):
        paper = Paper("TEST/1/Rev.1", {"en": "Message"}, ["en", "id"], "revision")
        said = [words for _kind, words in blocks(Day(date(2027, 4, 20), "UTC", "", [], [paper]), "en")]
    assert said[-1] == "TEST/1/Rev.1 · Message · Revision · English, Indonesian"


def test_a_day_without_anything_says_so(conference, by):
    with writing_in(conference):
        found = day_of(conference, conference.days[0], ["en"])
        assert (found.meetings, found.papers, found.release) == ([], [], "")


def test_other_days_are_refused(conference, by):
    with writing_in(conference):
        series = actions.add_usual_series(conference, by=by)[5]
        with pytest.raises(Refused, match="not a day"):
            actions.draft_journal(conference, conference.ends_on + timedelta(days=1), series, languages=["en"], by=by)


def test_by_the_form(conference, editor, client, by, day):
    desk = client.sign_in(editor)
    path = "/desk/test-2027/documents/journal"
    assert "there is none yet" in desk.get(path).text
    with writing_in(conference):
        ref = actions.add_usual_series(conference, by=by)[5].ref
    assert desk.send(path, on=day.isoformat(), series=ref, languages="en").status_code == 303
    assert desk.send(path, on="2001-01-01", series=ref, languages="en").status_code == 422
