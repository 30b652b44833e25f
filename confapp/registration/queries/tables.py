"""What is taken out as tables: plain values that outlive the transaction, no records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from confapp.conferences.models import Conference
from confapp.foundation.access import ANONYMOUS, Actor
from confapp.foundation.db import db
from confapp.foundation.exporting.downloads import Download
from confapp.people.models import Account, Person
from confapp.people.queries import actor_of
from confapp.registration.models import Category, Delegation, Party, Registration
from confapp.registration.queries.categories import categories, registered_by_category
from confapp.registration.queries.delegations import quotas_of, standings
from confapp.registration.queries.lists import Filter, chosen, ordered
from confapp.registration.rules import DelegationStatus, Status

IN_ONE_QUERY = 500


def people(actor: Actor, conference: Conference, which: Filter | Sequence[int]) -> list[Row[Any]]:
    """The registrations that a filter finds or some ids name, with what an export tells of each."""
    if isinstance(which, Filter):
        return list(db.session.execute(ordered(_people(actor, conference, which), which, is_joined=True)))
    rows = {
        row.id: row
        for start in range(0, len(which), IN_ONE_QUERY)
        for row in db.session.execute(
            _people(actor, conference, Filter()).where(Registration.id.in_(which[start : start + IN_ONE_QUERY]))
        )
    }
    return [rows[number] for number in which if number in rows]


def _people(actor: Actor, conference: Conference, by: Filter) -> Any:
    wanted = chosen(
        actor,
        conference,
        by,
        Registration.id,
        Registration.number,
        Registration.status,
        Registration.capacity,
        Registration.rank,
        Registration.organization,
        Registration.functional_title,
        Registration.submitted_at,
        Registration.decided_at,
        Registration.delegation_id,
        Registration.tags,
        Person.honorific,
        Person.given_name,
        Person.family_name,
        Person.printed_name,
        Person.badge_name,
        Person.country,
        Person.email,
        Person.phone,
        Person.language,
        Delegation.name.label("delegation_name"),
        Delegation.code.label("delegation_code"),
        Category.name.label("category_name"),
        Category.code.label("category_code"),
    )
    return wanted.join(Registration.person).outerjoin(Registration.delegation).join(Registration.category)


@dataclass(frozen=True)
class DelegationLine:
    position: int
    code: str
    name: dict[str, str]
    status: DelegationStatus
    focal_points: list[str]
    registered: int
    counts: dict[Status, int]
    places: int | None
    invited_at: datetime | None
    checked_at: datetime | None


def delegation_lines(actor: Actor, conference: Conference) -> list[DelegationLine]:
    return [
        DelegationLine(
            position,
            row.delegation.code,
            dict(row.delegation.name),
            row.delegation.status,
            [account.email for account in row.focal_points],
            row.registered,
            {status: row.counts[status] for status in Status},
            row.quota.capacity if row.quota is not None else None,
            row.delegation.invited_at,
            row.credential.checked_at if row.credential is not None else None,
        )
        for position, row in enumerate(standings(actor, conference), 1)
    ]


def party_lines() -> list[Row[Any]]:
    """The catalogue of states and organizations."""
    return list(
        db.session.execute(
            select(Party.kind, Party.code, Party.name, Party.formal_name, Party.groups).order_by(Party.kind, Party.code)
        )
    )


@dataclass(frozen=True)
class CategoryLine:
    code: str
    name: dict[str, str]
    registered: int
    taken: int | None
    places: int | None


def category_lines() -> list[CategoryLine]:
    rows, counts = categories(), registered_by_category()
    quotas = {quota.owner_id: quota for quota in quotas_of("category", [row.id for row in rows])}
    return [
        CategoryLine(
            row.code,
            dict(row.name),
            counts.get(row.id, 0),
            quotas[row.id].taken if row.id in quotas else None,
            quotas[row.id].capacity if row.id in quotas else None,
        )
        for row in rows
    ]


def download(ref: str) -> Download:
    return db.session.scalars(select(Download).where(Download.ref == ref)).one()


def actor_behind(account_id: int | None) -> Actor:
    """Whoever ordered something, with the rights of now."""
    account = db.session.get(Account, account_id) if account_id is not None else None
    return actor_of(account) if account is not None and account.disabled_at is None else ANONYMOUS
