"""Locking quotas, and giving freed places to those who wait."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import aliased

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.places import registry
from confapp.foundation.places.models import COUNTED, Place, PlaceState, Quota

AT_A_TIME = 50
Held = dict[int, Quota]


def lock(ids: Iterable[int]) -> Held:
    """Locks quotas in the order of id and returns them as they stand now."""
    rows = db.session.scalars(
        select(Quota)
        .where(Quota.id.in_(set(ids)))
        .order_by(Quota.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def lock_with_queues(ids: Iterable[int], *more: int) -> Held:
    """The same, with the other quotas that those who wait under `ids` ask for: what is needed to promote them."""
    here, beside = aliased(Place), aliased(Place)
    wanted = set(ids)
    others = (
        select(beside.quota_id)
        .distinct()
        .join(here, here.bundle == beside.bundle)
        .where(here.quota_id.in_(wanted), here.state == PlaceState.WAITING, beside.state == PlaceState.WAITING)
    )
    return lock({*wanted, *more, *db.session.scalars(others)})


def count(quotas: Held, number: Counter[int]) -> None:
    """Adds to what is taken under locked quotas; the database refuses to oversell."""
    for quota_id in sorted(number):
        db.session.execute(
            update(Quota)
            .where(Quota.id == quota_id)
            .values(taken=Quota.taken + number[quota_id])
            .execution_options(synchronize_session=False)
        )
    for quota_id in number:
        db.session.refresh(quotas[quota_id], ["taken"])


def change(ids: Iterable[int], states: Iterable[PlaceState], **values: object) -> Sequence[Place]:
    """Changes those of the places that are still in one of the states, and returns them."""
    rows = db.session.scalars(
        update(Place)
        .where(Place.id.in_(list(ids)), Place.state.in_(list(states)))
        .values(**values)
        .returning(Place)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return rows.all()


def release(
    quotas: Held, ids: Sequence[int], states: Iterable[PlaceState], *, has_lapsed: bool = False
) -> Counter[int]:
    """Ends places under locked quotas; returns how many became free under each. A second time it finds nothing.

    Only an offer that lapsed keeps its end.
    """
    wanted = set(states)
    ended: dict[str, object] = {"state": PlaceState.RELEASED, "released_at": clock.now(), "position": None}
    if not has_lapsed:
        ended["offered_until"] = None
    change(ids, wanted - {*COUNTED}, **ended)
    freed = Counter(row.quota_id for row in change(ids, wanted & {*COUNTED}, **ended))
    count(quotas, Counter({quota_id: -number for quota_id, number in freed.items()}))
    return freed


def promote(quotas: Held, freed: Iterable[int]) -> Sequence[Place]:
    """Gives what is free under locked quotas to the first who can have all they asked for.

    Somebody whose other quotas were not locked came in the meantime and is left to `promote_all`.
    """
    free = {quota_id: quota.left for quota_id, quota in quotas.items()}
    given: list[Place] = []
    for quota_id in sorted(freed):
        if free[quota_id] == 0:
            continue
        for bundle in _queue(quota_id):
            if all(free.get(place.quota_id, 0) != 0 for place in bundle):
                given += bundle
                for place in bundle:
                    left = free[place.quota_id]
                    free[place.quota_id] = None if left is None else left - 1
            if free[quota_id] == 0:
                break
    return _give(quotas, given)


def promote_all() -> None:
    """Looks again at every quota with room and a queue, each in the order of id: what a race has left over."""
    ids = db.session.scalars(
        select(Quota.id)
        .distinct()
        .join(Quota.places)
        .where(Place.state == PlaceState.WAITING, Quota.capacity.is_(None) | (Quota.taken < Quota.capacity))
    ).all()
    if ids:
        promote(lock_with_queues(ids), ids)


def _queue(quota_id: int) -> Iterator[list[Place]]:
    """Those who wait under a quota, in their order, each with all the places they ask for."""
    here, after = aliased(Place), (-1, 0)
    waits = here.state == PlaceState.WAITING
    while True:
        first = (
            select(here.bundle, here.position, here.id)
            .where(here.quota_id == quota_id, waits, tuple_(here.position, here.id) > tuple_(*after))
            .order_by(here.position, here.id)
            .limit(AT_A_TIME)
        )
        heads = db.session.execute(first).all()
        if not heads:
            return
        order = {head.bundle: number for number, head in enumerate(heads)}
        rows = db.session.scalars(
            select(Place)
            .where(Place.bundle.in_(order), Place.state == PlaceState.WAITING)
            .execution_options(populate_existing=True)
        )
        in_order = sorted(rows, key=lambda place: (order[place.bundle], place.quota_id))
        for _bundle, places in groupby(in_order, key=lambda place: place.bundle):
            yield list(places)
        after = (heads[-1].position, heads[-1].id)


def _give(quotas: Held, places: Sequence[Place]) -> Sequence[Place]:
    """Makes waiting places held, or offered until a moment, where the kind of a quota says so."""
    if not places:
        return []
    count(quotas, Counter(place.quota_id for place in places))
    by_end: dict[datetime | None, list[int]] = {}
    ends = _ends_of_offers(quotas, places)
    for place in places:
        by_end.setdefault(ends[place.bundle], []).append(place.id)
    given: list[Place] = []
    for end, ids in by_end.items():
        state = PlaceState.HELD if end is None else PlaceState.OFFERED
        values = {"state": state, "offered_until": end, "position": None, "taken_at": clock.now()}
        given += change(ids, {PlaceState.WAITING}, **values)
    for tell in registry.on_promoted:
        tell(given)
    return given


def _ends_of_offers(quotas: Held, places: Sequence[Place]) -> dict[str, datetime | None]:
    """Until when each bundle is offered: the longest time that one of its quotas gives; None: it is given at once."""
    lengths = {
        quota.id: registry.offer_lengths[quota.owner_kind](quota.owner_id)
        for quota in quotas.values()
        if quota.owner_kind in registry.offer_lengths
    }
    ends: dict[str, datetime | None] = {}
    for place in places:
        length = lengths.get(place.quota_id)
        end = clock.now() + length if length else None
        known = ends.get(place.bundle)
        ends[place.bundle] = max(known, end) if known and end else known or end
    return ends
