"""Clashes with the database and on pages: what is looked at, what is set, accepted, refused and taken out."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format
from confapp.foundation import places
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.actions import clashes as actions
from confapp.programme.actions import sessions, timetable
from confapp.programme.models import AcceptedClash, ClashSetting, Debate, Precedence, RoomHours, Statement
from confapp.programme.queries import clashes as clash_queries
from confapp.programme.rules import Kind, Mode, SessionRoleKind, Severity
from confapp.programme.rules.clashes import DEFAULTS, Rule, Setting
from confapp.registration.rules import Capacity
from confapp.speakers.actions import add_speaker
from tests import build
from tests.programme.conftest import Maker, hour
from tests.programme.test_pages import Desk, desk  # noqa: F401 - the fixture


def told() -> list[str]:
    return [clash.rule.value for clash in clash_queries.of_draft(queries.placements()).found]


# --- what is looked at ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("inside")
def test_seats_booths_hours_and_order_are_read_from_their_tables(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    room = make.room()
    one, two = make.placed("One", room, hour(9)), make.placed("Two", room, hour(11))
    assert told() == []
    room.capacity = 10
    places.quota_for(one, 11)
    one.languages, one.interpretation = ["en"], ["en", "fr"]
    room.hours.append(RoomHours(starts_at=hour(8), ends_at=hour(10), is_open=True))
    db.session.add(Precedence(first_id=two.id, then_id=one.id, is_rule=True))
    assert told() == ["needs", "size", "order", "closed"]
    room.booths = 1
    assert "needs" not in told(), "the floor's own language needs no booth"
    one.format = Format.ONLINE
    assert "size" not in told()
    timetable.cancel(officer, two)
    assert told() == [], "who is cancelled is not asked about"


@pytest.mark.usefixtures("inside")
def test_a_remote_speaker_sleeps_in_a_zone_of_their_own(officer: Actor, conference: Conference, make: Maker) -> None:
    room = make.room()
    session = make.placed("One", room, hour(9))
    speaker = add_speaker(officer, conference, "Ana Contoh")
    sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=speaker.person)
    speaker.mode, speaker.zone = Format.ONLINE, "Europe/Lisbon"
    assert told() == ["waking"]
    speaker.zone = "Asia/Jayapura"
    assert told() == []
    speaker.availability = [[hour(9, 30).isoformat(), hour(12).isoformat(), False]]
    assert told() == ["absent"]
    speaker.zone = "Not/A_Zone"
    assert told() == ["absent"], "what cannot be read is left out"


def test_heads_that_meet_are_needed_in_person(officer: Actor, conference: Conference, make: Maker) -> None:
    delegation = build.delegation(conference)
    head = build.registration(conference, delegation_id=delegation.id, capacity=Capacity.HEAD)
    build.registration(conference, delegation_id=delegation.id)
    with in_conference(conference.id), writing():
        db.session.add_all([conference, delegation, head])
        meeting = make.session("Meeting", Kind.BILATERAL)
        timetable.place(officer, meeting, [make.room()], hour(9))
        sessions.add_role(officer, meeting, SessionRoleKind.SPEAKER, delegation=delegation)
        panel = make.placed("Panel", make.room("Other"), hour(9))
        sessions.add_role(officer, panel, SessionRoleKind.PANELLIST, person=head.person)
        found = clash_queries.of_draft(queries.placements())
        assert [(c.rule, c.needed) for c in found.found] == [(Rule.PERSON, head.person_id)]


def test_a_head_is_missed_when_the_delegation_has_its_turn(officer: Actor, conference: Conference, make: Maker) -> None:
    delegation = build.delegation(conference)
    head = build.registration(conference, delegation_id=delegation.id, capacity=Capacity.HEAD)
    build.registration(conference, delegation_id=delegation.id)
    with in_conference(conference.id), writing():
        db.session.add_all([conference, delegation, head])
        debate = make.placed("Debate", make.room(), hour(9))
        item = sessions.add_item(officer, debate, {"en": "Statement"}, delegation=delegation)
        panel = make.placed("Panel", make.room("Other"), hour(9))
        sessions.add_role(officer, panel, SessionRoleKind.PANELLIST, person=head.person)
        db.session.flush()
        assert told() == ["head"]
        list_of_speakers = Debate(conference_id=conference.id, session_id=debate.id)
        db.session.add(list_of_speakers)
        db.session.flush()
        statement = Statement(
            conference_id=conference.id,
            debate_id=list_of_speakers.id,
            item_id=item.id,
            delegation_id=delegation.id,
            speaker_name="The deputy",
        )
        db.session.add(statement)
        assert told() == [], "somebody else is named"
        statement.speaker_name, statement.mode = "", Mode.RECORDED
        assert told() == []
        statement.mode, statement.withdrawn_at = Mode.IN_PERSON, hour(8)
        assert told() == ["head"], "the item still stands"


@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_does_not_grow(officer: Actor, conference: Conference, make: Maker, number: int) -> None:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        room = make.room()
        speaker = add_speaker(officer, conference, "Ana Contoh")
        for place in range(number + 1):
            session = make.placed(f"Panel {place}", room, hour(9, place))
            sessions.add_role(officer, session, SessionRoleKind.CHAIR, person=speaker.person)
    with in_conference(conference.id), reading():
        db.session.expire_all()
        with build.count_queries() as counted:
            found = clash_queries.of_draft(queries.placements()).found
    assert len(found) == number * (number + 1), "each pair by its room and by its person"
    assert counted.number <= 20


# --- settings, accepted ones and the release --------------------------------------------------------------------------


@pytest.mark.usefixtures("inside")
def test_only_what_differs_from_the_program_is_kept(officer: Actor, conference: Conference) -> None:
    actions.change_settings(officer, conference, DEFAULTS | {Rule.CHANGE: Setting(Severity.BLOCK, 9)})
    db.session.flush()
    assert list(clash_queries.settings()) == [Rule.CHANGE]
    entries = db.session.query(AuditEntry).filter_by(verb="change_clash_settings").all()
    assert [entry.facts["changes"] for entry in entries] == [{"change": ["warn 5", "block 9"]}]
    actions.change_settings(officer, conference, DEFAULTS)
    db.session.flush()
    assert clash_queries.settings() == {}


@pytest.mark.usefixtures("inside")
def test_what_blocks_stops_a_release_until_it_is_mended_or_accepted(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    room = make.room()
    make.placed("One", room, hour(9))
    make.placed("Two", room, hour(9, 30))
    with pytest.raises(Refused, match=r"1 clash blocks the release: A room is used twice \(One, Two\)\."):
        timetable.release(officer, conference)
    clash = clash_queries.of_draft(queries.placements()).found[0]
    actions.accept(officer, conference, clash, "The hall is parted by a curtain.")
    with pytest.raises(Refused):
        actions.accept(officer, conference, clash, "Again")
    timetable.release(officer, conference)
    accepted = clash_queries.of_draft(queries.placements()).accepted
    assert [(one.key, kept.reason) for one, kept in accepted] == [(clash.key, "The hall is parted by a curtain.")]
    make.placed("Three", room, hour(9, 45))
    with pytest.raises(Refused, match="2 clashes block"):
        timetable.release(officer, conference)


# --- pages ------------------------------------------------------------------------------------------------------------


def crowd(desk: Desk) -> None:  # noqa: F811
    """Two sessions in one small room, and a larger one that is free."""
    with in_conference(desk.conference.id), writing():
        small, large = desk.make.room("Small"), desk.make.room("Large")
        small.capacity, large.capacity = 10, 99
        for title in ("One", "Two"):
            desk.make.placed(title, small, hour(9)).audience = 50


def code(desk: Desk) -> str:  # noqa: F811
    with reading(), in_conference(desk.conference.id):
        return next(c.code for c in clash_queries.of_draft(queries.placements()).found if c.rule == Rule.ROOM)


def test_the_list_names_both_sessions_and_what_would_mend_it(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    page = desk.get("/programme/clashes")
    assert "1 clash blocks the release" in page
    assert "Small is also used by “One”" in page
    assert "Free then and fitting: Large." in page
    assert page.count("#place") == 4
    warned = desk.get("/programme/clashes?severity=warn")
    assert "Small has 10 seats, and 50 are needed" in warned
    assert "is also used by" not in warned
    assert "No clash is of this kind." in desk.get("/programme/clashes?rule=theme")
    assert "No clash is of this kind." in desk.get("/programme/clashes?day=%00x&page=99999999999999999999")


def test_both_sessions_say_it_themselves(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    with reading(), in_conference(desk.conference.id):
        refs = [one.ref for one in queries.sessions()]
    pages = [desk.get(f"/sessions/{ref}") for ref in refs]
    assert all("Small is also used by" in page for page in pages)


def test_the_timetable_marks_what_blocks(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    assert desk.get("/programme?day=2027-01-12").count('class="status bad"') == 2
    assert desk.send("/programme/clashes/settings", **fields(room="warn")) == 303
    assert 'class="status bad"' not in desk.get("/programme?day=2027-01-12")


def test_a_clash_is_accepted_with_a_reason_and_taken_back(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    url = f"/programme/clashes/{code(desk)}"
    assert "Free then and fitting" in desk.get(url)
    assert "Please give a reason." in desk.refuse(url, 422, reason=" ")
    assert desk.send(url, reason="A curtain") == 303
    assert desk.send(url, reason="A curtain") == 404, "it is no clash any more"
    page = desk.get("/programme/clashes")
    assert "Nothing blocks the release" in page
    assert "A curtain" in page
    ref = desk.one(AcceptedClash).ref
    assert desk.send(f"/programme/accepted-clashes/{ref}/take-back") == 303
    assert "1 clash blocks the release" in desk.get("/programme/clashes")
    assert desk.send(f"/programme/accepted-clashes/{ref}/take-back") == 404


def test_the_release_page_lists_what_stops_it(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    page = desk.get("/programme/release")
    assert "1 clash blocks the release" in page
    assert "2 warnings are in the draft." in page
    assert "A room is used twice (One, Two)" in desk.refuse("/programme/release", 409, name="First")


def fields(**changed: Any) -> dict[str, Any]:
    said = {rule.value: one.severity.value for rule, one in DEFAULTS.items()}
    return said | {f"amount_{rule.value}": one.amount for rule, one in DEFAULTS.items() if one.amount} | changed


def test_rules_are_set_and_reset(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    url = "/programme/clashes/settings"
    assert desk.send(url, **fields(room="ignore", size="block", amount_change=30)) == 303
    assert "2 clashes block the release" in desk.get("/programme/clashes")
    page = desk.get(url)
    assert page.count(">changed<") == 3
    assert 'value="30"' in page
    refused = desk.refuse(url, 422, **fields(room="nonsense", amount_change="9999", theme="ignore"))
    assert "From 0 to 60." in refused
    assert "9999" in refused
    assert desk.send(f"{url}/reset") == 303
    with reading(), in_conference(desk.conference.id):
        assert db.session.query(ClashSetting).count() == 0


def test_the_list_is_taken_out(desk: Desk) -> None:  # noqa: F811
    crowd(desk)
    assert "Small is also used by “One”" in desk.get("/programme/clashes.csv?severity=block")
    book = load_workbook(BytesIO(desk.client.get(f"{desk.url}/programme/clashes.xlsx").data))
    assert [row[2].value for row in book.active.iter_rows()][-3:] == [
        "A room is used twice",
        "A room is too small",
        "A room is too small",
    ]


def test_who_only_reads_changes_nothing(desk: Desk, client: FlaskClient) -> None:  # noqa: F811
    crowd(desk)
    client.sign_in(build.staff(desk.conference, Role.VIEWER))
    assert "Accept…" not in desk.get("/programme/clashes")
    assert desk.send(f"/programme/clashes/{code(desk)}", reason="No") == 403
    assert desk.send("/programme/clashes/settings", **fields()) == 403
