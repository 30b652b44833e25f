"""What an organizer does against the order of the queue. Whoever calls these records who did it and why."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update

from confapp.foundation.db import db
from confapp.foundation.places.models import Place, PlaceState, Quota
from confapp.foundation.places.queue import lock, lock_with_queues, promote, release
from confapp.foundation.places.taking import take


def give(quotas: Iterable[Quota], holder: object) -> Sequence[Quota]:
    """Gives a holder places above the queue; a quota that is full grows by one. Returns those that grew."""
    wanted = list(quotas)
    locked = lock(quota.id for quota in wanted)
    has = set(
        db.session.scalars(
            select(Place.quota_id).where(
                Place.holder_kind == holder.__tablename__,  # type: ignore[attr-defined]
                Place.holder_id == holder.id,  # type: ignore[attr-defined]
                Place.state.in_((PlaceState.HELD, PlaceState.OFFERED)),
            )
        )
    )
    full = [quota for quota in locked.values() if quota.is_full and quota.id not in has]
    for quota in full:
        db.session.execute(
            update(Quota)
            .where(Quota.id == quota.id)
            .values(capacity=Quota.capacity + 1)
            .execution_options(synchronize_session=False)
        )
        db.session.refresh(quota)
    take(wanted, holder)
    return full


def reposition(place: Place, position: int) -> int:
    """Moves somebody who waits to another position of the queue, counted from one; returns where they stand now."""
    lock([place.quota_id])
    queue = list(
        db.session.scalars(
            select(Place)
            .where(Place.quota_id == place.quota_id, Place.state == PlaceState.WAITING)
            .order_by(Place.position, Place.id)
            .execution_options(populate_existing=True)
        )
    )
    if place not in queue:
        return 0
    queue.remove(place)
    queue.insert(min(max(position, 1), len(queue) + 1) - 1, place)
    for number, one in enumerate(queue, 1):
        one.position = number
    db.session.flush()
    return queue.index(place) + 1


def take_off(place: Place) -> None:
    """Ends one request to wait, under all the quotas it asked for; a place held or offered is not touched."""
    rows = db.session.execute(
        select(Place.id, Place.quota_id).where(Place.bundle == place.bundle, Place.state == PlaceState.WAITING)
    ).all()
    quotas = lock_with_queues({row.quota_id for row in rows})
    promote(quotas, release(quotas, [row.id for row in rows], {PlaceState.WAITING}))
