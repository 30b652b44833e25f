"""What search engines read of a page: schema.org as JSON-LD, from the release that the page shows and nothing else.

https://schema.org/Event. The block is data: a browser runs nothing of it, and no text in it can end it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format
from confapp.foundation import addresses, languages
from confapp.programme.rules import RoleStatus, SessionRoleKind
from confapp.publishing.rules import Printed

Data = dict[str, Any]
SCHEMA = "https://schema.org/"
MODES = {
    Format.IN_PERSON: "OfflineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
}
ESCAPED = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
SCHEDULED = {"eventStatus": SCHEMA + "EventScheduled"}
LONGEST = 600  # of a description


def block(data: Data) -> Markup:
    """For a <script type="application/ld+json">."""
    return Markup(_written({"@context": "https://schema.org"} | data))  # noqa: S704 - nothing in it can end the element


def _written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)


def conference(one: Conference) -> Data:
    url = _url(one)
    return _filled(
        {
            **_brief(one),
            "url": url,
            "description": languages.best(one.theme) or _start(languages.best(one.description)),
            "eventStatus": SCHEMA + "EventScheduled",
            "eventAttendanceMode": SCHEMA + MODES[one.format],
            "organizer": _named("Organization", languages.best(one.host)),
            "inLanguage": list(one.languages),
        }
    )


# What is said of the sessions of a release, by its mark, the day and the language: the same for everybody.
_kept: dict[tuple[str, str, str], str] = {}
MOST_KEPT = 32


def programme(one: Conference, mark: str, day: str, sessions: Iterable[Printed]) -> Markup:
    """The block of the conference with the sessions of its programme, each as short as can be: its own page says the
    rest, and its address begins where that of the programme does."""
    key = mark, day, languages.current()
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _written([_sub_event(each) for each in sessions])
    whole = str(block(conference(one) | {"subEvent": []}))
    return Markup(whole.removesuffix("[]}") + _kept[key] + "}")  # noqa: S704 - both were written by the same


def _sub_event(one: Printed) -> Data:
    said = {
        "@type": "Event",
        "@id": f"sessions/{one.ref}",
        "name": languages.best(one.words["title"]),
        "startDate": one.starts.isoformat(),
    }
    return said | ({} if (status := _status(one)) == SCHEDULED else status)


def session(
    one: Conference,
    printed: Printed,
    details: Mapping[str, Any],
    rooms: Mapping[int, dict[str, str]],
    speakers: Mapping[str, str],
) -> Data:
    words = printed.words
    form = Format(words.get("format") or Format.IN_PERSON)
    url = _url(one, f"sessions/{printed.ref}")
    places = [languages.best(rooms[room]) for room in printed.room_ids if room in rooms]
    return _filled(
        {
            "@type": "Event",
            "@id": url,
            "url": url,
            "name": languages.best(words["title"]),
            "description": _start(languages.best(details.get("description") or {})),
            "startDate": printed.starts.isoformat(),
            "endDate": printed.ends.isoformat(),
            **_status(printed),
            "eventAttendanceMode": SCHEMA + MODES[form],
            "location": _locations(one, form, places, url),
            "inLanguage": list(details.get("languages") or ()),
            "performer": [_performer(one, role, speakers) for role in details.get("roles", ()) if _performs(role)],
            "superEvent": _brief(one),
        }
    )


def speaker(one: Conference, ref: str, profile: Mapping[str, Any], sessions: Sequence[Printed]) -> Data:
    base = _url(one, "sessions/")
    return _filled(
        {
            "@type": "Person",
            "@id": _url(one, f"speakers/{ref}"),
            "url": _url(one, f"speakers/{ref}"),
            "name": profile["name"],
            "jobTitle": languages.best(profile["affiliation"]),
            "description": _start(languages.best(profile.get("biography") or {})),
            "performerIn": [
                {
                    "@type": "Event",
                    "@id": base + each.ref,
                    "name": languages.best(each.words["title"]),
                    "startDate": each.starts.isoformat(),
                    "location": _place(one),
                }
                for each in sessions
                if not each.is_cancelled
            ],
        }
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def _brief(one: Conference) -> Data:
    """What must be said of the conference wherever it is named."""
    return _filled(
        {
            "@type": "Event",
            "@id": _url(one),
            "name": languages.best(one.name),
            "startDate": one.starts_on.isoformat(),
            "endDate": one.ends_on.isoformat(),
            "location": _locations(one, one.format, [], _url(one)),
        }
    )


def _locations(one: Conference, form: Format, rooms: Sequence[str], url: str) -> Any:
    online = {"@type": "VirtualLocation", "url": url}
    if form == Format.ONLINE:
        return online
    place = {"@type": "Place", "name": ", ".join(rooms), "containedInPlace": _place(one)} if rooms else _place(one)
    return [place, online] if form == Format.HYBRID else place


def _place(one: Conference) -> Data:
    city = languages.best(one.city)
    return _filled({"@type": "Place", "name": languages.best(one.venue) or city, "address": city})


def _status(one: Printed) -> Data:
    """A session that was moved says since when readers know another start; elsewhere at the same hour it is no news."""
    if one.is_cancelled:
        return {"eventStatus": SCHEMA + "EventCancelled"}
    if one.was is None or one.was == one.starts:
        return SCHEDULED
    return {"eventStatus": SCHEMA + "EventRescheduled", "previousStartDate": one.was.isoformat()}


def _performs(role: Mapping[str, Any]) -> bool:
    """Persons who are printed by name and have confirmed; interpreters serve and do not perform."""
    confirmed = role.get("status", RoleStatus.CONFIRMED) == RoleStatus.CONFIRMED
    return bool(role.get("name")) and confirmed and role.get("role") != SessionRoleKind.INTERPRETER


def _performer(one: Conference, role: Mapping[str, Any], speakers: Mapping[str, str]) -> Data:
    page = speakers.get(role.get("person") or "")
    return _filled(
        {
            "@type": "Person",
            "name": role["name"],
            "jobTitle": languages.best(role.get("function") or {}),
            "url": _url(one, f"speakers/{page}") if page else "",
        }
    )


def _named(kind: str, name: str) -> Data:
    return {"@type": kind, "name": name} if name else {}


def _start(words: str) -> str:
    """The beginning of a text, without what marks it up."""
    plain = " ".join(words.replace("*", "").replace("#", "").split())
    return plain if len(plain) <= LONGEST else plain[:LONGEST].rpartition(" ")[0] + "…"


def _filled(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}


def _url(one: Conference, path: str = "") -> str:
    return addresses.absolute(f"/{one.slug}/{path}", languages.current())
