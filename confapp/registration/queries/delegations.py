"""Delegations: the list with what it tells, one of them, its members, papers and order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation import clock, text
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.places import Quota
from confapp.people.models import Account, Mandate
from confapp.people.rules import Role
from confapp.registration.models import Category, Credential, Delegation, Party, Registration
from confapp.registration.queries.scope import delegations_visible_to, visible_to
from confapp.registration.rules import LIVING, PRECEDENCE, REGISTERED, Status


@dataclass
class Standing:
    """One delegation in the list: its focal points, its members by status, and its places."""

    delegation: Delegation
    focal_points: list[Account] = field(default_factory=list)
    counts: Counter[Status] = field(default_factory=Counter)
    quota: Quota | None = None

    @property
    def registered(self) -> int:
        return sum(self.counts[status] for status in REGISTERED)

    @property
    def credential(self) -> Credential | None:
        return current_credential(self.delegation)


def delegation(actor: Actor, conference: Conference, ref: str) -> Delegation | None:
    wanted = delegations_visible_to(actor, conference).where(Delegation.ref == ref)
    found: Delegation | None = db.session.scalar(
        wanted.options(selectinload(Delegation.credentials).joinedload(Credential.file))
    )
    return found


def standings(actor: Actor, conference: Conference, search: str = "") -> list[Standing]:
    """Every visible delegation in the conference's own order, with what the list tells; six queries for any number."""
    wanted = delegations_visible_to(actor, conference)
    if search:
        wanted = wanted.where(Delegation.folded.like(text.like(search), escape="\\"))
    rows = db.session.scalars(
        wanted.options(selectinload(Delegation.credentials)).order_by(Delegation.position, Delegation.id)
    ).all()
    found = {row.id: Standing(row) for row in rows}
    for mandate in focal_point_mandates(found):
        found[mandate.delegation_id or 0].focal_points.append(mandate.account)
    counts = (
        select(Registration.delegation_id, Registration.status, func.count())
        .where(Registration.delegation_id.in_(found))
        .group_by(Registration.delegation_id, Registration.status)
    )
    for delegation_id, status, number in db.session.execute(counts):
        found[delegation_id].counts[status] = number
    for quota in quotas_of("delegation", found):
        found[quota.owner_id].quota = quota
    return list(found.values())


def quotas_of(kind: str, ids: Iterable[int]) -> Sequence[Quota]:
    return db.session.scalars(select(Quota).where(Quota.owner_kind == kind, Quota.owner_id.in_(list(ids)))).all()


def focal_point_mandates(delegation_ids: Iterable[int]) -> Sequence[Mandate]:
    """Mandates of focal points in force, with their accounts, in the order they were given."""
    now = clock.now()
    return db.session.scalars(
        select(Mandate)
        .where(
            Mandate.role == Role.FOCAL_POINT,
            Mandate.delegation_id.in_(list(delegation_ids)),
            Mandate.revoked_at.is_(None),
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > now),
        )
        .options(joinedload(Mandate.account))
        .order_by(Mandate.id)
    ).all()


def members(actor: Actor, conference: Conference, of: Delegation) -> list[Registration]:
    """The members of a delegation by precedence; those who left come last."""
    wanted = visible_to(actor, conference).where(Registration.delegation_id == of.id)
    rows: Sequence[Registration] = db.session.scalars(wanted.options(selectinload(Registration.moves))).all()
    return sorted(rows, key=lambda r: (r.status not in LIVING, PRECEDENCE.index(r.capacity), r.submitted_at, r.id))


def hold(of: Delegation) -> None:
    """Whoever holds the same delegation waits until this transaction is over."""
    db.session.execute(select(Delegation.id).where(Delegation.id == of.id).with_for_update())


def has_head(of: Delegation, besides: Registration | None = None) -> bool:
    wanted = select(Registration.id).where(
        Registration.delegation_id == of.id, Registration.capacity == PRECEDENCE[0], Registration.status.in_(LIVING)
    )
    if besides is not None:
        wanted = wanted.where(Registration.id != besides.id)
    return db.session.scalar(wanted.limit(1)) is not None


def living_members(of: Delegation) -> int:
    wanted = select(func.count(Registration.id))
    return db.session.scalar(wanted.where(Registration.delegation_id == of.id, Registration.status.in_(LIVING))) or 0


def holders_of(category: Category) -> Sequence[Registration]:
    """Those who hold a place in a category: registered for a delegation, confirmed, or accredited."""
    counts = (
        Registration.delegation_id.is_not(None)
        | Registration.confirmed_at.is_not(None)
        | (Registration.status == Status.ACCREDITED)
    )
    return db.session.scalars(
        select(Registration).where(Registration.category_id == category.id, Registration.status.in_(LIVING), counts)
    ).all()


def current_credential(owner: Delegation | Registration) -> Credential | None:
    """The newest paper; those it replaced stay in the list."""
    return owner.credentials[-1] if owner.credentials else None


def credential(owner: Delegation | Registration, ref: str) -> Credential | None:
    return next((one for one in owner.credentials if one.ref == ref), None)


def last_position() -> int:
    return db.session.scalar(select(func.max(Delegation.position))) or 0


def neighbour(of: Delegation, step: int) -> Delegation | None:
    """The delegation before (-1) or after (+1) another one in the order."""
    wanted = select(Delegation).where(
        Delegation.position < of.position if step < 0 else Delegation.position > of.position
    )
    order = Delegation.position.desc() if step < 0 else Delegation.position.asc()
    return db.session.scalar(wanted.order_by(order).limit(1))


def ordered_delegations() -> Sequence[Delegation]:
    return db.session.scalars(select(Delegation).order_by(Delegation.position, Delegation.id)).all()


def delegation_of_party(party: Party) -> Delegation | None:
    return db.session.scalar(select(Delegation).where(Delegation.party_id == party.id))


def facts(subject: Any) -> Sequence[AuditEntry]:
    """What was done with one record, newest first."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject.__tablename__, AuditEntry.subject_ref == subject.ref)
        .order_by(AuditEntry.id.desc())
        .limit(50)
    ).all()
