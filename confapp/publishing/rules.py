"""What a reader of the programme finds: sessions as they were printed, and the day that is shown. Plain values only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

ALL_DAYS = "all"


class Printed(NamedTuple):
    """A session as a release prints it, in local time; `change` is its difference from the release before."""

    ref: str
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]
    words: dict[str, Any]
    is_cancelled: bool = False
    change: str = ""

    @property
    def day(self) -> date:
        return self.starts.date()


def chosen_day(asked: str, known: Sequence[date], today: date) -> date | None:
    """The day to show: the one asked for, else today when it has sessions, else the first; None for all."""
    if asked == ALL_DAYS or not known:
        return None
    return next((day for day in known if day.isoformat() == asked), today if today in known else known[0])
