from datetime import date

import pytest

from confapp.publishing import rules


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
