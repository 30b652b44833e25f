"""The order of a conference's delegations, and how it came about."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.conferences.models import Conference
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, inserting, new_ref
from confapp.registration.models import Delegation, DelegationOrder

DRAW = "draw_first_seat"


def ordered_delegations() -> Sequence[Delegation]:
    return db.session.scalars(select(Delegation).order_by(Delegation.position, Delegation.id)).all()


def order_of_ids() -> list[int]:
    """The delegations' ids in their order, as the database has it now."""
    return list(db.session.scalars(select(Delegation.id).order_by(Delegation.position, Delegation.id)))


def order_history() -> DelegationOrder | None:
    return db.session.scalar(
        select(DelegationOrder).options(
            joinedload(DelegationOrder.host), joinedload(DelegationOrder.first), joinedload(DelegationOrder.drawn)
        )
    )


def hold_order(conference_id: int) -> DelegationOrder:
    """The row that whoever changes a position holds until this transaction is over; made when there is none."""
    db.session.execute(
        inserting(DelegationOrder)
        .values(
            ref=new_ref(),
            conference_id=conference_id,
            language="en",
            kinds_apart=True,
            host_place="in_order",
            draw={},
            previous={},
            moved_by_hand=0,
        )
        .on_conflict_do_nothing()
    )
    return db.session.scalars(
        select(DelegationOrder)
        .where(DelegationOrder.conference_id == conference_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def draws(conference: Conference) -> Sequence[AuditEntry]:
    """Every draw of the first seat, newest first: who came of it, among whom, and the seed to check it by."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.conference_id == conference.id, AuditEntry.verb == DRAW)
        .order_by(AuditEntry.id.desc())
        .limit(20)
    ).all()
