"""A conference of the demonstration with its pages, made and announced as an organizer would."""

from datetime import datetime
from typing import Any

from confapp.conferences import actions
from confapp.conferences.models import Conference
from confapp.conferences.rules import LIFE, Format
from confapp.demo import content
from confapp.foundation.access import Actor
from confapp.foundation.db import in_conference


def make(described: content.Conference, by: Actor, opens: tuple[datetime, datetime] | None = None) -> Conference:
    """Announced, with its pages; `opens` is when registration opens and closes, if it does."""
    conference = actions.create(by, described.slug, **_fields(described, opens))
    with in_conference(conference.id):
        for page in described.pages:
            actions.put_page(by, conference, page.name, title=page.title, text=page.body, as_of=page.as_of)
    move(conference, "announce", by)
    return conference


def move(conference: Conference, verb: str, by: Actor) -> None:
    step = LIFE.named(verb)
    assert step is not None
    actions.change_status(by, conference, step)


def _fields(described: content.Conference, opens: tuple[datetime, datetime] | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": described.name,
        "acronym": described.acronym,
        "theme": described.theme,
        "description": described.description,
        "notice": described.notice,
        "host": described.host,
        "starts_on": described.first_day,
        "ends_on": described.last_day,
        "zone": described.zone,
        "venue": described.venue,
        "city": described.city,
        "format": Format(described.format),
        "languages": list(described.languages),
        "accent": described.accent,
        "contact_email": described.contact,
    }
    if opens is not None:
        fields |= {"registration_opens_at": opens[0], "registration_closes_at": opens[1]}
    return fields
