"""Signing up for sessions: places, queues, and one session of a choice group, also when two browsers choose at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, jobs, places
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.foundation.places import PlaceState
from confapp.foundation.transactions import in_write_transaction, writing
from confapp.people import queries as people
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sign_ups, timetable
from confapp.programme.actions import sessions as session_actions
from confapp.programme.models import ChoiceGroup, Room, Session
from confapp.programme.rules import Details, Kind
from confapp.registration.models import Registration
from confapp.registration.rules import Status
from confapp.registration.rules.questions import choices_of
from tests import build
from tests.build import Client


class Scene:
    """A released programme of four sessions, two of them in a choice group, and people who are accredited."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        with self.at_work():
            room = rooms.add_room(SYSTEM, self.conference, {"en": "Hall"})
            self.group = session_actions.add_choice_group(SYSTEM, self.conference, {"en": "Morning panels"}).id
        self.ids = [self.session(title, room.id) for title in ("North", "South", "East", "West")]
        for number in self.ids[:2]:
            self.join_group(number)
        with self.at_work():
            timetable.release(SYSTEM, self.conference, name="First")

    def session(self, title: str, room_id: int) -> int:
        with self.at_work():
            made = session_actions.create_session(
                SYSTEM, self.conference, Details(kind=Kind.PANEL, title={"en": title}, minutes=60)
            )
            db.session.flush()
            starts = self.conference.starts_at + timedelta(hours=9 + made.id)
            timetable.place(SYSTEM, made, [db.session.get_one(Room, room_id)], starts)
            return made.id

    def join_group(self, number: int, by: Actor = SYSTEM) -> None:
        with self.at_work():
            session = db.session.get_one(Session, number)
            details = Details(kind=session.kind, title=session.title, minutes=session.minutes)
            session_actions.change_session(by, session, details, db.session.get_one(ChoiceGroup, self.group))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            yield

    def open(self, which: int, capacity: int | None) -> None:
        with self.at_work():
            session = db.session.get_one(Session, self.ids[which])
            sign_ups.set_sign_up(SYSTEM, session, is_open=True, capacity=capacity)

    def participant(self, **changes: Any) -> tuple[int, Account]:
        values = {"organization": "Sample Institute", "status": Status.ACCREDITED, "confirmed_at": clock.now()}
        row = build.registration(self.conference, **(values | changes))
        holder = build.account()
        build.mandate(holder, Role.DELEGATE, self.conference, person_id=row.person_id)
        return row.id, holder

    def actor(self, holder: Account) -> Actor:
        with across_conferences("a test needs an actor"):
            return people.actor_of(db.session.get_one(Account, holder.id))

    def choose(self, who: tuple[int, Account], which: int) -> PlaceState:
        actor = self.actor(who[1])
        with self.at_work():
            row, session = db.session.get_one(Registration, who[0]), db.session.get_one(Session, self.ids[which])
            return sign_ups.choose(row, session, by=actor)

    def leave(self, who: tuple[int, Account], which: int) -> None:
        actor = self.actor(who[1])
        with self.at_work():
            row, session = db.session.get_one(Registration, who[0]), db.session.get_one(Session, self.ids[which])
            sign_ups.leave(row, session, by=actor)

    def has(self, who: tuple[int, Account]) -> dict[int, str]:
        """The state of somebody's place in each session."""
        db.session.rollback()
        with in_conference(self.conference.id):
            row = db.session.get_one(Registration, who[0])
            by_session = {one.place.quota.owner_id: one.place.state.value for one in places.of_holder(row)}
        db.session.rollback()
        return {self.ids.index(number): state for number, state in by_session.items()}

    def adds_up(self) -> bool:
        db.session.rollback()
        with in_conference(self.conference.id):
            return all(one.taken == places.counted(one) for one in places.quotas())

    def path(self, who: tuple[int, Account], which: int | None = None, verb: str = "") -> str:
        with in_conference(self.conference.id):
            base = f"/me/{self.conference.slug}/registrations/{db.session.get_one(Registration, who[0]).ref}/sessions"
            ref = db.session.get_one(Session, self.ids[which]).ref if which is not None else ""
        db.session.rollback()
        return f"{base}/{ref}/{verb}" if ref else base

    def as_(self, account: Account) -> Client:
        client: Client = self.app.test_client()  # type: ignore[assignment]
        return client.sign_in(account)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_a_session_has_so_many_places_and_then_a_queue(scene: Scene) -> None:
    scene.open(2, 1)
    first, second = scene.participant(), scene.participant()
    assert scene.choose(first, 2) == PlaceState.HELD
    assert scene.choose(second, 2) == PlaceState.WAITING
    assert scene.choose(second, 2) == PlaceState.WAITING
    scene.leave(first, 2)
    scene.leave(first, 2)
    assert (scene.has(first), scene.has(second)) == ({}, {2: "held"})
    jobs.run_due()
    subjects = db.session.scalars(select(Mail.subject)).all()
    assert [one for one in subjects if one.startswith("A place in the session")] == ["A place in the session: East"]
    assert scene.adds_up()


def test_of_a_group_one_session_is_chosen_and_the_other_left_in_the_same_step(scene: Scene) -> None:
    scene.open(0, 5)
    scene.open(1, 5)
    scene.open(2, 5)
    who = scene.participant()
    for which in (0, 2, 1):
        scene.choose(who, which)
    assert scene.has(who) == {1: "held", 2: "held"}
    assert scene.adds_up()


def test_switching_to_a_full_session_loses_nothing(scene: Scene) -> None:
    scene.open(0, 5)
    scene.open(1, 0)
    who = scene.participant()
    scene.choose(who, 0)
    with pytest.raises(Refused, match="you keep your place in “North”"):
        scene.choose(who, 1)
    assert scene.has(who) == {0: "held"}
    scene.leave(who, 0)
    assert scene.choose(who, 1) == PlaceState.WAITING


def test_who_waits_in_a_group_moves_to_the_other_queue_or_place(scene: Scene) -> None:
    scene.open(0, 0)
    scene.open(1, 0)
    who = scene.participant()
    assert scene.choose(who, 0) == PlaceState.WAITING
    assert scene.choose(who, 1) == PlaceState.WAITING
    assert scene.has(who) == {1: "waiting"}
    scene.open(0, 1)
    assert scene.choose(who, 0) == PlaceState.HELD
    assert scene.has(who) == {0: "held"}


def test_two_browsers_of_one_person_choose_at_the_same_moment(scene: Scene) -> None:
    """The rule of the group holds in the database, whichever comes first."""
    scene.open(0, 5)
    scene.open(1, 5)
    who = scene.participant()
    actor, turns, conference_id = scene.actor(who[1]), iter([0, 1] * 4), scene.conference.id
    db.session.rollback()

    def work() -> PlaceState:
        which = next(turns)

        def choose() -> PlaceState:
            row, session = db.session.get_one(Registration, who[0]), db.session.get_one(Session, scene.ids[which])
            return sign_ups.choose(row, session, by=actor)

        with in_conference(conference_id):
            return in_write_transaction(choose)

    assert build.at_once(scene.app, work, 8) == [PlaceState.HELD] * 8
    assert list(scene.has(who).values()) == ["held"]
    assert scene.adds_up()


def test_the_last_place_of_a_session_has_one_winner(scene: Scene) -> None:
    scene.open(2, 1)
    rivals = [scene.participant() for _ in range(8)]
    actors = {who[0]: scene.actor(who[1]) for who in rivals}
    turns, conference_id = iter(rivals), scene.conference.id
    db.session.rollback()

    def work() -> PlaceState:
        who = next(turns)

        def choose() -> PlaceState:
            row, session = db.session.get_one(Registration, who[0]), db.session.get_one(Session, scene.ids[2])
            return sign_ups.choose(row, session, by=actors[who[0]])

        with in_conference(conference_id):
            return in_write_transaction(choose)

    outcomes = build.at_once(scene.app, work, 8)
    assert sorted(outcomes) == [PlaceState.HELD] + [PlaceState.WAITING] * 7
    assert scene.adds_up()


def test_who_may_sign_up_and_for_what(scene: Scene) -> None:
    scene.open(2, 5)
    with pytest.raises(Refused, match="once the registration has been accepted"):
        scene.choose(scene.participant(status=Status.SUBMITTED), 2)
    who, stranger = scene.participant(), scene.participant()
    with pytest.raises(Refused, match="Nobody signs up for this session"):
        scene.choose(who, 3)
    with pytest.raises(Forbidden):
        scene.choose((who[0], stranger[1]), 2)
    with scene.at_work():
        session = db.session.get_one(Session, scene.ids[2])
        sign_ups.set_sign_up(SYSTEM, session, is_open=False, capacity=5)
    with pytest.raises(Refused, match="Nobody signs up for this session"):
        scene.choose(who, 2)


def test_fewer_places_than_are_taken_are_refused(scene: Scene) -> None:
    scene.open(2, 5)
    for _ in range(2):
        scene.choose(scene.participant(), 2)
    with pytest.raises(Refused, match="2 places are taken already"):
        scene.open(2, 1)


def test_a_session_joins_a_group_only_while_nobody_has_chosen_two_of_it(scene: Scene) -> None:
    scene.open(0, 5)
    scene.open(2, 5)
    who = scene.participant()
    scene.choose(who, 0)
    scene.choose(who, 2)
    with pytest.raises(Refused, match="1 participant has chosen this session"):
        scene.join_group(scene.ids[2])
    scene.leave(who, 0)
    scene.join_group(scene.ids[2])


def test_who_leaves_the_conference_leaves_the_sessions(scene: Scene) -> None:
    scene.open(2, 1)
    first, second = scene.participant(), scene.participant()
    scene.choose(first, 2)
    scene.choose(second, 2)
    with scene.at_work():
        places.give_back(db.session.get_one(Registration, first[0]))
    assert (scene.has(first), scene.has(second)) == ({}, {2: "held"})


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_own_page_lists_chooses_and_leaves(scene: Scene) -> None:
    for which in (0, 1, 2):
        scene.open(which, 1)
    who, other = scene.participant(), scene.participant()
    scene.choose(other, 1)
    client = scene.as_(who[1])
    page = client.get(scene.path(who)).text
    assert [title in page for title in ("North", "South", "East", "West")] == [True, True, True, False]
    key = "one form, sent twice"
    for _ in range(2):
        assert client.send(scene.path(who, 0, "choose"), _key=key).status_code == 303
    assert "Chosen" in client.get(scene.path(who)).text
    refused = client.send(scene.path(who, 1, "choose"))
    assert refused.status_code == 409
    assert "you keep your place in “North”" in refused.text
    assert client.send(scene.path(who, 0, "leave")).status_code == 303
    assert client.send(scene.path(who, 1, "choose")).status_code == 303
    assert scene.has(who) == {1: "waiting"}


def test_strangers_and_wrong_addresses_find_nothing(scene: Scene) -> None:
    scene.open(2, 5)
    who, stranger = scene.participant(), scene.participant()
    client = scene.as_(stranger[1])
    assert client.get(scene.path(who)).status_code == 404
    assert client.send(scene.path(who, 2, "choose")).status_code == 404
    own = scene.as_(who[1])
    assert own.send(scene.path(who, 2, "destroy")).status_code == 404
    assert own.send(scene.path(who) + "/nothing/choose").status_code == 404


def test_the_desk_opens_the_sign_up_and_sees_who_came(scene: Scene) -> None:
    who = scene.participant()
    organizer = scene.as_(build.staff(scene.conference, Role.ORGANIZER))
    with in_conference(scene.conference.id):
        base = f"/desk/{scene.conference.slug}/sessions/{db.session.get_one(Session, scene.ids[2]).ref}"
    assert organizer.get(f"{base}/sign-ups").status_code == 404
    for wrong in ("-1", "many", "99999999999"):
        assert organizer.send(f"{base}/sign-up", is_open="y", capacity=wrong).status_code == 422
    assert organizer.send(f"{base}/sign-up", is_open="y", capacity="1").status_code == 303
    scene.choose(who, 2)
    scene.choose(scene.participant(), 2)
    page = organizer.get(f"{base}/sign-ups").text
    assert "Has a place" in page
    assert "Waiting, number 1" in page
    assert "1 of 1 places" in organizer.get(base).text
    assert scene.as_(build.staff(scene.conference, Role.GATE_STAFF)).get(f"{base}/sign-ups").status_code == 403


def test_a_removed_group_comes_back_unless_somebody_has_chosen_two_of_its_sessions(scene: Scene) -> None:
    organizer, who = scene.as_(build.staff(scene.conference, Role.PROGRAMME_OFFICER)), scene.participant()
    for which in (0, 1):
        scene.open(which, 5)
    with in_conference(scene.conference.id):
        ref = db.session.get_one(ChoiceGroup, scene.group).ref
    base = f"/desk/{scene.conference.slug}"
    assert organizer.send(f"{base}/groups/{ref}/remove").status_code == 303
    assert "Morning panels" not in organizer.get(f"{base}/groups").text
    for which in (0, 1):
        scene.choose(who, which)
    refused = organizer.send(f"{base}/removed/groups/{ref}/restore")
    assert refused.status_code == 409
    assert "1 participant has chosen more than one of its sessions since." in refused.text
    scene.leave(who, 0)
    assert organizer.send(f"{base}/removed/groups/{ref}/restore").status_code == 303
    with in_conference(scene.conference.id):
        db.session.rollback()
        grouped = [db.session.get_one(Session, number).choice_group_id for number in scene.ids]
        assert grouped == [scene.group, scene.group, None, None]
    assert "Morning panels" in organizer.get(f"{base}/groups").text


def test_the_own_page_asks_the_database_the_same_for_one_session_and_three(scene: Scene) -> None:
    who = scene.participant()
    client = scene.as_(who[1])
    numbers = []
    for which in (0, 2, 3):
        scene.open(which, 5)
        with build.count_queries() as counted:
            client.get(scene.path(who))
        numbers.append(counted.number)
    assert numbers[0] == numbers[2]


def test_the_list_at_the_desk_asks_the_same_for_one_and_three(scene: Scene) -> None:
    scene.open(2, 5)
    organizer = scene.as_(build.staff(scene.conference, Role.ORGANIZER))
    with in_conference(scene.conference.id):
        path = f"/desk/{scene.conference.slug}/sessions/{db.session.get_one(Session, scene.ids[2]).ref}/sign-ups"
    numbers = []
    for _ in range(3):
        scene.choose(scene.participant(), 2)
        with build.count_queries() as counted:
            organizer.get(path)
        numbers.append(counted.number)
    assert numbers[0] == numbers[2]


def test_a_question_offers_what_can_be_chosen(scene: Scene) -> None:
    """A wish is an answer: it holds no place, so a full session can be wished for, a closed one cannot."""
    for which in (0, 2):
        scene.open(which, 1)
    scene.choose(scene.participant(), 0)
    with scene.at_work():
        session = db.session.get_one(Session, scene.ids[2])
        sign_ups.set_sign_up(SYSTEM, session, is_open=False, capacity=1)
    with in_conference(scene.conference.id):
        assert [one.label for one in choices_of(scene.conference)] == [{"en": "North"}]
