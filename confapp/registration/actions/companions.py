"""Persons who accompany a member: registered from the member's page, with a registration and badge of their own."""

from collections.abc import Iterable
from dataclasses import replace

from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration import mails, queries, rules
from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.consents import note_consents
from confapp.registration.actions.places import seat
from confapp.registration.actions.registrations import make_registration, note_registered
from confapp.registration.actions.telling import readers, tell
from confapp.registration.actions.waiting import tell_waiting
from confapp.registration.models import Category, Registration
from confapp.registration.rules import ACCREDITATION, ANSWER_FOR, LIVING, Entry


def register_companion(
    actor: Actor, member: Registration, entry: Entry, category: Category, *, waits: bool = False
) -> Registration:
    """Registers who accompanies a member; takes a place of the category, or waits for it, none of the delegation."""
    if not ANSWER_FOR.allows(actor, member):
        raise Forbidden
    if fault := rules.deadline_fault(queries.conference_of(member), actor, clock.now()):
        raise Refused(fault)
    if member.status not in LIVING:
        raise Refused(_("This registration has ended: nobody can accompany it."))
    if member.accompanies_id is not None:
        raise Refused(_("Who accompanies a member cannot be accompanied."))
    if not category.is_accompanying:
        raise Refused(_("This category is not for persons who accompany a member."), 422, "category")
    made = make_registration(
        actor,
        queries.conference_of(member),
        category,
        replace(entry, organization=member.organization),
        delegation=member.delegation,
        organization=member.organization,
        accompanies=member,
    )
    made.confirmed_at = member.confirmed_at if member.delegation_id is None else None
    is_seated = seat(made, waits=waits)
    note_consents(made.person, entry.consents, by=actor, via="who is accompanied")
    to = readers(made, queries.conference_of(made)) if is_seated else []
    note_registered(made, by=actor)
    if is_seated:
        tell(made, mails.registered, to)
    else:
        tell_waiting(made, "registered")
    return made


def withdraw_with(member: Registration, companions: Iterable[Registration], *, by: Actor, reason: str = "") -> None:
    """Withdraws a member and those of the persons who accompany it that were chosen."""
    move = ACCREDITATION.named("withdraw")
    assert move is not None
    change_status(member, move, by=by, reason=reason)
    withdraw_companions(companions, by=by)


def withdraw_companions(companions: Iterable[Registration], *, by: Actor) -> int:
    """Those who have not gone already; returns how many were withdrawn."""
    move = ACCREDITATION.named("withdraw")
    assert move is not None
    living = [one for one in companions if one.status in LIVING]
    for one in living:
        change_status(one, move, by=by)
    return len(living)
