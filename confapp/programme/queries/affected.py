"""Who is told of a release: those with a part in a session that changes, who signed up for it, or whose delegation has
an item in it. A fixed number of queries, however much changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import select, union

from confapp.foundation.db import db
from confapp.foundation.places import LIVING, Place, Quota
from confapp.people.models import Person
from confapp.programme.models import Item, SessionRole
from confapp.programme.queries import editions, release
from confapp.programme.queries.clashes import TAKES_PART
from confapp.programme.queries.sign_ups import HOLDER
from confapp.programme.rules.changes import Change, Difference, differences
from confapp.programme.rules.sign_ups import SESSION
from confapp.registration import queries as registrations
from confapp.registration.models import Registration

TOLD = frozenset(set(Change) - {Change.REWORDED})  # nobody is written to for a new word in a description


class Group(StrEnum):
    PART = "part"
    SIGNED_UP = "signed_up"
    DELEGATION = "delegation"


@dataclass
class Affected:
    """Somebody who gets one mail, and the sessions that it names."""

    email: str
    name: str
    language: str
    group: Group
    sessions: set[int] = field(default_factory=set)


def worth_telling(found: Iterable[Difference]) -> list[Difference]:
    return [one for one in found if TOLD.intersection(one.changes)]


def of_release(number: int) -> list[Difference]:
    """What a release changed for its readers, against the one before it."""
    return differences(editions(release(number - 1)) if number > 1 else [], editions(release(number)))


def affected(found: Collection[Difference]) -> list[Affected]:
    """By address, in the order of names; whoever is concerned twice gets one mail."""
    told = worth_telling(found)
    ids = {one.edition.session_id for one in told}
    known = {one.edition.session_id for one in told if one.before is not None}
    readers: dict[str, Affected] = {}
    for session_id, person in _people(ids):
        _note(readers, person.email, person.full_name, person.language, Group.PART, session_id)
    for session_id, person in _signed_up(known):
        _note(readers, person.email, person.full_name, person.language, Group.SIGNED_UP, session_id)
    for session_id, account in _focal_points(ids):
        _note(readers, account.email, account.name, account.language, Group.DELEGATION, session_id)
    return sorted(readers.values(), key=lambda one: (one.group, one.name.casefold(), one.email))


def _note(readers: dict[str, Affected], email: str, name: str, language: str, group: Group, session_id: int) -> None:
    if email:
        one = readers.setdefault(email.casefold(), Affected(email, name, language, group))
        one.sessions.add(session_id)


def _people(ids: Collection[int]) -> Iterable[Any]:
    parts = union(
        select(SessionRole.session_id, SessionRole.person_id).where(
            SessionRole.session_id.in_(ids), SessionRole.status.in_(TAKES_PART)
        ),
        select(Item.session_id, Item.person_id).where(Item.session_id.in_(ids)),
    ).subquery()
    return db.session.execute(
        select(parts.c.session_id, Person)
        .join(Person, Person.id == parts.c.person_id)
        .where(Person.email != "", Person.erased_at.is_(None))
        .order_by(Person.id, parts.c.session_id)
    )


def _signed_up(ids: Collection[int]) -> Iterable[Any]:
    return db.session.execute(
        select(Quota.owner_id, Person)
        .join(Place, Place.quota_id == Quota.id)
        .join(Registration, (Place.holder_kind == HOLDER) & (Place.holder_id == Registration.id))
        .join(Person, Person.id == Registration.person_id)
        .where(Quota.owner_kind == SESSION, Quota.owner_id.in_(ids), Place.state.in_(LIVING), Person.email != "")
        .order_by(Person.id, Quota.owner_id)
    )


def _focal_points(ids: Collection[int]) -> list[tuple[int, Any]]:
    holders = union(
        select(SessionRole.session_id, SessionRole.delegation_id).where(
            SessionRole.session_id.in_(ids),
            SessionRole.delegation_id.is_not(None),
            SessionRole.status.in_(TAKES_PART),
        ),
        select(Item.session_id, Item.delegation_id).where(Item.session_id.in_(ids), Item.delegation_id.is_not(None)),
    )
    sessions: dict[int, list[int]] = {}
    for session_id, delegation_id in db.session.execute(holders):
        sessions.setdefault(delegation_id or 0, []).append(session_id)
    mandates = registrations.focal_point_mandates(list(sessions)) if sessions else []
    return [(one, mandate.account) for mandate in mandates for one in sessions.get(mandate.delegation_id or 0, [])]
