"""Finding quotas and places. Nothing here decides who gets one."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from confapp.foundation.db import db
from confapp.foundation.places.models import COUNTED, LIVING, Place, PlaceState, Quota


def quota_for(owner: object, capacity: int | None = None) -> Quota:
    """The quota of an owner, made when it has none yet."""
    found = find_quota(owner)
    if found is None:
        kind, number = named(owner)
        found = Quota(owner_kind=kind, owner_id=number, capacity=capacity, conference_id=owner.conference_id, taken=0)  # type: ignore[attr-defined]
        db.session.add(found)
        db.session.flush()
    return found


def find_quota(owner: object) -> Quota | None:
    kind, number = named(owner)
    return db.session.scalar(select(Quota).where(Quota.owner_kind == kind, Quota.owner_id == number))


def find_quotas(*owners: object) -> Sequence[Quota]:
    """The quotas of those owners that have one, in the order of id; None among them is left out."""
    wanted = [named(owner) for owner in owners if owner is not None]
    if not wanted:
        return []
    return db.session.scalars(_OF_OWNERS, {"owners": wanted}).all()


_OF_OWNERS = (  # built once: every registration asks it
    select(Quota)
    .where(tuple_(Quota.owner_kind, Quota.owner_id).in_(bindparam("owners", expanding=True)))
    .order_by(Quota.id)
)


def quotas() -> Sequence[Quota]:
    """Every quota of the conference, by the kind of its owner."""
    return db.session.scalars(select(Quota).order_by(Quota.owner_kind, Quota.owner_id)).all()


@dataclass
class Figures:
    """How many places of a quota are in each state."""

    held: int = 0
    offered: int = 0
    waiting: int = 0


def figures(ids: Iterable[int]) -> dict[int, Figures]:
    """For each quota how many places are held, offered and waited for; one query for any number."""
    found = {number: Figures() for number in ids}
    rows = db.session.execute(
        select(Place.quota_id, Place.state, func.count())
        .where(Place.quota_id.in_(found), Place.state.in_(LIVING))
        .group_by(Place.quota_id, Place.state)
    )
    for quota_id, state, number in rows:
        setattr(found[quota_id], state.value, number)
    return found


def counted(quota: Quota) -> int:
    """How many places are held or offered by rows: always equal to `taken`."""
    return (
        db.session.scalar(select(func.count(Place.id)).where(Place.quota_id == quota.id, Place.state.in_(COUNTED))) or 0
    )


@dataclass(frozen=True)
class Queued:
    """Somebody who waits or is offered a place, and where in the queue; offers have no position."""

    place: Place
    position: int


def waiting(quota: Quota) -> list[Queued]:
    """Offers first, by their end, then the queue in its order, numbered from one."""
    rows = db.session.scalars(
        select(Place)
        .where(Place.quota_id == quota.id, Place.state.in_((PlaceState.OFFERED, PlaceState.WAITING)))
        .order_by(Place.state, Place.offered_until, Place.position, Place.id)
    ).all()
    offers = [Queued(row, 0) for row in rows if row.state == PlaceState.OFFERED]
    queue = [row for row in rows if row.state == PlaceState.WAITING]
    return [*offers, *(Queued(row, number) for number, row in enumerate(queue, 1))]


def of_holder(holder: object) -> list[Queued]:
    """All living places of a holder with their quotas, and for those that wait the position in the queue."""
    rows = living(holder)
    ahead = Counter[int]()
    waits = [row for row in rows if row.state == PlaceState.WAITING]
    for row in waits:
        before = tuple_(Place.position, Place.id) < tuple_(row.position, row.id)
        ahead[row.id] = (
            db.session.scalar(
                select(func.count(Place.id)).where(
                    Place.quota_id == row.quota_id, Place.state == PlaceState.WAITING, before
                )
            )
            or 0
        )
    return [Queued(row, ahead[row.id] + 1 if row in waits else 0) for row in rows]


def conferences_due(at: datetime) -> set[int]:
    """Conferences in which offers have ended, or somebody waits beside a free place. Read across conferences."""
    ended = select(Place.conference_id).where(Place.state == PlaceState.OFFERED, Place.offered_until <= at)
    beside = (
        select(Place.conference_id)
        .join(Place.quota)
        .where(Place.state == PlaceState.WAITING, Quota.capacity.is_(None) | (Quota.taken < Quota.capacity))
    )
    return {*db.session.scalars(ended.distinct()), *db.session.scalars(beside.distinct())}


def offers_lapsed_since(moment: datetime) -> int:
    """How many holders let an offer pass since a moment."""
    return (
        db.session.scalar(
            select(func.count(Place.bundle.distinct())).where(
                Place.state == PlaceState.RELEASED, Place.offered_until.is_not(None), Place.released_at >= moment
            )
        )
        or 0
    )


def living(holder: object, among: Collection[str] = (), *states: PlaceState) -> Sequence[Place]:
    """A holder's living places with their quotas, of some kinds and states only when they are named."""
    kind, number = named(holder)
    wanted = select(Place).where(
        Place.holder_kind == kind, Place.holder_id == number, Place.state.in_(states or LIVING)
    )
    if among:
        wanted = wanted.where(Place.quota.has(Quota.owner_kind.in_(list(among))))
    return db.session.scalars(
        wanted.options(joinedload(Place.quota)).order_by(Place.quota_id).execution_options(populate_existing=True)
    ).all()


def named(row: object) -> tuple[str, int]:
    return row.__tablename__, row.id  # type: ignore[attr-defined]
