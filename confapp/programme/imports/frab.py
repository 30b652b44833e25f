"""frab and pentabarf schedule XML as real files have it: any order, unknown elements, odd guids, late hours."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from confapp.foundation import clock, languages
from confapp.programme.imports.hours import Day, date_in, when
from confapp.programme.rules import exchange as odd
from confapp.programme.rules.exchange import USUAL_MINUTES, Exchange, Talk, Who, minutes_in, with_own_guids

KNOWN = {
    "schedule": {"generator", "version", "conference", "day", "url", "base_url"},
    "conference": {
        *("acronym", "title", "subtitle", "venue", "city", "start", "end", "days", "timeslot_duration", "base_url"),
        *("time_zone_name", "track", "release", "day_change", "logo", "url", "description", "room", "color", "colors"),
    },
    "day": {"room"},
    "room": {"event"},
    "event": {
        *("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "recording"),
        *("url", "code", "status", "language", "description", "persons", "links", "attachments", "logo", "tag", "end"),
        *("feedback_url", "origin_url", "license", "video_download_url", "conference_url", "media_url", "answers"),
    },
}


class _Parser(DefusedXMLParser):
    """Each element knows the line on which it begins."""

    def _start(self, *arguments: Any) -> Any:
        element = super()._start(*arguments)
        element.line = self.parser.CurrentLineNumber
        return element


def read(content: bytes, zone: str) -> Exchange:
    """ValueError when it is no schedule."""
    parser = _Parser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        root = parser.close()
    except (ParseError, DefusedXmlException) as fault:
        raise ValueError(str(fault)) from fault
    if root.tag != "schedule":
        raise ValueError(f"<{root.tag}>")
    found, strange = Exchange(), Counter[str]()
    _note_strange(root, strange)
    _head(root, found, zone, strange)
    talks = [talk for day in root.findall("day") for talk in _day(day, found, found.zone, strange)]
    found.talks = with_own_guids(found, [talk for talk in talks if talk.title])
    for name, number in strange.items():
        found.odd("", odd.UNKNOWN, value=name[:60], number=number)
    return found


def _head(root: Any, found: Exchange, zone: str, strange: Counter[str]) -> None:
    about = root.find("conference")
    found.version, found.zone = _text(root, "version"), zone
    if about is None:
        return
    _note_strange(about, strange)
    found.title, found.acronym = _text(about, "title"), _text(about, "acronym")
    found.venue, found.city, found.base_url = _text(about, "venue"), _text(about, "city"), _text(about, "base_url")
    found.starts_on, found.ends_on = date_in(_text(about, "start")), date_in(_text(about, "end"))
    named = _text(about, "time_zone_name")
    if clock.is_zone(named):
        found.zone = named
    found.themes = [one.get("name", "").strip() for one in about.findall("track") if one.get("name", "").strip()]


def _day(element: Any, found: Exchange, zone: str, strange: Counter[str]) -> list[Talk]:
    day = Day(element.get("date", ""), element.get("start", ""), element.get("end", ""), zone)
    _note_strange(element, strange)
    talks = []
    for room in element.findall("room"):
        name = room.get("name", "").strip()
        _note_strange(room, strange)
        if name:
            found.rooms.setdefault(name, room.get("guid", "").strip())
        talks += [_event(event, found, day, name, zone, strange) for event in room.findall("event")]
    return talks


def _event(event: Any, found: Exchange, day: Day, room: str, zone: str, strange: Counter[str]) -> Talk:
    where = f"{event.line}"
    _note_strange(event, strange)
    title = _text(event, "title")
    if not title:
        found.odd(where, odd.NO_TITLE)
    named = _text(event, "room")
    if room and named and named != room:
        found.odd(where, odd.OTHER_ROOM, value=room[:80])
    if named and not room:
        found.rooms.setdefault(named, "")
    theme = _text(event, "track")
    if theme and theme not in found.themes:
        found.themes.append(theme)
    number = event.get("id", "").strip()
    return Talk(
        guid=event.get("guid", "").strip(),
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0,
        code=_text(event, "code"),
        title=title,
        subtitle=_text(event, "subtitle"),
        kind=_text(event, "type"),
        theme=theme,
        language=language_in(_text(event, "language"), found, where),
        abstract=_text(event, "abstract"),
        description=_text(event, "description"),
        starts=when(found, where, day, _text(event, "date"), _text(event, "start"), zone),
        minutes=length_in(_text(event, "duration"), found, where),
        room=room or named,
        people=tuple(_person(one) for one in event.iterfind("persons/person") if (one.text or "").strip()),
        url=_text(event, "url"),
        links=tuple((one.get("href", ""), (one.text or "").strip()) for one in event.iterfind("links/link")),
        cancelled=_text(event, "status").lower() in ("cancelled", "canceled"),
        where=where,
    )


def length_in(text: str, found: Exchange, where: str) -> int:
    minutes = minutes_in(text)
    if minutes is None:
        found.odd(where, odd.NO_LENGTH, value=text[:40], minutes=USUAL_MINUTES)
    return minutes or USUAL_MINUTES


def language_in(text: str, found: Exchange, where: str) -> str:
    """The first part of a language tag, when it is a language."""
    code = text.strip().lower().replace("_", "-").split("-")[0]
    if not code:
        return ""
    if not languages.known(code):
        found.odd(where, odd.ODD_LANGUAGE, value=text[:40])
        return ""
    return code


def _person(element: Any) -> Who:
    mark = element.get("guid", "").strip() or element.get("code", "").strip()
    number = element.get("id", "").strip()
    return Who(" ".join((element.text or "").split()), (mark or (f"id:{number}" if number else ""))[:120])


def _text(parent: Any, name: str) -> str:
    return (parent.findtext(name) or "").strip()


def _note_strange(element: Any, strange: Counter[str]) -> None:
    strange.update(child.tag for child in element if child.tag not in KNOWN.get(element.tag, set()))
