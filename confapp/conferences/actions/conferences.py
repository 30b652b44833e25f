from typing import Any

from confapp.conferences import queries, rules
from confapp.conferences.actions.archive import purge, refuse_waiting_mail
from confapp.conferences.models import Conference
from confapp.conferences.rules import Status
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused


def create(actor: Actor, slug: str, **fields: Any) -> Conference:
    """A new conference, as a draft. `fields` are those of the model: name, starts_on, ends_on, zone and so on."""
    if fault := rules.slug_fault(slug):
        raise Refused(fault, 422, "slug")
    if queries.by_slug(slug) is not None:
        raise Refused(_("Another conference has this address."), 422, "slug")
    conference = Conference(
        slug=slug, status=Status.DRAFT, created_by=actor.account_id, created_at=clock.now(), **fields
    )
    _check(conference)
    db.session.add(conference)
    db.session.flush()
    audit.record(actor, "create", conference, slug=slug)
    return conference


def change(actor: Actor, conference: Conference, *, revision: int | None = None, **fields: Any) -> None:
    """Sets fields of the model. With the revision that the reader saw, a change made meanwhile is not overwritten."""
    if revision is not None and revision != conference.revision:
        raise Refused(_("Somebody has changed the conference since you opened this page. Open it again."))
    with db.session.no_autoflush:
        for name, value in fields.items():
            value = _written(value)
            if getattr(conference, name) != value:
                setattr(conference, name, value)
        _check(conference)
        changed = audit.changes(conference)
    if changed:
        audit.record(actor, "change", conference, changes=changed)


def change_status(actor: Actor, conference: Conference, move: Move, *, typed_name: str = "") -> None:
    """One step of its life. Archiving asks for the conference's address to be typed and removes personal data."""
    if move.verb == "archive" and typed_name.strip() != conference.slug and move.is_open_to(conference, actor):
        raise Refused(_("Type %(name)s to confirm.", name=conference.slug), 422, "typed_name")
    if move.verb == "archive":
        refuse_waiting_mail(conference)
    was = move.apply(conference, by=actor)
    if move.verb == "announce":
        conference.announced_at = conference.announced_at or clock.now()
    facts: dict[str, Any] = {"was": was, "became": conference.status}
    if move.verb == "archive":
        conference.archived_at = clock.now()
        with in_conference(conference.id):
            facts |= purge(actor, conference)
    audit.record(actor, move.verb, conference, **facts)


def _written(value: Any) -> Any:
    """A translated text without the languages in which nothing is written."""
    return {code: text for code, text in value.items() if text} if isinstance(value, dict) else value


def _check(conference: Conference) -> None:
    opens, closes = conference.registration_opens_at, conference.registration_closes_at
    if conference.ends_on < conference.starts_on:
        raise Refused(_("The last day is before the first."), 422, "ends_on")
    if len(conference.days) > rules.LONGEST:
        raise Refused(_("A conference lasts at most %(days)d days.", days=rules.LONGEST), 422, "ends_on")
    if opens and closes and closes <= opens:
        raise Refused(_("Registration closes before it opens."), 422, "registration_closes_at")
    if not clock.is_zone(conference.zone):
        raise Refused(_("Choose a time zone from the list."), 422, "zone")
    if conference.accent and (fault := rules.accent_fault(conference.accent)):
        raise Refused(fault, 422, "accent")
