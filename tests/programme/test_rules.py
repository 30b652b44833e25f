from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from confapp.programme.rules.changes import Change, Edition, changes, differences, fingerprint
from confapp.programme.rules.grid import NO_ROOM, columns, grid

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


# --- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    name: int
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]


entries = some.lists(
    some.tuples(some.integers(0, 8), some.integers(1, 8), some.frozensets(some.integers(1, 4), max_size=3)), max_size=14
).map(lambda rows: [Entry(n, at(a * 15), at((a + b) * 15), tuple(sorted(r))) for n, (a, b, r) in enumerate(rows)])


@given(entries)
@settings(deadline=None)
def test_the_table_is_whole_and_leaves_nothing_out(rows: list[Entry]) -> None:
    rooms = columns(rows, [1, 2, 3, 4])
    table = grid(rows, rooms)
    assert sorted(one.name for row in table for cell in row.cells for one in cell.sessions) == list(range(len(rows)))
    covered: list[tuple[int, int]] = []
    for top, row in enumerate(table):
        free = (column for column in range(len(rooms)) if (top, column) not in covered)
        for cell in row.cells:
            left = next(free)
            block = [(r, c) for r in range(top, top + cell.down) for c in range(left, left + cell.across)]
            assert not set(block) & set(covered)
            covered += block
        assert next(free, None) is None
    assert set(covered) == {(row, column) for row in range(len(table)) for column in range(len(rooms))}


def test_a_session_spans_neighbouring_rooms_and_what_begins_beside_it() -> None:
    whole = Entry(1, at(0), at(60), (1, 2))
    short = Entry(2, at(30), at(60), (3,))
    first, second = grid([whole, short], [1, 2, 3])
    assert [(len(c.sessions), c.across, c.down) for c in first.cells] == [(1, 2, 2), (0, 1, 1)]
    assert [(len(c.sessions), c.across, c.down) for c in second.cells] == [(1, 1, 1)]


def test_sessions_without_a_room_have_a_column_of_their_own() -> None:
    assert columns([Entry(1, at(0), at(60), ()), Entry(2, at(0), at(60), (2,))], [2, 1]) == [2, NO_ROOM]


# --- what changes for readers -----------------------------------------------------------------------------------------


def edition(**changed: Any) -> Edition:
    printed = {"title": {"en": "Opening"}, "kind": "ceremony", "access": "open", "note": {}}
    values: dict[str, Any] = {
        "session_id": 1,
        "ref": "a",
        "starts_at": NOON,
        "minutes": 60,
        "room_ids": (1,),
        "is_cancelled": False,
        "printed": printed | changed.pop("printed", {}),
        "details": {"roles": [], "items": []},
    }
    return Edition(**(values | changed))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ()),
        ({"starts_at": at(5)}, (Change.MOVED,)),
        ({"minutes": 45}, (Change.MOVED,)),
        ({"room_ids": (2,)}, (Change.MOVED,)),
        ({"room_ids": (1, 2)}, (Change.MOVED,)),
        ({"is_cancelled": True}, (Change.CANCELLED,)),
        ({"printed": {"title": {"en": "The opening"}}}, (Change.RETITLED,)),
        ({"printed": {"access": "closed"}}, (Change.REWORDED,)),
        ({"details": {"roles": [{"name": "A"}], "items": []}}, (Change.REWORDED,)),
        ({"starts_at": at(5), "printed": {"title": {"en": "X"}}}, (Change.MOVED, Change.RETITLED)),
    ],
)
def test_each_change_is_told_by_its_name(changed: dict[str, Any], expected: tuple[Change, ...]) -> None:
    assert changes(edition(), edition(**changed)) == expected


def test_what_comes_goes_and_comes_back() -> None:
    assert changes(None, edition()) == (Change.NEW,)
    assert changes(edition(), None) == (Change.LEFT_OUT,)
    assert changes(edition(is_cancelled=True), edition()) == (Change.REINSTATED,)


def test_differences_stand_in_order_of_time_and_have_a_fingerprint() -> None:
    early, late = edition(session_id=2, starts_at=at(-60)), edition()
    found = differences([], [late, early])
    assert [one.edition.session_id for one in found] == [2, 1]
    assert differences([early, late], [late, early]) == []
    assert fingerprint(found) == fingerprint(differences([], [early, late]))
    assert fingerprint(found) != fingerprint(differences([], [replace(early, minutes=5), late]))
