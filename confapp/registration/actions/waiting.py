"""The waiting list of registrations: telling where one stands, answering an offer, and what the office does by hand."""

from collections.abc import Sequence
from functools import partial

from confapp.foundation import audit, clock, places
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.registration.actions.accreditation import change_status, note_move
from confapp.registration.actions.places import seat
from confapp.registration.actions.telling import tell
from confapp.registration.mails import waiting as mails
from confapp.registration.models import Category, Registration
from confapp.registration.queries import places as queries
from confapp.registration.queries.places import quotas_over
from confapp.registration.rules import ACCREDITATION, ANSWER_FOR, LIVING, Status, Track
from confapp.registration.rules.places import MANAGE_PLACES, OVER, ZONE


def tell_waiting(registration: Registration, event: str) -> None:
    """Where it stands in the queues of what is full, and what happens next."""
    queues = queries.turn(registration).queues
    named = [(queries.name_of_full(one.place.quota, registration), one.position) for one in queues]
    tell(registration, partial(mails.queued, event=event, queues=named))


def admit_when_due(registration: Registration) -> bool:
    """A category without accreditation admits whoever is confirmed and holds a place."""
    if registration.category.track != Track.ADMISSION or registration.status != Status.SUBMITTED:
        return False
    if not registration.is_confirmed or not queries.turn(registration).is_settled:
        return False
    admit = ACCREDITATION.named("accredit")
    assert admit is not None
    change_status(registration, admit, by=SYSTEM)
    return True


def tell_given(key: str) -> None:
    """After a promotion, in a transaction of its own: the mail, and the admission where no office decides."""
    registration, rows = queries.bundle(key)
    living = [row for row in rows if row.state in places.COUNTED]
    if registration is None or registration.status not in LIVING or not living:
        return
    event = f"place:{key}:{living[0].state}"
    if living[0].quota.owner_kind == ZONE:
        name = queries.owner_name(living[0].quota)
        tell(registration, partial(mails.zone_given, event=event, zone=name))
    elif living[0].state == PlaceState.OFFERED and living[0].offered_until:
        tell(registration, partial(mails.offered, event=event, until=living[0].offered_until))
    elif not admit_when_due(registration):
        tell(registration, partial(mails.became, event=event, words=mails.GIVEN))


def tell_lapsed(key: str) -> None:
    registration, rows = queries.bundle(key)
    if registration is not None and registration.status in LIVING and rows:
        tell(registration, partial(mails.became, event=f"place:{key}:lapsed", words=mails.LAPSED))


# --- the person, or who answers for it --------------------------------------------------------------------------------


def accept_offer(registration: Registration, *, by: Actor) -> None:
    """Accepting twice is as good as once."""
    _refuse_stranger(registration, by)
    if places.accept(registration, OVER):
        note_move(registration, "accept_offer", registration.status, by=by)
        audit.record(by, "accept_offer", registration)
        admit_when_due(registration)
    elif not queries.turn(registration).held:
        raise Refused(_("This offer has ended: the place went to the next in the list."))


def decline_offer(registration: Registration, *, by: Actor) -> bool:
    """The place goes to the next; the registration stays, without one, until it asks again or is withdrawn.

    False, and nothing is done, when no place is offered any more.
    """
    _refuse_stranger(registration, by)
    if not places.decline(registration, OVER):
        return False
    note_move(registration, "decline_offer", registration.status, by=by)
    audit.record(by, "decline_offer", registration)
    return True


def ask_for_place(registration: Registration, *, by: Actor) -> bool:
    """Takes what is free, or stands at the end of the queue; True when places are held now."""
    _refuse_stranger(registration, by)
    if registration.status not in LIVING or not registration.is_confirmed:
        raise Refused(_("This registration cannot have a place now."))
    if not queries.turn(registration).has_none:
        return queries.turn(registration).held
    held = seat(registration, waits=True)
    note_move(registration, "ask_for_place", registration.status, by=by)
    audit.record(by, "ask_for_place", registration, held=held)
    if held:
        admit_when_due(registration)
    else:
        tell_waiting(registration, f"waits:{clock.now().isoformat()}")
    return held


def _refuse_stranger(registration: Registration, by: Actor) -> None:
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden


# --- the office -------------------------------------------------------------------------------------------------------


def set_waiting(actor: Actor, category: Category, *, takes_waiting: bool, offer_hours: int) -> None:
    """Whether a full category has a waiting list, and for how long a freed place is offered; offers stay as made."""
    category.takes_waiting, category.offer_hours = takes_waiting, offer_hours
    if changed := audit.changes(category):
        audit.record(actor, "set_waiting", category, **changed)


def set_capacity(actor: Actor, quota: Quota, capacity: int | None) -> None:
    """More places go at once to those who wait; fewer than are taken are refused."""
    was = quota.capacity
    if was != capacity:
        places.set_capacity(quota, capacity)
        audit.record(actor, "set_capacity", quota, owner=quota.owner_kind, capacity=[was, capacity])


def give_place(registration: Registration, *, by: Actor, reason: str) -> Sequence[Quota]:
    """A place above the queue; what is full grows by one. Returns what grew."""
    _refuse_office(registration, by, reason)
    if registration.status not in LIVING:
        raise Refused(_("This registration cannot have a place now."))
    grown = places.give(quotas_over(registration), registration)
    note_move(registration, "give_place", registration.status, by=by, reason=reason)
    audit.record(by, "give_place", registration, grown=[quota.owner_kind for quota in grown])
    if not admit_when_due(registration):
        tell(registration, partial(mails.became, event=f"given:{clock.now().isoformat()}", words=mails.GIVEN))
    return grown


def give_waiting_place(place: Place, registration: Registration, *, by: Actor, reason: str) -> None:
    """The same for one who waits; for a zone, that zone alone."""
    if place.quota.owner_kind in OVER:
        give_place(registration, by=by, reason=reason)
        return
    _refuse_office(registration, by, reason)
    quota = place.quota
    grown = places.give([quota], registration)
    note_move(registration, "give_place", registration.status, by=by, reason=reason)
    audit.record(by, "give_place", registration, of=quota.owner_kind, grown=[one.owner_kind for one in grown])


def change_position(place: Place, registration: Registration, position: int, *, by: Actor, reason: str) -> int:
    _refuse_office(registration, by, reason)
    now = places.reposition(place, position)
    if not now:
        raise Refused(_("This person does not wait here any more."))
    note_move(registration, "change_position", registration.status, by=by, reason=reason)
    audit.record(by, "change_position", registration, of=place.quota.owner_kind, position=now)
    return now


def take_off_queue(place: Place, registration: Registration, *, by: Actor, reason: str) -> None:
    """The registration stays, without a place; it can ask again."""
    _refuse_office(registration, by, reason)
    places.take_off(place)
    note_move(registration, "take_off_queue", registration.status, by=by, reason=reason)
    audit.record(by, "take_off_queue", registration, of=place.quota.owner_kind)
    if place.quota.owner_kind in OVER:
        tell(registration, partial(mails.became, event=f"taken-off:{place.ref}", words=mails.TAKEN_OFF))


def _refuse_office(registration: Registration, by: Actor, reason: str) -> None:
    if not MANAGE_PLACES.allows(by, registration):
        raise Forbidden
    if not reason.strip():
        raise Refused(_("Please give a reason."), 422, "reason")
