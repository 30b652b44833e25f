"""From the draft to a proposal and back: asked in a job, taken over as one command in whole or in part, or repaired."""

from collections.abc import Iterator
from datetime import UTC

import pytest
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import reading, writing
from confapp.programme import queries
from confapp.programme.actions import arranging, commands, sessions, timetable
from confapp.programme.models import Arrangement, Command, Room, Session
from confapp.programme.pages import arranging as arranging_pages
from confapp.programme.queries import arranging as arranging_queries
from confapp.programme.rules import ArrangementState, SessionRoleKind
from confapp.speakers.actions import add_speaker
from tests.programme.conftest import Maker, hour


@pytest.fixture
def halls(make: Maker, conference: Conference) -> Iterator[list[Room]]:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        halls = [make.room("East"), make.room("West")]
        make.placed("Opening", halls[0], hour(9))
        for title in ("Early warning", "Shelters", "Insurance"):
            make.session(title)
    with in_conference(conference.id):
        yield halls


def asked(officer: Actor, conference: Conference, **values: object) -> Arrangement:
    with writing():
        db.session.add(conference)
        row = arranging.ask(officer, conference, {"scope": "unplaced", "effort": 2, "seed": 1, **values})
        ref = row.ref
    jobs.run_due()
    with reading():
        found = arranging_queries.arrangement(ref)
        assert found is not None
        db.session.refresh(found)
        db.session.expunge(found)
        return found


def places() -> dict[str, tuple[object, tuple[int, ...]]]:
    with reading():
        return {row.session.title["en"]: (row.starts_at, row.room_ids) for row in queries.placements()}


def test_what_is_unplaced_is_placed_as_one_command_that_can_be_taken_back(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    row = asked(officer, conference)
    before = places()
    assert (row.state, len(row.moves)) == (ArrangementState.READY, 3)
    assert (row.figures["unplaced_before"], row.figures["unplaced_after"]) == (3, 0)
    assert row.figures["block_after"] == 0
    assert len(before) == 1
    with writing():
        _command, gone = arranging.accept(officer, db.session.merge(row))
        assert gone == []
    after = places()
    assert len(after) == 4
    assert after["Opening"] == before["Opening"]
    with pytest.raises(Refused), writing():
        arranging.accept(officer, db.session.get_one(Arrangement, row.id))
    with writing():
        commands.undo(officer, conference)
    assert places() == before


def test_a_part_is_taken_and_what_stands_elsewhere_by_now_is_named(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    row = asked(officer, conference)
    first, second, third = (move["session"] for move in row.moves)
    with writing():
        timetable.place(officer, db.session.get_one(Session, first), [], hour(17))
    with writing():
        _command, gone = arranging.accept(officer, db.session.get_one(Arrangement, row.id), {first, second})
        assert [one.id for one in gone] == [first]
    with reading():
        assert {one.session_id for one in queries.placements()} >= {first, second}
        assert third not in {one.session_id for one in queries.placements()}


def test_a_lost_room_moves_what_was_in_it_and_nothing_else(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    with reading():
        east = db.session.merge(halls[0]).id
    row = asked(officer, conference, scope="repair", rooms=[east])
    assert len(row.moves) == 1
    assert row.moves[0]["before"]["rooms"] == [[east, False]]
    assert row.moves[0]["after"]["rooms"] != [[east, False]]
    assert row.moves[0]["after"]["starts_at"] == row.moves[0]["before"]["starts_at"]


def test_when_nothing_fits_the_demands_are_named_and_one_relaxed_is_enough(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    with writing():
        for session in queries.unplaced():
            if session.title["en"] == "Shelters":
                session.audience = 5000
        for room in queries.rooms():
            room.capacity = 100
    row = asked(officer, conference)
    assert row.state == ArrangementState.IMPOSSIBLE
    assert {one["kind"] for one in row.conflict} == {"place", "size"}
    relaxed = [[one["kind"], one["one"], one["other"]] for one in row.conflict if one["kind"] == "size"]
    assert asked(officer, conference, relaxed=relaxed).state == ArrangementState.READY


def test_a_run_is_stopped_before_it_began_or_goes_on_from_another(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    with writing():
        db.session.add(conference)
        row = arranging.ask(officer, conference, {"scope": "unplaced"})
        arranging.stop(officer, row)
        number = row.id
    jobs.run_due()
    with reading():
        stopped = db.session.get_one(Arrangement, number)
        assert (stopped.state, stopped.moves) == (ArrangementState.STOPPED, [])
    first = asked(officer, conference)
    again = asked(officer, conference, **{"from": first.id})
    assert again.state == ArrangementState.READY
    assert again.figures["cost"] <= first.figures["cost"]


def test_a_run_that_breaks_down_says_so_and_can_be_thrown_away(
    halls: list[Room], officer: Actor, conference: Conference
) -> None:
    row = asked(officer, conference, since="not an hour")
    assert row.state == ArrangementState.FAILED
    with writing():
        arranging.discard(officer, db.session.get_one(Arrangement, row.id))
    assert queries_of(row) is None


def test_it_is_said_why_each_session_moves(
    halls: list[Room], make: Maker, officer: Actor, conference: Conference
) -> None:
    with writing():
        db.session.add(conference)
        east, west = (db.session.merge(hall) for hall in halls)
        minister = add_speaker(officer, conference, "Amb. Sari").person
        speech = make.placed("Speech", west, hour(14))
        sessions.add_role(officer, speech, SessionRoleKind.SPEAKER, person=minister)
        number, person, speech_id = east.id, minister.id, speech.id
    lost = asked(officer, conference, scope="repair", rooms=[number])
    assert [one["why"]["forced"] for one in lost.moves] == [[{"kind": "open", "one": number, "other": 0}]]
    day = [hour(0).isoformat(), hour(0, day=13).isoformat()]
    away = asked(officer, conference, scope="repair", away=[[person, *day]])
    assert [one["session"] for one in away.moves] == [speech_id]
    assert away.moves[0]["why"]["forced"] == [{"kind": "available", "one": person, "other": 0}]
    assert away.moves[0]["after"]["starts_at"] >= hour(0, day=13).astimezone(UTC).isoformat()
    names = arranging_pages.Names({}, {}, {person: "Amb. Sari"}, conference.zone, (), {person})
    assert arranging_pages.why_of(away.moves[0], names) == ["It cannot stay: Amb. Sari is away."]
    with writing():
        arranging.accept(officer, db.session.get_one(Arrangement, away.id))
        assert set(db.session.scalars(select(Command).order_by(Command.id.desc())).first().changes[0]) == {
            "session",
            "before",
            "after",
        }


def test_a_move_for_the_sake_of_a_wish_says_which(halls: list[Room], officer: Actor, conference: Conference) -> None:
    with writing():
        (opening,) = (row.session for row in queries.placements())
        opening.preferred_days = ["2027-01-14"]
        number = opening.id
    row = asked(officer, conference, scope="all")
    why = next(one["why"] for one in row.moves if one["session"] == number)
    assert why["wishes"] == [["day", 10, 0]]
    names = arranging_pages.Names({}, {}, {}, conference.zone)
    assert arranging_pages.why_of({"before": {}, "why": why}, names) == ["Better met: Preferred day."]


def queries_of(row: Arrangement) -> Arrangement | None:
    with reading():
        return arranging_queries.arrangement(row.ref)
