"""Meetings of two delegations: asked for and answered quietly, placed where nobody is needed elsewhere, and seen by
nobody but the two and the protocol office."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, files, jobs
from confapp.foundation.access import SYSTEM, Actor, Grant
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail, MailAttachment, MailState
from confapp.foundation.transactions import in_write_transaction, writing
from confapp.people.rules import Role
from confapp.programme import queries as programme
from confapp.programme.actions import bilaterals as actions
from confapp.programme.actions import commands, rooms, sessions, timetable
from confapp.programme.actions.substitution import HOLDINGS
from confapp.programme.models import Bilateral, BilateralMember, Command, Placement, Room, Session
from confapp.programme.queries import bilaterals as queries
from confapp.programme.queries import clashes
from confapp.programme.rules import Details, Kind, SessionRoleKind
from confapp.programme.rules.bilaterals import LIFE, Status
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import Capacity
from tests import build
from tests.build import Client

SECRET = "Fishing rights"


class Scene:
    """Four delegations with heads and focal points, two small rooms, and the protocol office."""

    def __init__(self) -> None:
        self.conference = build.conference(acronym="BI")
        self.ids, self.focal, self.heads, self.refs = [], [], [], []
        for name in ("Northland", "Southland", "Eastland", "Westland"):
            row = build.delegation(self.conference, name={"en": name})
            holder = build.account()
            build.mandate(holder, Role.FOCAL_POINT, self.conference, delegation_id=row.id)
            head = build.registration(self.conference, delegation_id=row.id, organization="", capacity=Capacity.HEAD)
            build.registration(self.conference, delegation_id=row.id, organization="")
            self.ids.append(row.id)
            self.refs.append(row.ref)
            self.focal.append(holder)
            self.heads.append(head.person_id)
        self.protocol = build.staff(self.conference, Role.PROTOCOL_OFFICER)
        self.officer = build.staff(self.conference, Role.PROGRAMME_OFFICER)
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        with self.at_work():
            self.rooms = [
                rooms.add_room(SYSTEM, self.conference, {"en": name}, capacity=size)
                for name, size in (("Small", 8), ("Large", 40))
            ]
            db.session.flush()
            self.room_ids = [room.id for room in self.rooms]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            db.session.add(self.conference)
            yield

    def at(self, hour: int, minute: int = 0) -> datetime:
        return self.conference.starts_at + timedelta(hours=hour, minutes=minute)

    def speaker(self, which: int) -> Actor:
        grant = Grant(Role.FOCAL_POINT, self.conference.id, delegation_id=self.ids[which])
        return Actor(self.focal[which].id, "focal@mission.example", "Focal", (grant,))

    @property
    def office(self) -> Actor:
        return build.actor(self.protocol)

    def asked(self, one: int = 0, other: int = 1, *, agreed: bool = True, hours: tuple[int, int] = (9, 12)) -> int:
        with self.at_work():
            a, b = (db.session.get_one(Delegation, self.ids[which]) for which in (one, other))
            row = actions.ask(
                self.speaker(one),
                self.conference,
                a,
                b,
                subject=SECRET,
                minutes=30,
                people=6,
                wishes=[(self.at(hours[0]), self.at(hours[1]))],
            )
            if agreed:
                actions.accept(self.speaker(other), row, self.conference)
            return row.id

    def place(self, meeting: int, hour: int, minute: int = 0, *, room: int = 0) -> None:
        office = self.office
        with self.at_work():
            row, where = db.session.get_one(Bilateral, meeting), db.session.get_one(Room, self.room_ids[room])
            actions.place(office, row, self.conference, where, self.at(hour, minute))

    def panel(self, hour: int, minutes: int = 60, *, person: int | None = None, room: int | None = None) -> int:
        with self.at_work():
            made = sessions.create_session(SYSTEM, self.conference, Details(Kind.PANEL, {"en": "Panel"}, minutes))
            db.session.flush()
            if person is not None:
                from confapp.people.models import Person

                who = db.session.get_one(Person, person)
                sessions.add_role(SYSTEM, made, SessionRoleKind.PANELLIST, person=who)
            where = [db.session.get_one(Room, self.room_ids[room])] if room is not None else []
            timetable.place(SYSTEM, made, where, self.at(hour))
            return made.id

    def free(self, meeting: int) -> list[tuple[datetime, int]]:
        with self.at_work():
            row = db.session.get_one(Bilateral, meeting)
            return [(one.starts, one.room) for one in queries.suggestions(row, self.conference, programme.rooms())]

    def meeting(self, number: int) -> Bilateral:
        with across_conferences("a test looks"):
            db.session.rollback()
            return db.session.get_one(Bilateral, number)

    def mails(self) -> list[Mail]:
        with across_conferences("a test looks"):
            return list(db.session.scalars(select(Mail).where(Mail.topic == "bilaterals").order_by(Mail.id)))


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene()


# --- rules ------------------------------------------------------------------------------------------------------------


class Row:
    conference_id, asking_id, asked_id, awaited_id = 1, 7, 8, 8

    def __init__(self, status: Status) -> None:
        self.status = status


@pytest.mark.parametrize(("status", "move"), list(product(Status, LIFE)))
def test_only_the_two_and_the_office_may_and_only_what_is_listed(status: Status, move: Any) -> None:
    asked = Actor(1, grants=(Grant(Role.FOCAL_POINT, 1, 8), Grant(Role.PROTOCOL_OFFICER, 1)))
    assert move.is_open_to(Row(status), asked) == (status in move.sources)
    for outsider in (Grant(Role.FOCAL_POINT, 1, 9), Grant(Role.ORGANIZER, 1), Grant(Role.PROTOCOL_OFFICER, 2)):
        assert not move.is_open_to(Row(status), Actor(2, grants=(outsider,)))


# --- actions ----------------------------------------------------------------------------------------------------------


def test_one_meeting_stands_between_two_and_the_awaited_one_answers(scene: Scene) -> None:
    made = scene.asked(agreed=False)
    with pytest.raises(Refused, match="already"):
        scene.asked(1, 0)
    with scene.at_work(), pytest.raises(Forbidden):
        actions.accept(scene.speaker(0), db.session.get_one(Bilateral, made), scene.conference)
    with scene.at_work():
        row, south = db.session.get_one(Bilateral, made), db.session.get_one(Delegation, scene.ids[1])
        actions.propose(scene.speaker(1), row, south, scene.conference, [(scene.at(14), scene.at(16))])
        assert row.awaited_id == scene.ids[0]
    with scene.at_work():
        row = db.session.get_one(Bilateral, made)
        with pytest.raises(Forbidden):
            actions.accept(scene.speaker(1), row, scene.conference)
        actions.accept(scene.speaker(0), row, scene.conference)
    told = [(mail.recipient, mail.subject.split(":")[0]) for mail in scene.mails()]
    assert told == [
        (scene.focal[1].email, "A request for a meeting"),
        (scene.focal[0].email, "A request for a meeting"),
        (scene.focal[1].email, "Your meeting"),
    ]


def test_free_places_are_those_where_neither_head_nor_anybody_named_is_needed(scene: Scene) -> None:
    meeting = scene.asked()
    scene.panel(9, person=scene.heads[0])  # a head until 10
    scene.panel(10, person=scene.heads[1])  # the other until 11
    scene.panel(11, 15, room=0)  # the small room until 11:15
    first = scene.free(meeting)
    small, large = scene.room_ids
    assert first == [(scene.at(11), large), (scene.at(11, 15), small)]  # 11:30 would overlap with the second
    with scene.at_work():
        row = db.session.get_one(Bilateral, meeting)
        north = db.session.get_one(Delegation, scene.ids[0])
        member = next(one for one in queries.members_to_name(north) if one.capacity != Capacity.HEAD)
        actions.name_members(scene.speaker(0), row, north, [member.person_id, scene.heads[3]])
        assert [one.person_id for one in row.members] == [member.person_id]  # nobody of another delegation
        named = member.person_id
    scene.panel(11, 60, person=named)
    assert scene.free(meeting) == []
    with pytest.raises(Refused, match="two places"):
        scene.place(meeting, 11, 15)


def test_a_placed_meeting_keeps_heads_and_room_from_the_next(scene: Scene) -> None:
    first, second = scene.asked(0, 1), scene.asked(0, 2)
    scene.place(first, 9)
    assert scene.free(second)[0] == (scene.at(9, 30), scene.room_ids[0])
    with pytest.raises(Refused) as refused:  # the head of the first is with the other
        scene.place(second, 9, room=1)
    assert refused.value.status == 409
    assert "Southland" not in refused.value.message
    third = scene.asked(2, 3)
    with pytest.raises(Refused, match="A room is used twice: Reserved"):
        scene.place(third, 9)
    scene.place(third, 9, room=1)
    with scene.at_work():
        assert queries.clashing(queries.found(queries.Asked(), scene.conference.zone)) == set()
    scene.panel(9, person=scene.heads[2])
    with scene.at_work():
        assert queries.clashing(queries.found(queries.Asked(), scene.conference.zone)) == {third}


def test_both_get_time_room_and_a_calendar_and_a_repeat_tells_nobody_twice(scene: Scene) -> None:
    meeting = scene.asked()
    scene.place(meeting, 9)
    scene.place(meeting, 9)
    mails = [mail for mail in scene.mails() if mail.subject.startswith("Time and room")]
    assert {mail.recipient for mail in mails} == {scene.focal[0].email, scene.focal[1].email}
    assert len(mails) == 2
    assert "Small" in mails[0].text
    with across_conferences("a test looks"):
        enclosed = db.session.scalars(select(MailAttachment).where(MailAttachment.mail_id == mails[0].id)).one()
        calendar = files.read(enclosed.file).decode()
    assert f"DTSTART:{clock.local(scene.at(9), 'UTC'):%Y%m%dT%H%M%SZ}" in calendar
    assert "LOCATION:Small" in calendar
    assert "Northland – Southland" in calendar.replace("\r\n ", "")


def test_other_times_and_calling_off_give_the_room_back(scene: Scene) -> None:
    meeting = scene.asked()
    scene.place(meeting, 9)
    session_id = scene.meeting(meeting).session_id
    with scene.at_work():
        row, south = db.session.get_one(Bilateral, meeting), db.session.get_one(Delegation, scene.ids[1])
        actions.propose(scene.speaker(1), row, south, scene.conference, [(scene.at(14), scene.at(16))])
        assert (row.status, row.session_id) == (Status.ASKED, None)
        actions.accept(scene.speaker(0), row, scene.conference)
    with scene.at_work():
        assert db.session.scalars(select(Placement).where(Placement.session_id == session_id)).all() == []
    scene.place(meeting, 14)
    with scene.at_work():
        row, north = db.session.get_one(Bilateral, meeting), db.session.get_one(Delegation, scene.ids[0])
        actions.call_off(scene.speaker(0), row, north, scene.conference)
        assert db.session.scalars(select(Placement)).all() == []
    assert scene.mails()[-1].recipient == scene.focal[1].email


def test_whoever_takes_the_place_of_somebody_named_comes_instead(scene: Scene) -> None:
    meeting = scene.asked()
    holding = next(one for one in HOLDINGS if one.name == "meetings")
    with scene.at_work():
        row, north = db.session.get_one(Bilateral, meeting), db.session.get_one(Delegation, scene.ids[0])
        old, new = queries.members_to_name(north)
        actions.name_members(scene.speaker(0), row, north, [old.person_id])
        assert list(holding.held(old)) == []  # the page that lists what is taken over says nothing of it
        holding.move((), old, new, SYSTEM)
        assert [one.person_id for one in db.session.scalars(select(BilateralMember))] == [new.person_id]


def test_of_two_that_want_one_room_at_once_one_gets_it(app: Flask, scene: Scene) -> None:
    meetings = [scene.asked(0, 1), scene.asked(2, 3)]
    office, room, starts, turns = scene.office, scene.room_ids[0], scene.at(9), iter(meetings * 3)

    def take() -> str:
        number = next(turns)

        def work() -> None:
            with in_conference(scene.conference.id):
                conference = db.session.merge(scene.conference)
                row = db.session.get_one(Bilateral, number)
                actions.place(office, row, conference, db.session.get_one(Room, room), starts)

        try:
            in_write_transaction(work)
        except Refused as refusal:
            return refusal.message
        return "placed"

    answers = build.at_once(app, take, 2)
    assert sorted(one == "placed" for one in answers) == [False, True]
    assert any("Small cannot be taken at this time" in one for one in answers)
    with across_conferences("a test looks"):
        db.session.rollback()
        assert len(db.session.scalars(select(Placement)).all()) == 1


# --- rooms for all at once --------------------------------------------------------------------------------------------


def proposed(client: Client, scene: Scene, rooms: list[int]) -> str:
    client.sign_in(scene.protocol)
    desk = f"/desk/{scene.conference.slug}/meetings/plan"
    assert client.send(desk).status_code == 422  # no room
    answer = client.send(desk, rooms=rooms)
    assert answer.status_code == 303
    jobs.run_due()
    return str(answer.location)


def test_the_scheduler_places_all_meetings_and_only_the_office_sees_it(client: Client, scene: Scene) -> None:
    pairs = [(0, 1), (0, 2), (1, 2), (2, 3)]
    made = [scene.asked(one, other, hours=(9, 11)) for one, other in pairs]
    lost = scene.asked(0, 3, hours=(9, 10))
    scene.panel(9, person=scene.heads[3])  # so that the last one never fits
    ordinary = scene.panel(14)
    page = proposed(client, scene, scene.room_ids[:1])
    text = client.get(page).text
    assert text.count('name="meeting"') == 4
    assert "No room and time would do" in text
    assert scene.meeting(made[0]).status == Status.AGREED  # a proposal alone
    client.sign_in(scene.officer)
    ref = page.rsplit("/", 1)[1]
    assert client.get(page).status_code == 403
    assert client.send(f"{page}/accept", meeting=made).status_code == 403
    assert client.get(f"/desk/{scene.conference.slug}/programme/scheduler/{ref}").status_code == 404
    assert ref not in client.get(f"/desk/{scene.conference.slug}/programme/scheduler").text
    client.sign_in(scene.protocol)
    assert client.send(f"{page}/accept").status_code == 422
    scene.place(made[3], 10, 30)  # meanwhile: it is left out of what is taken over
    assert client.send(f"{page}/accept", meeting=made).status_code == 303
    assert client.send(f"{page}/accept", meeting=made).status_code == 409
    assert {scene.meeting(one).status for one in made} == {Status.PLACED}
    assert scene.meeting(lost).status == Status.AGREED
    with scene.at_work():
        lines = queries.found(queries.Asked(), scene.conference.zone)
        assert queries.clashing(lines) == set()
        assert {one.room for one in lines if one.placement} == {"Small"}
        there = db.session.scalars(select(Placement).where(Placement.session_id == ordinary)).one()
        assert there.starts_at == scene.at(14)
    client.sign_in(scene.officer)
    board = client.get(f"/desk/{scene.conference.slug}/programme").text
    assert "Reserved" in board
    assert SECRET not in board


def test_a_mail_that_did_not_arrive_is_shown_on_the_page_of_its_meeting_alone(client: Client, scene: Scene) -> None:
    one, other = scene.asked(0, 1), scene.asked(2, 3)
    with across_conferences("a test spoils"), writing():
        for mail in db.session.scalars(select(Mail).where(Mail.recipient == scene.focal[1].email)):
            mail.state = MailState.FAILED
    client.sign_in(scene.protocol)
    pages = [
        client.get(f"/desk/{scene.conference.slug}/meetings/{scene.meeting(row).ref}").text for row in (one, other)
    ]
    assert ["Mails that did not arrive" in page for page in pages] == [True, False]
    assert scene.focal[1].email in pages[0]


# --- what nobody else sees --------------------------------------------------------------------------------------------


def test_the_draft_shows_a_reserved_room_and_no_release_does(scene: Scene) -> None:
    meeting = scene.asked()
    scene.panel(9, person=scene.heads[3], room=1)
    scene.place(meeting, 9)
    with scene.at_work():
        reserved = db.session.get_one(Session, scene.meeting(meeting).session_id)
        db.session.refresh(reserved)
        assert (reserved.title["en"], reserved.roles) == ("Reserved", [])
        assert [one.session_id for one in programme.draft_editions()] != []
        assert reserved.id not in {one.session_id for one in programme.draft_editions()}
        timetable.release(SYSTEM, scene.conference)
        assert reserved.id not in {one.session_id for one in programme.editions(programme.newest_release())}


def test_clashes_that_the_desk_sees_name_nobody_who_meets(scene: Scene) -> None:
    scene.place(scene.asked(), 9)
    scene.panel(9, person=scene.heads[0])
    with scene.at_work():
        found = clashes.of_draft(programme.placements())
        assert found.found == []
        assert found.people == {}


def test_nobody_else_moves_or_ends_what_is_reserved(scene: Scene) -> None:
    meeting = scene.asked()
    scene.place(meeting, 9)
    officer, session_id = build.actor(scene.officer), scene.meeting(meeting).session_id
    with scene.at_work():
        reserved = db.session.get_one(Session, session_id)
        for attempt in (
            lambda: timetable.place(officer, reserved, [], scene.at(15)),
            lambda: timetable.unplace(officer, reserved),
            lambda: timetable.cancel(officer, reserved),
            lambda: sessions.remove_session(officer, reserved),
            lambda: sessions.add_item(officer, reserved, {"en": "Item"}),
            lambda: sessions.change_session(officer, reserved, Details(Kind.PANEL, {"en": "Known"}, 30), None),
            lambda: commands.take_back(officer, scene.conference, db.session.scalars(select(Command)).one()),
        ):
            with pytest.raises(Refused, match="protocol office"):
                attempt()


def test_no_address_tells_anybody_else(client: Client, scene: Scene) -> None:
    meeting = scene.asked()
    scene.panel(9, person=scene.heads[3], room=1)
    scene.place(meeting, 9)
    with scene.at_work():
        timetable.release(SYSTEM, scene.conference)
        session_ref = db.session.get_one(Session, scene.meeting(meeting).session_id).ref
    ref, slug = scene.meeting(meeting).ref, scene.conference.slug
    desk = f"/desk/{slug}"
    own = f"/me/{slug}/delegations"
    for who in (scene.officer, scene.organizer, scene.focal[2]):
        client.sign_in(who)
        for path in ("", f"/{ref}", ".xlsx", ".csv"):
            assert client.get(f"{desk}/meetings{path}").status_code in (403, 404)
        for path in (f"{scene.refs[0]}/meetings", f"{scene.refs[0]}/meetings/{ref}", f"{scene.refs[2]}/meetings/{ref}"):
            assert client.get(f"{own}/{path}").status_code == 404, path
        for verb in ("accept", "decline", "call_off", "times", "people"):
            assert client.send(f"{own}/{scene.refs[2]}/meetings/{ref}/{verb}").status_code == 404
    client.sign_in(scene.organizer)
    pages = [
        *(
            "programme",
            "sessions",
            f"sessions/{session_ref}",
            "programme/clashes",
            "programme/history",
            "audit",
            "mail",
        ),
        *("search?q=Reserved", "search?q=Fishing", "programme/releases", "today", "programme/scheduler"),
    ]
    for path in pages:
        text = client.get(f"{desk}/{path}").text
        assert SECRET not in text, path
        assert ref not in text, path
        assert not re.search("Northland.{0,40}Southland|Southland.{0,40}Northland", text), path
    audit = client.get(f"{desk}/audit").text
    assert "create session" in audit
    assert "meeting" not in audit.replace("Bilateral meeting", "")
    client.get("/sign-out")
    public = [
        *("programme", "programme.ics", "programme.json", "programme.xml", "programme?q=Reserved", "programme/now"),
        f"sessions/{session_ref}",
    ]
    for path in public:
        text = client.get(f"/{slug}/{path}").text
        assert "Reserved" not in text.replace("?q=Reserved", "").replace('value="Reserved"', "").replace(
            "“Reserved”", ""
        )
        assert SECRET not in text, path


def test_the_mails_of_a_meeting_are_kept_from_the_list_of_mails(client: Client, scene: Scene) -> None:
    scene.asked()
    mail = scene.mails()[0]
    assert "Northland" not in mail.subject
    assert "Southland" not in mail.subject
    client.sign_in(scene.organizer)
    assert mail.recipient not in client.get(f"/desk/{scene.conference.slug}/mail").text
    assert client.send(f"/desk/{scene.conference.slug}/mail/{mail.ref}/resend").status_code == 404


# --- pages ------------------------------------------------------------------------------------------------------------


def test_two_delegations_and_the_office_carry_a_meeting_through(client: Client, scene: Scene) -> None:
    base = f"/me/{scene.conference.slug}/delegations"
    day = scene.conference.starts_on.isoformat()
    client.sign_in(scene.focal[0])
    form = {"asked": scene.refs[1], "subject": SECRET, "minutes": "30", "people": "6"}
    for bad in (
        {"asked": ""},
        {"minutes": "x"},
        {"minutes": "999"},
        {"wishes": "tomorrow"},
        {"wishes": f"{day} 10:00–10:10"},
    ):
        answer = client.send(f"{base}/{scene.refs[0]}/meetings/new", **(form | bad))
        assert (answer.status_code, SECRET in answer.text) == (422, True), bad
    fields = form | {"wishes": f"{day} 10:00–12:00"}
    sent = client.send(f"{base}/{scene.refs[0]}/meetings/new", _key="one", **fields)
    assert client.send(f"{base}/{scene.refs[0]}/meetings/new", _key="one", **fields).location == sent.location
    ref = sent.location.rsplit("/", 1)[1]
    client.sign_in(scene.focal[1])
    theirs = f"{base}/{scene.refs[1]}/meetings"
    assert "Please answer" in client.get(theirs).text
    assert client.send(f"{theirs}/{ref}/accept").status_code == 303
    assert client.send(f"{theirs}/{ref}/accept").status_code in (403, 409)
    client.sign_in(scene.protocol)
    desk = f"/desk/{scene.conference.slug}/meetings"
    page = client.get(f"{desk}/{ref}").text
    assert "Place it here" in page
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', page)
    assert revision
    where = {"day": day, "starts": "10:00", "room": scene.rooms[0].ref, "revision": revision[1]}
    scene.panel(10, room=0)
    taken = client.send(f"{desk}/{ref}/place", **where)
    assert (taken.status_code, "Choose one of the free ones" in taken.text) == (409, True)
    assert client.send(f"{desk}/{ref}/place", **(where | {"starts": "11:00"})).status_code == 303
    assert "Small" in client.get(f"{desk}?day={day}").text
    assert SECRET in client.get(f"{desk}.csv").text
    assert client.get(f"{desk}.xlsx").data[:2] == b"PK"
    client.sign_in(scene.focal[1])
    assert "Small" in client.get(theirs).text
    client.sign_in(scene.protocol)
    assert client.send(f"{desk}/{ref}/cancel").status_code == 303
    assert client.send(f"{desk}/{ref}/cancel").status_code in (403, 409)


def test_the_list_asks_as_often_with_three_as_with_one(client: Client, scene: Scene) -> None:
    scene.place(scene.asked(0, 1), 9)
    client.sign_in(scene.protocol)
    desk = f"/desk/{scene.conference.slug}/meetings"
    client.get(desk)
    with build.count_queries() as one:
        client.get(desk)
    scene.place(scene.asked(0, 2), 10)
    scene.place(scene.asked(2, 3), 11)
    with build.count_queries() as three:
        client.get(desk)
    assert three.number == one.number


def test_it_stands_in_the_agenda_of_the_heads_and_of_nobody_else(scene: Scene) -> None:
    scene.place(scene.asked(), 9)
    with scene.at_work():
        mine = queries.appointments({scene.heads[0]})
        assert [(one.starts_at, one.title["en"]) for one in mine] == [(scene.at(9), "Northland – Southland")]
        assert queries.appointments({scene.heads[2]}) == []
        assert db.session.scalars(select(Registration.id).where(Registration.person_id == scene.heads[0])).all()
