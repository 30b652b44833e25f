"""People on sessions: asked by a mailed link, answering on their own page, and replaced by others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation.access import SYSTEM
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sessions, speaking, timetable
from confapp.programme.models import Session, SessionRole
from confapp.programme.queries import speaking as queries
from confapp.programme.rules import Details, Kind, RoleStatus, SessionRoleKind
from confapp.speakers.models import Speaker
from tests import build
from tests.build import Client


class Scene:
    """A released session with two speakers who are to answer, and one that is not released."""

    def __init__(self, app: Flask) -> None:
        self.app, self.conference = app, build.conference()
        self.people = [
            build.person(self.conference, printed_name=name, email=f"{name.lower()}@mail.example")
            for name in ("Dewi", "Sari")
        ]
        with self.at_work():
            room = rooms.add_room(SYSTEM, self.conference, {"en": "Hall"})
            for title in ("North", "South"):
                made = sessions.create_session(SYSTEM, self.conference, Details(Kind.PANEL, {"en": title}, 60))
                for person in self.people:
                    kept = db.session.merge(person)
                    status = RoleStatus.INVITED
                    sessions.add_role(SYSTEM, made, SessionRoleKind.SPEAKER, person=kept, status=status)
                if title == "North":
                    timetable.place(SYSTEM, made, [room], self.conference.starts_at + timedelta(hours=9))
            db.session.flush()
            timetable.release(SYSTEM, self.conference)
        self.desk = app.test_client().sign_in(build.staff(self.conference, Role.PROGRAMME_OFFICER))
        with self.reading():
            self.refs = list(db.session.scalars(select(Speaker.ref).order_by(Speaker.id)))
            self.session = db.session.scalars(select(Session.ref).order_by(Session.id)).first()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            db.session.add(self.conference)
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with in_conference(self.conference.id), reading():
            yield

    def parts(self, who: int = 0) -> list[SessionRole]:
        found = select(SessionRole).where(SessionRole.person_id == self.people[who].id).order_by(SessionRole.id)
        return list(db.session.scalars(found))

    def mails(self) -> list[Mail]:
        return list(db.session.scalars(select(Mail).where(Mail.topic == "speakers").order_by(Mail.id)))

    def url(self, path: str = "") -> str:
        return f"/me/{self.conference.slug}/speaking/{path}"

    def at_desk(self, path: str) -> str:
        return f"/desk/{self.conference.slug}/{path}"

    def invited(self, who: int = 0) -> Client:
        """The browser of a speaker who has opened the mailed link."""
        self.desk.send(self.at_desk(f"speakers/{self.refs[who]}/invite"))
        with self.reading():
            link = re.search(r"/links/[\w-]+", self.mails()[-1].text)
        assert link
        browser = self.app.test_client()
        opened = browser.send(link[0])
        assert opened.status_code == 303
        assert opened.headers["Location"].endswith(self.url(self.refs[who]))
        return browser


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


ABOUT = {
    "mode": "online",
    "zone": "Europe/Paris",
    "needs": "A ramp",
    "affiliation-en": "Envoy",
    "biography-id": "Duta.",
}


def test_everybody_of_a_session_is_asked_once_and_the_silent_are_reminded(scene: Scene) -> None:
    url = scene.at_desk(f"sessions/{scene.session}/invite")
    assert scene.desk.send(url).status_code == 303
    scene.desk.send(url)
    with scene.reading():
        assert sorted(mail.recipient for mail in scene.mails()) == ["dewi@mail.example", "sari@mail.example"]
        assert all(part.invited_at for who in (0, 1) for part in scene.parts(who))
        assert "North (Speaker)" in scene.mails()[0].text
    page = scene.desk.get(scene.at_desk("speakers/")).text
    assert page.count("asked on") == 2
    scene.desk.send(scene.at_desk("speakers/all/invite"))
    with scene.reading():
        assert len(scene.mails()) == 2
    scene.desk.send(scene.at_desk("speakers/all/remind"))
    with scene.reading():
        assert [mail.subject.startswith("Reminder") for mail in scene.mails()] == [False, False, True, True]


def test_who_has_no_address_is_not_asked(scene: Scene) -> None:
    build.change(scene.people[0], email="")
    scene.desk.send(scene.at_desk(f"speakers/{scene.refs[0]}/invite"))
    assert "no e-mail address" in scene.desk.get(scene.at_desk(f"speakers/{scene.refs[0]}")).text
    scene.desk.send(scene.at_desk("speakers/all/invite"))
    with scene.reading():
        assert [mail.recipient for mail in scene.mails()] == ["sari@mail.example"]


def test_a_speaker_answers_by_the_link(scene: Scene) -> None:
    browser = scene.invited()
    page = browser.get(scene.url(scene.refs[0])).text
    assert "Hall" in page
    assert "Sari" in page
    assert "Time and room have not been published yet" in page
    with scene.reading():
        north, south = scene.parts()
        ways = [scene.url(f"{scene.refs[0]}/parts/{part.ref}/") for part in (north, south)]
    assert browser.send(ways[0] + "confirm").status_code == 303
    empty = browser.send(ways[1] + "decline", reason=" ")
    assert (empty.status_code, "Please give a reason" in empty.text) == (422, True)
    assert browser.send(ways[1] + "decline", reason="A vote at home").status_code == 303
    browser.send(ways[1] + "decline", reason="A vote at home")
    with scene.reading():
        north, south = scene.parts()
        assert (north.status, south.status, south.reason) == ("confirmed", "declined", "A vote at home")
        written = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "answer_part")).all()
        assert len(written) == 2
        assert not any("vote" in str(entry.facts) for entry in written)
    desk = scene.desk.get(scene.at_desk("speakers/")).text
    assert "Answered" in desk


def test_what_a_speaker_tells_is_kept_and_bad_input_comes_back(scene: Scene) -> None:
    browser = scene.invited()
    url = scene.url(scene.refs[0])
    day = scene.conference.starts_on.isoformat()
    bad = browser.send(url, **(ABOUT | {"free": "some day", "zone": "Moon/Base"}))
    assert bad.status_code == 422
    assert "some day" in bad.text
    assert "A ramp" in bad.text
    with scene.reading():
        revision = str(db.session.scalars(select(Speaker).where(Speaker.ref == scene.refs[0])).one().revision)
    good = ABOUT | {"free": f"{day} 08:00–12:00", "busy": f"{day} 10:00-11:00", "revision": revision}
    assert browser.send(url, **good).status_code == 303
    assert browser.send(url, **good).status_code == 409
    with scene.reading():
        kept = db.session.scalars(select(Speaker).where(Speaker.ref == scene.refs[0])).one()
        assert (kept.mode, kept.zone, kept.affiliation, kept.biography) == (
            "online",
            "Europe/Paris",
            {"en": "Envoy"},
            {"id": "Duta."},
        )
        assert [row[2] for row in kept.availability] == [True, False]
    assert f"{day} 08:00–12:00" in browser.get(url).text


def test_the_page_is_its_speakers_alone(app: Flask, scene: Scene) -> None:
    browser, mine, other = scene.invited(), scene.url(scene.refs[0]), scene.url(scene.refs[1])
    with scene.reading():
        theirs = scene.parts(1)[0].ref
    assert app.test_client().get(mine).status_code == 303
    assert browser.get(other).status_code == 404
    assert browser.send(f"{mine}/parts/{theirs}/confirm").status_code == 404
    assert scene.desk.get(mine).status_code == 404
    elsewhere = Scene(app)
    assert browser.get(elsewhere.url(scene.refs[0])).status_code == 404
    assert elsewhere.desk.send(elsewhere.at_desk(f"speakers/{scene.refs[0]}/invite")).status_code == 404
    viewer = app.test_client().sign_in(build.staff(scene.conference, Role.VIEWER))
    assert viewer.send(scene.at_desk("speakers/all/invite")).status_code == 403


def test_a_revoked_link_opens_nothing(scene: Scene) -> None:
    browser = scene.invited()
    scene.desk.send(scene.at_desk(f"speakers/{scene.refs[0]}/end_links"))
    with scene.reading():
        link: Any = re.search(r"/links/[\w-]+", scene.mails()[-1].text)
    assert browser.get(scene.url(scene.refs[0])).status_code in (303, 404)
    assert scene.app.test_client().get(link[0]).status_code == 410


def test_another_person_takes_over_and_the_old_part_stays(scene: Scene) -> None:
    with scene.reading():
        part = scene.parts()[0]
    url = scene.at_desk(f"sessions/{scene.session}/roles/{part.ref}/replace")
    assert "Dewi" in scene.desk.get(url).text
    assert scene.desk.send(url, name="").status_code == 422
    scene.desk.send(url, name="Putri Baru")  # nobody yet: asked once more
    assert scene.desk.send(url, name="Putri Baru", who="new").status_code == 303
    assert scene.desk.send(url, name="Putri Baru", who="new").status_code == 422
    with scene.reading():
        rows = db.session.scalars(
            select(SessionRole).where(SessionRole.session_id == part.session_id).order_by(SessionRole.position)
        ).all()
        assert [(row.person.printed_name, row.status) for row in rows] == [
            ("Putri Baru", "invited"),
            ("Dewi", "replaced"),
            ("Sari", "invited"),
        ]
        assert rows[1].replaced_by_id == rows[0].id
        assert [one.role.session.title["en"] for one in queries.parts(_speaker(scene))] == ["South"]
    with scene.at_work():
        kept = db.session.get_one(SessionRole, part.id)
        with pytest.raises(Refused, match="taken over"):
            speaking.answer(SYSTEM, scene.conference, _speaker(scene), kept, comes=True)
        timetable.release(SYSTEM, scene.conference)
    public = scene.app.test_client().get(f"/{scene.conference.slug}/sessions/{scene.session}").text
    assert "Putri Baru" in public
    assert "Dewi" not in public


def _speaker(scene: Scene) -> Speaker:
    return db.session.scalars(select(Speaker).where(Speaker.ref == scene.refs[0])).one()


def test_the_page_costs_the_same_for_one_session_and_for_three(scene: Scene) -> None:
    browser, url = scene.invited(), scene.url(scene.refs[0])
    browser.get(url)
    with build.count_queries() as few:
        browser.get(url)
    with scene.at_work():
        for title in ("East", "West"):
            made = sessions.create_session(SYSTEM, scene.conference, Details(Kind.PANEL, {"en": title}, 60))
            person = db.session.merge(scene.people[0])
            sessions.add_role(SYSTEM, made, SessionRoleKind.CHAIR, person=person, status=RoleStatus.INVITED)
    with build.count_queries() as many:
        assert "West" in browser.get(url).text
    assert many.number == few.number
