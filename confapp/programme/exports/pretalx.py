"""Schedule JSON in the shape that pretalx gives it."""

import json
from datetime import timedelta
from typing import Any

from confapp.foundation import clock
from confapp.programme.exports.frab import STEP, by_day, rooms_of, slug
from confapp.programme.rules.exchange import Exchange, Talk, hours, number_of


def written(exchange: Exchange, generator: str) -> bytes:
    days = list(by_day(exchange))
    length = (exchange.ends_on - exchange.starts_on).days + 1 if exchange.starts_on and exchange.ends_on else len(days)
    conference = {
        "acronym": exchange.acronym,
        "title": exchange.title,
        "venue": exchange.venue,
        "city": exchange.city,
        "start": exchange.starts_on.isoformat() if exchange.starts_on else "",
        "end": exchange.ends_on.isoformat() if exchange.ends_on else "",
        "daysCount": length,
        "timeslot_duration": hours(STEP),
        "time_zone_name": exchange.zone,
        "rooms": [{"name": name, "slug": slug(name), "guid": guid or None} for name, guid in exchange.rooms.items()],
        "tracks": [{"name": name, "slug": slug(name)} for name in exchange.themes],
        "days": [
            {
                "index": index,
                "date": day.isoformat(),
                "day_start": clock.local(clock.start_of(day, exchange.zone), exchange.zone).isoformat(),
                "day_end": clock.local(
                    clock.start_of(day + timedelta(days=1), exchange.zone) - timedelta(minutes=1), exchange.zone
                ).isoformat(),
                "rooms": {
                    room: [_event(talk) for talk in talks if talk.room == room] for room in rooms_of(exchange, talks)
                },
            }
            for index, (day, talks) in enumerate(days, 1)
        ],
    }
    schedule = {
        "url": f"{exchange.base_url}/programme",
        "version": exchange.version,
        "base_url": exchange.base_url,
        "conference": conference,
    }
    whole = {"generator": {"name": "confapp", "version": generator}, "schedule": schedule}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _event(talk: Talk) -> dict[str, Any]:
    assert talk.starts is not None
    return {
        "guid": talk.guid,
        "code": talk.code,
        "id": talk.number or number_of(talk.guid),
        "date": talk.starts.isoformat(),
        "start": f"{talk.starts:%H:%M}",
        "duration": hours(talk.minutes),
        "room": talk.room,
        "slug": f"{slug(talk.title)[:60]}-{talk.guid[:8]}",
        "url": talk.url,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "track": talk.theme or None,
        "type": talk.kind,
        "language": talk.language,
        "abstract": talk.abstract,
        "description": talk.description,
        "status": "cancelled" if talk.cancelled else "confirmed",
        "do_not_record": False,
        "persons": [{"guid": who.guid, "name": who.name, "public_name": who.name} for who in talk.people],
        "links": [{"url": href, "title": label} for href, label in talk.links],
        "attachments": [],
    }
