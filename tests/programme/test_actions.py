import pytest
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.queries.clashes import of_draft
from confapp.programme.rules import Details, Kind, RoleStatus, SessionRoleKind
from confapp.programme.rules.changes import Change, differences
from confapp.speakers.actions import add_speaker
from tests.programme.conftest import Maker, hour

pytestmark = pytest.mark.usefixtures("inside")


def verbs() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def pending() -> list[tuple[str, ...]]:
    """The changes that readers do not see yet."""
    found = differences(queries.editions(queries.newest_release()), queries.draft_editions())
    return [tuple(change.value for change in one.changes) for one in found]


# --- rooms ------------------------------------------------------------------------------------------------------------


def test_rooms_keep_the_organizers_order(officer: Actor, make: Maker) -> None:
    first, second, third = make.room("A"), make.room("B"), make.room("C")
    rooms.move_room(officer, third, -1)
    rooms.move_room(officer, first, -1)
    assert list(queries.rooms()) == [first, third, second]
    rooms.close_room(officer, third)
    assert list(queries.rooms(with_closed=False)) == [first, second]
    with pytest.raises(Refused):
        rooms.close_room(officer, third)
    rooms.reopen_room(officer, third)
    assert verbs()[-2:] == ["close_room", "reopen_room"]


def test_a_closed_room_takes_no_new_session_but_keeps_those_in_it(officer: Actor, make: Maker) -> None:
    room = make.room()
    there = make.placed("Opening", room, hour(9))
    rooms.close_room(officer, room)
    timetable.place(officer, there, [room], hour(10))
    with pytest.raises(Refused, match="closed"):
        timetable.place(officer, make.session(), [room], hour(12))


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_is_written_changed_removed_and_restored(officer: Actor, make: Maker) -> None:
    session = make.placed("Opening", make.room(), hour(9))
    sessions.change_session(officer, session, Details(Kind.CEREMONY, {"en": "Première", "id": ""}, 45, code="P1"), None)
    assert session.title == {"en": "Première"}
    assert [one.id for one in queries.sessions("premiere")] == [session.id]
    sessions.remove_session(officer, session)
    assert queries.placement(session) is None
    assert (queries.sessions(), [one.id for one in queries.sessions(removed=True)]) == ([], [session.id])
    with pytest.raises(Refused):
        timetable.place(officer, session, [], hour(9))
    sessions.restore_session(officer, session)
    assert [one.id for one in queries.unplaced()] == [session.id]


def test_a_page_that_is_old_is_refused_and_names_who_changed_it(officer: Actor, make: Maker) -> None:
    session = make.session()
    db.session.flush()
    known = session.revision
    sessions.add_item(officer, session, {"en": "Welcome"})
    db.session.flush()
    assert session.revision > known
    with pytest.raises(Refused, match="Test Person changed this"):
        sessions.change_session(officer, session, Details(Kind.PANEL, {"en": "X"}, 30), None, revision=known)
    with pytest.raises(Refused, match="Test Person changed this"):
        timetable.place(officer, session, [], hour(9), revision=known)


def test_items_have_an_order_and_one_holder_at_most(officer: Actor, conference: Conference, make: Maker) -> None:
    session = make.session()
    first, second, third = (sessions.add_item(officer, session, {"en": name}) for name in "ABC")
    sessions.move_item(officer, third, -1)
    sessions.move_item(officer, first, -1)
    sessions.remove_item(officer, first)
    db.session.flush()
    db.session.expire_all()
    assert [(one.title["en"], one.position) for one in session.items] == [("C", 1), ("B", 2)]
    person = add_speaker(officer, conference, "Dewi Contoh").person
    delegation = queries.delegations() or [None]
    with pytest.raises(Refused):
        sessions.add_item(officer, session, {})
    sessions.change_item(officer, second, {}, 5, delegation[0], person)
    assert second.person is person


def test_who_takes_part_is_a_person_a_delegation_or_a_function(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    session = make.session("Panel")
    speaker = add_speaker(officer, conference, "Dewi Contoh", honorific="H.E. Ms", affiliation={"en": "Ambassador"})
    one = sessions.add_role(officer, session, SessionRoleKind.PANELLIST, person=speaker.person)
    two = sessions.add_role(officer, session, SessionRoleKind.CHAIR, printed_function={"en": "The Chair", "id": ""})
    sessions.move_role(officer, two, -1)
    assert [role.role for role in session.roles] == [SessionRoleKind.CHAIR, SessionRoleKind.PANELLIST]
    assert [found.title for found in queries.sessions("dewi")] == [{"en": "Panel"}]
    with pytest.raises(Refused):
        sessions.add_role(officer, session, SessionRoleKind.SPEAKER)
    sessions.remove_role(officer, one)
    assert [role.printed_function for role in session.roles] == [{"en": "The Chair"}]


# --- the timetable ----------------------------------------------------------------------------------------------------


def test_a_session_is_placed_moved_and_taken_out(officer: Actor, make: Maker) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    session = make.placed("Opening", hall, hour(9))
    placement = timetable.place(officer, session, [annex, hall], hour(10), 30)
    db.session.flush()
    db.session.expire_all()
    assert (placement.room_ids, placement.minutes, placement.starts_at) == ((annex.id, hall.id), 30, hour(10))
    assert queries.room_uses() == {hall.id: 1, annex.id: 1}
    timetable.unplace(officer, session)
    assert [one.id for one in queries.unplaced()] == [session.id]
    with pytest.raises(Refused):
        timetable.unplace(officer, session)
    with pytest.raises(Refused):
        timetable.place(officer, session, [hall], hour(9), 0)


def test_clashes_name_the_room_and_the_person(officer: Actor, conference: Conference, make: Maker) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    one, two = make.placed("A", hall, hour(9)), make.placed("B", annex, hour(9, 30))
    person = add_speaker(officer, conference, "Dewi Contoh").person
    sessions.add_role(officer, one, SessionRoleKind.SPEAKER, person=person)
    declined = sessions.add_role(officer, two, SessionRoleKind.SPEAKER, person=person, status=RoleStatus.DECLINED)
    assert of_draft(queries.placements()).found == []
    declined.status = RoleStatus.INVITED
    found = of_draft(queries.placements())
    assert [(c.rule, c.first, c.second) for c in found.found] == [("person", one.id, two.id)]
    assert found.people == {person.id: "Dewi Contoh"}
    timetable.place(officer, two, [hall], hour(9, 30))
    assert {c.rule for c in of_draft(queries.placements()).found} == {"person", "room"}
    timetable.cancel(officer, two)
    assert of_draft(queries.placements()).found == [], "who is cancelled needs nothing"


# --- releases ---------------------------------------------------------------------------------------------------------


def test_a_release_keeps_what_was_printed(officer: Actor, conference: Conference, make: Maker) -> None:
    hall = make.room()
    session = make.placed("Opening", hall, hour(9))
    speaker = add_speaker(officer, conference, "Dewi Contoh", honorific="H.E. Ms", affiliation={"en": "Ambassador"})
    sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=speaker.person)
    sessions.add_role(
        officer, session, SessionRoleKind.CHAIR, printed_function={"en": "Nobody"}, status=RoleStatus.DECLINED
    )
    sessions.add_item(officer, session, {"en": "Address"}, minutes=10)
    assert pending() == [("new",)]
    first = timetable.release(officer, conference, "First", {"en": "Provisional"})
    assert (first.number, first.released_by, pending()) == (1, officer.account_id, [])
    with pytest.raises(Refused, match="Nothing has changed"):
        timetable.release(officer, conference)
    sessions.change_session(officer, session, Details(Kind.CEREMONY, {"en": "The opening"}, 60), None)
    sessions.remove_item(officer, session.items[0])
    timetable.place(officer, session, [hall], hour(11))
    assert pending() == [(Change.MOVED, Change.REWORDED)]
    db.session.flush()
    db.session.expire_all()
    (kept,) = first.placements
    assert kept.starts_at == hour(9)
    printed = dict(kept.printed)
    assert printed.pop("corrected")  # only a title is put right at once
    assert printed == {
        "title": {"en": "The opening"},
        "kind": "panel",
        "kind_name": {},
        "theme": {},
        "theme_ref": "",
        "languages": [],
        "format": "in_person",
        "access": "open",
        "note": {},
    }
    assert kept.details["items"] == [{"title": {"en": "Address"}, "minutes": 10, "name": "", "delegation": {}}]
    assert kept.details["roles"] == [
        {
            "role": "speaker",
            "status": "confirmed",
            "name": "H.E. Ms Dewi Contoh",
            "person": speaker.person.ref,
            "profile": "",
            "function": {"en": "Ambassador"},
            "delegation": {},
        }
    ]
    assert timetable.release(officer, conference).number == 2
    assert [row.number for row in queries.releases()] == [2, 1]


def test_readers_are_told_of_what_is_cancelled_and_left_out(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    hall = make.room()
    one, two = make.placed("A", hall, hour(9)), make.placed("B", hall, hour(11))
    timetable.release(officer, conference)
    timetable.cancel(officer, one)
    timetable.unplace(officer, two)
    assert pending() == [("cancelled",), ("left_out",)]
    timetable.reinstate(officer, one)
    assert pending() == [("left_out",)]


def test_a_release_is_refused_when_the_list_that_was_read_is_old(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    with pytest.raises(Refused, match="No session has a place"):
        timetable.release(officer, conference)
    make.placed("A", make.room(), hour(9))
    with pytest.raises(Refused, match="draft has changed"):
        timetable.release(officer, conference, seen="of another list")


def test_every_change_is_in_the_audit_record(officer: Actor, conference: Conference, make: Maker) -> None:
    session = make.placed("A", make.room(), hour(9))
    timetable.release(officer, conference)
    timetable.unplace(officer, session)
    sessions.remove_session(officer, session)
    assert verbs() == [
        "add_room",
        "create_session",
        "place_session",
        "release_programme",
        "unplace_session",
        "remove_session",
    ]
