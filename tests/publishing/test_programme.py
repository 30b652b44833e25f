"""The public programme: chosen from, as files for other programs, and what runs now."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from confapp.foundation import clock
from confapp.programme.rules import PlacementState
from tests import build
from tests.publishing.test_pages import place, release, room, session, text

URL = "/en/ct-2030"


@pytest.fixture
def two(client: FlaskClient) -> tuple[str, datetime]:
    """A release with a debate in the hall and a cancelled panel, another left out; the debate's reference and hour."""
    conference = build.conference("ct-2030")
    hall, small = room(conference, "Hall"), room(conference, "Small room", 1)
    first, second = release(conference, 1), release(conference, 2)
    gone, debate = session(conference, "Left out"), session(conference)
    place(first, gone, small)
    starts = place(second, debate, hall).starts_at
    place(second, session(conference, "Panel"), small, 10, state=PlacementState.CANCELLED)
    return str(debate.ref), starts


def test_a_reader_chooses_by_room_and_searches_people(client: FlaskClient, two: tuple[str, datetime]) -> None:
    page = text(client, f"{URL}/programme?room=2")
    assert "1 session" in page
    assert ">Panel<" in page
    assert "General debate<" not in page
    found = text(client, f"{URL}/programme?q=dewi+contoh")
    assert "General debate" in found
    assert "General debate<" in text(client, f"{URL}/programme?q=exampleland+dewi&format=in_person&access=open")
    assert "General debate<" not in text(client, f"{URL}/programme?q=exampleland+dewi&access=press")
    nothing = text(client, f"{URL}/programme?q=%3Cscript%3Ezzz")
    assert "No session of the programme is as you ask for" in nothing
    assert "&lt;script&gt;zzz" in nothing
    for hostile in ("room=%00", "day=0000-00-00", "theme=" + "x" * 500, "q=" + "y" * 500, "kind=%F0%9F%98%80"):
        text(client, f"{URL}/programme?{hostile}")


def test_the_calendar_has_zones_sequence_and_what_was_left_out(client: FlaskClient, two: tuple[str, datetime]) -> None:
    answer = client.get(f"{URL}/programme.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.data)
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert {name: str(event["status"]) for name, event in events.items()} == {
        "General debate": "CONFIRMED",
        "Panel": "CANCELLED",
        "Left out": "CANCELLED",
    }
    assert {int(event["sequence"]) for event in events.values()} == {2}
    debate = events["General debate"]
    assert debate["summary"].params["LANGUAGE"] == "en"
    assert debate["dtstart"].params["TZID"] == "Asia/Makassar"
    assert str(debate["location"]).startswith("Hall")
    assert len({str(event["uid"]) for event in events.values()}) == 3
    again = client.get(f"{URL}/programme.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_title_cannot_add_lines_to_a_calendar(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    place(release(conference), session(conference, "Talks;\r\nBEGIN:VALARM"), room(conference, "Hall"))
    answer = client.get(f"{URL}/programme.ics")
    assert b"\nBEGIN:VALARM" not in answer.data
    assert len(list(Calendar.from_ical(answer.data).walk("VEVENT"))) == 1


def test_another_day_is_looked_at_in_the_same_way(client: FlaskClient) -> None:
    conference = build.conference("ct-2030")
    hall, first = room(conference, "Hall"), release(conference)
    place(first, session(conference, "First day"), hall)
    place(first, session(conference, "Second day"), hall, day=1)
    page = text(client, f"{URL}/programme?access=open&day={conference.starts_on}")
    assert ">First day<" in page
    assert ">Second day<" not in page
    assert f"?day={conference.starts_on + timedelta(days=1)}&amp;access=open" in page


def test_one_session_goes_into_a_calendar(client: FlaskClient, two: tuple[str, datetime]) -> None:
    events = list(Calendar.from_ical(client.get(f"{URL}/sessions/{two[0]}.ics").data).walk("VEVENT"))
    assert len(events) == 1
    assert client.get(f"{URL}/sessions/nowhere.ics").status_code == 404


def test_other_programs_read_xml_and_json(client: FlaskClient, two: tuple[str, datetime]) -> None:
    root = ElementTree.fromstring(client.get(f"{URL}/programme.xml").data)
    assert [event.findtext("title") for event in root.iter("event")] == ["General debate", "Panel"]
    whole = json.loads(client.get(f"{URL}/programme.json").data)
    assert whole["schedule"]["conference"]["days"][0]["rooms"]["Hall"][0]["title"] == "General debate"
    assert client.get(f"{URL}/programme.exe").status_code == 404


def test_before_the_first_release_there_is_no_file(client: FlaskClient) -> None:
    build.conference("ct-2030")
    for name in ("programme.ics", "programme.xml", "programme.json"):
        assert client.get(f"{URL}/{name}").status_code == 404
    assert "Nothing more is planned" in text(client, f"{URL}/programme/now")


def test_what_runs_now_changes_with_the_hour(client: FlaskClient, two: tuple[str, datetime]) -> None:
    starts = two[1]
    with time_machine.travel(starts - timedelta(minutes=10), tick=False):
        page = text(client, f"{URL}/programme/now")
        assert "Nothing is running" in page
        assert "General debate" in page
        assert f"{clock.local(starts, 'Asia/Makassar') - timedelta(minutes=10):%H:%M}" in page
    with time_machine.travel(starts + timedelta(minutes=10), tick=False):
        answer = client.get(f"{URL}/programme/screen")
        screen = answer.text
        assert screen.index("General debate") < screen.index("Nothing more is planned")
        assert answer.headers["Refresh"] == "60"
