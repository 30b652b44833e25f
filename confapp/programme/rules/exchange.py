"""A programme as other programs give and take it. Plain values; the formats are in exports and imports.

One language at a time: `Talk` has texts of one language, instants with their zone, lengths in minutes. A `guid` is a
UUID as text, or whatever an odd file had instead; `number` is a positive integer that is unique in a file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from confapp.foundation.languages import N_

USUAL_MINUTES = 30


@dataclass(frozen=True)
class Who:
    """Somebody who takes part: as printed, with what another program calls them."""

    name: str
    guid: str = ""


@dataclass(frozen=True)
class Talk:
    guid: str
    title: str
    starts: datetime | None = None
    minutes: int = USUAL_MINUTES
    room: str = ""
    further: tuple[str, ...] = ()  # rooms that it has at the same time, or that follow it on a screen
    number: int = 0
    code: str = ""
    subtitle: str = ""
    kind: str = ""
    theme: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    people: tuple[Who, ...] = ()
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False
    where: str = ""  # in the file

    @property
    def rooms(self) -> tuple[str, ...]:
        """Where it stands in a table of rooms; "" is without one."""
        return self.room, *self.further

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.abstract, self.description) if part)


@dataclass(frozen=True)
class Oddity:
    """Something in a file that is not as it should be: where, and what was made of it. `said` fills the sentence."""

    where: str
    sentence: str
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Exchange:
    """A whole programme and what was odd about the file it came from."""

    title: str = ""
    acronym: str = ""
    zone: str = ""
    version: str = ""
    base_url: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    venue: str = ""
    city: str = ""
    rooms: dict[str, str] = field(default_factory=dict)  # name: guid
    themes: list[str] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    language: str = "en"  # of the words

    def odd(self, where: str, sentence: str, **said: Any) -> None:
        self.oddities.append(Oddity(where, sentence, said))


NO_TITLE = N_("It has no title; it was left out.")
NO_START = N_("Its beginning “%(value)s” cannot be read; it comes without a place.")
NO_LENGTH = N_("Its length “%(value)s” cannot be read; %(minutes)d minutes were taken.")
NO_GUID = N_("It has no guid; its id stands for it.")
ODD_GUID = N_("Its guid “%(value)s” is not a UUID; it was taken as it is.")
SAME_GUID = N_("Its guid “%(value)s” stands in the file twice; this one got one of its own.")
ODD_LANGUAGE = N_("Its language “%(value)s” is not known; it was left out.")
UNKNOWN = N_("“%(value)s” is not known here; it was passed over (%(number)d times).")
AFTER_MIDNIGHT = N_("It begins at %(value)s after midnight and was counted to the next calendar day.")
OTHER_ROOM = N_("It stands under “%(value)s” and names another room; the first was taken.")


def guid_of(ref: str) -> str:
    """The UUID that our own rows have elsewhere: always the same for the same row."""
    return str(uuid5(NAMESPACE_URL, f"urn:confapp:{ref}"))


def number_of(guid: str) -> int:
    """A positive integer for programs that ask for one."""
    try:
        value = UUID(guid).int
    except ValueError:
        value = uuid5(NAMESPACE_URL, guid).int
    return value % 2_000_000_000 + 1


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def hours(minutes: int) -> str:
    """A length as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_in(text: str) -> int | None:
    """The minutes of "1:30", "01:30:00", "90", "PT1H30M"; None when it is none of these or not positive."""
    text = text.strip()
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::\d{2})?", text):
        found = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(r"P(?:T)?(?:(\d+)H)?(?:(\d+)M)?", text):
        found = int(match[1] or 0) * 60 + int(match[2] or 0)
    elif text.isascii() and text.isdigit() and len(text) < 6:
        found = int(text)
    else:
        return None
    return found if 0 < found <= 24 * 60 else None


def clock_in(text: str) -> timedelta | None:
    """The hour "9:30" or "09:30:00" as time since midnight."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def with_own_guids(exchange: Exchange, talks: Iterable[Talk]) -> list[Talk]:
    """Every talk with a guid that no other has; what was odd is noted."""
    seen: set[str] = set()
    found = []
    for talk in talks:
        guid = talk.guid
        if not guid:
            guid = f"id:{talk.number or talk.code or number_of(talk.title)}"
            exchange.odd(talk.where, NO_GUID)
        elif not is_uuid(guid):
            exchange.odd(talk.where, ODD_GUID, value=guid[:80])
        if guid in seen:
            exchange.odd(talk.where, SAME_GUID, value=guid[:80])
            guid = str(uuid5(NAMESPACE_URL, f"{guid} {talk.number} {talk.title} {talk.starts} {talk.room}"))
            while guid in seen:
                guid = str(uuid5(NAMESPACE_URL, guid))
        seen.add(guid)
        found.append(talk if guid == talk.guid else replace(talk, guid=guid[:120]))
    return found
