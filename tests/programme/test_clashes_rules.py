"""The rules of clashes: each alone, and all of them against a slow engine that tries every pair."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bench.clashes import programme
from confapp.programme.rules import Severity
from confapp.programme.rules.clashes import (
    AMOUNTS,
    DEFAULTS,
    RULE_NAMES,
    Attendee,
    Clash,
    Hall,
    Order,
    Programme,
    Rule,
    Setting,
    Slot,
    blocking,
    find,
    free_rooms,
    overlap,
    overlapping,
    within,
)
from tests.programme.obvious import obvious

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def slot(number: int, start: int, end: int, rooms: Iterable[int] = (), people: Iterable[int] = (), **more: Any) -> Slot:
    return Slot(number, at(start), at(end), frozenset(rooms), frozenset(people), **more)


def told(*slots: Slot, **around: Any) -> list[tuple[str, int, int | None, int, str]]:
    return [(c.rule.value, c.first, c.second, c.needed, c.about) for c in find(slots, Programme(**around))]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 60, True), (59, 90, True), (60, 90, False), (-30, 0, False), (-30, 1, True), (10, 20, True), (-5, 99, True)],
)
def test_touching_is_not_overlapping(start: int, end: int, expected: bool) -> None:
    one, other = slot(1, 0, 60), slot(2, start, end)
    assert overlap(one, other) is overlap(other, one) is expected
    assert len(list(overlapping([one, other]))) == expected


def test_every_rule_has_a_name_and_a_severity_and_every_amount_a_default() -> None:
    assert set(RULE_NAMES) == set(DEFAULTS) == set(Rule)
    assert {rule for rule in Rule if DEFAULTS[rule].amount is not None} == set(AMOUNTS)
    assert all(least <= (DEFAULTS[rule].amount or 0) <= most for rule, (_, least, most) in AMOUNTS.items())


def test_a_room_and_a_person_are_each_told_and_block() -> None:
    found = find([slot(1, 0, 60, {7}, {3}), slot(2, 30, 90, {7, 8}, {3}), slot(3, 30, 40, {9}, {4})])
    assert found == [
        Clash(Rule.PERSON, Severity.BLOCK, 1, 2, 3),
        Clash(Rule.ROOM, Severity.BLOCK, 1, 2, 7),
    ]
    assert blocking(found) == found


def test_an_interpreter_cannot_speak_elsewhere_meanwhile() -> None:
    both = told(slot(1, 0, 60, interpreters=frozenset({3})), slot(2, 30, 90, people={3}))
    assert both == [("person", 1, 2, 3, "")]


def test_a_hall_and_its_parts_cannot_be_used_at_once_however_deep() -> None:
    rooms = {1: Hall(parts=(2, 3)), 2: Hall(parts=(4, 5)), 3: Hall(), 4: Hall(), 5: Hall()}
    assert told(slot(1, 0, 60, {1}), slot(2, 0, 60, {5}), rooms=rooms) == [("room", 1, 2, 5, "")]
    assert told(slot(1, 0, 60, {2}), slot(2, 0, 60, {3}), rooms=rooms) == []
    assert told(slot(1, 0, 60, {1}), slot(2, 0, 60, overflow=frozenset({2})), rooms=rooms) == [("room", 1, 2, 4, "")]


def test_halls_that_are_said_to_contain_each_other_end_nowhere() -> None:
    assert told(slot(1, 0, 60, {1}), slot(2, 0, 60, {2}), rooms={1: Hall(parts=(2,)), 2: Hall(parts=(1,))}) == []


def test_a_room_is_left_in_time_for_the_next() -> None:
    rooms = {1: Hall(buffer=15)}
    assert told(slot(1, 0, 60, {1}), slot(2, 70, 90, {1}), rooms=rooms) == [("buffer", 1, 2, 1, "")]
    assert told(slot(1, 0, 60, {1}), slot(2, 75, 90, {1}), rooms=rooms) == []
    assert told(slot(1, 0, 60, {1}), slot(2, 50, 90, {1}), rooms=rooms) == [("room", 1, 2, 1, "")], "one rule, not two"


def test_a_room_has_hours() -> None:
    hall = Hall(open=((at(0), at(60)), (at(60), at(120))), shut=((at(100), at(110)),))
    assert told(slot(1, 30, 90, {1}), rooms={1: hall}) == []
    assert told(slot(1, 90, 105, {1}), rooms={1: hall}) == [("closed", 1, None, 1, at(90).isoformat())]
    assert told(slot(1, 110, 121, {1}), rooms={1: hall}) == [("closed", 1, None, 1, at(110).isoformat())]
    assert [c.rule for c in find([slot(1, 0, 10, {1})], Programme(rooms={1: Hall(closed=True)}))] == [Rule.CLOSED]
    assert told(slot(1, 110, 120, {1}), rooms={1: hall}) == []


@pytest.mark.parametrize(
    ("free", "busy", "expected"),
    [
        ([], [], True),
        ([], [(0, 10)], True),
        ([], [(50, 70)], False),
        ([(0, 60)], [], True),
        ([(0, 59)], [], False),
        ([(30, 60), (0, 30)], [], True),
        ([(0, 29), (30, 60)], [], False),
    ],
)
def test_what_is_free_and_what_is_busy(free: list[Any], busy: list[Any], expected: bool) -> None:
    windows = [[(at(a), at(b)) for a, b in said] for said in (free, busy)]
    assert within(at(10), at(60), *windows) is expected


def test_a_room_must_be_large_enough_with_what_follows_on_screens() -> None:
    rooms = {1: Hall(100, {"classroom": 40}), 2: Hall(30), 3: Hall()}
    assert told(slot(1, 0, 60, {1}, audience=100), rooms=rooms) == []
    assert told(slot(1, 0, 60, {1}, audience=101), rooms=rooms) == [("size", 1, None, 1, "100")]
    assert told(slot(1, 0, 60, {1}, audience=50, layout="classroom"), rooms=rooms) == [("size", 1, None, 1, "40")]
    assert told(slot(1, 0, 60, {1}, audience=130, overflow=frozenset({2})), rooms=rooms) == []
    assert told(slot(1, 0, 60, {1}, audience=500, overflow=frozenset({3})), rooms=rooms) == [], "its seats are unknown"


def test_a_room_must_have_what_is_needed() -> None:
    wants = {"equipment": frozenset({"screen", "piano"}), "layout": "boardroom", "booths": 2, "step_free": True}
    rooms = {1: Hall(layouts={"theatre": 9}, equipment=frozenset({"screen"}), booths=1, step_free=False)}
    lacks = ["booths:2", "equipment:piano", "layout:boardroom", "step_free:"]
    assert told(slot(1, 0, 60, {1}, **wants), rooms=rooms) == [("needs", 1, None, 1, lack) for lack in lacks]
    assert told(slot(1, 0, 60, {2}, **wants), rooms=rooms) == [], "nothing is known of this room"


def test_people_are_free_and_awake() -> None:
    people = {3: Attendee(busy=((at(0), at(30)),)), 4: Attendee(zone="America/Santiago")}
    assert told(slot(1, 30, 60, people={3}), people=people) == []
    assert told(slot(1, 29, 60, people={3}), people=people) == [("absent", 1, None, 3, at(29).isoformat())]
    assert told(slot(1, 0, 60, people={4}), people=people) == []  # 09:00 in Santiago
    assert told(slot(1, -121, -60, people={4}), people=people) == [("waking", 1, None, 4, "2027-01-12 06:59")]
    assert told(slot(1, 720, 781, people={4}), people=people) == [("waking", 1, None, 4, "2027-01-12 21:00")]


def test_the_night_is_that_of_the_clocks_also_when_they_change() -> None:
    """Berlin puts its clocks forward on 28 March 2027 at 02:00: from 07:00 local, whatever the offset."""
    people, berlin = {1: Attendee(zone="Europe/Berlin")}, ZoneInfo("Europe/Berlin")
    for day, utc_hour in ((27, 6), (28, 5)):
        starts = datetime(2027, 3, day, utc_hour, tzinfo=UTC)
        assert starts.astimezone(berlin).hour == 7
        early = Slot(1, starts - timedelta(minutes=5), starts + timedelta(hours=1), people=frozenset({1}))
        assert (
            find([Slot(1, starts, starts + timedelta(hours=1), people=frozenset({1}))], Programme(people=people)) == []
        )
        assert [c.rule for c in find([early], Programme(people=people))] == [Rule.WAKING]


def test_there_is_time_to_change_rooms_unless_they_adjoin() -> None:
    one, two = slot(1, 0, 60, {1}, {3}), slot(2, 62, 90, {2}, {3})
    assert told(one, two) == [("change", 1, 2, 3, "2")]
    assert told(one, two, rooms={1: Hall(area="East"), 2: Hall(area="East")}) == []
    assert told(one, two, rooms={1: Hall(area="East"), 2: Hall(area="West")}) == [("change", 1, 2, 3, "2")]
    assert told(one, slot(2, 65, 90, {2}, {3})) == []


def test_interpreters_rest() -> None:
    works = frozenset({3})
    long = [slot(n, n * 60, n * 60 + 60, interpreters=works) for n in range(4)]
    assert told(*long) == [("interpreter_stretch", 3, None, 3, "240")]
    apart = [slot(n, n * 90, n * 90 + 60, interpreters=works) for n in range(7)]
    assert told(*apart) == [("interpreter_day", 6, None, 3, "420")]
    assert told(*apart, zone="Asia/Jakarta") == [], "midnight in Jakarta lies between them"
    six_hours = [slot(n, n * 135, n * 135 + 120, interpreters=works) for n in range(3)]
    assert told(*six_hours) == [], "a quarter of an hour is a break, and six hours are not too many"
    hurried = [slot(n, n * 134, n * 134 + 120, interpreters=works) for n in range(2)]
    assert told(*hurried) == [("interpreter_stretch", 1, None, 3, "254")]
    assert told(slot(1, 0, 200, interpreters=works)) == [("interpreter_stretch", 1, None, 3, "200")]


def test_a_delegation_of_one_a_theme_and_a_session_that_stands_alone() -> None:
    here, there = slot(1, 0, 60, delegations=frozenset({5})), slot(2, 30, 90, delegations=frozenset({5}))
    assert told(here, there) == []
    assert told(here, there, single={5}) == [("delegation", 1, 2, 5, "")]
    assert told(slot(1, 0, 60, theme=8), slot(2, 30, 90, theme=8)) == [("theme", 1, 2, 8, "")]
    assert told(slot(1, 0, 60, alone=True), slot(2, 30, 90)) == [("alone", 1, 2, 0, "")]
    assert told(slot(1, 0, 60, alone=True, theme=8), slot(2, 30, 90, background=True, theme=8)) == []


def test_one_comes_before_another_as_a_rule_or_as_a_wish() -> None:
    one, two = slot(1, 0, 60), slot(2, 60, 90)
    assert told(one, two, orders=[Order(1, 2, 0, True)]) == []
    assert told(one, two, orders=[Order(1, 2, 30, True)]) == [("order", 1, 2, 0, "30")]
    assert told(one, two, orders=[Order(2, 1, 0, False), Order(1, 9, 0, True)]) == [("wished_order", 2, 1, 0, "0")]


def test_what_is_ignored_is_not_looked_for_and_what_blocks_says_so() -> None:
    rows = [slot(1, 0, 60, {7}, {3}), slot(2, 30, 90, {7}, {3})]
    chosen = {Rule.ROOM: Setting(Severity.IGNORE), Rule.PERSON: Setting(Severity.WARN)}
    found = find(rows, settings=chosen)
    assert [(c.rule, c.severity) for c in found] == [(Rule.PERSON, Severity.WARN)]
    assert blocking(found) == []


def test_the_key_of_a_clash_holds_while_it_concerns_the_same() -> None:
    one = find([slot(1, 0, 60, {7}), slot(2, 30, 90, {7})])[0]
    moved = find([slot(2, 500, 560, {7}), slot(1, 530, 590, {7})])[0]
    elsewhere = find([slot(1, 0, 60, {8}), slot(2, 30, 90, {8})])[0]
    assert one.key == moved.key != elsewhere.key


# --- against a slow engine --------------------------------------------------------------------------------------------

FEW = some.frozensets(some.integers(1, 3), max_size=2)
THINGS = some.frozensets(some.sampled_from(["screen", "piano"]), max_size=1)
LAYOUTS = some.sampled_from(["", "", "classroom"])
ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
CHANGE = datetime(2027, 3, 28, 1, tzinfo=UTC)  # the clocks of Europe go forward


@some.composite
def windows(draw: Any, base: datetime) -> tuple[tuple[datetime, datetime], ...]:
    begins = draw(some.lists(some.integers(-300, 300), max_size=2))
    return tuple((base + timedelta(minutes=n), base + timedelta(minutes=n + 150)) for n in begins)


@some.composite
def programmes(draw: Any) -> tuple[list[Slot], Programme]:
    """Up to nine sessions within half a day at noon, at night or when clocks change, with all that rules look at."""
    base = draw(some.sampled_from([NOON, NOON + timedelta(hours=9), CHANGE, CHANGE + timedelta(hours=4)]))
    slots = []
    for number in range(draw(some.integers(0, 9))):
        begin = draw(some.integers(0, 48)) * 10 - draw(some.sampled_from([0, 0, 1, 5]))
        long = draw(some.sampled_from([10, 30, 50, 60, 240]))
        rooms = draw(some.frozensets(some.integers(1, 5), max_size=2))
        starts = base + timedelta(minutes=begin)
        slots.append(
            Slot(
                number,
                starts,
                starts + timedelta(minutes=long),
                rooms,
                draw(FEW),
                draw(some.frozensets(some.integers(1, 5), max_size=1)) - rooms,
                draw(FEW),
                draw(FEW),
                draw(FEW),
                draw(FEW),
                draw(some.sampled_from([None, 1, 2])),
                draw(some.sampled_from([None, 20, 60])),
                draw(LAYOUTS),
                draw(THINGS),
                draw(some.integers(0, 2)),
                draw(some.booleans()),
                draw(some.integers(0, 4)) == 0,
                draw(some.integers(0, 4)) == 0,
            )
        )
    halls = {
        room: Hall(
            draw(some.sampled_from([None, 15, 50])),
            draw(some.sampled_from([{}, {"theatre": 40}, {"classroom": 19}])),
            draw(THINGS),
            draw(some.integers(0, 2)),
            draw(some.sampled_from([None, True, False])),
            draw(some.sampled_from([0, 0, 10])),
            draw(some.sampled_from(["", "East", "West"])),
            draw(windows(base)),
            draw(windows(base)),
            {4: (1, 2), 5: (4, 3)}.get(room, ()),
            draw(some.integers(0, 9)) == 0,
        )
        for room in range(1, 6)
        if draw(some.integers(0, 9))
    }
    zones = some.sampled_from(["", "", "", "", "Europe/Berlin", "America/New_York", *ZONES])
    people = {n: Attendee(draw(windows(base)), draw(windows(base)), draw(zones)) for n in (1, 2)}
    orders = [
        Order(first, first + 1, draw(some.sampled_from([0, 30])), draw(some.booleans()))
        for first in range(draw(some.integers(0, 3)))
    ]
    return slots, Programme(halls, people, draw(FEW), orders, draw(some.sampled_from(ZONES)))


@given(programmes())
@settings(deadline=None, max_examples=120)
def test_clashes_are_those_that_an_obvious_search_finds(made: tuple[list[Slot], Programme]) -> None:
    slots, around = made
    found = find(slots, around)
    assert {(c.rule, frozenset(c.sessions), c.needed, c.about) for c in found} == obvious(slots, around)
    assert len(found) == len(set(found))
    assert len(found) == len({clash.key for clash in found}), "each can be accepted alone"
    assert found == find(list(reversed(slots)), around)


@pytest.mark.once
def test_a_thousand_sessions_take_a_fifth_of_a_second() -> None:
    """The best of three: the first has zones to read, and any may meet a collection of garbage."""
    (slots, around), spent = programme(), []
    assert len(slots) == 1000
    for _ in range(3):
        began = process_time()
        assert find(slots, around)
        spent.append(process_time() - began)
    assert min(spent) < 0.2


@pytest.mark.parametrize(("zone", "hours"), [(ZONES[0], 15), (ZONES[1], 14), (ZONES[2], 13)])
def test_an_interpreters_day_ends_at_midnight_of_the_conference(zone: str, hours: int) -> None:
    """15:30, 16:00 and 17:00 UTC are 22:30 in Jakarta; each zone of Indonesia has its own midnight."""
    midnight = datetime(2027, 1, 12, hours + 2, tzinfo=UTC)
    assert midnight.astimezone(ZoneInfo(zone)).hour == 0
    works = frozenset({3})
    late = Slot(1, midnight - timedelta(hours=4), midnight, interpreters=works)
    night = Slot(2, midnight, midnight + timedelta(hours=3), interpreters=works)
    rules = {c.rule for c in find([late, night], Programme(zone=zone))}
    assert rules == {Rule.INTERPRETER_STRETCH}, "seven hours in two days"
    earlier = Slot(2, midnight - timedelta(hours=1), midnight + timedelta(hours=3), interpreters=works)
    assert Rule.INTERPRETER_DAY in {c.rule for c in find([late, earlier], Programme(zone=zone))}


def test_free_rooms_are_those_that_would_do() -> None:
    rooms = {
        1: Hall(10),
        2: Hall(60, buffer=15),
        3: Hall(50),
        4: Hall(90, equipment=frozenset({"screen"})),
        5: Hall(70, equipment=frozenset({"screen"}), shut=((at(0), at(5)),)),
        6: Hall(80, equipment=frozenset({"screen"}), parts=(4,)),
    }
    small = slot(1, 0, 60, {1}, audience=50, equipment=frozenset({"screen"}))
    around = Programme(rooms=rooms)
    clash = next(c for c in find([small], around) if c.rule == Rule.SIZE)
    assert free_rooms(clash, [small], around) == [6, 4]
    assert free_rooms(clash, [small, slot(2, 30, 90, {4})], around) == []
    plain = slot(1, 0, 60, {1}, audience=50)
    assert free_rooms(clash, [plain, slot(2, 65, 90, {2})], around) == [3, 6, 4]
