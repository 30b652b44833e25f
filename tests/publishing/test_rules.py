from datetime import UTC, date, datetime

import pytest

from confapp.publishing import rules
from confapp.publishing.rules import Printed


def test_days_are_those_of_the_sessions_in_order() -> None:
    hours = [datetime(2027, 1, day, 9, tzinfo=UTC) for day in (12, 11, 12)]
    assert rules.days(Printed("a", at, at, (), {}) for at in hours) == [date(2027, 1, 11), date(2027, 1, 12)]


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
