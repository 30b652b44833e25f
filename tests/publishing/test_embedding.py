"""The programme in other sites' pages, and what search engines read of ours."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format, embed_origins, embed_origins_fault
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.models import Room, Session
from confapp.programme.rules import Details, Kind, PlacementState, SessionRoleKind
from tests import build
from tests.publishing.test_pages import ROLES, place, release, room, session, text

HOSTILE = '</script><script>alert(1)</script><!-- & \u2028 "'


def directive(answer: Any, name: str) -> str:
    found = dict(one.strip().partition(" ")[::2] for one in answer.headers["Content-Security-Policy"].split(";"))
    return str(found[name])


# --- in a frame -------------------------------------------------------------------------------------------------------


def test_only_named_sites_may_frame_the_programme(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    place(release(conference), session(conference, "Debate"), room(conference, "Hall"))
    path = "/en/ct-2030/programme/embed"
    answer = client.get(path)
    assert directive(answer, "frame-ancestors") == "'none'"
    build.change(conference, embed_origins=["https://www.ministry.example", "https://news.example:8443"])
    answer = client.get(path)
    assert directive(answer, "frame-ancestors") == "https://www.ministry.example https://news.example:8443"
    assert directive(answer, "script-src") == "'self'"
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert client.get(path).headers["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]
    for other in ("/en/ct-2030/programme", "/en/ct-2030/", "/en/ct-2030/agenda/"):
        assert directive(client.get(other), "frame-ancestors") == "'none'"


def test_every_link_of_the_frame_opens_a_window_of_its_own(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    hall, small = room(conference, "Hall"), room(conference, "Small room", 1)
    first = release(conference)
    place(first, session(conference, "Debate"), hall)
    place(first, session(conference, "Panel"), small, day=1)
    page = text(client, "/en/ct-2030/programme/embed?day=all")
    links = [one for one in re.findall(r"<a [^>]*>", page.split("<main")[1]) if 'href="?' not in one]
    assert len(links) == 3
    assert all('target="_blank" rel="noopener"' in one for one in links)
    narrowed = text(client, "/en/ct-2030/programme/embed?room=2")
    assert ">Panel<" in narrowed
    assert ">Debate<" not in narrowed
    assert len(page.encode()) < 8_000


def test_before_the_first_release_the_frame_says_so(client: FlaskClient) -> None:
    build.conference("ct-2030")
    assert "has not been published yet" in text(client, "/en/ct-2030/programme/embed")


@pytest.mark.parametrize(
    "typed",
    [
        "http://www.ministry.example",
        "https://*.ministry.example",
        "https://ministry.example/path",
        "https://ministry.example; script-src *",
        "https://ministry",
        "https://user@ministry.example",
        "'self'",
        "*",
        "https://ministry.example:0",
        "https://kementerian\u00e9.example",
        " ".join(f"https://site-{n}.example" for n in range(21)),
    ],
)
def test_what_is_no_site_is_refused(typed: str) -> None:
    assert embed_origins_fault(embed_origins(typed))


def test_sites_are_spelled_as_browsers_do() -> None:
    found = embed_origins("HTTPS://WWW.Ministry.example/\n\n https://news.example:8443 https://www.ministry.example")
    assert found == ["https://www.ministry.example", "https://news.example:8443"]
    assert embed_origins_fault(found) is None


# --- for search engines -----------------------------------------------------------------------------------------------


def about(client: FlaskClient, path: str) -> dict[str, Any]:
    page = text(client, path)
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    found: dict[str, Any] = json.loads(blocks[0])
    assert found["@context"] == "https://schema.org"
    return found


def test_a_session_is_told_as_an_event_of_the_conference(client: FlaskClient) -> None:
    conference = build.conference("ct-2030", venue={"en": "Convention Centre"}, city={"en": "Ambon"})
    first, hall = release(conference), room(conference, "Hall")
    nobody: dict[str, Any] = {"function": {}, "delegation": {}}
    roles = [
        *ROLES,
        nobody | {"role": "speaker", "name": "Mr Not Yet", "status": "invited"},
        nobody | {"role": "chair", "name": "", "function": {"en": "Ambassador of Exampleland"}},
        nobody | {"role": "interpreter", "name": "Ms Interpreter"},
    ]
    details = {"languages": ["en", "id"], "description": {"en": "**On** data"}, "roles": roles, "items": []}
    row = session(conference, "Debate")
    placed = place(first, row, hall, details=details)
    found = about(client, f"/en/ct-2030/sessions/{row.ref}")
    assert found["@type"] == "Event"
    assert found["name"] == "Debate"
    assert found["url"] == f"http://localhost/en/ct-2030/sessions/{row.ref}"
    assert found["startDate"].endswith("T09:00:00+08:00")
    assert found["endDate"].endswith("T10:00:00+08:00")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found["description"] == "On data"
    assert found["location"]["name"] == "Hall"
    assert found["location"]["containedInPlace"] == {
        "@type": "Place",
        "name": "Convention Centre",
        "address": "Ambon",
    }
    assert [one["name"] for one in found["performer"]] == ["Ms Dewi Contoh"]
    above = found["superEvent"]
    assert {"name", "startDate", "endDate", "location", "@id"} <= set(above)
    assert above["@id"] == about(client, "/en/ct-2030/")["@id"]
    assert placed.minutes == 60


def test_cancelled_and_online_sessions_say_so(client: FlaskClient) -> None:
    conference = build.conference("ct-2030", format=Format.HYBRID)
    first, hall = release(conference), room(conference, "Hall")
    row = build.save(build_online(conference))
    place(first, row, hall, state=PlacementState.CANCELLED)
    found = about(client, f"/en/ct-2030/sessions/{row.ref}")
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert found["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert found["location"]["@type"] == "VirtualLocation"
    whole = about(client, "/en/ct-2030/programme")
    assert whole["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert {one["@type"] for one in whole["location"]} == {"Place", "VirtualLocation"}
    assert [one["eventStatus"] for one in whole["subEvent"]] == ["https://schema.org/EventCancelled"]
    assert urljoin("http://localhost/en/ct-2030/programme", whole["subEvent"][0]["@id"]) == found["@id"]


def test_a_moved_session_says_when_it_was_and_its_people_stand_in_the_organizers_order(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    nine = conference.starts_at + timedelta(hours=9)
    with in_conference(conference.id), writing():
        db.session.add(conference)
        hall = rooms.add_room(SYSTEM, conference, {"en": "Hall"})
        made = sessions.create_session(SYSTEM, conference, Details(Kind.PANEL, {"en": "Debate"}, 60))
        for kind, name in (("keynote", "First"), ("chair", "Second"), ("keynote", "Third"), ("keynote", "Fourth")):
            sessions.add_role(SYSTEM, made, SessionRoleKind(kind), printed_function={"en": name})
        timetable.place(SYSTEM, made, [hall], nine)
        timetable.release(SYSTEM, conference)
        ref = made.ref
    path = f"/en/ct-2030/sessions/{ref}"
    assert about(client, path)["eventStatus"].endswith("EventScheduled")
    page = re.sub(r"<[^>]+>|\s+", " ", text(client, path))
    taking_part = page[page.index("Taking part") : page.index("Day ")]
    assert re.findall(r"Keynote|Chair|First|Second|Third|Fourth", taking_part) == [
        *("Keynote", "First", "Chair", "Second", "Keynote", "Third", "Fourth")
    ]

    for hours, title in ((11, "Debate"), (11, "Debate again")):  # a later release without a move forgets nothing
        with in_conference(conference.id), writing():
            row = db.session.scalars(select(Session)).one()
            row.title = {"en": title}
            timetable.place(SYSTEM, row, list(db.session.scalars(select(Room))), nine + timedelta(hours=hours - 9))
            timetable.release(SYSTEM, db.session.get_one(Conference, conference.id))
        told = about(client, path)
        assert told["eventStatus"] == "https://schema.org/EventRescheduled"
        assert told["startDate"].endswith("T11:00:00+08:00")
        assert told["previousStartDate"].endswith("T09:00:00+08:00")
        (brief,) = about(client, "/en/ct-2030/programme")["subEvent"]
        assert brief["previousStartDate"] == told["previousStartDate"]


def build_online(conference: Any) -> Any:
    from confapp.programme.models import Session

    return Session(conference_id=conference.id, title={"en": "Webinar"}, minutes=60, format=Format.ONLINE)


def test_no_text_ends_the_block(client: FlaskClient) -> None:
    conference = build.conference("ct-2030", name={"en": HOSTILE})
    row = session(conference, HOSTILE)
    place(release(conference), row, room(conference, HOSTILE))
    for path in ("", "programme", f"sessions/{row.ref}"):
        page = text(client, f"/en/ct-2030/{path}")
        assert "<script>alert" not in page
        assert about(client, f"/en/ct-2030/{path}")["name"].startswith("</script>")
        assert "\u2028" not in page.split('ld+json">')[1].split("</script>")[0]


def test_the_desk_names_the_sites_and_keeps_what_was_typed(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    client.sign_in(build.staff(conference, Role.ORGANIZER))  # type: ignore[attr-defined]
    url = "/en/desk/ct-2030/conference"
    page = text(client, url)
    form = {name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0] for name in KEPT}
    form |= {"zone": conference.zone, "format": "in_person", "languages": "en", "name-en": "Name"}
    refused = client.post(url, data=form | {"embed_origins": "http://ministry.example\nsomething else"})
    assert refused.status_code == 422
    assert "is no site" in refused.text
    assert "http://ministry.example" in refused.text
    sent = client.post(url, data=form | {"embed_origins": "https://WWW.ministry.example/", "form_key": "k" * 30})
    assert sent.status_code == 303
    assert "&lt;iframe src=" in text(client, url)
    embedded = client.application.test_client().get("/en/ct-2030/programme/embed")
    assert directive(embedded, "frame-ancestors") == "https://www.ministry.example"


KEPT = ("form_key", "csrf_token", "revision", "starts_on", "ends_on", "accent", "contact_email")
