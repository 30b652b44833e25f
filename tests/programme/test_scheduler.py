"""The scheduler on small problems made from seeds: it breaks no rule that the engine of clashes knows, does the same
again, moves as little as possible, proves what is best, and names reasons of which none can be left out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest

from confapp.programme.rules import Severity
from confapp.programme.rules.clashes import Attendee, Hall, Programme, Rule, Setting, Slot, find
from confapp.programme.rules.clashes import Order as ClashOrder
from confapp.programme.scheduler.explaining import explain
from confapp.programme.scheduler.judging import unmet
from confapp.programme.scheduler.problem import Audience, Order, Place, Problem, Room, Session, Wish, starts
from confapp.programme.scheduler.solving import Run, improve, kept_places, solve

pytestmark = pytest.mark.once
ORIGIN = datetime(2027, 1, 12, tzinfo=UTC)
OBEYED = (
    Rule.PERSON,
    Rule.ROOM,
    Rule.CLOSED,
    Rule.BUFFER,
    Rule.SIZE,
    Rule.NEEDS,
    Rule.ABSENT,
    Rule.DELEGATION,
    Rule.ALONE,
    Rule.ORDER,
)
SETTINGS = {rule: Setting(Severity.BLOCK if rule in OBEYED else Severity.IGNORE, 5) for rule in Rule}


def moment(minute: int) -> datetime:
    return ORIGIN + timedelta(minutes=minute)


def moments(windows: Iterable[tuple[int, int]]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((moment(begin), moment(end)) for begin, end in windows)


def clashes(problem: Problem, places: dict[int, Place]) -> list[str]:
    """What the engine of clashes finds of what the scheduler must obey."""
    slots = [
        Slot(
            one.id,
            moment(places[one.id].start),
            moment(places[one.id].start + one.minutes),
            frozenset(places[one.id].rooms),
            one.people,
            interpreters=one.interpreters,
            delegations=one.delegations,
            audience=one.seats,
            layout=one.layout,
            equipment=one.equipment,
            booths=one.booths,
            step_free=one.step_free,
            alone=one.alone,
            background=one.background,
        )
        for one in problem.sessions
        if one.id in places
    ]
    halls = {
        one.id: Hall(
            one.seats,
            one.layouts,
            one.equipment,
            one.booths,
            one.step_free,
            one.buffer,
            open=moments(one.open),
            shut=moments(one.shut),
            parts=one.parts,
        )
        for one in problem.rooms
    }
    people = {person: Attendee(free=moments(windows)) for person, windows in problem.people.items()}
    around = Programme(halls, people, range(100), [ClashOrder(*one) for one in problem.orders])
    return [clash.key for clash in find(slots, around, SETTINGS)]


def a_problem(seed: int, sessions: int = 24) -> Problem:
    """Two days of eight hours in six rooms, one of them made of two, with everything that can be asked."""
    chance, days = Random(seed), ((540, 1020), (1980, 2460))
    things = frozenset({"screen"})
    rooms = [
        Room(1, 200, {"theatre": 200, "classroom": 90}, things, 2, True, 15, open=days),
        Room(2, 80, {}, things, 1, True, 10, open=days, shut=((600, 660),)),
        Room(3, 60, {}, frozenset(), 0, False, 5),
        Room(4, 30, buffer=0),
        Room(5, 30, buffer=5),
        Room(6, 70, {}, things, 0, True, 20, parts=(4, 5)),
    ]
    made = [
        Session(
            number,
            chance.choice((30, 45, 50, 60, 90)),
            frozenset(chance.sample(range(20), chance.choice((0, 1, 2)))),
            frozenset({30 + number % 2}) if number % 5 == 0 else frozenset(),
            frozenset({number % 3}) if number % 6 == 0 else frozenset(),
            windows=days,
            seats=chance.choice((None, 10, 25, 60)),
            layout="theatre" if number % 9 == 0 else "",
            equipment=things if number % 4 == 0 else frozenset(),
            booths=1 if number % 10 == 3 else 0,
            step_free=number % 7 == 0,
            theme=number % 4,
            alone=number == 1,
            background=number == 8,
            wished=((Wish.DAY, (days[number % 2],)),) if number % 3 == 0 else (),
        )
        for number in range(1, sessions + 1)
    ]
    made[1] = replace(
        made[1], before=Place(562, (3,)), pinned=True, seats=10, people=frozenset(), equipment=frozenset()
    )
    return Problem(
        (0, 2880),
        tuple(rooms),
        tuple(made),
        frozenset(one.id for one in made if not one.pinned),
        people={3: ((540, 1020),), 4: ((1980, 2460),)},
        orders=(Order(4, 5, 30, True), Order(6, 2, 0, False), Order(7, 9, 0, False)),
        audience=(Audience(4, 6, 5), Audience(5, 7, 3)),
        breaks=((720, 780), (2160, 2220)),
        days=((0, 1440), (1440, 2880)),
    )


@pytest.mark.parametrize("seed", range(4))
def test_it_places_all_and_breaks_no_rule(seed: int) -> None:
    problem = a_problem(seed, 14 if seed % 2 else 24)
    kept = kept_places(problem)
    found = solve(problem, Run(effort=1.5))
    places = {**kept, **found.places}
    assert set(found.places) == problem.free
    assert places[2] == Place(562, (3,))
    assert clashes(problem, places) == []
    for one in problem.sessions:
        begin, end = places[one.id].start, places[one.id].start + one.minutes
        assert one.pinned or begin % problem.step == 0
        over = [window for window in problem.breaks if begin < window[1] and window[0] < end]
        assert one.background or one.pinned or not over
    assert found.objective == sum(one.cost for one in found.unmet)
    assert found.unmet == unmet(problem, places)
    assert found.bound <= found.objective


def test_the_same_again_gives_the_same() -> None:
    first, again = (solve(a_problem(7), Run(effort=1.0, seed=3)) for _ in range(2))
    assert first.places == again.places
    assert first.places
    assert (first.objective, first.bound, first.effort) == (again.objective, again.bound, again.effort)


def test_what_it_proves_is_the_best_of_all() -> None:
    sessions = tuple(Session(number, 60, windows=((0, 120),), theme=number % 2) for number in range(1, 5))
    audience = (Audience(1, 2, 3), Audience(3, 4, 1), Audience(1, 4, 2))
    problem = Problem(
        (0, 180), (Room(1, 50), Room(2, 40)), sessions, frozenset(range(1, 5)), audience=audience, step=60
    )
    found = solve(problem, Run(effort=2))
    spots = [Place(start, (room,)) for start, _end in ((0, 60), (60, 120)) for room in (1, 2)]
    best = min(
        sum(one.cost for one in unmet(problem, dict(zip(range(1, 5), chosen, strict=True))))
        for chosen in product(spots, repeat=4)
        if len(set(chosen)) == 4
    )
    assert found.proven
    assert found.objective == found.bound == best > 0


def test_a_lost_room_moves_only_what_was_in_it() -> None:
    problem = a_problem(1)
    before = {**kept_places(problem), **solve(problem, Run(effort=1.0)).places}
    sessions = tuple(replace(one, before=before[one.id]) for one in problem.sessions)
    rooms = tuple(replace(one, shut=((0, 2880),)) if one.id == 2 else one for one in problem.rooms)
    lost = replace(problem, sessions=sessions, rooms=rooms, keep=True)
    found = solve(lost, Run(effort=4.0))
    moved = {one for one, place in found.places.items() if place != before[one]}
    assert moved == {one for one, place in before.items() if 2 in place.rooms}
    assert moved
    assert clashes(lost, {**before, **found.places}) == []


def test_who_cannot_come_in_the_morning_comes_as_soon_as_possible_after_it() -> None:
    rooms = (Room(1), Room(2))
    one = Session(1, 60, frozenset({1}), before=Place(540, (1,)))
    other = Session(2, 60, frozenset({2}), before=Place(660, (1,)))
    pinned = Session(3, 60, frozenset({1}), before=Place(720, (2,)), pinned=True)
    people = {1: ((660, 1440),)}
    problem = Problem((0, 1440), rooms, (one, other, pinned), frozenset({1, 2}), people=people, keep=True)
    found = solve(problem, Run(effort=2))
    assert found.places == {1: Place(660, (2,)), 2: Place(660, (1,))}
    assert found.proven


def test_reasons_contradict_and_none_can_be_left_out() -> None:
    sessions = (
        Session(1, 60, frozenset({1}), windows=((0, 90),)),
        Session(2, 60, frozenset({1}), windows=((0, 90),)),
        Session(3, 60, frozenset({2}), windows=((0, 300),)),
        Session(4, 30, frozenset({3}), before=Place(200, (1,)), pinned=True),
    )
    problem = Problem((0, 1440), (Room(1), Room(2)), sessions, frozenset({1, 2, 3}))
    assert solve(problem, Run(effort=2)).impossible
    reasons = explain(problem, Run(effort=2))
    assert set(reasons) == {("place", 1, 0), ("place", 2, 0), ("hours", 1, 0), ("hours", 2, 0), ("person", 1, 0)}
    for one in reasons:
        if one[0] == "place":
            fewer = replace(problem, free=problem.free - {one[1]})
        else:
            fewer = replace(problem, relaxed=frozenset({one}))
        assert not solve(fewer, Run(effort=2)).impossible


@pytest.mark.parametrize(
    ("session", "kinds"),
    [
        (Session(1, 60, seats=500), {"place", "size"}),
        (Session(1, 60, seats=500, wished=((Wish.DAY, ((0, 300),)),)), {"place", "size"}),
        (Session(1, 60, equipment=frozenset({"organ"})), {"place", "needs"}),
        (Session(1, 60, windows=((0, 30),)), {"place", "hours"}),
        (Session(1, 60, frozenset({9}), windows=((0, 60),)), {"place", "hours", "available"}),
    ],
)
def test_a_single_reason_is_said(session: Session, kinds: set[str]) -> None:
    problem = Problem((0, 600), (Room(1, 50),), (session,), frozenset({1}), people={9: ((60, 600),)})
    assert solve(problem, Run(effort=1)).impossible
    assert {str(one[0]) for one in explain(problem, Run(effort=1))} == kinds


def test_the_search_for_reasons_can_be_stopped_and_then_names_none() -> None:
    problem = Problem((0, 60), (Room(1),), (Session(1, 50), Session(2, 50)), frozenset({1, 2}))
    assert explain(problem, Run(effort=1))
    calls = iter([False, False, True])
    assert explain(problem, Run(effort=1, is_stopped=lambda: next(calls, True))) == ()


def test_going_on_never_makes_it_worse_and_ends_when_told() -> None:
    problem = a_problem(5)
    first = solve(problem, Run(effort=0.3))
    heard: list[int] = []
    run = Run(report=lambda percent, cost: heard.append(cost) if cost >= 0 else None)
    better = improve(problem, dict(first.places), run, lambda: len(heard) >= 4)
    assert better.objective <= first.objective
    assert heard == sorted(heard, reverse=True)
    assert clashes(problem, {**kept_places(problem), **better.places}) == []


def test_starts_lie_wholly_inside() -> None:
    assert starts([(0, 60), (60, 90), (100, 120)], 30) == [(0, 60)]
