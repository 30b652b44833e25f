"""Offers: a freed place that somebody has until a moment to accept."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.places import registry
from confapp.foundation.places.models import Place, PlaceState
from confapp.foundation.places.queue import change, lock_with_queues, promote, release
from confapp.foundation.places.reading import living


def accept(holder: object, among: Collection[str] = ()) -> Sequence[Place]:
    """Makes what is offered to a holder theirs; empty when the offer has ended. Accepting twice changes nothing."""
    now = clock.now()
    rows = living(holder, among, PlaceState.OFFERED)
    open_still = [row.id for row in rows if row.offered_until and row.offered_until > now]
    return change(open_still, {PlaceState.OFFERED}, state=PlaceState.HELD, offered_until=None, taken_at=now)


def decline(holder: object, among: Collection[str] = ()) -> bool:
    """Gives an offer to the next in the queue; False when there was none any more."""
    rows = living(holder, among, PlaceState.OFFERED)
    quotas = lock_with_queues(row.quota_id for row in rows)
    freed = release(quotas, [row.id for row in rows], {PlaceState.OFFERED})
    promote(quotas, freed)
    return bool(freed)


def expire(at: datetime) -> Sequence[Place]:
    """Takes back the offers that ended before a moment and gives the places to the next; those lost keep the end."""
    due = db.session.execute(
        select(Place.id, Place.quota_id).where(Place.state == PlaceState.OFFERED, Place.offered_until <= at)
    ).all()
    if not due:
        return []
    quotas = lock_with_queues({row.quota_id for row in due})
    freed = release(quotas, [row.id for row in due], {PlaceState.OFFERED}, has_lapsed=True)
    lapsed = db.session.scalars(
        select(Place).where(
            Place.id.in_([row.id for row in due]), Place.state == PlaceState.RELEASED, Place.offered_until <= at
        )
    ).all()
    for tell in registry.on_lapsed:
        tell(lapsed)
    promote(quotas, freed)
    return lapsed
