"""Applications for side events, for those who decide and for those who applied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.foundation.text import fold
from confapp.programme.models import Placement, PlacementRoom, SideEvent, SideEventCall, SideEventSponsor
from confapp.programme.queries import newest_release, placements_of
from confapp.programme.rules import SideEventStatus as Status
from confapp.programme.rules.side_events import LED, UNWRITTEN_FOR, is_never_written
from confapp.registration.models import Delegation

WHOLE = (
    joinedload(SideEvent.lead),
    joinedload(SideEvent.session),
    joinedload(SideEvent.merged_into),
    selectinload(SideEvent.sponsors).joinedload(SideEventSponsor.delegation),
)
SORTS = ("handed_in", "title", "lead", "waiting")


def call() -> SideEventCall | None:
    return db.session.scalar(select(SideEventCall).order_by(SideEventCall.id).limit(1))


def is_called() -> bool:
    """Whether there is anything to read on a delegation's page of side events."""
    return call() is not None


def held_call() -> SideEventCall | None:
    """The call, for one decision at a time: others wait, so that no place is given twice."""
    return db.session.scalar(
        select(SideEventCall)
        .order_by(SideEventCall.id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def event(ref: str) -> SideEvent | None:
    return db.session.scalar(select(SideEvent).where(SideEvent.ref == ref).options(*WHOLE))


def event_by_link(token_hash: str) -> SideEvent | None:
    return db.session.scalar(select(SideEvent).where(SideEvent.link_hash == token_hash).options(*WHOLE))


def events_named(refs: Collection[str]) -> Sequence[SideEvent]:
    wanted = select(SideEvent).where(SideEvent.ref.in_(refs)).options(*WHOLE)
    return db.session.scalars(wanted.order_by(SideEvent.submitted_at, SideEvent.id)).unique().all()


def unfinished_of(email: str) -> SideEvent | None:
    """The draft that an organization began by this address and has not handed in."""
    wanted = select(SideEvent).where(SideEvent.contact_email == email, SideEvent.lead_id.is_(None))
    return db.session.scalar(wanted.where(SideEvent.status == Status.DRAFT).order_by(SideEvent.id).limit(1))


def never_written(at: datetime) -> list[tuple[int, int]]:
    """Drafts begun by a link long ago of which nothing was written, in any conference: which, and of which one."""
    wanted = select(SideEvent).where(SideEvent.status == Status.DRAFT, SideEvent.submitted_at < at - UNWRITTEN_FOR)
    return [(row.conference_id, row.id) for row in db.session.scalars(wanted) if is_never_written(row, at)]


def led_by(event: SideEvent) -> int:
    """How many others the same delegation or mailbox leads."""
    wanted = select(func.count(SideEvent.id)).where(SideEvent.status.in_(LED), SideEvent.id != event.id)
    if event.lead_id is not None:
        return db.session.scalar(wanted.where(SideEvent.lead_id == event.lead_id)) or 0
    mine = (SideEvent.lead_id.is_(None)) & (SideEvent.contact_email == event.contact_email)
    return db.session.scalar(wanted.where(mine)) or 0


def accepted_count() -> int:
    return db.session.scalar(select(func.count(SideEvent.id)).where(SideEvent.status == Status.ACCEPTED)) or 0


def waiting() -> Sequence[SideEvent]:
    """Those that wait for a place, in their order."""
    wanted = select(SideEvent).where(SideEvent.status == Status.WAITING).options(*WHOLE)
    return db.session.scalars(wanted.order_by(SideEvent.waiting_position, SideEvent.id)).unique().all()


def of_delegation(delegation: Delegation) -> Sequence[SideEvent]:
    wanted = select(SideEvent).where(SideEvent.lead_id == delegation.id).options(*WHOLE)
    return db.session.scalars(wanted.order_by(SideEvent.id)).unique().all()


def sponsorships_of(delegation: Delegation) -> Sequence[SideEventSponsor]:
    """What a delegation was asked to stand behind, of those that were handed in and still stand."""
    wanted = (
        select(SideEventSponsor)
        .join(SideEvent, SideEvent.id == SideEventSponsor.side_event_id)
        .where(SideEventSponsor.delegation_id == delegation.id, SideEvent.status.in_(LED))
    )
    return db.session.scalars(wanted.order_by(SideEventSponsor.id)).all()


def sponsorship(delegation: Delegation, ref: str) -> SideEventSponsor | None:
    return next((one for one in sponsorships_of(delegation) if one.ref == ref), None)


def events_of(sponsorships: Sequence[SideEventSponsor]) -> dict[int, SideEvent]:
    ids = {one.side_event_id for one in sponsorships}
    wanted = select(SideEvent).where(SideEvent.id.in_(ids)).options(*WHOLE)
    return {row.id: row for row in db.session.scalars(wanted).unique()}


def placed(events: Sequence[SideEvent]) -> dict[int, Placement]:
    """Where the sessions of accepted ones stand in the draft, by session."""
    return placements_of(one.session_id for one in events)


def released(event: SideEvent) -> Placement | None:
    """Where readers find the session of an accepted one; None until it is in the newest release."""
    newest = newest_release() if event.session_id else None
    if newest is None:
        return None
    return db.session.scalar(
        select(Placement)
        .where(Placement.schedule_id == newest.id, Placement.session_id == event.session_id)
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    )


@dataclass(frozen=True)
class Asked:
    """How the list at the desk is narrowed and ordered."""

    search: str = ""
    status: str = ""
    by: str = ""  # "delegations" or "organizations"
    sort: str = SORTS[0]


def found(actor: Actor, asked: Asked) -> list[SideEvent]:
    """Applications that were handed in, and with the status asked for drafts too."""
    wanted = select(SideEvent).options(*WHOLE)
    known = asked.status if asked.status in set(Status) else ""
    wanted = wanted.where(SideEvent.status == known) if known else wanted.where(SideEvent.status != Status.DRAFT)
    if asked.by == "delegations":
        wanted = wanted.where(SideEvent.lead_id.is_not(None))
    elif asked.by == "organizations":
        wanted = wanted.where(SideEvent.lead_id.is_(None))
    rows = db.session.scalars(wanted.order_by(SideEvent.submitted_at, SideEvent.id)).unique().all()
    words = fold(asked.search)
    return sorted((row for row in rows if words in fold(_said(row))), key=_order(asked.sort))


def _said(row: SideEvent) -> str:
    who = [lead_name(row), *(sponsor_name(one) for one in row.sponsors)]
    return " ".join([*row.title.values(), *who, *(row.lead.name.values() if row.lead else ()), row.contact_name])


def _order(sort: str) -> Any:
    if sort == "title":
        return lambda row: (fold(best(row.title)), row.id)
    if sort == "lead":
        return lambda row: (row.lead_id is None, row.lead.position if row.lead else 0, fold(lead_name(row)), row.id)
    if sort == "waiting":
        return lambda row: (row.waiting_position is None, row.waiting_position or 0, row.id)
    return lambda row: (row.submitted_at, row.id)


def lead_name(row: SideEvent, language: str | None = None) -> str:
    return best(row.lead.name, language) if row.lead is not None else row.organization


def sponsor_name(row: SideEventSponsor, language: str | None = None) -> str:
    return best(row.delegation.name, language) if row.delegation is not None else row.organization


def counts() -> dict[str, int]:
    rows = db.session.execute(select(SideEvent.status, func.count()).group_by(SideEvent.status))
    return {row[0].value: row[1] for row in rows}
