"""Papers: the newest of each delegation, and of each body that came without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, selectinload

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.queries.scope import delegations_visible_to, visible_to
from confapp.registration.rules import LIVING, DelegationStatus
from confapp.registration.rules.credentials import CredentialState, state_of


@dataclass(frozen=True)
class PaperRow:
    """One who hands in a paper, and the newest one."""

    owner: Delegation | Registration

    @property
    def state(self) -> CredentialState:
        return state_of(self.owner.credentials)

    @property
    def paper(self) -> Credential | None:
        return self.owner.credentials[-1] if self.owner.credentials else None


def papers(actor: Actor, conference: Conference) -> list[PaperRow]:
    """Delegations that have not declined, in their order; then registrations with a paper of their own, by number."""
    delegations = db.session.scalars(
        delegations_visible_to(actor, conference)
        .options(selectinload(Delegation.credentials))
        .order_by(Delegation.position, Delegation.id)
    ).all()
    own: Sequence[Registration] = db.session.scalars(
        visible_to(actor, conference)
        .where(Registration.id.in_(select(Credential.registration_id)), Registration.status.in_(LIVING))
        .options(selectinload(Registration.credentials))
        .order_by(Registration.number, Registration.id)
    ).all()
    return [PaperRow(row) for row in (*delegations, *own) if not _has_declined(row)]


def _has_declined(row: Any) -> bool:
    return isinstance(row, Delegation) and row.status == DelegationStatus.DECLINED


@dataclass(frozen=True)
class PapersWaiting:
    """How many papers are to be checked, since when the oldest waits; and how many confirmed delegations have none."""

    to_check: int
    since: datetime | None
    missing: int


def papers_waiting() -> PapersWaiting:
    """As the list has them: without delegations that declined, and without people who left."""
    to_check, missing = _papers()
    number, since = db.session.execute(to_check).one()
    return PapersWaiting(number, since, db.session.scalar(missing) or 0)


@cache
def _papers() -> tuple[Any, Any]:
    """Made once: building them costs more than running them."""
    newer = aliased(Credential)
    declined = Delegation.declined_at.is_not(None) & (
        Delegation.accepted_at.is_(None) | (Delegation.accepted_at <= Delegation.declined_at)
    )
    to_check = (
        select(func.count(Credential.id), func.min(Credential.received_at))
        .outerjoin(newer, newer.replaces_id == Credential.id)
        .outerjoin(Credential.delegation)
        .outerjoin(Credential.registration)
        .where(Credential.checked_at.is_(None), Credential.objected_at.is_(None), newer.id.is_(None))
        .where(Registration.status.in_(LIVING) | (Credential.delegation_id.is_not(None) & ~declined))
    )
    missing = select(func.count(Delegation.id)).where(
        Delegation.accepted_at.is_not(None),
        ~declined,
        ~select(Credential.id).where(Credential.delegation_id == Delegation.id).exists(),
    )
    return to_check, missing
