from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.foundation import clock
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.models import Placement, PlacementRoom, Room, Schedule, Session
from confapp.programme.rules import PlacementState, printing
from tests import build

ROLES = [
    {"role": "moderator", "name": "Ms Dewi Contoh", "function": {"en": "Director"}, "delegation": {"en": "Exampleland"}}
]


def room(conference: Conference, name: str, position: int = 0) -> Room:
    return build.save(Room(conference_id=conference.id, name={"en": name, "id": f"{name} (id)"}, position=position))


def release(conference: Conference, number: int = 1) -> Schedule:
    return build.save(
        Schedule(conference_id=conference.id, number=number, released_at=datetime(2026, 11, 1, 6, 5, tzinfo=UTC))
    )


def session(conference: Conference, title: str = "General debate") -> Session:
    return build.save(Session(conference_id=conference.id, title={"en": title, "id": f"{title} (id)"}, minutes=60))


def place(schedule: Schedule, what: Session, where: Room, hour: int = 9, day: int = 0, **changes: Any) -> Placement:
    """Places a session at an hour of the conference's zone (UTC+8)."""
    conference = db.session.get_one(Conference, schedule.conference_id)
    starts = conference.starts_at + timedelta(days=day, hours=hour)
    with across_conferences("a test makes its data"):
        details = printing.details(what, {}) | {"roles": ROLES}
    values = {"printed": printing.printed(what), "details": details} | changes
    placed = Placement(
        conference_id=conference.id, schedule_id=schedule.id, session_id=what.id, starts_at=starts, minutes=60, **values
    )
    placed.rooms.append(PlacementRoom(conference_id=conference.id, room_id=where.id))
    build.save(placed)
    print_table(schedule)
    return placed


def print_table(schedule: Schedule) -> None:
    """What a release does at its end: the table that its readers see."""
    with in_conference(schedule.conference_id), writing():
        before = queries.release(schedule.number - 1) if schedule.number else None
        schedule.table = printing.table(queries.editions(before), queries.editions(schedule))


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_front_lists_coming_and_past_but_no_draft(client: FlaskClient) -> None:
    build.conference("coming-2030", name={"en": "Coming Conference"})
    long_ago = clock.now().date() - timedelta(days=900)
    build.conference("past-2020", name={"en": "Past Conference"}, starts_on=long_ago, ends_on=long_ago)
    build.conference("hidden-2030", name={"en": "Hidden Conference"}, status=Status.DRAFT)
    page = text(client, "/en/")
    assert page.index("Coming Conference") < page.index("Past Conference")
    assert "Hidden Conference" not in page


def test_front_of_an_empty_installation_says_what_comes_next(client: FlaskClient) -> None:
    assert "No conference has been announced yet" in text(client, "/en/")


def test_title_page_has_three_doors_and_one_filled_button(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    page = text(client, "/en/ct-2030/")
    assert page.count("<h1") == 1
    assert page.count("button primary") == 1
    assert 'href="/en/ct-2030/register"' in page
    assert "The programme has not been published yet" in page
    assert "WITA (UTC+8)" in page
    assert conference.contact_email in page


def test_title_page_has_no_way_to_register_when_registration_is_over(client: FlaskClient) -> None:
    build.conference("ct-2030", registration_closes_at=clock.now() - timedelta(days=1))
    page = text(client, "/en/ct-2030/")
    assert "Registration closed on" in page
    assert "/register" not in page.split("<main")[1]


def test_public_pages_set_no_cookie_and_name_their_languages(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    build.save(ConferencePage(conference_id=conference.id, name="visa", title={"en": "Visa"}, as_of=clock.now().date()))
    for path in ("/", "/ct-2030/", "/ct-2030/programme", "/ct-2030/pages/", "/ct-2030/pages/visa"):
        answer = client.get("/en" + path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, no-cache"
        page = answer.get_data(as_text=True)
        assert f'<link rel="canonical" href="http://localhost/en{path}">' in page
        assert f'hreflang="id" href="http://localhost/id{path}"' in page
        assert page.count("<h1") == 1
        assert "style=" not in page


def test_a_draft_is_for_its_staff_only(client: FlaskClient) -> None:
    conference = build.conference("draft-2030", status=Status.DRAFT)
    other = build.conference("other-2030")
    for path in ("", "programme", "pages/"):
        text(client, f"/draft-2030/{path}", 404)
    client.sign_in(build.staff(other, Role.ORGANIZER))
    text(client, "/draft-2030/", 404)
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    answer = client.get("/en/draft-2030/")
    assert "Draft, not public" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_programme_shows_the_newest_release_only(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    hall, small = room(conference, "Hall"), room(conference, "Small room", 1)
    debate, panel, hidden = session(conference), session(conference, "Panel"), session(conference, "Unplaced secret")
    first, second = release(conference, 1), release(conference, 2)
    draft = build.save(Schedule(conference_id=conference.id, number=None))
    place(first, debate, hall)
    place(second, debate, small)
    place(second, panel, hall, 10, state=PlacementState.CANCELLED)
    place(draft, hidden, hall, 11)
    page = text(client, "/en/ct-2030/programme")
    assert "Version 2, published 1 November 2026, 14:05 WITA" in page
    assert "General debate" in page
    assert ">09:00<" in page
    assert "until 10:00" in page
    assert "Moved" in page
    assert "Cancelled" in page
    assert "Unplaced secret" not in page
    text(client, f"/en/ct-2030/sessions/{hidden.ref}", 404)


def test_programme_is_cut_by_day(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    hall, current = room(conference, "Hall"), release(conference)
    place(current, session(conference, "First day"), hall)
    place(current, session(conference, "Second day"), hall, day=1)
    second = conference.starts_on + timedelta(days=1)
    assert "Second day" not in text(client, "/en/ct-2030/programme")
    assert "First day" not in text(client, f"/en/ct-2030/programme?day={second}")
    both = text(client, "/en/ct-2030/programme?day=all")
    assert "First day" in both
    assert "Second day" in both


def test_a_programme_that_changes_shows_at_once(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    assert "not been published" in text(client, "/en/ct-2030/programme")
    place(release(conference), session(conference), room(conference, "Hall"))
    assert "General debate" in text(client, "/en/ct-2030/programme")


@pytest.mark.parametrize("count", [1, 3])
def test_programme_asks_the_same_number_of_questions_for_any_number_of_sessions(
    client: FlaskClient, count: int
) -> None:
    conference = build.conference("ct-2030")
    hall, current = room(conference, "Hall"), release(conference)
    for number in range(count):
        place(current, session(conference, f"Session {number}"), hall, 9 + number)
    db.session.expire_all()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    text(client, "/en/ct-2030/programme")
    assert len([one for one in asked if one.startswith("SELECT")]) <= 7


def test_session_page_names_hours_zone_room_and_people(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    debate = session(conference)
    place(release(conference), debate, room(conference, "Hall"))
    page = text(client, f"/en/ct-2030/sessions/{debate.ref}")
    for words in ("09:00–10:00 WITA", "Hall", "Moderator", "Ms Dewi Contoh", "Director", "Exampleland"):
        assert words in page
    assert "General debate (id)" in text(client, f"/id/ct-2030/sessions/{debate.ref}")


def test_a_session_of_another_conference_is_not_here(client: FlaskClient) -> None:
    conference, other = build.conference("ct-2030"), build.conference("other-2030")
    debate = session(conference)
    place(release(conference), debate, room(conference, "Hall"))
    release(other)
    text(client, f"/other-2030/sessions/{debate.ref}", 404)


def test_information_says_its_day_and_that_a_translation_is_missing(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    written = {"en": "Bring the *letter*. <script>alert(1)</script>"}
    page = ConferencePage(
        conference_id=conference.id,
        name="visa",
        title={"en": "Visa"},
        text=written,
        as_of=datetime(2026, 11, 20).date(),
    )
    build.save(page)
    shown = text(client, "/en/ct-2030/pages/visa")
    assert "As of 20 November 2026" in shown
    assert "<em>letter</em>" in shown
    assert "<script>alert" not in shown
    assert '<div class="prose" lang="en"' in text(client, "/id/ct-2030/pages/visa")
    text(client, "/en/ct-2030/pages/nothing", 404)


def test_arabic_pages_run_from_right_to_left(client: FlaskClient) -> None:
    build.conference("ct-2030", languages=["en", "ar"], name={"en": "Conference", "ar": "المؤتمر"})
    page = text(client, "/ar/ct-2030/")
    assert '<html lang="ar" dir="rtl">' in page
    assert "المؤتمر" in page


def test_the_first_reader_gets_a_packed_page_too(client: FlaskClient) -> None:
    build.conference("ct-2030")
    answers = [client.get("/en/ct-2030/", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert [answer.headers["Content-Encoding"] for answer in answers] == ["gzip", "gzip"]
    assert answers[0].data == answers[1].data
