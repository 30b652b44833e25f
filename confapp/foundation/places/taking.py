"""Taking places and giving them back."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, select, text, true, update

from confapp.foundation import clock
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places.models import COUNTED, LIVING, Full, Place, PlaceState, Quota
from confapp.foundation.places.queue import change, count, lock, lock_with_queues, promote, release
from confapp.foundation.places.reading import living, named

LIVING_KEY: dict[str, Any] = {
    "index_elements": ["quota_id", "holder_kind", "holder_id"],
    "index_where": text("state <> 'released'"),
}


def take(quotas: Iterable[Quota], holder: object) -> None:
    """Takes a place under each quota, all or none; raises Full and changes nothing. A place already held is kept.

    One conditional update and one insert for each quota, as long as nothing stands in the way.
    """
    wanted = _in_order(quotas)
    for number, quota in enumerate(wanted):
        if not _take_one(quota):
            _undo(wanted[:number])
            if not _has_some(wanted, holder):
                raise Full  # without a lock: those who come too late do not queue up behind each other
            _take_the_rest(wanted, holder)
            return
    added = _insert(wanted, holder, PlaceState.HELD)
    if len(added) < len(wanted):  # one is held already: what was added beside it is not to be found as held below
        db.session.execute(delete(Place).where(Place.id.in_(added)))
        _undo(wanted)
        _take_the_rest(wanted, holder)


def wait(quotas: Iterable[Quota], holder: object) -> Sequence[Place]:
    """Takes the places when all can be had now; else waits for all of them, at the end of each queue."""
    wanted = _in_order(quotas)
    with suppress(Full):
        take(wanted, holder)
        return _places_under(wanted, holder)
    try:
        return _take_the_rest(wanted, holder)
    except Full:  # the quotas are locked now, so nobody frees a place before this one stands in the queue
        return _queue_up(wanted, holder)


def give_back(holder: object, among: Collection[str] = ()) -> None:
    """Ends every place a holder has, waiting ones too, and gives what is free to the next; twice changes nothing.

    `among` names the kinds of owners whose quotas are meant; none: all.
    """
    rows = living(holder, among)
    if not rows:
        return
    quotas = lock_with_queues(row.quota_id for row in rows)
    freed = release(quotas, [row.id for row in rows], LIVING)
    promote(quotas, freed)


def move(holder: object, leave: Iterable[Quota], enter: Iterable[Quota], *, waits: bool = False) -> Sequence[Place]:
    """Leaves quotas and enters others in one step; what is in both is kept. Raises Full, and then nothing has changed.

    With `waits`, somebody who waits already stands in the new queues when they are full; who holds places keeps them.
    """
    entered, left = _in_order(enter), {quota.id for quota in leave}
    left -= {quota.id for quota in entered}
    quotas = lock_with_queues(left, *(quota.id for quota in entered))
    try:
        places = _take_the_rest(entered, holder)
    except Full:
        ours = left | {quota.id for quota in entered}
        if not waits or any(row.quota_id in ours for row in living(holder, (), *COUNTED)):
            raise
        places = _queue_up(entered, holder)
    old = [row.id for row in living(holder) if row.quota_id in left]
    promote(quotas, release(quotas, old, LIVING))
    return places


def hold(quotas: Iterable[Quota], holders: Collection[object] = ()) -> None:
    """Locks quotas, those that holders have places under, and their queues, for all that follows in the transaction.

    Who takes or gives back for several, and records in between, calls it first: the lock of the record comes last.
    """
    ids = {quota.id for quota in quotas}
    by_kind: dict[str, list[int]] = {}
    for kind, number in map(named, holders):
        by_kind.setdefault(kind, []).append(number)
    for kind, numbers in by_kind.items():
        held = (Place.holder_kind == kind) & Place.holder_id.in_(numbers) & Place.state.in_(LIVING)
        ids |= {*db.session.scalars(select(Place.quota_id).where(held).distinct())}
    if ids:
        lock_with_queues(ids)


def hand_over(old: object, new: object) -> None:
    """Gives all living places of one holder to another of the same kind, who has none."""
    kind, number = named(old)
    db.session.execute(
        update(Place)
        .where(Place.holder_kind == kind, Place.holder_id == number, Place.state.in_(LIVING))
        .values(holder_id=named(new)[1])
        .execution_options(synchronize_session="fetch")
    )


def bring_together(old: object, new: object, under: Collection[int]) -> None:
    """Of two holders that are one, the better place under each of these quotas stays; what the old one has beside
    them is left to be given back. Nobody in a queue is given what the two have between them."""
    has = {row.quota_id: row for row in living(old) if row.quota_id in under}
    if not has:
        return
    quotas = lock_with_queues(has)
    has = {row.quota_id: row for row in living(old) if row.quota_id in has}
    beside = {row.quota_id: row for row in living(new)}
    better = [row for number, row in has.items() if number not in beside or _rank(row) < _rank(beside[number])]
    doubled = [beside[row.quota_id].id for row in better if row.quota_id in beside]
    freed = release(quotas, doubled, LIVING)
    change([row.id for row in better], LIVING, holder_id=named(new)[1])
    promote(quotas, freed)


def set_capacity(quota: Quota, capacity: int | None) -> None:
    """Refused when more places are taken already; the check and the change are one statement. More are given out."""
    quotas = lock_with_queues([quota.id])
    changed = db.session.execute(
        update(Quota)
        .where(Quota.id == quota.id, (Quota.taken <= capacity) if capacity is not None else true())
        .values(capacity=capacity)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(quota)
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Refused(
            _("%(taken)s places are taken already; fewer are not possible.", taken=quota.taken), 422, "capacity"
        )
    promote(quotas, [quota.id])


# --- parts ------------------------------------------------------------------------------------------------------------


def _rank(place: Place) -> tuple[int, int, int]:
    """The lower, the better: held, offered, waited for; of two that wait, the one who stands before the other."""
    return [PlaceState.HELD, PlaceState.OFFERED, PlaceState.WAITING].index(place.state), place.position or 0, place.id


def _in_order(quotas: Iterable[Quota]) -> list[Quota]:
    return sorted({quota.id: quota for quota in quotas}.values(), key=lambda quota: quota.id)


_TAKING = (  # built once: every registration asks it
    update(Quota)
    .where(Quota.id == bindparam("of"), Quota.capacity.is_(None) | (Quota.taken < Quota.capacity))
    .values(taken=Quota.taken + 1)
    .execution_options(synchronize_session=False)
)


def _take_one(quota: Quota) -> bool:
    changed = db.session.execute(_TAKING, {"of": quota.id})
    db.session.expire(quota, ["taken"])
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _undo(quotas: Iterable[Quota]) -> None:
    for quota in quotas:
        db.session.execute(
            update(Quota)
            .where(Quota.id == quota.id)
            .values(taken=Quota.taken - 1)
            .execution_options(synchronize_session=False)
        )


def _has_some(quotas: Sequence[Quota], holder: object) -> bool:
    ids = {quota.id for quota in quotas}
    return any(row.quota_id in ids for row in living(holder))


def _take_the_rest(wanted: Sequence[Quota], holder: object) -> Sequence[Place]:
    """Takes what the holder does not have yet under quotas that are locked for it; an offer counts as accepted."""
    quotas = lock(quota.id for quota in wanted)
    has = {row.quota_id: row for row in living(holder) if row.quota_id in quotas}
    missing = [one for one in wanted if one.id not in has or has[one.id].state == PlaceState.WAITING]
    if any(quotas[one.id].is_full for one in missing):
        raise Full
    count(quotas, Counter(one.id for one in missing))
    kept = {"state": PlaceState.HELD, "offered_until": None, "position": None, "taken_at": clock.now()}
    change([row.id for row in has.values()], {PlaceState.WAITING, PlaceState.OFFERED}, **kept)
    _insert([one for one in missing if one.id not in has], holder, PlaceState.HELD)
    return _places_under(wanted, holder)


def _queue_up(wanted: Sequence[Quota], holder: object) -> Sequence[Place]:
    """Stands at the end of each queue; what is held is kept, and all that is waited for is given together."""
    has, bundle = {row.quota_id: row for row in living(holder)}, new_ref()
    if _insert([quota for quota in wanted if quota.id not in has], holder, PlaceState.WAITING, bundle):
        waited_for = [has[quota.id].id for quota in wanted if quota.id in has]
        change(waited_for, {PlaceState.WAITING}, bundle=bundle)
    return _places_under(wanted, holder)


def _places_under(quotas: Collection[Quota], holder: object) -> Sequence[Place]:
    ids = {quota.id for quota in quotas}
    return [row for row in living(holder) if row.quota_id in ids]


def _insert(quotas: Sequence[Quota], holder: object, state: PlaceState, bundle: str = "") -> list[int]:
    """One row for each quota under which the holder has none, with a bundle in common; the ids of what was added."""
    (kind, number), bundle = named(holder), bundle or new_ref()
    adding, connection = _adding(db.engine.dialect.name), db.session.connection()
    added = []
    for quota in quotas:
        row = {
            "ref": new_ref(),
            "conference_id": quota.conference_id,
            "quota_id": quota.id,
            "holder_kind": kind,
            "holder_id": number,
            "bundle": bundle,
            "state": state,
            "position": _end_of_queue(quota) if state == PlaceState.WAITING else None,
            "taken_at": clock.now(),
        }
        added.append(connection.execute(adding, row).scalar())
    return [one for one in added if one is not None]


@cache
def _adding(dialect: str) -> Any:
    """Built once: every registration asks it."""
    return inserting(Place.__table__).on_conflict_do_nothing(**LIVING_KEY).returning(Place.__table__.c.id)


def _end_of_queue(quota: Quota) -> int:
    last = select(func.max(Place.position)).where(Place.quota_id == quota.id, Place.state == PlaceState.WAITING)
    return (db.session.scalar(last) or 0) + 1
