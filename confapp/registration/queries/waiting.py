"""What somebody has, what waits for somebody, and what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from confapp.conferences.models import Conference
from confapp.foundation import text
from confapp.foundation.access import Actor
from confapp.foundation.db import across_conferences, db
from confapp.registration.models import Delegation, Registration
from confapp.registration.queries.accreditation import is_to_decide
from confapp.registration.queries.delegations import has_focal_point
from confapp.registration.queries.lists import Filter, by_ids, ids_found
from confapp.registration.queries.scope import delegations_visible_to
from confapp.registration.rules import Status


@dataclass(frozen=True)
class Own:
    """What somebody takes part in, in one conference."""

    conference: Conference
    delegations: Sequence[Delegation]
    registrations: Sequence[Registration]


def own(actor: Actor) -> list[Own]:
    """The delegations somebody answers for and the registrations of their own, by conference, the next one first."""
    delegation_ids = [g.delegation_id for g in actor.grants if g.delegation_id]
    person_ids = [g.person_id for g in actor.grants if g.person_id]
    with across_conferences("somebody's own pages show all conferences they take part in"):
        delegations = db.session.scalars(
            select(Delegation).where(Delegation.id.in_(delegation_ids)).order_by(Delegation.position, Delegation.id)
        ).all()
        registrations = db.session.scalars(
            select(Registration)
            .where(Registration.person_id.in_(person_ids))
            .options(
                joinedload(Registration.person), joinedload(Registration.delegation), joinedload(Registration.category)
            )
        ).all()
        ids = {row.conference_id for row in delegations} | {row.conference_id for row in registrations}
        conferences = db.session.scalars(
            select(Conference).where(Conference.id.in_(ids)).order_by(Conference.starts_on.desc())
        ).all()
    return [
        Own(
            one,
            [row for row in delegations if row.conference_id == one.id],
            [row for row in registrations if row.conference_id == one.id],
        )
        for one in conferences
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: how many, since when, and the first few names."""

    number: int
    since: datetime | None


def to_decide() -> Waiting:
    """Registrations that wait for the office's decision, and since when the oldest does."""
    return _waiting(Registration.submitted_at, is_to_decide())


def waiting(status: Status) -> Waiting:
    """Registrations in a status that a decision gave them, and since when the oldest is in it."""
    return _waiting(Registration.decided_at, Registration.status == status)


def _waiting(since: Any, condition: Any) -> Waiting:
    row = db.session.execute(select(func.count(Registration.id), func.min(since)).where(condition)).one()
    return Waiting(row[0], row[1])


def without_focal_point() -> int:
    """How many delegations were invited and have not declined, and have nobody who answers for them."""
    since = Delegation.declined_at
    others = (Delegation.accepted_at, Delegation.acknowledged_at)
    declined = since.is_not(None) & and_(*(one.is_(None) | (one <= since) for one in others))  # as its `status` has it
    wanted = select(func.count(Delegation.id)).where(Delegation.invited_at.is_not(None), ~declined, ~has_focal_point())
    return db.session.scalar(wanted) or 0


def search_delegations(actor: Actor, conference: Conference, term: str, limit: int) -> Sequence[Delegation]:
    return db.session.scalars(
        delegations_visible_to(actor, conference)
        .where(Delegation.folded.like(text.like(term), escape="\\"))
        .order_by(Delegation.position)
        .limit(limit)
    ).all()


def search_registrations(actor: Actor, conference: Conference, term: str, limit: int) -> Sequence[Registration]:
    return by_ids(actor, conference, ids_found(actor, conference, Filter(search=term, sort="name"), limit))
