"""Acts on the draft can be followed, taken back and done again, each by its author; nobody overwrites another."""

from dataclasses import dataclass

import pytest

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.actions import commands, sessions, timetable
from confapp.programme.queries import commands as command_queries
from confapp.programme.rules.commands import REDO, UNDO, a_place, place_of, stacks
from tests import build
from tests.programme.conftest import Maker, hour

in_the_conference = pytest.mark.usefixtures("inside")


@dataclass
class Act:
    id: int
    verb: str
    undoes_id: int | None = None


def test_what_is_taken_back_can_be_done_again_until_something_new_is_done() -> None:
    acts = [Act(1, "place"), Act(2, "move"), Act(3, UNDO, 2), Act(4, UNDO, 1), Act(5, REDO, 1)]
    done, undone = stacks(acts)
    assert ([one.id for one in done], [one.id for one in undone]) == ([1], [2])
    done, undone = stacks([*acts, Act(6, "place")])
    assert ([one.id for one in done], [one.id for one in undone]) == ([1, 6], [])


@in_the_conference
def test_each_act_is_a_numbered_command_and_can_be_undone_and_redone(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    session = make.placed("Opening", hall, hour(9))
    first = place_of(queries.placement(session))
    timetable.place(officer, session, [annex, hall], hour(10), 30, overflow=[hall])
    second = place_of(queries.placement(session))
    assert second == a_place(hour(10), 30, [(annex.id, False), (hall.id, True)])
    commands.undo(officer, conference)
    assert place_of(queries.placement(session)) == first
    commands.undo(officer, conference)
    assert queries.placement(session) is None
    commands.redo(officer, conference)
    commands.redo(officer, conference)
    assert place_of(queries.placement(session)) == second
    with pytest.raises(Refused, match="nothing of yours"):
        commands.redo(officer, conference)
    numbers = [(one.number, one.verb) for one in command_queries.after(0)]
    assert numbers == [(1, "place"), (2, "move"), (3, UNDO), (4, UNDO), (5, REDO), (6, REDO)]
    assert command_queries.newest_number() == 6


@pytest.fixture
def other(conference: Conference) -> Actor:
    holder = build.account(name="Other Organizer")
    build.mandate(holder, Role.ORGANIZER, conference)
    return build.actor(holder)


def test_nobody_takes_back_over_what_somebody_else_has_done_since(
    officer: Actor, other: Actor, inside: None, conference: Conference, make: Maker
) -> None:
    hall = make.room()
    session = make.placed("Opening", hall, hour(9))
    timetable.place(other, session, [hall], hour(11))
    with pytest.raises(Refused, match="Other Organizer has moved “Opening” since") as refused:
        commands.undo(officer, conference)
    assert refused.value.status == 409
    commands.undo(other, conference)
    commands.undo(officer, conference)
    assert queries.placement(session) is None


@in_the_conference
def test_changes_are_made_all_or_none(officer: Actor, conference: Conference, make: Maker) -> None:
    hall = make.room()
    one, two = make.placed("One", hall, hour(9)), make.placed("Two", hall, hour(11))
    was, now = place_of(queries.placement(one)), place_of(queries.placement(two))
    stale = a_place(hour(8), 60, [(hall.id, False)])
    with pytest.raises(Refused), db.session.begin_nested():
        commands.apply(
            officer,
            conference.id,
            [{"session": one.id, "before": was, "after": now}, {"session": two.id, "before": stale, "after": was}],
            "swap",
        )
    assert place_of(queries.placement(one)) == was
    commands.apply(
        officer,
        conference.id,
        [{"session": one.id, "before": was, "after": now}, {"session": two.id, "before": now, "after": was}],
        "swap",
    )
    assert (place_of(queries.placement(one)), place_of(queries.placement(two))) == (now, was)


@in_the_conference
def test_a_pin_is_kept_when_a_session_moves_and_a_removed_session_cannot_come_back_by_undo(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    session = make.placed("Opening", make.room(), hour(9))
    timetable.pin(officer, session)
    with pytest.raises(Refused, match="already"):
        timetable.pin(officer, session)
    timetable.place(officer, session, [], hour(10))
    assert queries.placement(session).is_pinned
    sessions.remove_session(officer, session)
    with pytest.raises(Refused, match="removed"):
        commands.undo(officer, conference)


@in_the_conference
def test_two_sessions_are_swapped_as_one_act(officer: Actor, conference: Conference, make: Maker) -> None:
    hall, annex = make.room("Hall"), make.room("Annex")
    one, other = make.placed("Opening", hall, hour(9), 90), make.placed("Panel", annex, hour(14), 45)
    timetable.swap(officer, one, other, revision=one.revision, other_revision=other.revision)
    first, second = place_of(queries.placement(one)), place_of(queries.placement(other))
    assert first == a_place(hour(14), 90, [(annex.id, False)])
    assert second == a_place(hour(9), 45, [(hall.id, False)])
    with pytest.raises(Refused):
        timetable.swap(officer, one, other, revision=0)
    with pytest.raises(Refused, match="another session"):
        timetable.swap(officer, one, one)
    with pytest.raises(Refused, match="no place"):
        timetable.swap(officer, one, make.session("Spare"))
    commands.undo(officer, conference)
    assert place_of(queries.placement(one)) == a_place(hour(9), 90, [(hall.id, False)])
