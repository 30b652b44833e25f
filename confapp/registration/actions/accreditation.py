"""The one way in which a registration changes its status."""

from functools import partial

from confapp.foundation import audit, clock, places
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.places import Quota
from confapp.registration import mails, queries
from confapp.registration.actions.telling import tell
from confapp.registration.models import Delegation, Registration, RegistrationMove
from confapp.registration.rules import DECISIONS, LIVING, Capacity, Status, correction_fault


def change_status(registration: Registration, move: Move, *, by: Actor, reason: str = "") -> None:
    """Makes a move of the lifecycle, settles the places, and tells the ledger, the audit record and the reader."""
    if move.verb == "submit":
        _refuse_late(registration, by)
    was = move.apply(registration, by=by, reason=reason)
    if was not in LIVING and registration.status in LIVING and registration.delegation is not None:
        refuse_second_head(registration.delegation, registration.capacity, registration)
    if move.verb in (*DECISIONS, "reopen", "restore"):
        registration.decided_at = clock.now() if move.verb in DECISIONS else None
    _settle_places(registration)
    line = note_move(registration, move.verb, was, by=by, reason=reason)
    audit.record(by, move.verb, registration, was=was, became=registration.status)
    tell(registration, partial(mails.status_changed, event=f"move:{line.ref}", reason=reason))


def note_move(registration: Registration, verb: str, was: str, *, by: Actor, reason: str = "") -> RegistrationMove:
    """A line of the ledger. The reason stands here, not in the audit record: it may be personal and can be erased."""
    line = RegistrationMove(
        conference_id=registration.conference_id,
        verb=verb,
        was=was,
        became=registration.status,
        reason=reason,
        account_id=by.account_id,
        acting_name=by.name or by.email,
    )
    line.registration = registration
    db.session.add(line)
    return line


def quotas_over(registration: Registration) -> list[Quota]:
    """The quotas under which a registration needs a place: its delegation's and its category's, where there are any."""
    owners = [registration.delegation, registration.category]
    return [quota for owner in owners if owner is not None and (quota := places.find_quota(owner))]


def _settle_places(registration: Registration) -> None:
    """Who left or was refused gives the places back; who comes back, or is accredited, must have them."""
    if registration.status not in LIVING:
        places.give_back(registration)
    elif registration.is_confirmed or registration.status == Status.ACCREDITED:
        places.take(quotas_over(registration), registration)


def refuse_second_head(delegation: Delegation, capacity: Capacity, besides: Registration | None = None) -> None:
    """A delegation has one head among those who are registered; the lock holds it in a race as well."""
    if capacity != Capacity.HEAD:
        return
    queries.hold(delegation)
    if queries.has_head(delegation, besides):
        raise Refused(_("This delegation has a head already. Change that person's capacity first."), 422, "capacity")


def _refuse_late(registration: Registration, by: Actor) -> None:
    fault = correction_fault(registration, queries.conference_of(registration), by, clock.now())
    if fault:
        raise Refused(fault)
