"""A new conference as a copy of an earlier one: its parts go over, its people do not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confapp.conferences import actions, queries
from confapp.conferences.models import Conference, ConferencePage, Zone
from confapp.foundation import places
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import Data, across_conferences, db
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Quota
from confapp.foundation.transactions import reading, writing
from confapp.people.models import ConsentText, Mandate
from confapp.people.rules import Role
from confapp.programme.models import (
    Item,
    Placement,
    PlacementRoom,
    Precedence,
    Room,
    RoomHours,
    Schedule,
    Session,
    SessionRole,
    SideEventCall,
    Theme,
)
from confapp.programme.rules import Kind, SessionRoleKind
from confapp.registration.models import Category, Delegation
from tests import build

CANARY = "Zanzabuki"
AT_ONE = datetime(2027, 1, 12, 1, tzinfo=UTC)  # eight in Jakarta
DAYS = ["2027-01-13", "2027-01-14"]
NEW = {
    "name-en": "Second Conference",
    "slug": "second-2028",
    "starts_on": "2028-03-01",
    "ends_on": "2028-03-02",
    "zone": "Asia/Jayapura",
    "format": "hybrid",
    "languages": ["en", "id"],
}


@pytest.fixture
def earlier(app: Flask) -> Conference:
    """One of each: a category, a delegation that answered, a theme, a room, two sessions, and people all over."""
    conference = build.conference(starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 13), zone="Asia/Jakarta")
    here = {"conference_id": conference.id}
    build.category(conference, code="observer-of-old")
    delegation = build.delegation(conference, contact_email=f"{CANARY}@home.example", accepted_at=datetime.now(UTC))
    person = build.person(conference, family_name=CANARY)
    build.registration(conference, person=person)
    room = build.save(Room(name={"en": "Hall"}, capacity=40, **here))
    theme = build.save(Theme(name={"en": "Ports"}, **here))
    opening = build.save(
        Session(title={"en": "Opening"}, theme_id=theme.id, note={"en": CANARY}, preferred_days=DAYS, **here)
    )
    meeting = build.save(Session(title={"en": CANARY}, kind=Kind.BILATERAL, **here))
    late = build.save(Session(title={"en": "Late"}, **here))
    draft = build.save(Schedule(**here))
    build.save(
        SessionRole(
            session_id=opening.id, role=SessionRoleKind.SPEAKER, printed_function={"en": CANARY}, position=0, **here
        ),
        Item(session_id=opening.id, title={"en": "Welcome"}, **here),
        Item(session_id=opening.id, title={"en": CANARY}, delegation_id=delegation.id, **here),
        ConferencePage(name="visa", title={"en": "Visa"}, as_of=date(2026, 12, 1), **here),
    )
    placed = build.save(
        Placement(
            schedule_id=draft.id,
            session_id=opening.id,
            starts_at=datetime(2027, 1, 12, 2, tzinfo=UTC),
            minutes=60,
            **here,
        )
    )
    build.save(
        PlacementRoom(placement_id=placed.id, room_id=room.id, **here),
        RoomHours(room_id=room.id, starts_at=AT_ONE, ends_at=AT_ONE + timedelta(hours=9), **here),
        RoomHours(room_id=room.id, starts_at=AT_ONE - timedelta(days=1), ends_at=AT_ONE, is_open=False, **here),
        Precedence(first_id=opening.id, then_id=late.id, minutes=30, is_rule=True, **here),
        Precedence(first_id=opening.id, then_id=meeting.id, **here),
        ConsentText(kind="photographs", version=1, text={"en": "First"}, sha256="1", **here),
        ConsentText(kind="photographs", version=2, text={"en": "Second"}, sha256="2", **here),
        SideEventCall(guidance={"en": "One each"}, places=7, opens_at=AT_ONE, **here),
    )
    with_zone = build.save(Zone(code="hall", name={"en": "Hall"}, **here))
    with across_conferences("a test makes its data"), writing():
        places.quota_for(with_zone, 90)
    return conference


def everything(conference: Conference) -> str:
    """All that the database holds of a conference, the record of acts apart."""
    with reading(), across_conferences("a test looks"):
        return "".join(
            repr(row._mapping)
            for table in db.metadata.sorted_tables
            if "conference_id" in table.c and table.name != "audit_entry"
            for row in db.session.execute(select(table).where(table.c.conference_id == conference.id))
        )


def of(conference: Conference, model: type) -> list:  # type: ignore[type-arg]
    with across_conferences("a test looks"):
        return list(db.session.scalars(select(model).where(model.conference_id == conference.id)).unique())


def by_slug(slug: str) -> Conference:
    with reading():
        found = queries.by_slug(slug)
    assert found is not None
    return found


def test_each_table_with_copied_columns_belongs_to_a_part_and_none_is_personal(app: Flask) -> None:
    in_parts = [model.__tablename__ for part in actions.parts.values() for model in part.models]
    copied = {c.table.name for t in db.metadata.sorted_tables for c in t.c if c.info.get("copy")}
    assert len(in_parts) == len(set(in_parts))
    by_hand = {model.__tablename__ for part in actions.parts.values() for model in part.by_hand}
    assert copied - by_hand - {"conference"} == copied & set(in_parts)
    for table in db.metadata.sorted_tables:
        for column in table.c:
            if column.info.get("copy"):
                assert column.info["data"] in (Data.CONTENT, Data.TECHNICAL), column
            if column.info.get("copy") or (table.name in in_parts and column.foreign_keys and not column.nullable):
                targets = {key.column.table.name for key in column.foreign_keys}
                assert not targets & {"account", "person", "stored_file", "registration"}, column


def test_each_table_of_a_conference_is_copied_or_it_is_said_why_not(app: Flask) -> None:
    tables = {table.name for table in db.metadata.sorted_tables if "conference_id" in table.c}
    copied = {model.__tablename__ for part in actions.parts.values() for model in (*part.models, *part.by_hand)}
    never = set(actions.never_copied)
    assert tables - copied - never == set(), "put it into a part, or say why it is never copied"
    assert copied & never == set()
    assert never - tables == set(), "these are not tables of a conference"
    assert all(actions.never_copied.values())


def test_all_parts_go_over_and_nobody_with_them(client: FlaskClient, earlier: Conference) -> None:
    assert CANARY in everything(earlier), "or the test below proves nothing"
    client.sign_in(build.administrator())
    parts = [name for name, part in actions.parts.items() if part.is_copied and name != "staff"]
    fields = NEW | {"begin": f"copy:{earlier.slug}", "taken": parts}
    assert client.send("/desk/new", **fields).headers["Location"] == "/desk/second-2028/conference/first-steps"
    assert client.send("/desk/new", **fields).status_code == 422, "once is enough"
    made = by_slug("second-2028")
    assert CANARY not in everything(made)
    assert made.copied_from_id == earlier.id
    with reading():
        opening, late = sorted(of(made, Session), key=lambda one: one.title["en"], reverse=True)
        assert (opening.title["en"], late.title["en"]) == ("Opening", "Late")
        assert opening.theme_id == of(made, Theme)[0].id
        assert [one.title["en"] for one in of(made, Item)] == ["Welcome"]
        assert "observer-of-old" in {one.code for one in of(made, Category)}
        delegation = of(made, Delegation)[0]
        assert (delegation.accepted_at, delegation.contact_email) == (None, "")
        assert delegation.folded
        [placed] = of(made, Placement)
        assert placed.starts_at.isoformat() == "2028-03-01T00:00:00+00:00", "nine by the clock on the wall, still"
        assert of(made, PlacementRoom)[0].room_id == of(made, Room)[0].id != of(earlier, Room)[0].id
        assert of(made, ConferencePage)[0].as_of == date(2026, 12, 1)
        assert opening.preferred_days == ["2028-03-02"], "the second day, still; the third is none any more"
        [open_hours] = of(made, RoomHours)
        assert (open_hours.room_id, open_hours.is_open) == (of(made, Room)[0].id, True)
        assert open_hours.starts_at.isoformat() == "2028-02-29T23:00:00+00:00", "eight by the clock on the wall"
        [rule] = of(made, Precedence)
        assert (rule.first_id, rule.then_id, rule.minutes, rule.is_rule) == (opening.id, late.id, 30, True)
        assert [(one.version, one.text) for one in of(made, ConsentText)] == [(1, {"en": "Second"})]
        [call] = of(made, SideEventCall)
        assert (call.guidance, call.places, call.opens_at) == ({"en": "One each"}, 7, None)
        [zone] = of(made, Zone)
        assert [one.capacity for one in of(made, Quota) if one.owner_kind == "zone" and one.owner_id == zone.id] == [90]
        [line] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "copy")).all()
        assert line.facts["counts"]["times"] == 1


def test_only_chosen_parts_go_over(client: FlaskClient, earlier: Conference) -> None:
    client.sign_in(build.administrator())
    client.send("/desk/new", **(NEW | {"begin": f"copy:{earlier.slug}", "taken": ["rooms", "times"]}))
    made = by_slug("second-2028")
    with reading():
        assert of(made, Room)
        assert not [*of(made, Session), *of(made, Placement), *of(made, Delegation), *of(made, ConferencePage)]


def test_staff_is_invited_anew(client: FlaskClient, earlier: Conference) -> None:
    build.staff(earlier, Role.PRESS_DESK)
    client.sign_in(build.administrator())
    client.send("/desk/new", **(NEW | {"begin": f"copy:{earlier.slug}", "taken": ["staff"]}))
    with reading(), across_conferences("a test looks"):
        [asked] = db.session.scalars(select(Mandate).where(Mandate.conference_id == by_slug("second-2028").id)).all()
    assert (asked.role, asked.accepted_at) == (Role.PRESS_DESK, None)


@pytest.mark.parametrize("wrong", [{"begin": "copy:nowhere"}, {"begin": "?"}, {"taken": ["passports"]}])
def test_bad_beginnings_are_refused(client: FlaskClient, earlier: Conference, wrong: dict[str, object]) -> None:
    client.sign_in(build.administrator())
    assert client.send("/desk/new", **(NEW | {"begin": f"copy:{earlier.slug}"} | wrong)).status_code == 422


def test_what_one_cannot_read_one_cannot_copy(earlier: Conference) -> None:
    outsider = build.actor(build.staff(build.conference(), Role.ORGANIZER))
    with writing(), pytest.raises(Refused):
        actions.copy_conference(outsider, earlier, "taken-2028", ["rooms"])
