"""Registrations: one, the list with its filter, and facts about one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation import text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.places import Place, PlaceState
from confapp.foundation.sealing import Reading
from confapp.people import queries as people
from confapp.people.models import Account, Person
from confapp.registration.models import Credential, Registration
from confapp.registration.queries.lists import by_ids, ids_of
from confapp.registration.queries.scope import visible, visible_to
from confapp.registration.rules import OPEN_TO_DECIDE


def registration(actor: Actor, conference: Conference, ref: str) -> Registration | None:
    papers = selectinload(Registration.credentials).joinedload(Credential.file)
    found: Registration | None = db.session.scalar(
        visible_to(actor, conference).where(Registration.ref == ref).options(selectinload(Registration.moves), papers)
    )
    return found


def registrations(actor: Actor, conference: Conference, refs: Sequence[str]) -> Sequence[Registration]:
    """Those of the given references that somebody may see, by name."""
    return by_ids(actor, conference, ids_of(actor, conference, refs))


def next_to_decide(actor: Actor, conference: Conference, after: Registration) -> tuple[str, str]:
    """References of the undecided registrations before and after one, the oldest first; empty at the ends."""
    waiting = visible(actor, conference, Registration.ref).where(Registration.status.in_(OPEN_TO_DECIDE))
    moment, number = Registration.submitted_at, Registration.id
    here = after.submitted_at
    if here is None:  # a draft stands in no row of those to be decided
        return "", ""
    is_before = (moment < here) | ((moment == here) & (number < after.id))
    is_after = (moment > here) | ((moment == here) & (number > after.id))
    before = db.session.scalar(waiting.where(is_before).order_by(moment.desc(), number.desc()).limit(1))
    then = db.session.scalar(waiting.where(is_after).order_by(moment, number).limit(1))
    return before or "", then or ""


def public_reference(ref: str) -> Registration | None:
    """A registration by its random reference, for the page that confirms it to whoever sent the form."""
    return db.session.scalar(
        select(Registration).where(Registration.ref == ref).options(joinedload(Registration.category))
    )


def readings(person: Person) -> Sequence[Reading]:
    """Who opened somebody's sealed data, newest first; also those of rows that became one with this one."""
    return db.session.scalars(
        select(Reading)
        .where(
            Reading.subject_kind == "person",
            or_(Reading.subject_id == person.id, Reading.subject_id.in_(people.doubles_of(person))),
        )
        .order_by(Reading.id.desc())
    ).all()


def registrations_of(person_id: int) -> Sequence[Registration]:
    return db.session.scalars(select(Registration).where(Registration.person_id == person_id)).all()


def holds_place(of: Registration) -> bool:
    """Whether a place is held under some quota."""
    held = select(Place.id).where(
        Place.holder_kind == "registration", Place.holder_id == of.id, Place.state == PlaceState.HELD
    )
    return db.session.scalar(held.limit(1)) is not None


def conference(conference_id: int) -> Conference:
    return db.session.get_one(Conference, conference_id)


def conference_of(row: Any) -> Conference:
    return db.session.get_one(Conference, row.conference_id)


def known_addresses(account_ids: Iterable[int]) -> dict[int, str]:
    """Names or addresses of accounts, for lists of who did something."""
    wanted = select(Account.id, Account.name, Account.email).where(Account.id.in_({n for n in account_ids if n}))
    return {row.id: row.name or row.email for row in db.session.execute(wanted)}


def of_organization(actor: Actor, conference: Conference, name: str) -> list[Registration]:
    """The registrations without a delegation whose organization is printed alike, but for case and accents."""
    without = Registration.delegation_id.is_(None)
    names = db.session.scalars(select(Registration.organization).where(without).distinct())
    alike = [one for one in names if text.fold(one) == text.fold(name)]
    wanted = visible_to(actor, conference).where(without, Registration.organization.in_(alike))
    return list(db.session.scalars(wanted.order_by(Registration.id)))
