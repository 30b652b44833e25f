"""frab schedule XML, in the elements and the order of the schema that c3voc publishes for it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from confapp.foundation import clock
from confapp.programme.rules.exchange import Exchange, Talk, hours, number_of

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FIRST_HOUR, STEP = 0, 5  # a conference day begins at midnight; minutes


def written(exchange: Exchange, generator: str) -> bytes:
    root = Element("schedule")
    SubElement(root, "generator", {"name": "confapp", "version": generator})
    _add(root, "version", exchange.version)
    _conference(SubElement(root, "conference"), exchange)
    for index, (day, talks) in enumerate(by_day(exchange), 1):
        begins = clock.start_of(day, exchange.zone)
        ends = clock.start_of(day + timedelta(days=1), exchange.zone)
        element = SubElement(
            root,
            "day",
            {
                "index": str(index),
                "date": day.isoformat(),
                "start": clock.local(begins, exchange.zone).isoformat(),
                "end": clock.local(ends - timedelta(minutes=1), exchange.zone).isoformat(),
            },
        )
        for room in rooms_of(exchange, talks):
            place = SubElement(element, "room", {"name": _clean(room)})
            if exchange.rooms.get(room):
                place.set("guid", exchange.rooms[room])
            for talk in talks:
                if talk.room == room:
                    _event(place, talk)
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def by_day(exchange: Exchange) -> Iterator[tuple[date, list[Talk]]]:
    """The days that have a talk, in their order."""
    placed = sorted((talk for talk in exchange.talks if talk.starts), key=lambda talk: (_starts(talk), talk.number))
    for day, talks in groupby(placed, key=lambda talk: _starts(talk).date()):
        yield day, list(talks)


def rooms_of(exchange: Exchange, talks: list[Talk]) -> list[str]:
    """The rooms in use on a day in their order; talks without one come last."""
    used = {talk.room for talk in talks}
    return [*(room for room in exchange.rooms if room in used), *sorted(used - set(exchange.rooms))]


def _starts(talk: Talk) -> datetime:
    assert talk.starts is not None
    return talk.starts


def _conference(element: Element, exchange: Exchange) -> None:
    _add(element, "acronym", exchange.acronym)
    _add(element, "title", exchange.title)
    if exchange.venue:
        _add(element, "venue", exchange.venue)
    if exchange.city:
        _add(element, "city", exchange.city)
    if exchange.starts_on and exchange.ends_on:
        _add(element, "start", exchange.starts_on.isoformat())
        _add(element, "end", exchange.ends_on.isoformat())
        _add(element, "days", str((exchange.ends_on - exchange.starts_on).days + 1))
    _add(element, "timeslot_duration", hours(STEP))
    _add(element, "base_url", exchange.base_url)
    _add(element, "time_zone_name", exchange.zone)
    for theme in exchange.themes:
        SubElement(element, "track", {"name": _clean(theme), "slug": slug(theme)})


def _event(place: Element, talk: Talk) -> None:
    event = SubElement(place, "event", {"id": str(talk.number or number_of(talk.guid)), "guid": talk.guid})
    starts = _starts(talk)
    _add(event, "room", talk.room)
    _add(event, "title", talk.title)
    _add(event, "subtitle", talk.subtitle)
    _add(event, "type", talk.kind)
    _add(event, "date", starts.isoformat())
    _add(event, "start", f"{starts:%H:%M}")
    _add(event, "duration", hours(talk.minutes))
    _add(event, "abstract", talk.abstract)
    _add(event, "slug", f"{slug(talk.title)[:60]}-{talk.guid[:8]}")
    _add(event, "track", talk.theme)
    recording = SubElement(event, "recording")
    _add(recording, "license", "")
    _add(recording, "optout", "false")
    if talk.url:
        _add(event, "url", talk.url)
    if talk.code:
        _add(event, "code", talk.code)
    if talk.cancelled:
        _add(event, "status", "cancelled")
    if talk.language:
        _add(event, "language", talk.language)
    _add(event, "description", talk.description)
    persons = SubElement(event, "persons")
    for who in talk.people:
        person = SubElement(persons, "person", {"id": str(number_of(who.guid)), "guid": who.guid})
        person.text = _clean(who.name)
    links = SubElement(event, "links")
    for href, label in talk.links:
        SubElement(links, "link", {"href": _clean(href)}).text = _clean(label)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Without what XML cannot hold; line ends as XML reads them."""
    return NOT_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"
