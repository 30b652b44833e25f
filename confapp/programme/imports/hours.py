"""When a session begins, in the ways in which files say it."""

from datetime import date, datetime, timedelta

from confapp.foundation import clock
from confapp.programme.rules import exchange as odd
from confapp.programme.rules.exchange import Exchange, clock_in

DAY_CHANGE = timedelta(hours=4)  # where a file does not say when its days begin


def when(found: Exchange, where: str, day: "Day", dated: str, hour: str, zone: str) -> datetime | None:
    """The beginning from a full date, or from the day that it stands under and an hour; None when neither can be read.

    What begins before the conference day does belongs to the night after it.
    """
    at = clock_in(hour)
    whole = moment_in(dated, zone)
    if whole is not None and (at is None or not _is_midnight(whole) or at == timedelta(0)):
        return whole
    on = (clock.local(whole, zone).date() if whole else None) or date_in(dated) or day.on
    if on is None or at is None:
        found.odd(where, odd.NO_START, value=f"{dated} {hour}".strip()[:80])
        return None
    if on == day.on and at < day.change:
        found.odd(where, odd.AFTER_MIDNIGHT, value=hour[:8])
        on += timedelta(days=1)
    return in_zone(datetime.combine(on, datetime.min.time()) + at, zone)


class Day:
    """A conference day as a file has it: its date, and the hour at which it begins."""

    def __init__(self, dated: str = "", begins: str = "", ends: str = "", zone: str = "UTC") -> None:
        first, last = moment_in(begins, zone), moment_in(ends, zone)
        self.on = date_in(dated) or (first.date() if first else None)
        self.change = DAY_CHANGE
        if first is not None:
            over_midnight = last is not None and last.date() > first.date()
            hour = timedelta(hours=first.hour, minutes=first.minute)
            self.change = hour if over_midnight else min(hour, DAY_CHANGE)


def moment_in(text: str, zone: str) -> datetime | None:
    """A date with an hour; one without a zone is the conference's."""
    text = text.strip()
    if len(text) < 12:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else in_zone(read, zone)


def date_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def in_zone(local: datetime, zone: str) -> datetime | None:
    """A local time as an instant: of a doubled hour the first; one that the clocks leave out is an hour later."""
    try:
        return clock.local(clock.instant(local, zone, second=False), zone)
    except clock.LocalTimeError:
        return clock.local(clock.instant(local + timedelta(hours=1), zone, second=False), zone)
    except OverflowError:
        return None


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)
