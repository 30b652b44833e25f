"""Agendas by a private link and of registered persons: filled, renewed, thrown away, and never found by others."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation.db import across_conferences, db
from confapp.foundation.web.models import FormKey
from confapp.people.rules import Role
from confapp.programme import tasks
from confapp.programme.models import Agenda, Session, SessionRole, Star
from confapp.programme.queries import agendas as queries
from confapp.programme.rules import SessionRoleKind, agendas
from confapp.programme.rules.agendas import Appointment
from tests import build
from tests.publishing.test_pages import place, release, room, session, text

URL = "/en/ct-2030/agenda/"


@pytest.fixture
def programme(client: FlaskClient) -> dict[str, str]:
    """A release with two sessions at one time and a third on another day; their references."""
    conference = build.conference("ct-2030")
    hall, first = room(conference, "Hall"), release(conference)
    refs = {}
    for number, (name, day) in enumerate((("Debate", 0), ("Panel", 0), ("Closing", 1))):
        refs[name] = (row := session(conference, name)).ref
        place(first, row, hall if number else room(conference, "Small room", 1), day=day)
    return refs


def fields(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def made(client: FlaskClient, *refs: str) -> str:
    """The address of a new agenda."""
    page = text(client, URL)
    form = {name: fields(page, name)[0] for name in ("form_key", "token")}
    answer = client.post(URL, data=form | {"refs": ".".join(refs)})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    return str(answer.headers["Location"])


def send(client: FlaskClient, path: str, page: str, **data: Any) -> Any:
    return client.post(path, data={"form_key": fields(page, "form_key")[0], **data})


def stars() -> int:
    with across_conferences("a test counts"):
        return db.session.scalar(select(func.count(Star.id))) or 0


def test_an_agenda_is_made_filled_and_emptied_without_a_cookie(client: FlaskClient, programme: dict[str, str]) -> None:
    address = made(client, programme["Debate"], "unknown", "..", programme["Debate"])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.text.count(">Debate<") == 1
    assert ">Panel<" not in answer.text
    page = text(client, f"{address}/sessions")
    assert page.count('type="checkbox"') == 2
    assert page.count(" checked") == 1
    assert send(client, f"{address}/sessions", page, session=[programme["Panel"]]).status_code == 303
    shown = text(client, address)
    assert ">Debate<" not in shown
    assert ">Panel<" in shown
    assert send(client, f"{address}/remove", shown, refs=programme["Panel"]).status_code == 303
    assert "No session is in this agenda yet" in text(client, address)


def test_a_form_sent_twice_makes_one_agenda(client: FlaskClient, programme: dict[str, str]) -> None:
    page = text(client, URL)
    form = {name: fields(page, name)[0] for name in ("form_key", "token")} | {"refs": programme["Panel"]}
    first, second = client.post(URL, data=form), client.post(URL, data=form)
    assert first.headers["Location"] == second.headers["Location"]
    with across_conferences("a test counts"):
        assert db.session.scalar(select(func.count(Agenda.id))) == 1
    assert stars() == 1
    assert client.post(URL, data=form | {"token": "short", "form_key": "k" * 20}).status_code == 400


def test_what_opens_an_agenda_is_kept_nowhere(client: FlaskClient, programme: dict[str, str], app: Flask) -> None:
    """Neither in the database, nor in headers that caches, other sites and search engines see."""
    address = made(client, programme["Debate"])
    token = address.rpartition("/")[2]
    page = text(client, address)
    send(client, f"{address}/add", page, refs=programme["Panel"])
    feed = fields_of_feed(page)
    with across_conferences("a test looks at everything"):
        rows = [repr(list(db.session.execute(table.select()))) for table in db.metadata.sorted_tables]
        assert db.session.scalar(select(func.count(FormKey.id)))
    assert not [one for one in rows if token in one or feed in one]
    for path in (address, f"{URL}{feed}.ics", f"{address}/sessions", URL + "x" * 43):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in headers["X-Robots-Tag"]
    assert token not in page.split("<body")[0]
    assert 'name="robots" content="noindex' in page


def fields_of_feed(page: str) -> str:
    found = re.search(r"/agenda/([\w-]{43})\.ics", page)
    assert found is not None
    return found[1]


def test_the_calendar_does_not_lead_to_the_agenda(client: FlaskClient, programme: dict[str, str]) -> None:
    address = made(client, programme["Debate"])
    feed = fields_of_feed(text(client, address))
    assert feed not in address
    assert client.get(f"{URL}{feed}").status_code == 404
    assert client.get(f"{address}.ics").status_code == 404
    assert client.get(f"{URL}{feed}.ics").status_code == 200


def test_guessing_is_stopped_and_holders_are_not(
    client: FlaskClient, programme: dict[str, str], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = made(client, programme["Debate"])
    monkeypatch.setitem(app.config, "LIMITS", {"agenda_unknown": 3})
    tried = [client.get(f"{URL}{agendas.new_token()}").status_code for _time in range(5)]
    assert tried == [404, 404, 404, 429, 429]
    assert client.get(f"{URL}{agendas.new_token()}.ics").status_code == 429
    assert client.post(f"{URL}{agendas.new_token()}/delete", data={"form_key": "x" * 20}).status_code == 429
    assert text(client, address)


def test_another_conference_does_not_know_it(client: FlaskClient, programme: dict[str, str]) -> None:
    build.conference("other-2030")
    token = made(client, programme["Debate"]).rpartition("/")[2]
    for path in (token, f"{token}/sessions", f"{agendas.feed_token(token)}.ics"):
        assert client.get(f"/en/other-2030/agenda/{path}").status_code == 404


def test_a_new_address_ends_the_former_ones(client: FlaskClient, programme: dict[str, str]) -> None:
    address = made(client, programme["Debate"])
    page = text(client, address)
    data = {"renewed": fields(page, "renewed")[0]}
    first, again = (send(client, f"{address}/renew", page, **data) for _time in range(2))
    assert first.status_code == again.status_code == 303
    renewed = first.headers["Location"]
    assert again.headers["Location"] == renewed
    assert ">Debate<" in text(client, renewed)
    assert client.get(address).status_code == 404
    assert client.get(f"{URL}{fields_of_feed(page)}.ics").status_code == 404
    assert client.get(f"{URL}{fields_of_feed(text(client, renewed))}.ics").status_code == 200


def test_an_agenda_is_thrown_away(client: FlaskClient, programme: dict[str, str]) -> None:
    address = made(client, programme["Debate"])
    answer = send(client, f"{address}/delete", text(client, address))
    assert "was deleted" in text(client, answer.headers["Location"])
    assert client.get(address).status_code == 404
    assert stars() == 0


def test_sessions_at_the_same_time_are_marked(client: FlaskClient, programme: dict[str, str]) -> None:
    page = text(client, made(client, *programme.values()))
    assert "2 sessions here are at the same time as others" in page
    assert page.count("At the same time:") == 2
    assert page.index(">Panel<") < page.index(">Closing<")


def test_the_calendar_follows_the_releases(client: FlaskClient, programme: dict[str, str]) -> None:
    conference = build_conference()
    address = made(client, programme["Debate"], programme["Panel"])
    path = f"{URL}{fields_of_feed(text(client, address))}.ics"
    before = events(client, path)
    assert {name: str(event["status"]) for name, event in before.items()} == {
        "Debate": "CONFIRMED",
        "Panel": "CONFIRMED",
    }
    second = release(conference, 2)
    place(second, row_of(programme["Panel"]), room(conference, "Other room", 3), 15)
    after = events(client, path)
    assert str(after["Debate"]["status"]) == "CANCELLED"
    assert after["Panel"]["dtstart"].dt - before["Panel"]["dtstart"].dt == timedelta(hours=6)
    assert int(after["Panel"]["sequence"]) > int(before["Panel"]["sequence"])
    assert {name: str(event["uid"]) for name, event in after.items()} == {
        name: str(event["uid"]) for name, event in before.items()
    }
    assert "No longer in the programme" in text(client, address)


def build_conference() -> Conference:
    with across_conferences("a test"):
        return db.session.scalars(select(Conference).where(Conference.slug == "ct-2030")).one()


def row_of(ref: str) -> Session:
    with across_conferences("a test finds its session"):
        return db.session.scalars(select(Session).where(Session.ref == ref)).one()


def events(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.data)
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_a_device_asks_for_its_stars_only(client: FlaskClient, programme: dict[str, str]) -> None:
    page = text(client, f"/en/ct-2030/programme?stars={programme['Panel']}.{programme['Closing']}")
    assert "2 sessions" in page
    assert ">Panel<" in page
    assert ">Closing<" in page
    assert ">Debate<" not in page
    assert '<details class="narrow">' in page


def test_what_was_starred_is_deleted_some_time_after(client: FlaskClient, programme: dict[str, str]) -> None:
    made(client, programme["Debate"])
    over = build_conference().ends_at
    with time_machine.travel(over + agendas.KEPT_AFTER - timedelta(hours=1)):
        tasks.purge_agendas()
        assert stars() == 1
    with time_machine.travel(over + agendas.KEPT_AFTER + timedelta(hours=1)):
        tasks.purge_agendas()
        tasks.purge_agendas()
        assert stars() == 0


def test_as_many_sessions_cost_as_many_queries(client: FlaskClient, programme: dict[str, str]) -> None:
    one, three = made(client, programme["Debate"]), made(client, *programme.values())
    counts = []
    text(client, three)  # a process reads a release once
    for address in (one, three):
        with build.count_queries() as counted:
            text(client, address)
        counts.append(counted.number)
    assert counts[0] == counts[1] <= 8


# --- of a registered person -------------------------------------------------------------------------------------------


@pytest.fixture
def speaker(client: FlaskClient, programme: dict[str, str]) -> Any:
    """Somebody with a part in the debate, signed in."""
    conference = build_conference()
    person = build.person(conference)
    account = build.account()
    build.mandate(account, Role.SPEAKER, conference, person_id=person.id)
    row = row_of(programme["Debate"])
    build.save(
        SessionRole(conference_id=conference.id, session_id=row.id, role=SessionRoleKind.MODERATOR, person_id=person.id)
    )
    client.sign_in(account)
    return person


def test_a_person_finds_parts_and_stars_and_one_calendar(
    client: FlaskClient, programme: dict[str, str], speaker: Any
) -> None:
    url = f"/en/me/ct-2030/agenda/{speaker.ref}"
    assert client.get("/en/me/ct-2030/agenda/").headers["Location"] == url
    page = text(client, url)
    assert "Moderator" in page
    assert ">Panel<" not in page
    token = re.findall(r'name="csrf_token" value="([^"]*)"', page)[0]
    data = {"csrf_token": token, "refs": programme["Panel"]}
    assert send(client, f"{url}/add", page, **data).status_code == 303
    page = text(client, url)
    assert "2 sessions here are at the same time as others" in page
    given = fields(page, "address")[0]
    answer = send(client, f"{url}/address/give", page, csrf_token=token, address=given)
    assert answer.status_code == 303
    path = f"{URL}{fields_of_feed(text(client, answer.headers['Location']))}.ics"
    assert path.endswith(f"{given}.ics")
    stranger = client.application.test_client()
    assert set(events(stranger, path)) == {"Debate", "Panel"}
    assert stranger.get(f"{URL}{given}").status_code == 404
    assert f"{given}.ics" not in text(client, url)
    page = text(client, url)
    assert client.post(f"{url}/address/take", data={"form_key": "z" * 20, "csrf_token": token}).status_code == 303
    assert stranger.get(path).status_code == 404


def test_only_the_person_opens_its_agenda(client: FlaskClient, programme: dict[str, str], speaker: Any) -> None:
    url = f"/en/me/ct-2030/agenda/{speaker.ref}"
    other = client.application.test_client()
    other.sign_in(build.staff(build_conference(), Role.ORGANIZER))  # type: ignore[attr-defined]
    for path in (url, f"{url}/sessions", "/en/me/ct-2030/agenda/"):
        assert other.get(path).status_code == 404
    assert client.application.test_client().get(url).status_code == 303


def test_other_features_add_appointments(client: FlaskClient, programme: dict[str, str], speaker: Any) -> None:
    starts = build_conference().starts_at + timedelta(hours=9, minutes=30)

    def meetings(persons: Any) -> list[Appointment]:
        known = set(persons) == {speaker.id}
        about = {"title": {"en": "With Exampleland"}, "label": "Bilateral meeting", "rooms": ({"en": "Room B"},)}
        return [Appointment("b-1@confapp", starts, 30, **about)] if known else []  # type: ignore[arg-type]

    queries.appointments.append(meetings)
    try:
        page = text(client, f"/en/me/ct-2030/agenda/{speaker.ref}")
    finally:
        queries.appointments.remove(meetings)
    assert "With Exampleland" in page
    assert "2 sessions here are at the same time as others" in page


def test_overlaps_touching_ends_do_not_count() -> None:
    class Row:
        def __init__(self, starts: int, ends: int) -> None:
            self.starts, self.ends = datetime(2030, 1, 1, starts), datetime(2030, 1, 1, ends)

    rows = [Row(9, 12), Row(10, 11), Row(11, 12), Row(12, 13)]
    assert agendas.overlaps(rows) == {0: [1, 2], 1: [0], 2: [0]}
