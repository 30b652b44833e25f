"""Public pages of speakers: those of the newest release, with what was printed of them then."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import erasure
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.models import Session
from confapp.programme.rules import Details, Kind, RoleStatus, SessionRoleKind
from confapp.speakers.actions import add_speaker
from confapp.speakers.models import Speaker
from tests import build
from tests.build import Client


@pytest.fixture
def conference(app: Flask) -> Conference:
    """Two who speak, one of them in two sessions; one who declined, and one without a part."""
    made = build.conference()
    with in_conference(made.id), writing():
        db.session.add(made)
        room = rooms.add_room(SYSTEM, made, {"en": "Hall"})
        words = {"affiliation": {"en": "Envoy"}, "biography": {"en": "She *serves*.", "id": "Ia mengabdi."}}
        dewi = add_speaker(SYSTEM, made, "Dewi Zamrud", family_name="Zamrud", **words).person
        sari, putri = (add_speaker(SYSTEM, made, name, family_name=name).person for name in ("Sari", "Putri"))
        add_speaker(SYSTEM, made, "Nobody")
        for number, title in enumerate(("North", "South")):
            row = sessions.create_session(SYSTEM, made, Details(Kind.PANEL, {"en": title}, 60))
            sessions.add_role(SYSTEM, row, SessionRoleKind.SPEAKER, person=dewi)
            if number:
                sessions.add_role(SYSTEM, row, SessionRoleKind.CHAIR, person=sari)
                sessions.add_role(SYSTEM, row, SessionRoleKind.CHAIR, person=putri, status=RoleStatus.DECLINED)
            timetable.place(SYSTEM, row, [room], made.starts_at + timedelta(hours=9 + 2 * number))
    return made


def release(conference: Conference) -> None:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        timetable.release(SYSTEM, conference)


def ref(conference: Conference, number: int = 0) -> str:
    with in_conference(conference.id):
        return db.session.scalars(select(Speaker.ref).order_by(Speaker.id)).all()[number]


def test_the_list_has_those_of_the_release_alone(conference: Conference, client: Client) -> None:
    url = f"/{conference.slug}/speakers/"
    assert "not been published yet" in client.get(url).text
    assert client.get(url + ref(conference)).status_code == 404
    release(conference)
    page = client.get(url).text
    assert page.index("Sari") < page.index("Dewi Zamrud")
    assert "Putri" not in page
    assert "Nobody" not in page
    assert "Sari" not in client.get(f"{url}?q=zam+ENVOY").text
    assert "No speaker has" in client.get(f"{url}?q=Ren%C3%A9").text
    assert client.get(url + ref(conference, 2)).status_code == 404
    assert client.get(f"/{build.conference().slug}/speakers/{ref(conference)}").status_code == 404


def test_a_page_says_what_was_printed_and_leads_to_the_sessions(conference: Conference, client: Client) -> None:
    release(conference)
    url = f"/{conference.slug}/speakers/{ref(conference)}"
    page = client.get(url).text
    assert "<em>serves</em>" in page
    assert page.index("North") < page.index("South")
    assert "Ia mengabdi" in client.get(f"/id{url}").text
    with in_conference(conference.id):
        session = db.session.scalars(select(Session.ref)).first()
    assert url in client.get(f"/{conference.slug}/sessions/{session}").text


def test_new_words_wait_for_a_release_and_erased_ones_go_at_once(conference: Conference, client: Client) -> None:
    release(conference)
    url = f"/{conference.slug}/speakers/{ref(conference)}"
    with in_conference(conference.id), writing():
        db.session.scalars(select(Speaker).order_by(Speaker.id)).first().biography = {"en": "News."}  # type: ignore[union-attr]
    assert "News." not in client.get(url).text
    release(conference)
    assert "News." in client.get(url).text
    with in_conference(conference.id), writing():
        erasure.erase([db.session.scalars(select(Speaker).order_by(Speaker.id)).first()])
    assert client.get(url).status_code == 404


def test_the_list_costs_the_same_for_two_and_for_three(conference: Conference, client: Client) -> None:
    release(conference)
    url = f"/{conference.slug}/speakers/"
    client.get(url + "?q=a")
    with build.count_queries() as few:
        client.get(url + "?q=e")
    with in_conference(conference.id), writing():
        db.session.scalars(select(Speaker).order_by(Speaker.id.desc())).first().printed = {  # type: ignore[union-attr]
            "name": "Third",
            "sort": "Third",
            "affiliation": {},
            "biography": {},
            "sessions": [],
        }
    with build.count_queries() as many:
        assert "Third" in client.get(url).text
    assert many.number == few.number
