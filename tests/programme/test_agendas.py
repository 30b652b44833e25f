"""What stars say to the scheduler, and what becomes of them when two persons were one."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation import places
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.actions.merging import merge_into
from confapp.people.models import Person
from confapp.programme.actions import agendas, rooms, sign_ups, timetable
from confapp.programme.models import Agenda, Session, Star
from confapp.programme.queries import agendas as queries
from confapp.programme.queries.arranging import wanted_together
from confapp.programme.rules.agendas import new_token
from confapp.registration.models import Registration
from confapp.registration.rules import Status
from tests import build


def sessions(conference: Conference, number: int = 3) -> list[Session]:
    """Released side by side."""
    with in_conference(conference.id), writing():
        here = db.session.merge(conference)
        rows = [Session(title={"en": f"Session {n}"}) for n in range(number)]
        db.session.add_all(rows)
        db.session.flush()

        for row in rows:
            room = rooms.add_room(SYSTEM, here, {"en": row.title["en"]})
            timetable.place(SYSTEM, row, [room], here.starts_at + timedelta(hours=9))
        timetable.release(SYSTEM, here, name="One")
    return rows


def test_a_person_counts_once_whether_starred_or_signed_up(app: Flask) -> None:
    conference = build.conference("ct-2030")
    rows = sessions(conference)
    registration = build.registration(conference, status=Status.ACCREDITED)
    with in_conference(conference.id), writing():
        here = db.session.get_one(Conference, conference.id)
        person = db.session.get_one(Person, registration.person_id)
        first, second, third = (row.ref for row in rows)
        agendas.add(agendas.make(here, new_token(), "en"), [first, second])
        agendas.add(agendas.make(here, new_token(), "en"), [first, second, third])
        agendas.add(agendas.of_person(here, person, "en"), [first, second])
        for row in rows[:2]:
            sign_ups.set_sign_up(SYSTEM, row, is_open=True, capacity=5)
            mine = db.session.get_one(Registration, registration.id)
            places.move(mine, [], [places.quota_for(row, 5)])
    with in_conference(conference.id):
        ids = [row.id for row in rows]
        found = {(one.one, one.other): one.people for one in wanted_together()}
    assert found == {(ids[0], ids[1]): 3, (ids[0], ids[2]): 1, (ids[1], ids[2]): 1}


def test_stars_of_two_persons_who_were_one_stand_together(app: Flask) -> None:
    conference = build.conference("ct-2030")
    rows = sessions(conference)
    ended, living = build.person(conference), build.person(conference)
    with in_conference(conference.id), writing():
        here = db.session.get_one(Conference, conference.id)
        one, other = (db.session.get_one(Person, each.id) for each in (ended, living))
        agendas.add(agendas.of_person(here, one, "en"), [rows[0].ref, rows[1].ref])
        agendas.add(agendas.of_person(here, other, "en"), [rows[1].ref])
        merge_into(SYSTEM, one, other)
        assert queries.starred(queries.of_person(other.id)) == {rows[0].ref, rows[1].ref}
        assert db.session.scalar(select(func.count(Agenda.id))) == 1
        assert db.session.scalar(select(func.count(Star.id))) == 2
