"""What is next in a conference: its dates, what waits for others, and the next sessions of the released programme."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.web import filters
from confapp.people.rules import SEE_PEOPLE
from confapp.programme import queries as programme
from confapp.programme.rules import READ
from confapp.registration import queries as registration
from confapp.registration.rules import Status

SESSIONS = 6


@dataclass(frozen=True)
class Date:
    at: datetime
    text: str


@dataclass(frozen=True)
class Next:
    """A session that is on or comes next."""

    starts_at: datetime
    minutes: int
    title: dict[str, str]
    rooms: list[dict[str, str]]
    url: str


def by(moment: datetime) -> str:
    """A day, when that is what is meant, else the hour as well: the end of a day is its midnight."""
    zone = filters.zone_of_page()
    local = clock.local(moment, zone)
    if (local.hour, local.minute) == (0, 0) or local.second == 59:
        return filters.day(local.date())
    return filters.moment(moment)


def dates(conference: Conference, at: datetime) -> list[Date]:
    last_moment = conference.ends_at - timedelta(seconds=1)
    known = (
        (conference.registration_opens_at, _("Registration opens")),
        (conference.registration_closes_at, _("Registration closes")),
        (conference.starts_at, _("The conference begins")),
        (last_moment, _("The conference ends")),
    )
    return sorted((Date(when, text) for when, text in known if when and when > at), key=lambda date: date.at)


def sessions(actor: Actor, conference: Conference, at: datetime) -> list[Next]:
    """The next sessions of the newest release, those going on first."""
    if not READ.allows(actor, conference):
        return []
    rooms = {room.id: room.name for room in programme.rooms()}
    editions = [
        one
        for one in programme.editions(programme.newest_release())
        if not one.is_cancelled and one.starts_at + timedelta(minutes=one.minutes) > at
    ]
    editions.sort(key=lambda one: one.starts_at)
    return [
        Next(
            one.starts_at,
            one.minutes,
            one.printed["title"],
            [rooms[room] for room in one.room_ids if room in rooms],
            url_for("programme_desk.session", ref=one.ref),
        )
        for one in editions[:SESSIONS]
    ]


def others(actor: Actor, conference: Conference) -> list[tuple[str, str]]:
    """(what waits for others, where it is seen)."""
    if not SEE_PEOPLE.allows(actor, conference):
        return []
    returned = registration.waiting(Status.RETURNED).number
    if not returned:
        return []
    words = ngettext(
        "%(num)d registration was returned for correction",
        "%(num)d registrations were returned for correction",
        returned,
    )
    return [(words, url_for("registration_desk.registrations", status="returned"))]
