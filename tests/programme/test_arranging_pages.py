"""The scheduler's pages: asking, looking, taking over; who may not; bad input."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confapp.conferences.models import Conference
from confapp.foundation import jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import in_conference
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.actions import sessions
from confapp.programme.models import Arrangement
from confapp.programme.rules import SessionRoleKind
from confapp.speakers.actions import add_speaker
from tests import build
from tests.programme.conftest import Maker
from tests.programme.test_pages import Desk

FORM = {"scope": "unplaced", "opens": "08:00", "closes": "19:00", "effort": "3", "seed": "1", "since": ""}
WISHES = {
    f"wish_{wish}": "1" for wish in ("theme", "day", "waking", "audience", "changes", "fit", "interpreter", "order")
}


@pytest.fixture
def desk(client: FlaskClient, conference: Conference, make: Maker) -> Desk:
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    desk = Desk(client, conference, make)
    desk.session("Opening")
    for title in ("Early warning", "Shelters"):
        desk.session(title, place=False)
    return desk


def test_a_proposal_is_asked_for_shown_and_taken_over_once(desk: Desk) -> None:
    assert "2 sessions have no place." in desk.get("/programme/scheduler")
    assert desk.send("/programme/scheduler", **FORM, **WISHES) == 303
    row = desk.one(Arrangement)
    path = f"/programme/scheduler/{row.ref}"
    assert desk.client.get(desk.url + path).headers["Refresh"] == "3"
    jobs.run_due()
    page = desk.get(f"/programme/scheduler/{row.ref}")
    assert "Early warning" in page
    assert "Refresh" not in desk.client.get(desk.url + path).headers
    chosen = [move["session"] for move in desk.one(Arrangement).moves]
    desk.refuse(f"/programme/scheduler/{row.ref}/accept", 422, session="x")
    assert desk.send(f"/programme/scheduler/{row.ref}/accept", session=[str(one) for one in chosen]) == 303
    with in_conference(desk.conference.id):
        assert queries.unplaced_count() == 0
    desk.refuse(f"/programme/scheduler/{row.ref}/accept", 409, session=[str(one) for one in chosen])


def test_what_contradicts_is_said_and_relaxed_by_a_button(desk: Desk) -> None:
    with in_conference(desk.conference.id), writing():
        for session in queries.unplaced():
            session.audience = 5000
        for room in queries.rooms():
            room.capacity = 10
    desk.send("/programme/scheduler", **FORM, **WISHES)
    jobs.run_due()
    row = desk.one(Arrangement)
    assert "is in a room with enough seats" in desk.get(f"/programme/scheduler/{row.ref}")
    demand = next(one for one in row.conflict if one["kind"] == "size")
    value = f"size:{demand['one']}:0"
    assert desk.send(f"/programme/scheduler/{row.ref}/relax", demand=value) == 303
    assert desk.one(Arrangement).asked["relaxed"] == [["size", demand["one"], 0]]


def test_a_repair_is_one_step_from_the_room_and_from_who_is_away(desk: Desk, officer: Actor) -> None:
    with in_conference(desk.conference.id), writing():
        session = next(one.session for one in queries.placements())
        person = add_speaker(officer, desk.conference, "Dewi Contoh").person
        sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=person)
        room, ref, who = queries.rooms()[0].ref, session.ref, person.ref
    assert "If this room is lost" in desk.get(f"/rooms/{room}")
    assert "Away on this day" in desk.get(f"/sessions/{ref}")
    assert desk.send("/programme/repair", room=room) == 303
    assert (desk.one(Arrangement).asked["scope"], len(desk.one(Arrangement).asked["rooms"])) == ("repair", 1)
    assert desk.send("/programme/repair", session=ref, person=who) == 303
    jobs.run_due()
    row = desk.one(Arrangement)
    assert "It cannot stay: Dewi Contoh is away." in desk.get(f"/programme/scheduler/{row.ref}")
    assert desk.send("/programme/repair", session=ref, person="nobody") == 404
    assert desk.send("/programme/repair") == 404


def test_bad_input_comes_back_and_others_may_not(app: Flask, desk: Desk) -> None:
    page = desk.refuse("/programme/scheduler", 422, **{**FORM, **WISHES, "closes": "07:00", "seed": "12x"})
    assert "The latest hour comes after the earliest." in page
    assert "12x" not in page or "seed" in page
    viewer = app.test_client()
    viewer.sign_in(build.staff(desk.conference, Role.VIEWER))  # type: ignore[attr-defined]
    assert viewer.get(desk.url + "/programme/scheduler").status_code == 403
