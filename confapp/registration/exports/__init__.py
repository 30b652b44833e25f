"""Files made of registrations: a table for spreadsheets, and the conference for a calendar."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from confapp.foundation import clock, exporting  # noqa: F401
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.registration.models import Registration
from confapp.registration.queries import Standing
from confapp.registration.rules import CAPACITY_NAMES, DELEGATION_STATUS_NAMES, STATUS_NAMES, Status

FORMULA = re.compile(r"^[\s\x00-\x20]*[=+\-@|%]")


def registrations_csv(rows: Sequence[Registration], zone: str) -> bytes:
    """UTF-8 with a byte-order mark, RFC 4180; cells that a spreadsheet would run are quoted; local times."""
    head = [
        _("Number"),
        _("Status"),
        _("Style of address"),
        _("Given name"),
        _("Family name"),
        _("Name as printed"),
        _("Delegation or organization"),
        _("Capacity"),
        _("Functional title"),
        _("Category"),
        _("Country"),
        _("E-mail"),
        _("Submitted"),
        _("Decided"),
    ]
    return _csv([head, *(_registration(row, zone) for row in rows)])


def _registration(row: Registration, zone: str) -> list[str]:
    person = row.person
    return [
        row.number,
        _(STATUS_NAMES[row.status]),
        person.honorific,
        person.given_name,
        person.family_name,
        person.printed_name,
        best(row.body),
        _(CAPACITY_NAMES[row.capacity]) if row.delegation_id else "",
        row.functional_title,
        best(row.category.name),
        person.country,
        person.email,
        _local(row.submitted_at, zone),
        _local(row.decided_at, zone),
    ]


def delegations_csv(rows: Sequence[Standing], zone: str) -> bytes:
    head = [
        _("Order"),
        _("Code"),
        _("Delegation"),
        _("Status"),
        _("Focal point"),
        _("Registered"),
        *(_(STATUS_NAMES[status]) for status in Status),
        _("Places"),
        _("Invited"),
        _("Credential checked"),
    ]
    return _csv([head, *(_delegation(position, row, zone) for position, row in enumerate(rows, 1))])


def _delegation(position: int, row: Standing, zone: str) -> list[str]:
    paper = row.credential
    return [
        str(position),
        row.delegation.code,
        best(row.delegation.name),
        _(DELEGATION_STATUS_NAMES[row.delegation.status]),
        ", ".join(account.email for account in row.focal_points),
        str(row.registered),
        *(str(row.counts[status]) for status in Status),
        "" if row.quota is None or row.quota.capacity is None else str(row.quota.capacity),
        _local(row.delegation.invited_at, zone),
        _local(paper.checked_at if paper is not None else None, zone),
    ]


def _local(moment: Any, zone: str) -> str:
    return f"{clock.local(moment, zone):%Y-%m-%d %H:%M}" if moment else ""


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


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
