"""Substitution as one action: a new registration takes the place of another, with what was chosen of its belongings.

Other features say what they keep for a registration: they add a `Holding` to `holdings`. The page lists every line of
every holding before anything happens, and what is not ticked stays with the one who leaves.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from confapp.foundation import audit, clock, places
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.registration import mails, queries
from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.places import seat
from confapp.registration.actions.registrations import make_registration, note_consents, note_registered
from confapp.registration.actions.telling import tell
from confapp.registration.models import Registration
from confapp.registration.rules import ACCREDITATION, CAPACITY_NAMES, Capacity, Entry
from confapp.registration.rules.substitution import substitution_fault

OWN_PLACES = frozenset({"delegation", "category", "private_link"})


@dataclass(frozen=True)
class Held:
    """One thing that somebody has: a key that the form sends back, and what it is in words."""

    key: str
    words: str


@dataclass(frozen=True)
class Holding:
    """A kind of things that a registration has: how they are listed, and how chosen ones change hands."""

    name: str
    label: str
    held: Callable[[Registration], Iterable[Held]]
    move: Callable[[Collection[str], Registration, Registration, Actor], None]
    is_of_places: bool = False  # done before anything is recorded, and records nothing itself


@dataclass(frozen=True)
class Offered:
    """A line of the page that is shown before confirming."""

    key: str
    label: str
    words: str


holdings: list[Holding] = []


def offered(old: Registration) -> list[Offered]:
    """Everything that can be taken over, line by line; the place itself always is."""
    return [
        Offered(f"{holding.name}:{one.key}", _(holding.label), one.words)
        for holding in holdings
        for one in holding.held(old)
    ]


def substitute(
    old: Registration, entry: Entry, *, by: Actor, taken_over: Collection[str], reason: str = ""
) -> Registration:
    """Registers the new person in the old one's place, which is free for nobody in between; the old record is kept."""
    db.session.refresh(old, with_for_update=True)
    if fault := substitution_fault(old, queries.conference_of(old), by, clock.now(), reason):
        raise fault
    chosen = {one.key for one in offered(old)} & set(taken_over)
    new = make_registration(
        by,
        queries.conference_of(old),
        old.category,
        entry,
        delegation=old.delegation,
        organization=old.organization,
        capacity=Capacity.DELEGATE,
        accompanies=old.accompanies,
    )
    new.replaces, new.assignee, new.private_link_id = old, old.assignee, old.private_link_id
    new.confirmed_at = old.confirmed_at if old.delegation_id is None else None
    _move(chosen, old, new, by, of_places=True)
    _take_places(old, new)
    note_registered(new, by=by)
    _move(chosen, old, new, by, of_places=False)
    _leave(old, by, reason)
    note_consents(new.person, entry.consents, by=by, via="substitution")
    audit.record(by, "take_over", new, number=old.number, taken_over=sorted(chosen))
    tell(new, mails.registered)
    return new


def _move(chosen: Collection[str], old: Registration, new: Registration, by: Actor, *, of_places: bool) -> None:
    for holding in holdings:
        if holding.is_of_places == of_places:
            keys = {key.removeprefix(f"{holding.name}:") for key in chosen if key.startswith(f"{holding.name}:")}
            holding.move(keys, old, new, by)


def _take_places(old: Registration, new: Registration) -> None:
    """The places change hands, or the position in the queue; where the old one had none, the new one asks as all do."""
    places.hand_over(old, new)
    if new.is_confirmed:
        seat(new, waits=True)


def _leave(old: Registration, by: Actor, reason: str) -> None:
    move = ACCREDITATION.named("replace")
    assert move is not None
    change_status(old, move, by=by, reason=reason)


# --- what this feature keeps for a registration -----------------------------------------------------------------------


def _capacity(old: Registration) -> Sequence[Held]:
    return [Held("capacity", _(CAPACITY_NAMES[old.capacity]))] if old.delegation_id is not None else []


def _give_capacity(keys: Collection[str], old: Registration, new: Registration, by: Actor) -> None:
    if "capacity" in keys:
        new.capacity = old.capacity


def _sign_ups(old: Registration) -> list[Held]:
    """Places beside those that a registration needs: sessions and zones."""
    kinds = {place.quota.owner_kind for place in queries.places_of(old)} - OWN_PLACES
    return [Held(kind, _(SIGN_UP_NAMES.get(kind, "Other places"))) for kind in sorted(kinds)]


def _give_sign_ups(keys: Collection[str], old: Registration, new: Registration, by: Actor) -> None:
    left = {one.key for one in _sign_ups(old)} - set(keys)
    if left:
        places.give_back(old, left)


def _companions(old: Registration) -> list[Held]:
    return [Held(one.ref, one.person.full_name) for one in queries.companions(old)]


def _give_companions(keys: Collection[str], old: Registration, new: Registration, by: Actor) -> None:
    for one in queries.companions(old):
        if one.ref in keys:
            one.accompanies = new
            audit.record(by, "accompany", one, number=new.number)


SIGN_UP_NAMES: dict[str, str] = {"session": N_("Places in sessions"), "zone": N_("Places in zones")}
holdings += [
    Holding("capacity", N_("Capacity in the delegation"), _capacity, _give_capacity),
    Holding("places", N_("Places"), _sign_ups, _give_sign_ups, is_of_places=True),
    Holding("companions", N_("Accompanying person"), _companions, _give_companions),
]
