"""Schedule JSON as pretalx and its kin give it."""

import json
from collections.abc import Mapping
from typing import Any

from confapp.foundation import clock
from confapp.programme.imports.frab import language_in, length_in
from confapp.programme.imports.hours import Day, date_in, when
from confapp.programme.rules import exchange as odd
from confapp.programme.rules.exchange import Exchange, Talk, Who, with_own_guids


def read(content: bytes, zone: str) -> Exchange:
    """ValueError when it is no schedule."""
    try:
        whole = json.loads(content)
    except RecursionError as fault:
        raise ValueError("too deep") from fault
    schedule = _part(whole, "schedule") or _part(whole)
    about = _part(schedule, "conference")
    if not about:
        raise ValueError("schedule.conference")
    found = Exchange(zone=zone)
    found.title, found.acronym, found.version = (
        _text(about, "title"),
        _text(about, "acronym"),
        _text(schedule, "version"),
    )
    found.venue, found.city, found.base_url = _text(about, "venue"), _text(about, "city"), _text(schedule, "base_url")
    found.starts_on, found.ends_on = date_in(_text(about, "start")), date_in(_text(about, "end"))
    named = _text(about, "time_zone_name")
    if clock.is_zone(named):
        found.zone = named
    for room in _list(about, "rooms"):
        if name := _text(room, "name"):
            found.rooms.setdefault(name, _text(room, "guid"))
    found.themes = [name for track in _list(about, "tracks") if (name := _text(track, "name"))]
    talks = [talk for day in _list(about, "days") for talk in _day(day, found)]
    found.talks = with_own_guids(found, [talk for talk in talks if talk.title])
    return found


def _day(element: Any, found: Exchange) -> list[Talk]:
    day = Day(_text(element, "date"), _text(element, "day_start"), _text(element, "day_end"), found.zone)
    rooms = _part(element, "rooms")
    talks = []
    for room, events in rooms.items():
        if str(room).strip():
            found.rooms.setdefault(str(room).strip(), "")
        for number, event in enumerate(events if isinstance(events, list) else [], 1):
            if isinstance(event, Mapping):
                where = f"{_text(element, 'date')} · {room} · {number}"[:120]
                talks.append(_event(event, found, day, str(room).strip(), where))
    return talks


def _event(event: Mapping[str, Any], found: Exchange, day: Day, room: str, where: str) -> Talk:
    title = _text(event, "title")
    if not title:
        found.odd(where, odd.NO_TITLE)
    named = _text(event, "room")
    if room and named and named != room:
        found.odd(where, odd.OTHER_ROOM, value=room[:80])
    theme = _text(event, "track")
    if theme and theme not in found.themes:
        found.themes.append(theme)
    number = event.get("id")
    return Talk(
        guid=_text(event, "guid"),
        number=number if isinstance(number, int) and 0 < number < 10**12 else 0,
        code=_text(event, "code"),
        title=title,
        subtitle=_text(event, "subtitle"),
        kind=_text(event, "type"),
        theme=theme,
        language=language_in(_text(event, "language"), found, where),
        abstract=_text(event, "abstract"),
        description=_text(event, "description"),
        starts=when(found, where, day, _text(event, "date"), _text(event, "start"), found.zone),
        minutes=length_in(_text(event, "duration"), found, where),
        room=room or named,
        people=tuple(who for one in _list(event, "persons") if (who := _person(one)).name),
        url=_text(event, "url"),
        links=tuple((_text(one, "url"), _text(one, "title")) for one in _list(event, "links")),
        cancelled=_text(event, "status").lower() in ("cancelled", "canceled"),
        where=where,
    )


def _person(one: Any) -> Who:
    name = _text(one, "public_name") or _text(one, "name") or _text(one, "full_public_name")
    mark = _text(one, "guid") or _text(one, "code")
    number = one.get("id") if isinstance(one, Mapping) else None
    return Who(" ".join(name.split()), (mark or (f"id:{number}" if isinstance(number, int) else ""))[:120])


def _part(value: Any, name: str | None = None) -> Mapping[str, Any]:
    found = value if name is None else value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _text(value: Any, name: str) -> str:
    """A text, a number as text, or a text by language of which the first is taken."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, Mapping):
        found = found.get("en") or next((one for one in found.values() if isinstance(one, str) and one), "")
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    return str(found).strip()
