"""Zones of the venue: which categories they are for, how many people, and who has one by hand."""

from confapp.conferences.models import Conference, Zone
from confapp.foundation import audit, clock, jobs, places, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import PlaceState
from confapp.registration.actions.accreditation import note_move
from confapp.registration.actions.places import zone_quota
from confapp.registration.models import Registration
from confapp.registration.queries import places as queries
from confapp.registration.rules import Status
from confapp.registration.rules.places import MANAGE_PLACES

AT_A_TIME = 100


def add_zone(
    actor: Actor,
    conference: Conference,
    code: str,
    *,
    name: dict[str, str],
    colour: str,
    categories: list[str],
    capacity: int | None,
) -> Zone:
    code = text.slug(code or next(iter(name.values()), ""), 20)
    if not code:
        raise Refused(_("Give a short name of letters and digits."), 422, "code")
    if queries.zone_by_code(code) is not None:
        raise Refused(_("There is a zone of this short name already."), 422, "code")
    zone = Zone(
        conference_id=conference.id,
        code=code,
        name=name,
        colour=colour,
        categories=categories,
        position=len(queries.zones(with_closed=True)) + 1,
    )
    db.session.add(zone)
    db.session.flush()
    places.quota_for(zone, capacity)
    audit.record(actor, "add_zone", zone, code=code, name=name, categories=categories, capacity=capacity)
    _give_to_all(zone)
    return zone


def change_zone(
    actor: Actor, zone: Zone, *, name: dict[str, str], colour: str, categories: list[str], capacity: int | None
) -> None:
    """A category that is added gets the zone at once; who has it keeps it when a category is taken away."""
    quota = zone_quota(zone)
    was = quota.capacity
    if was != capacity:
        places.set_capacity(quota, capacity)
    zone.name, zone.colour = name, colour
    if list(zone.categories) != categories:
        zone.categories = categories
        _give_to_all(zone)
    changed = audit.changes(zone)
    if was != capacity:
        changed["capacity"] = [was, capacity]
    if changed:
        audit.record(actor, "change_zone", zone, **changed)


def close_zone(actor: Actor, zone: Zone) -> None:
    """Nobody gets it any more; who has it keeps it. Twice is as good as once."""
    if zone.closed_at is None:
        zone.closed_at = clock.now()
        audit.record(actor, "close_zone", zone)


def reopen_zone(actor: Actor, zone: Zone) -> None:
    if zone.closed_at is not None:
        zone.closed_at = None
        audit.record(actor, "reopen_zone", zone)
        _give_to_all(zone)


def grant_zone(registration: Registration, zone: Zone, *, by: Actor, reason: str) -> bool:
    """Gives one registration a zone beyond its category's, or the next position in its queue; True when it is held."""
    _refuse(registration, by, reason)
    if registration.status != Status.ACCREDITED:
        raise Refused(_("Zones are given to accredited participants only."))
    if zone.closed_at is not None:
        raise Refused(_("This zone is closed."))
    state = places.wait([zone_quota(zone)], registration)[0].state
    note_move(registration, "grant_zone", registration.status, by=by, reason=reason)
    audit.record(by, "grant_zone", registration, zone=zone.code, state=state)
    return state == PlaceState.HELD


def withdraw_zone(registration: Registration, zone: Zone, *, by: Actor, reason: str) -> None:
    _refuse(registration, by, reason)
    quota = zone_quota(zone)
    places.move(registration, [quota], [])
    note_move(registration, "withdraw_zone", registration.status, by=by, reason=reason)
    audit.record(by, "withdraw_zone", registration, zone=zone.code)


def give_to_next(zone: Zone) -> bool:
    """A hundred of those accredited who should have a zone and do not; False when there are no more."""
    quota = zone_quota(zone)
    rows = queries.without_zone(zone, quota, AT_A_TIME) if zone.closed_at is None else []
    for registration in rows:
        places.wait([quota], registration)
    return bool(rows)


def _give_to_all(zone: Zone) -> None:
    jobs.enqueue("registration.give_zone", {"zone": zone.ref}, conference_id=zone.conference_id)


def _refuse(registration: Registration, by: Actor, reason: str) -> None:
    if not MANAGE_PLACES.allows(by, registration):
        raise Forbidden
    if not reason.strip():
        raise Refused(_("Please give a reason."), 422, "reason")
