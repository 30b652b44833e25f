"""A single event as an iCalendar file (RFC 5545), for mails and pages; a whole programme is written by its feature."""

from datetime import UTC, date, datetime
from typing import Any

from confapp.foundation import clock


def event(
    maker: str, uid: str, begins: date | datetime, ends: date | datetime, *, method: str = "", **facts: Any
) -> bytes:
    """`begins` and `ends` are days (the end is the day after the last) or instants, which are written in UTC.

    `facts` are properties by name, such as summary, location, url, sequence, status; empty ones are left out.
    """
    from icalendar import Calendar, Event  # loaded where a calendar is written

    made, calendar = Event(), Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//confapp//{maker}//EN")
    if method:
        calendar.add("method", method)
    given = {"uid": f"{uid}@confapp", "dtstamp": clock.now(), "dtstart": begins, "dtend": ends, **facts}
    for name, value in given.items():
        if value not in ("", None):
            made.add(name, value.astimezone(UTC) if isinstance(value, datetime) else value)
    calendar.add_component(made)
    return bytes(calendar.to_ical())
