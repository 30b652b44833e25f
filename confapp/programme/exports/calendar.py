"""iCalendar (RFC 5545): a released programme, one session or an agenda, with what is no longer in it as cancelled.

An event keeps its UID for ever; SEQUENCE is the number of the release, so that a calendar takes the newer one.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from confapp.foundation import clock
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import best, pick
from confapp.programme import queries
from confapp.programme.models import Placement, Schedule, Session
from confapp.programme.rules.agendas import Appointment
from confapp.programme.rules.exchange import guid_of

MEDIA_TYPE = "text/calendar; charset=utf-8"


def of_release(
    conference: Any,
    release: Schedule | None,
    language: str,
    refs: Collection[str] | None = None,
    *,
    name: str = "",
    unsure: Collection[str] = (),
    beside: Sequence[Appointment] = (),
) -> bytes:
    """A release as a calendar; of some sessions only when their references are given. Those in `unsure` are tentative,
    and `beside` is what stands in no release."""
    rooms = {room.id: best(room.name, language) for room in queries.rooms()}
    from icalendar import Calendar, vText  # large, and most processes never write one

    calendar = Calendar()
    calendar.add("prodid", "-//confapp//programme//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name or best(conference.name, language))
    calendar.add("x-wr-timezone", conference.zone)
    if release is not None:
        for placement in (*_placements(release, refs), *_left_out(release, refs)):
            event = _event(conference, release, placement, rooms, language)
            if placement.session.ref in unsure and event["status"] == "CONFIRMED":
                event["status"] = vText("TENTATIVE")
            calendar.add_component(event)
    for appointment in beside:
        calendar.add_component(_appointment(conference, appointment, language))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _placements(release: Schedule, refs: Collection[str] | None) -> Iterable[Placement]:
    return _read(Placement.schedule_id == release.id, refs)


def _read(which: Any, refs: Collection[str] | None) -> Iterable[Placement]:
    wanted = select(Placement).where(which).order_by(Placement.starts_at, Placement.id)
    if refs is not None:
        wanted = wanted.where(Placement.session_id.in_(select(Session.id).where(Session.ref.in_(refs))))
    return db.session.scalars(wanted.options(selectinload(Placement.session), selectinload(Placement.rooms)))


def _left_out(release: Schedule, refs: Collection[str] | None) -> Iterable[Placement]:
    """Sessions of earlier releases that this one has no more, where they stood last."""
    here = select(Placement.session_id).where(Placement.schedule_id == release.id)
    last = (
        select(func.max(Placement.id))
        .join(Schedule, Schedule.id == Placement.schedule_id)
        .where(Schedule.number < release.number, Placement.session_id.not_in(here))
        .group_by(Placement.session_id)
    )
    return _read(Placement.id.in_(last), refs)


def _event(conference: Any, release: Schedule, placement: Placement, rooms: dict[int, str], language: str) -> Any:
    session: Session = placement.session
    from icalendar import Event, vText

    event = Event()
    event.add("uid", f"{guid_of(session.ref)}@confapp")
    event.add("dtstamp", release.released_at)
    corrected = placement.printed.get("corrected")
    event.add("last-modified", datetime.fromisoformat(corrected) if corrected else release.released_at)
    event.add("sequence", release.number)
    starts = clock.local(placement.starts_at, conference.zone)
    event.add("dtstart", starts)
    event.add("dtend", clock.local(placement.starts_at + timedelta(minutes=placement.minutes), conference.zone))
    title, code = pick(placement.printed.get("title") or session.title, language)
    event.add("summary", vText(title), parameters={"LANGUAGE": code or language})
    if theme := best(placement.printed.get("theme") or {}, language):
        event.add("categories", [theme])
    names = [rooms[one.room_id] for one in placement.rooms if one.room_id in rooms and not one.is_overflow]
    place = ", ".join([*names, *filter(None, [best(conference.venue, language)])])
    if place:
        event.add("location", place)
    if words := best(placement.details.get("description") or {}, language):
        event.add("description", words)
    event.add("url", absolute(f"/{conference.slug}/sessions/{session.ref}", language))
    gone = placement.is_cancelled or placement.schedule_id != release.id
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    return event


def _appointment(conference: Any, one: Appointment, language: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", clock.now())
    event.add("sequence", one.sequence)
    event.add("dtstart", clock.local(one.starts_at, conference.zone))
    event.add("dtend", clock.local(one.ends_at, conference.zone))
    event.add("summary", best(one.title, language))
    if one.rooms:
        event.add("location", ", ".join(best(room, language) for room in one.rooms))
    if one.path:
        event.add("url", absolute(one.path, language))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    return event
