"""Agendas: what somebody starred, by a private link without a name, or as a registered person. Plain values only."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from confapp.people import rules as people

KEPT_AFTER = timedelta(days=60)  # after the conference: then agendas without a person, and all stars, are deleted
MOST_STARS = 400


def new_token() -> str:
    """What opens an agenda: 256 random bits. It stands in its address and nowhere else."""
    return secrets.token_urlsafe(32)


def is_token(given: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", given) is not None


def feed_token(token: str) -> str:
    """What opens the calendar of an agenda: whoever is given it can read, and never finds the way to the agenda."""
    digest = hashlib.sha256(f"calendar:{token}".encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of_feed(feed: str) -> str:
    """What is kept of it."""
    return people.token_hash(feed)


def hash_of(token: str) -> str:
    return hash_of_feed(feed_token(token))


def asked_for(refs: str) -> list[str]:
    """References as a device joins them with points; what cannot be one is left out."""
    found = [one for one in refs.split(".") if re.fullmatch(r"[A-Za-z0-9_-]{1,32}", one)]
    return list(dict.fromkeys(found))[:MOST_STARS]


@dataclass(frozen=True)
class Appointment:
    """What a person has to attend and is in no release, such as a bilateral meeting. `uid` never changes."""

    uid: str
    starts_at: datetime
    minutes: int
    title: dict[str, str]
    label: str  # what it is, marked with N_
    rooms: tuple[dict[str, str], ...] = ()
    path: str = ""  # of its page, after the address of the site
    sequence: int = 0
    is_cancelled: bool = False

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Attendance:
    """Why sessions stand in somebody's agenda: references with the labels of each, and what may still fall away."""

    labels: dict[str, list[str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    appointments: tuple[Appointment, ...] = ()


def overlaps(rows: Iterable[Any]) -> dict[int, list[int]]:
    """Which of these (in their order, with starts and ends) are at the same time as which others."""
    order = sorted(enumerate(rows), key=lambda one: (one[1].starts, one[0]))
    found: dict[int, list[int]] = {}
    running: list[tuple[int, Any]] = []
    for number, row in order:
        running = [one for one in running if one[1].ends > row.starts]
        for other, _row in running:
            found.setdefault(number, []).append(other)
            found.setdefault(other, []).append(number)
        running.append((number, row))
    return {number: sorted(others) for number, others in found.items()}
