"""A release tells those whom it concerns; an emergency changes one session at once; a title is corrected at once."""

import re

import pytest
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, places
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.actions import sessions, sign_ups, telling, timetable
from confapp.programme.models import AcceptedClash, Correction, Schedule, Session
from confapp.programme.queries.affected import affected, of_release
from confapp.programme.rules import Details, Kind, SessionRoleKind
from confapp.programme.rules.commands import place_of
from confapp.registration.models import Registration
from confapp.registration.rules import Status
from confapp.speakers.actions import add_speaker
from tests import build
from tests.programme.conftest import Maker, hour

in_the_conference = pytest.mark.usefixtures("inside")


def speaker(officer: Actor, conference: Conference, session: Session, name: str, email: str, language: str) -> Person:
    person = add_speaker(officer, conference, name).person
    person.email, person.language = email, language
    sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=person)
    return person


def mails(release: Schedule, conference: Conference) -> dict[str, Mail]:
    found = of_release(release.number or 0)
    telling.tell(release, conference, found, affected(found))
    telling.tell(release, conference, found, affected(found))
    rows = db.session.scalars(select(Mail).where(Mail.dedupe_key.like(f"release:{release.ref}:%"))).all()
    assert len({row.recipient for row in rows}) == len(rows)
    return {row.recipient: row for row in rows}


@pytest.fixture
def guest(conference: Conference) -> Registration:
    return build.registration(conference, status=Status.ACCREDITED)


def test_only_those_concerned_are_told_once_with_all_that_changes(
    guest: Registration, inside: None, officer: Actor, conference: Conference, make: Maker
) -> None:
    hall = make.room("Hall")
    one, two = make.placed("Opening", hall, hour(9)), make.placed("Panel", hall, hour(11))
    still = make.placed("Closing", hall, hour(15))
    speaker(officer, conference, one, "Dewi Contoh", "dewi@mail.example", "id")
    for session in (one, two):
        speaker(officer, conference, session, "Amir Sampel", "Amir@mail.example", "en")
    speaker(officer, conference, still, "Mira Muster", "mira@mail.example", "en")
    guest = db.session.merge(guest)
    guest.person.email = "guest@mail.example"
    sign_ups.set_sign_up(officer, two, is_open=True, capacity=None)
    places.take([places.quota_for(two)], guest)
    first = mails(timetable.release(officer, conference), conference)
    assert set(first) == {"dewi@mail.example", "Amir@mail.example", "mira@mail.example"}

    timetable.place(officer, one, [hall], hour(10))
    timetable.cancel(officer, two)
    told = mails(timetable.release(officer, conference), conference)
    assert set(told) == {"dewi@mail.example", "Amir@mail.example", "guest@mail.example"}
    assert "Opening: Moved" in told["Amir@mail.example"].text
    assert "Panel: Cancelled" in told["Amir@mail.example"].text
    assert "Panel" not in told["dewi@mail.example"].text
    assert "Opening" not in told["guest@mail.example"].text
    assert "Program" in told["dewi@mail.example"].text
    assert "09:00 WITA" in told["dewi@mail.example"].text
    assert "10:00 WITA" in told["dewi@mail.example"].text


@in_the_conference
def test_an_emergency_changes_one_session_for_readers_and_nothing_else_of_the_draft(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    one, two = make.placed("Opening", hall, hour(9)), make.placed("Panel", hall, hour(11))
    waiting = make.placed("Not yet", hall, hour(16))
    timetable.unplace(officer, waiting)
    timetable.release(officer, conference)
    timetable.place(officer, two, [annex], hour(14))
    timetable.place(officer, waiting, [hall], hour(16))
    made = timetable.emergency(
        officer, conference, one, {"en": "Water in the hall"}, rooms=[annex], starts_at=hour(9, 30)
    )
    now = {each.session_id: each for each in queries.editions(made)}
    assert (made.number, made.is_emergency, made.note) == (2, True, {"en": "Water in the hall"})
    assert now.keys() == {one.id, two.id}
    assert now[one.id].where_and_when == (hour(9, 30), 60, (annex.id,))
    assert now[two.id].where_and_when == (hour(11), 60, (hall.id,))
    placement = queries.placement(one)
    assert placement is not None
    assert (placement.starts_at, placement.room_ids) == (hour(9, 30), (annex.id,))

    timetable.emergency(officer, conference, two, {"en": "The chair is ill"})
    there = place_of(queries.placement(two))
    assert there is not None
    assert (there["state"], there["rooms"]) == ("cancelled", [[annex.id, False]])
    with pytest.raises(Refused, match="Readers have it so already"):
        timetable.emergency(officer, conference, two, {"en": "Again"})
    with pytest.raises(Refused, match="do not have this session"):
        timetable.emergency(officer, conference, waiting, {"en": "Never"})


@in_the_conference
def test_an_emergency_keeps_joined_halls_and_the_rooms_that_follow_on_a_screen(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    east, west, annex = (make.room(name) for name in ("East", "West", "Annex"))
    session = make.session("Plenary")
    timetable.place(officer, session, [east, west, annex], hour(9), overflow=[annex])
    timetable.release(officer, conference)
    timetable.emergency(officer, conference, session, {"en": "Late"}, rooms=[east, west, annex], starts_at=hour(10))
    there = place_of(queries.placement(session))
    assert there is not None
    assert there["rooms"] == [[east.id, False], [west.id, False], [annex.id, True]]
    (now,) = queries.editions(queries.newest_release())
    assert (now.room_ids, now.overflow) == ((east.id, west.id, annex.id), {annex.id})
    timetable.emergency(
        officer, conference, session, {"en": "Smaller"}, rooms=[east, west], starts_at=hour(10), overflow=[west]
    )
    there = place_of(queries.placement(session))
    assert there is not None
    assert there["rooms"] == [[east.id, False], [west.id, True]]


@in_the_conference
def test_an_emergency_that_would_clash_for_readers_is_stopped_until_the_clash_is_accepted(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    one, two = make.placed("Opening", hall, hour(9)), make.placed("Panel", annex, hour(9))
    timetable.release(officer, conference)
    timetable.place(officer, two, [hall], hour(15))  # in the draft alone: readers have it in the annex
    change = {"rooms": [annex], "starts_at": hour(9, 30)}
    with pytest.raises(timetable.Blocked) as stopped:
        timetable.emergency(officer, conference, one, {"en": "Water"}, **change)
    assert [clash.sessions for clash in stopped.value.clashes.found] == [(two.id, one.id)]
    with pytest.raises(timetable.Blocked):  # a reason for what nobody saw accepts nothing
        timetable.emergency(officer, conference, one, {"en": "Water"}, **change, accepted="They share it", seen="x")
    assert len(queries.releases()) == 1
    seen = stopped.value.seen
    timetable.emergency(officer, conference, one, {"en": "Water"}, **change, accepted="They share it", seen=seen)
    assert [row.reason for row in db.session.scalars(select(AcceptedClash))] == ["They share it"]
    timetable.emergency(officer, conference, one, {"en": "It is cancelled"})
    assert len(queries.releases()) == 3


@in_the_conference
def test_a_corrected_title_shows_at_once_and_what_it_was_is_kept(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    session = make.placed("Opning", make.room(), hour(9))
    release = timetable.release(officer, conference)
    sessions.change_session(officer, session, Details(Kind.PANEL, {"en": "Opening"}, 60), None)
    assert release.table[0]["words"]["title"] == {"en": "Opening"}
    correction = db.session.scalars(select(Correction)).one()
    assert (correction.was, correction.became) == ({"en": "Opning"}, {"en": "Opening"})
    with pytest.raises(Refused, match="Nothing has changed"):
        timetable.release(officer, conference)
    assert re.match(r"\d{4}-", release.table[0]["words"]["corrected"])
    assert clock.now() >= correction.made_at
