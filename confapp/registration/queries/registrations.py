"""Registrations: one, the list with its filter, and facts about one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.conferences.rules import purge_moment
from confapp.foundation import text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.places import Place, PlaceState
from confapp.foundation.sealing import DataKey, Reading
from confapp.people.models import Account, Person
from confapp.registration.models import Category, Credential, Delegation, Registration
from confapp.registration.queries.scope import visible, visible_to
from confapp.registration.rules import Status

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What a list of registrations is narrowed to, and how it is ordered."""

    status: Status | None = None
    category: str = ""
    search: str = ""
    sort: str = ""
    page: int = 1


SORTS: dict[str, tuple[Any, ...]] = {
    "": (Registration.submitted_at.desc(), Registration.id.desc()),
    "name": (func.lower(Person.family_name), func.lower(Person.given_name), Registration.id),
    "delegation": (Delegation.position, Registration.organization, Registration.id),
    "number": (Registration.number, Registration.id),
}


@dataclass(frozen=True)
class Found:
    rows: Sequence[Registration]
    total: int
    page: int
    pages: int
    by_status: Counter[Status]


def registration(actor: Actor, conference: Conference, ref: str) -> Registration | None:
    papers = selectinload(Registration.credentials).joinedload(Credential.file)
    found: Registration | None = db.session.scalar(
        visible_to(actor, conference).where(Registration.ref == ref).options(selectinload(Registration.moves), papers)
    )
    return found


def registrations(actor: Actor, conference: Conference, refs: Sequence[str]) -> Sequence[Registration]:
    """Those of the given references that somebody may see, by name."""
    return db.session.scalars(
        visible_to(actor, conference).where(Registration.ref.in_(refs)).order_by(*SORTS["name"])
    ).all()


def find(actor: Actor, conference: Conference, by: Filter) -> Found:
    """One page of registrations and, for the other words of the filter, how many there are in each status."""
    wanted = narrowed(visible_to(actor, conference), by)
    counts = narrowed(visible(actor, conference, Registration.status, func.count()), by).group_by(Registration.status)
    by_status: Counter[Status] = Counter({row[0]: row[1] for row in db.session.execute(counts)})
    if by.status is not None:
        wanted = wanted.where(Registration.status == by.status)
    total = by_status[by.status] if by.status is not None else by_status.total()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, by.page), pages)
    rows = db.session.scalars(wanted.order_by(*SORTS[by.sort]).limit(PAGE).offset((page - 1) * PAGE)).all()
    return Found(rows, total, page, pages, by_status)


def all_found(actor: Actor, conference: Conference, by: Filter) -> Sequence[Registration]:
    """Everything that a filter finds, for an export."""
    wanted = narrowed(visible_to(actor, conference), by)
    if by.status is not None:
        wanted = wanted.where(Registration.status == by.status)
    return db.session.scalars(wanted.order_by(*SORTS[by.sort])).all()


def narrowed(wanted: Select[Any], by: Filter) -> Select[Any]:
    if by.category:
        wanted = wanted.where(Category.code == by.category)
    if by.search:
        pattern = text.like(by.search)
        wanted = wanted.where(Person.folded.like(pattern, escape="\\") | Delegation.folded.like(pattern, escape="\\"))
    return wanted


def next_to_decide(actor: Actor, conference: Conference, after: Registration) -> tuple[str, str]:
    """References of the undecided registrations before and after one, the oldest first; empty at the ends."""
    waiting = visible(actor, conference, Registration.ref).where(Registration.status == Status.SUBMITTED)
    moment, number = Registration.submitted_at, Registration.id
    here = after.submitted_at
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
    """Who opened somebody's sealed data, newest first."""
    return db.session.scalars(
        select(Reading)
        .where(Reading.subject_kind == "person", Reading.subject_id == person.id)
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


def with_sealed_data_past(at: datetime) -> list[Conference]:
    """Conferences whose sealed data should be deleted by now and still have a key."""
    rows = db.session.scalars(
        select(Conference).where(Conference.id.in_(select(DataKey.conference_id).where(DataKey.destroyed_at.is_(None))))
    )
    return [row for row in rows if purge_moment(row) <= at]


def conference(conference_id: int) -> Conference:
    return db.session.get_one(Conference, conference_id)


def conference_of(row: Any) -> Conference:
    return db.session.get_one(Conference, row.conference_id)


def known_addresses(account_ids: Iterable[int]) -> dict[int, str]:
    """Names or addresses of accounts, for lists of who did something."""
    wanted = select(Account.id, Account.name, Account.email).where(Account.id.in_({n for n in account_ids if n}))
    return {row.id: row.name or row.email for row in db.session.execute(wanted)}
