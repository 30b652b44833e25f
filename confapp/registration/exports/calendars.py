"""The conference as an iCalendar file."""

import re
from datetime import timedelta
from typing import Any

from confapp.foundation import clock
from confapp.foundation.languages import best


def calendar(conference: Any, address: str) -> bytes:
    """The days of a conference as an iCalendar file (RFC 5545)."""
    summary = best(conference.name)
    place = ", ".join(filter(None, [best(conference.venue), best(conference.city)]))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//confapp//registration//EN",
        "BEGIN:VEVENT",
        f"UID:{conference.ref}@confapp",
        f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{conference.starts_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{conference.ends_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"LOCATION:{_escaped(place)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(words: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, broken between characters."""
    parts, room = [""], 75
    for character in line:
        size = len(character.encode())
        if len(parts[-1].encode()) + size > room:
            parts.append("")
            room = 74
        parts[-1] += character
    return "\r\n ".join(parts)
