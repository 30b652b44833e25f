"""Side events: applied for in a window, joined, decided, waited for, and placed without a clash."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.access import SYSTEM, Actor, Grant
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.programme import queries as programme
from confapp.programme import tasks
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.actions import side_events as actions
from confapp.programme.models import Placement, Session, SideEvent, SideEventSponsor
from confapp.programme.queries import clashes
from confapp.programme.queries import side_events as queries
from confapp.programme.rules import Details, Kind
from confapp.programme.rules.clashes import Rule
from confapp.programme.rules.side_events import LIFE, Application, Status, closed_fault, shares
from confapp.registration.models import Delegation
from tests import build
from tests.build import Client

FORM = {
    "title-en": "Tides and data",
    "title-id": "",
    "description-en": "How harbours share what they measure.",
    "description-id": "",
    "contact_name": "Rin Contoh",
    "contact_email": "rin@mission.example",
    "language": "en",
    "minutes": "45",
    "format": "in_person",
    "layout": "",
    "audience": "30",
}


class Scene:
    """An open call and two delegations with their focal points."""

    def __init__(self, **call: Any) -> None:
        self.conference = build.conference(acronym="SE")
        self.one, self.other = (build.delegation(self.conference, name={"en": name}) for name in ("North", "South"))
        self.focal, self.second = (build.account() for _ in range(2))
        build.mandate(self.focal, Role.FOCAL_POINT, self.conference, delegation_id=self.one.id)
        build.mandate(self.second, Role.FOCAL_POINT, self.conference, delegation_id=self.other.id)
        self.officer = build.staff(self.conference, Role.PROGRAMME_OFFICER)
        now = clock.now()
        values: dict[str, Any] = {"opens_at": now - timedelta(1), "closes_at": now + timedelta(1), "places": None}
        values |= {"guidance": {"en": "Be brief."}, "each_may_lead": 2, "longest_minutes": 60}
        with self.at_work():
            actions.set_call(SYSTEM, self.conference, **(values | call))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            db.session.add(self.conference)
            yield

    def speaker(self, delegation: Delegation) -> Actor:
        grant = Grant(Role.FOCAL_POINT, self.conference.id, delegation_id=delegation.id)
        holder = self.focal if delegation.id == self.one.id else self.second
        return Actor(holder.id, "focal@mission.example", "Focal", (grant,))

    def applied(self, title: str, delegation: Delegation | None = None, **said: Any) -> int:
        """Handed in by a delegation, the first where none is named."""
        by = self.speaker(delegation or self.one)
        with self.at_work():
            lead = db.session.get_one(Delegation, (delegation or self.one).id)
            about = {"description": {"en": "About it"}, "contact_name": "Rin", "contact_email": "rin@mission.example"}
            event = actions.apply_for(by, lead, Application({"en": title}, **(about | said)))
            actions.submit(by, event, self.conference)
            return event.id

    def decide(self, verb: str, event_id: int, *more: Any, by: Actor = SYSTEM) -> None:
        with self.at_work():
            event = db.session.get_one(SideEvent, event_id)
            getattr(actions, verb)(by, event, self.conference, *more)

    def event(self, event_id: int) -> SideEvent:
        with across_conferences("a test looks"):
            db.session.rollback()
            return db.session.get_one(SideEvent, event_id)

    def mails(self) -> list[tuple[str, str]]:
        with across_conferences("a test looks"):
            rows = db.session.scalars(select(Mail).where(Mail.topic == "side_events").order_by(Mail.id))
            return [(row.recipient, row.subject) for row in rows]

    def url(self, path: str) -> str:
        return f"/desk/{self.conference.slug}/side-events{path}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene()


# --- rules ------------------------------------------------------------------------------------------------------------


class Row:
    conference_id, lead_id, contact_email = 1, 7, ""

    def __init__(self, status: Status) -> None:
        self.status = status


@pytest.mark.parametrize(("status", "move"), list(product(Status, LIFE)))
def test_only_the_listed_moves_are_possible(status: Status, move: Any) -> None:
    focal = Actor(1, grants=(Grant(Role.FOCAL_POINT, 1, 7), Grant(Role.ORGANIZER, 1)))
    assert move.is_open_to(Row(status), focal) == (status in move.sources)
    assert not move.is_open_to(Row(status), Actor(2, grants=(Grant(Role.FOCAL_POINT, 1, 8),)))


def test_a_window_opens_and_closes_at_its_minute() -> None:
    now = clock.now()

    class Call:
        opens_at, closes_at = now, now + timedelta(hours=1)

    assert closed_fault(Call, now - timedelta(seconds=1)) is not None
    assert closed_fault(Call, now) is None
    assert closed_fault(Call, now + timedelta(minutes=59)) is None
    assert closed_fault(Call, now + timedelta(hours=1)) is not None
    assert closed_fault(None, now) is not None


# --- actions ----------------------------------------------------------------------------------------------------------


def test_each_may_lead_so_many_and_nothing_is_taken_after_the_end(scene: Scene) -> None:
    scene.applied("First"), scene.applied("Second")
    with pytest.raises(Refused, match="Each may lead 2"):
        scene.applied("Third")
    scene.applied("Of another", scene.other)
    with scene.at_work():
        call = queries.call()
        assert call is not None
        call.closes_at = clock.now()
    with pytest.raises(Refused, match="over"):
        scene.applied("Late", scene.other)


def test_an_accepted_one_becomes_a_session_that_waits_for_its_room(scene: Scene) -> None:
    made = scene.applied("Tides", layout="theatre", equipment=("projector",), audience=40, minutes=45)
    with scene.at_work():
        event = db.session.get_one(SideEvent, made)
        actions.add_sponsor(scene.speaker(scene.one), event, scene.conference, organization="Harbour Institute")
    scene.decide("accept", made)
    with scene.at_work():
        event = db.session.get_one(SideEvent, made)
        session = event.session
        assert (session.kind, session.minutes, session.layout, session.audience) == (Kind.SIDE_EVENT, 45, "theatre", 40)
        assert session.equipment == ["projector"]
        assert "North" in session.note["en"]
        assert "Harbour Institute" in session.note["en"]
        assert session in programme.unplaced()
    with pytest.raises(Refused):  # twice
        scene.decide("accept", made)
    scene.decide("withdraw", made, by=scene.speaker(scene.one))
    with scene.at_work():
        assert db.session.get_one(Session, session.id).removed_at is not None


def test_places_are_given_once_and_a_free_one_goes_to_the_first_who_waits(app: Flask) -> None:
    scene = Scene(places=1)
    first, second, third = scene.applied("A"), scene.applied("B", scene.other), scene.applied("C")
    scene.decide("accept", first)
    with pytest.raises(Refused, match="All 1 places"):
        scene.decide("accept", second)
    scene.decide("wait", third)
    scene.decide("wait", second)
    with scene.at_work():
        actions.move_in_queue(SYSTEM, db.session.get_one(SideEvent, second), -1)
    assert [scene.event(one).waiting_position for one in (second, third)] == [1, 2]
    scene.decide("withdraw", first, by=scene.speaker(scene.one))
    assert scene.event(second).status == Status.ACCEPTED
    assert scene.event(second).session_id is not None
    assert (scene.event(third).status, scene.event(third).waiting_position) == (Status.WAITING, 1)
    assert [who for who, what in scene.mails() if "accepted: B" in what] == [scene.second.email, "rin@mission.example"]


def test_joining_tells_the_leads_and_keeps_everybody_who_stands_behind(scene: Scene) -> None:
    main, other = scene.applied("Tides"), scene.applied("Harbours", scene.other)
    with scene.at_work():
        event = db.session.get_one(SideEvent, other)
        actions.add_sponsor(scene.speaker(scene.other), event, scene.conference, organization="Port Union")
    with scene.at_work():
        rows = [db.session.get_one(SideEvent, one) for one in (main, other)]
        actions.merge(SYSTEM, rows[0], rows[1:], scene.conference)
    with scene.at_work():
        event, gone = (db.session.get_one(SideEvent, one) for one in (main, other))
        assert (gone.status, gone.merged_into_id) == (Status.MERGED, main)
        assert [queries.sponsor_name(one) for one in event.sponsors] == ["South", "Port Union"]
        assert event.sponsors[0].confirmed_at is not None
        told = shares([event, gone])
        assert (told[scene.one.id].led, told[scene.other.id].sponsored) == (1, 1)
        assert scene.other.id not in {who for who, share in told.items() if share.led}
    joined = {who for who, what in scene.mails() if what.startswith("Side events joined")}
    assert joined == {scene.focal.email, scene.second.email, "rin@mission.example"}
    with pytest.raises(Refused):
        scene.decide("accept", other)


def test_a_named_delegation_answers_itself(client: Client, scene: Scene) -> None:
    made = scene.applied("Tides")
    with scene.at_work():
        event, south = db.session.get_one(SideEvent, made), db.session.get_one(Delegation, scene.other.id)
        for _ in range(2):  # naming twice is naming once
            actions.add_sponsor(scene.speaker(scene.one), event, scene.conference, delegation=south)
        assert len(event.sponsors) == 1
    assert [who for who, what in scene.mails() if what.startswith("Co-sponsor of")] == [scene.second.email]
    own = f"/me/{scene.conference.slug}/delegations/{{}}/sponsorships/{{}}/confirm"
    with across_conferences("a test looks"):
        ref = db.session.scalars(select(SideEventSponsor.ref)).one()
    assert client.sign_in(scene.focal).send(own.format(scene.one.ref, ref)).status_code == 404
    assert client.sign_in(scene.focal).send(own.format(scene.other.ref, ref)).status_code == 404
    for _ in range(2):
        assert client.sign_in(scene.second).send(own.format(scene.other.ref, ref)).status_code == 303
    assert len([what for _, what in scene.mails() if what.startswith("Co-sponsors: ")]) == 2  # to the lead, once each


def test_a_delegation_of_one_cannot_lead_while_it_speaks(scene: Scene) -> None:
    build.registration(scene.conference, delegation_id=scene.one.id, organization="")
    made = scene.applied("Tides")
    scene.decide("accept", made)
    with scene.at_work():
        starts = scene.conference.starts_at + timedelta(hours=9)
        debate = sessions.create_session(SYSTEM, scene.conference, Details(Kind.PLENARY, {"en": "Debate"}, 60))
        sessions.add_item(SYSTEM, debate, {"en": "Statement"}, delegation=db.session.get_one(Delegation, scene.one.id))
        db.session.flush()
        timetable.place(SYSTEM, debate, [], starts)
        timetable.place(SYSTEM, db.session.get_one(SideEvent, made).session, [], starts)
        found = clashes.of_draft(programme.placements()).found
    assert [one.rule for one in found if one.rule == Rule.DELEGATION] == [Rule.DELEGATION]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_focal_point_writes_keeps_and_hands_in(app: Flask, client: Client, scene: Scene) -> None:
    client.sign_in(scene.focal)
    base = f"/me/{scene.conference.slug}/delegations/{scene.one.ref}/side-events"
    assert "Be brief." in client.get(base).text
    gap = client.send(f"{base}/new", **(FORM | {"contact_name": "", "then": "submit"}))
    assert (gap.status_code, "Tides and data" in gap.text) == (422, True)
    assert "Name somebody" in gap.text
    kept = client.send(f"{base}/new", _key="same", **(FORM | {"contact_name": "", "then": "draft"}))
    again = client.send(f"{base}/new", _key="same", **(FORM | {"contact_name": "", "then": "draft"}))
    assert kept.status_code == again.status_code == 303
    assert kept.location == again.location
    page = client.get(kept.location)
    assert "Draft" in page.text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(f"{kept.location}/edit").text)
    assert revision
    sent = client.send(f"{kept.location}/edit", **(FORM | {"then": "submit", "revision": revision[1]}))
    assert sent.status_code == 303
    assert "Handed in" in client.get(kept.location).text
    old = client.send(f"{kept.location}/edit", **(FORM | {"title-en": "Stale", "revision": revision[1]}))
    assert (old.status_code, "Stale" in old.text) == (409, True)
    assert client.send(f"{kept.location}/withdraw").status_code == 303
    client.sign_in(scene.second)
    assert client.get(kept.location).status_code == 404
    assert client.send(f"{kept.location}/submit").status_code == 404


def test_bad_input_is_told_and_nothing_breaks(client: Client, scene: Scene) -> None:
    client.sign_in(scene.focal)
    url = f"/me/{scene.conference.slug}/delegations/{scene.one.ref}/side-events/new"
    for bad in ({"minutes": "90"}, {"minutes": "x"}, {"format": "telepathy"}, {"contact_email": "nobody"}):
        assert client.send(url, **(FORM | bad)).status_code == 422, bad
    client.sign_in(scene.officer)
    for bad in (
        {"each_may_lead": "0"},
        {"opens_at": "soon"},
        {"opens_at": "2027-03-02T10:00", "closes_at": "2027-03-01T10:00"},
    ):
        fields = {"each_may_lead": "1", "longest_minutes": "60"} | bad
        assert client.send(scene.url("/call"), **fields).status_code in (409, 422), bad


def test_an_organization_applies_by_a_mailed_link_alone(client: Client, scene: Scene) -> None:
    url = f"/{scene.conference.slug}/side-events"
    assert client.get(url).status_code == 200
    assert client.send(url, email="nobody").status_code == 422
    for _ in range(2):
        assert client.send(url, email="team@institute.example").status_code == 303
    links = _links()
    assert len(links) == 2
    assert client.get(links[0]).status_code == 410  # a newer one was sent
    assert client.get(links[1]).status_code == 200
    said = FORM | {"organization": "Harbour Institute", "then": "submit"}
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(f"{links[1]}/edit").text)
    assert revision
    sent = client.send(f"{links[1]}/edit", **(said | {"revision": revision[1]}))
    assert (sent.status_code, sent.location) == (303, links[1])
    assert "Handed in" in client.get(links[1]).text
    with across_conferences("a test looks"):
        event = db.session.scalars(select(SideEvent)).one()
        assert (event.organization, event.contact_email) == ("Harbour Institute", "team@institute.example")
        assert event.status == Status.SUBMITTED
    forged = client.get(links[1][:-4] + "aaaa")
    assert forged.status_code == 410
    for _ in range(2):
        last = client.send(url, email="team@institute.example")
    assert last.status_code == 429


def _links() -> list[str]:
    with across_conferences("a test looks"):
        texts = db.session.scalars(select(Mail.text).where(Mail.topic == "side_events").order_by(Mail.id)).all()
    found = [re.search(r"https?://[^/\s]+(?:/en)?(/\S+/side-events/at/\S+)", text) for text in texts]
    return [one[1] for one in found if one]


def test_the_desk_lists_sorts_decides_and_takes_out(client: Client, scene: Scene) -> None:
    scene.applied("Tides"), scene.applied("Anchors", scene.other)
    client.sign_in(scene.officer)
    page = client.get(scene.url(""))
    assert page.text.index("Tides") < page.text.index("Anchors")
    page = client.get(scene.url("?sort=title"))
    assert page.text.index("Anchors") < page.text.index("Tides")
    assert "Tides" not in client.get(scene.url("?q=south")).text
    assert "No application fits" in client.get(scene.url("?q=nothing+such")).text
    table = client.get(f"/desk/{scene.conference.slug}/side-events.csv?sort=title")
    assert [line.split(",")[0] for line in table.text.splitlines() if line.startswith(("Tides", "Anchors"))] == [
        "Anchors",
        "Tides",
    ]
    assert client.get(f"/desk/{scene.conference.slug}/side-events.xlsx").data[:2] == b"PK"
    event = scene.event(_named("Tides"))
    assert client.send(scene.url(f"/{event.ref}/decline"), reason="").status_code == 422
    assert client.send(scene.url(f"/{event.ref}/decline"), reason="No room left").status_code == 303
    client.sign_in(scene.focal)
    own = f"/me/{scene.conference.slug}/delegations/{scene.one.ref}/side-events/{event.ref}"
    assert "No room left" in client.get(own).text
    assert client.get(scene.url("")).status_code == 403  # nobody's desk


def _named(title: str) -> int:
    with across_conferences("a test looks"):
        return next(one.id for one in db.session.scalars(select(SideEvent)) if one.title["en"] == title)


def test_a_place_that_clashes_is_refused_and_nothing_is_decided(client: Client, scene: Scene) -> None:
    made = scene.applied("Tides")
    with scene.at_work():
        room = rooms.add_room(SYSTEM, scene.conference, {"en": "Small hall"})
        panel = sessions.create_session(SYSTEM, scene.conference, Details(Kind.PANEL, {"en": "Panel"}, 60))
        db.session.flush()
        timetable.place(SYSTEM, panel, [room], scene.conference.starts_at + timedelta(hours=9))
        ref = room.ref
    client.sign_in(scene.officer)
    event = scene.event(made)
    where = {"day": scene.conference.starts_on.isoformat(), "minutes": "60", "rooms": ref, "revision": event.revision}
    refused = client.send(scene.url(f"/{event.ref}/place"), **where, starts="09:30")
    assert (refused.status_code, "A room is used twice" in refused.text) == (409, True)
    assert scene.event(made).status == Status.SUBMITTED
    assert client.send(scene.url(f"/{event.ref}/place"), **where, starts="10:00").status_code == 303
    with across_conferences("a test looks"):
        event = scene.event(made)
        assert event.status == Status.ACCEPTED
        placement = db.session.scalars(select(Placement).where(Placement.session_id == event.session_id)).one()
        assert placement.starts_at == scene.conference.starts_at + timedelta(hours=10)


def test_the_list_asks_as_often_with_three_as_with_one(client: Client, scene: Scene) -> None:
    scene.applied("One")
    client.sign_in(scene.officer)
    client.get(scene.url(""))
    with build.count_queries() as one:
        client.get(scene.url(""))
    scene.applied("Two", scene.other), scene.applied("Three", scene.other)
    with build.count_queries() as three:
        client.get(scene.url(""))
    assert three.number == one.number


def test_a_draft_begun_by_a_link_and_never_written_is_deleted_after_a_month(scene: Scene) -> None:
    with scene.at_work():
        for which in ("empty", "written", "fresh"):
            actions.begin(scene.conference, f"{which}@institute.example", "en")
        empty, written, _fresh = db.session.scalars(select(SideEvent).order_by(SideEvent.id)).all()
        written.title = {"en": "Ports"}
        empty.submitted_at = written.submitted_at = clock.now() - timedelta(31)
    tasks.purge_side_event_drafts()
    with scene.at_work():
        left = db.session.scalars(select(SideEvent.contact_email).order_by(SideEvent.id)).all()
    assert left == ["written@institute.example", "fresh@institute.example"]


def test_public_pages_lead_to_the_form_while_the_call_is_open(client: Client, scene: Scene) -> None:
    pages = [f"/{scene.conference.slug}/", f"/{scene.conference.slug}/programme"]
    assert all("Apply for a side event" in client.get(page).text for page in pages)
    assert all(client.get(f"/{scene.conference.slug}/side-events").status_code == 200 for page in pages)
    with scene.at_work():
        call = queries.held_call()
        assert call is not None
        call.closes_at = clock.now() - timedelta(hours=1)
    assert not any("Apply for a side event" in client.get(page).text for page in pages)
