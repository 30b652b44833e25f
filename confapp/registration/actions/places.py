"""The places that a registration needs: taken, waited for, or given back as it moves. Zones follow accreditation.

They are given with it and held until the registration ends; whether they open is asked of `rules.places.is_open_now`.
"""

from collections.abc import Sequence

from confapp.conferences.models import Zone
from confapp.foundation import places
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Full, PlaceState, Quota
from confapp.registration.models import Category, Registration
from confapp.registration.queries import places as queries
from confapp.registration.queries.places import quotas_over
from confapp.registration.rules import LIVING, Status
from confapp.registration.rules.places import ZONE


def seat(registration: Registration, *, waits: bool = False) -> bool:
    """Takes its places, or stands in the queue where that is wanted and the category has one; True when they are held.

    Call it before anything is written to the audit record: quotas are locked first everywhere.
    """
    quotas = quotas_over(registration)
    if waits and registration.category.takes_waiting:
        return all(place.state == PlaceState.HELD for place in places.wait(quotas, registration))
    try:
        places.take(quotas, registration)
    except Full:
        raise Refused(full_sentence(registration)) from None
    return True


def settle(registration: Registration, *, came_back: bool = False) -> None:
    """After a move: who left gives all back, who comes back needs the places, who is accredited has them.

    A registration that waits, or lost its offer, can still be reviewed and returned; only its accreditation needs them.
    """
    if registration.status not in LIVING:
        places.give_back(registration)
        return
    if not needs_places(registration):
        return
    has = {one.place.quota_id: one.place.state for one in places.of_holder(registration)}
    missing = [quota for quota in quotas_over(registration) if has.get(quota.id) != PlaceState.HELD]
    if missing and registration.status == Status.ACCREDITED:
        _take_for_accreditation(registration)
    elif missing and came_back:
        seat(registration, waits=registration.delegation is None)
    if registration.status == Status.ACCREDITED:
        give_zones(registration)


def follow_category(registration: Registration, was: Category) -> None:
    """Its places, and its zones, follow a registration into another category, or nothing changes.

    Who waited stands at the end of the new queue when there is one; who holds a place does not lose it for a full one.
    """
    if needs_places(registration):
        left = places.find_quotas(was)
        try:
            places.move(registration, left, quotas_over(registration), waits=registration.category.takes_waiting)
        except Full:
            raise Refused(full_sentence(registration), 409, "category") from None
    if registration.status == Status.ACCREDITED:
        places.give_back(registration, [ZONE])
        give_zones(registration)


def hold_places(registrations: Sequence[Registration]) -> None:
    """Before several are decided on, one after another, each with its lines in the record."""
    owners: list[object] = [
        owner
        for row in registrations
        for owner in (row.delegation, row.category, row.private_link)
        if owner is not None
    ]
    codes = {row.category.code for row in registrations}
    owners += [zone for zone in queries.zones() if codes & {*zone.categories}]
    places.hold(places.find_quotas(*dict.fromkeys(owners)), registrations)


def refuse_when_full(registration: Registration) -> None:
    """Before an address is confirmed nothing is held; but where nobody can wait, who comes too late is told at once."""
    if registration.category.takes_waiting:
        return
    if any(quota.is_full for quota in places.find_quotas(registration.category)):
        raise Refused(full_sentence(registration), 409, "category")


def needs_places(registration: Registration) -> bool:
    """Those of the public are counted once their address is confirmed."""
    return registration.is_confirmed or registration.status == Status.ACCREDITED


def full_sentence(registration: Registration) -> str:
    """What is full, in words for who asked."""
    delegation = registration.delegation
    quota = places.find_quota(delegation) if delegation is not None else None
    if quota is not None and quota.left == 0:
        return _(
            "All %(number)s places of this delegation are taken. Withdraw somebody, or ask the office for more.",
            number=quota.capacity,
        )
    if registration.private_link is not None and queries.left_of(registration.private_link) == 0:
        return _("All places of this link are taken.")
    return _("No place is left in the category “%(category)s”.", category=best(registration.category.name))


def _take_for_accreditation(registration: Registration) -> None:
    """Nobody is accredited past the queue by mistake: that is done on the page of the waiting list, with a reason."""
    waits = queries.turn(registration).queues
    try:
        places.take(quotas_over(registration), registration)
    except Full:
        if waits:
            raise Refused(
                _(
                    "This registration is number %(number)s on the waiting list. Give it a place there first.",
                    number=waits[0].position,
                )
            ) from None
        raise Refused(full_sentence(registration)) from None


# --- zones ------------------------------------------------------------------------------------------------------------


def give_zones(registration: Registration) -> None:
    """The zones of its category when it has none, each for itself: a full one is waited for.

    So a zone that was taken away by hand does not come back with the next decision while others are held.
    """
    if queries.has_zones(registration):
        return
    zones = queries.zones_of_category(registration.category)
    quotas = [zone_quota(zone) for zone in zones]
    try:
        places.take(quotas, registration)
    except Full:
        for quota in sorted(quotas, key=lambda one: one.id):
            places.wait([quota], registration)


def zone_quota(zone: Zone) -> Quota:
    """Every zone has a quota, with a limit or without: its places are the rights of access."""
    return places.quota_for(zone)
