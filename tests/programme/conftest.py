from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.models import Room, Session
from confapp.programme.rules import Details, Kind
from tests import build

ZONE = "Asia/Makassar"


def hour(hours: int, minutes: int = 0, day: int = 12) -> datetime:
    return clock.instant(datetime(2027, 1, day, hours, minutes), ZONE)


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference(zone=ZONE, starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 14))


@pytest.fixture
def officer(conference: Conference) -> Actor:
    return build.actor(build.staff(conference, Role.PROGRAMME_OFFICER))


@pytest.fixture
def inside(conference: Conference, officer: Actor) -> Iterator[None]:
    """A write transaction in the conference, as a request has."""
    with in_conference(conference.id), writing():
        db.session.add(conference)
        yield


class Maker:
    """Rooms and placed sessions with dull words."""

    def __init__(self, actor: Actor, conference: Conference) -> None:
        self.actor, self.conference = actor, conference

    def room(self, name: str = "Hall") -> Room:
        return rooms.add_room(self.actor, self.conference, {"en": name})

    def session(self, title: str = "Opening", kind: Kind = Kind.PANEL, minutes: int = 60) -> Session:
        return sessions.create_session(self.actor, self.conference, Details(kind, {"en": title}, minutes))

    def placed(self, title: str, room: Room, starts_at: datetime, minutes: int = 60) -> Session:
        session = self.session(title, minutes=minutes)
        timetable.place(self.actor, session, [room], starts_at)
        return session


@pytest.fixture
def make(officer: Actor, conference: Conference) -> Maker:
    return Maker(officer, conference)
