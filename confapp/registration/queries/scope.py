"""Which registrations and delegations somebody may see: everything else goes through these."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, contains_eager

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.people.rules import SEE_PEOPLE
from confapp.registration.models import Delegation, Registration


def visible_to(actor: Actor, conference: Conference) -> Select[Any]:
    """The registrations of a conference that somebody may see, with their person, category and delegation."""
    return visible(actor, conference, Registration).options(
        contains_eager(Registration.person),
        contains_eager(Registration.delegation),
        contains_eager(Registration.category),
    )


def visible(actor: Actor, conference: Conference, *what: Any) -> Select[Any]:
    """The scope of every query on registrations: all, those of own delegations, or the own one."""
    wanted = (
        select(*what)
        .select_from(Registration)
        .join(Registration.person)
        .outerjoin(Registration.delegation)
        .join(Registration.category)
    )
    return wanted.where(within(actor, conference))


def within(actor: Actor, conference: Conference) -> Any:
    """The same as a condition on the registration alone, for what is counted or ordered without its joins."""
    here = Registration.conference_id == conference.id
    if SEE_PEOPLE.allows(actor, conference):
        return here
    persons = actor.persons(conference.id)
    own = Registration.person_id.in_(persons) | Registration.delegation_id.in_(actor.delegations(conference.id))
    return here & (own | _accompanies(persons) if persons else own)


def _accompanies(persons: Collection[int]) -> Any:
    """Those who accompany somebody of these persons."""
    accompanied = aliased(Registration)
    return Registration.accompanies_id.in_(select(accompanied.id).where(accompanied.person_id.in_(persons)))


def delegations_visible_to(actor: Actor, conference: Conference) -> Select[Any]:
    own = own_delegations(actor, conference)
    return select(Delegation) if own is None else select(Delegation).where(Delegation.id.in_(own))


def own_delegations(actor: Actor, conference: Conference) -> list[int] | None:
    """The delegations that somebody sees; None when it is all of them."""
    return None if SEE_PEOPLE.allows(actor, conference) else list(actor.delegations(conference.id))
