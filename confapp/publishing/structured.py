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
LONGEST = 600  # of a description


def block(data: Data) -> Markup:
    """For a <script type="application/ld+json">."""
    written = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(ESCAPED))  # noqa: S704 - nothing in it can close the element or begin another


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


def programme(one: Conference, sessions: Iterable[Printed], rooms: Mapping[int, dict[str, str]]) -> Data:
    """The conference with the sessions that the page shows, each as short as can be: its page says the rest."""
    base, names = _url(one, "sessions/"), {room: languages.best(name) for room, name in rooms.items()}
    return conference(one) | {
        "subEvent": [
            {
                "@type": "Event",
                "@id": base + each.ref,
                "name": languages.best(each.words["title"]),
                "startDate": each.starts.isoformat(),
                "endDate": each.ends.isoformat(),
                **({"eventStatus": SCHEMA + "EventCancelled"} if each.is_cancelled else {}),
                **({"location": names[each.room_ids[0]]} if each.room_ids and each.room_ids[0] in names else {}),
            }
            for each in sessions
        ]
    }


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
            "eventStatus": SCHEMA + ("EventCancelled" if printed.is_cancelled else "EventScheduled"),
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
