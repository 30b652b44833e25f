from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from confapp.publishing import rules
from confapp.publishing.rules import NO_ROOM, Printed

NINE = datetime(2027, 1, 11, 9, tzinfo=UTC)


def printed(ref: str, start: int, minutes: int, *rooms: int, **changes: Any) -> Printed:
    begins = NINE + timedelta(minutes=start)
    values: dict[str, Any] = {
        "ref": ref,
        "title": {"en": ref},
        "kind": "panel",
        "access": "open",
        "starts": begins,
        "ends": begins + timedelta(minutes=minutes),
        "room_ids": rooms,
    }
    return Printed(**(values | changes))


def shape(rows: list[rules.Row]) -> list[list[tuple[str, int, int]]]:
    return [[("+".join(s.ref for s in cell.sessions), cell.across, cell.down) for cell in row.cells] for row in rows]


def test_one_row_for_each_beginning_and_one_column_for_each_room() -> None:
    rows = rules.grid([printed("a", 0, 60, 1), printed("b", 0, 60, 2), printed("c", 60, 60, 1)], [1, 2])
    assert shape(rows) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("", 1, 1)]]


def test_a_long_session_takes_the_rows_that_begin_before_it_ends() -> None:
    rows = rules.grid([printed("long", 0, 90, 1), printed("b", 0, 30, 2), printed("c", 60, 30, 2)], [1, 2])
    assert shape(rows) == [[("long", 1, 2), ("b", 1, 1)], [("c", 1, 1)]]


def test_neighbouring_rooms_are_taken_together() -> None:
    assert shape(rules.grid([printed("all", 0, 30, 1, 2), printed("b", 0, 30, 3)], [1, 2, 3])) == [
        [("all", 2, 1), ("b", 1, 1)]
    ]


def test_what_overlaps_in_a_room_shares_a_cell_and_nothing_is_left_out() -> None:
    sessions = [printed("a", 0, 60, 1), printed("b", 30, 60, 1), printed("c", 60, 30, 1), printed("d", 30, 15, 2)]
    rows = rules.grid(sessions, [1, 2])
    assert shape(rows) == [[("a+b+c", 1, 3), ("", 1, 1)], [("d", 1, 1)], [("", 1, 1)]]


def test_every_row_is_as_wide_as_the_table() -> None:
    sessions = [printed(f"s{n}", n * 17 % 240, 20 + n * 13 % 90, 1 + n % 4, 1 + (n + 1) % 4) for n in range(40)]
    rows, covered = rules.grid(sessions, [1, 2, 3, 4]), {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in covered:
                column += 1
            for r in range(number, number + cell.down):
                for c in range(column, column + cell.across):
                    assert covered.setdefault((r, c), cell) is cell
    assert len(covered) == len(rows) * 4
    assert sorted(s.ref for row in rows for cell in row.cells for s in cell.sessions) == sorted(s.ref for s in sessions)


def test_sessions_without_a_room_stand_in_the_last_column() -> None:
    sessions = [printed("a", 0, 30), printed("b", 0, 30, 7)]
    assert rules.columns(sessions, [9, 7]) == [7, NO_ROOM]
    assert shape(rules.grid(sessions, [7, NO_ROOM])) == [[("b", 1, 1), ("a", 1, 1)]]


@pytest.mark.parametrize(
    ("asked", "today", "shown"),
    [
        ("", date(2027, 1, 1), date(2027, 1, 11)),
        ("", date(2027, 1, 12), date(2027, 1, 12)),
        ("2027-01-12", date(2027, 1, 1), date(2027, 1, 12)),
        ("nonsense", date(2027, 1, 1), date(2027, 1, 11)),
        ("all", date(2027, 1, 12), None),
    ],
)
def test_the_day_that_is_shown(asked: str, today: date, shown: date | None) -> None:
    assert rules.chosen_day(asked, [date(2027, 1, 11), date(2027, 1, 12)], today) == shown
