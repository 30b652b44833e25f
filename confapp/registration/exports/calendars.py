"""The conference as an iCalendar file."""

from datetime import timedelta
from typing import Any

from confapp.foundation import calendars
from confapp.foundation.languages import best


def calendar(conference: Any, address: str) -> bytes:
    """The days of a conference as an iCalendar file (RFC 5545)."""
    return calendars.event(
        "registration",
        conference.ref,
        conference.starts_on,
        conference.ends_on + timedelta(days=1),
        summary=best(conference.name),
        location=", ".join(filter(None, [best(conference.venue), best(conference.city)])),
        url=address,
    )
