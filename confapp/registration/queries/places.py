"""Where registrations stand with their places, and the names of those who own quotas."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from confapp.conferences.models import Zone
from confapp.foundation import places
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.places import Place, PlaceState, Queued, Quota
from confapp.registration.models import Category, Delegation, PrivateLink, Registration
from confapp.registration.queries.scope import visible_to
from confapp.registration.rules import Status
from confapp.registration.rules.places import NEARLY_FULL, OVER, ZONE

Names = Mapping[int, dict[str, str]]
HOLDER = Registration.__tablename__


@dataclass(frozen=True)
class Turn:
    """Where a registration stands: what it holds, until when it is offered a place, and where it waits."""

    held: bool = False
    offered_until: datetime | None = None
    queues: tuple[Queued, ...] = ()
    has_lapsed: bool = False
    lacks: bool = False

    @property
    def waits(self) -> bool:
        return bool(self.queues)

    @property
    def is_settled(self) -> bool:
        """Nothing is left to wait for; where nothing is limited there is nothing to hold either."""
        return not (self.offered_until or self.queues or self.lacks)

    @property
    def has_none(self) -> bool:
        """It should have places and does not even wait for them."""
        return self.lacks and not (self.offered_until or self.queues)


def turn(registration: Registration) -> Turn:
    """The queues named are those that are full: the others are waited for only because of these."""
    rows = [one for one in places.of_holder(registration) if one.place.quota.owner_kind in OVER]
    waits = [one for one in rows if one.place.state == PlaceState.WAITING]
    ends = [one.place.offered_until for one in rows if one.place.state == PlaceState.OFFERED]
    return Turn(
        held=any(one.place.state == PlaceState.HELD for one in rows) and not waits,
        offered_until=next((end for end in ends if end is not None), None),
        queues=tuple([one for one in waits if one.place.quota.is_full] or waits),
        has_lapsed=not rows and _has_lapsed(registration),
        lacks=bool({one.id for one in quotas_over(registration)} - {one.place.quota_id for one in rows}),
    )


def quotas_over(registration: Registration) -> Sequence[Quota]:
    """The quotas under which a registration needs a place: its delegation's, its category's and its private link's.

    Who accompanies a member takes none of the delegation's.
    """
    delegation = registration.delegation if registration.accompanies is None else None
    return places.find_quotas(delegation, registration.category, registration.private_link)


def left_of(owner: object) -> int | None:
    """How many places are left of what is limited; None: of any number."""
    quota = places.find_quota(owner)
    return quota.left if quota is not None else None


def _has_lapsed(registration: Registration) -> bool:
    last = (
        select(Place.offered_until)
        .where(Place.holder_kind == HOLDER, Place.holder_id == registration.id)
        .order_by(Place.released_at.desc(), Place.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) is not None


def turns(registrations: Iterable[Registration]) -> dict[int, PlaceState]:
    """Those of several registrations that wait for their places or are offered them; one query for any number."""
    ids = [one.id for one in registrations]
    rows = db.session.execute(
        select(Place.holder_id, Place.state)
        .join(Place.quota)
        .where(
            Place.holder_kind == HOLDER,
            Place.holder_id.in_(ids),
            Place.state.in_((PlaceState.WAITING, PlaceState.OFFERED)),
            Quota.owner_kind.in_(OVER),
        )
    )
    return {row.holder_id: row.state for row in rows}


def bundle(key: str) -> tuple[Registration | None, Sequence[Place]]:
    """Places that were asked for together, and the registration that they are for."""
    rows = db.session.scalars(select(Place).where(Place.bundle == key, Place.holder_kind == HOLDER)).all()
    return (db.session.get(Registration, rows[0].holder_id) if rows else None), rows


def queue(actor: Actor, conference: Any, quota: Quota) -> list[tuple[Queued, Registration]]:
    """Who is offered a place or waits under a quota, in order; only those whom the asker may see."""
    standing = places.waiting(quota)
    ids = [one.place.holder_id for one in standing if one.place.holder_kind == HOLDER]
    rows = db.session.scalars(visible_to(actor, conference).where(Registration.id.in_(ids)))
    people = {row.id: row for row in rows}
    return [(one, people[one.place.holder_id]) for one in standing if one.place.holder_id in people]


def full_categories() -> frozenset[str]:
    """The codes of the categories that have no place left."""
    owned = (Quota.owner_kind == Category.__tablename__) & (Quota.owner_id == Category.id)
    return frozenset(db.session.scalars(select(Category.code).join(Quota, owned).where(Quota.taken >= Quota.capacity)))


def quota_by_ref(ref: str) -> Quota | None:
    return db.session.scalar(select(Quota).where(Quota.ref == ref))


def waiting_place(quota: Quota, ref: str) -> tuple[Place, Registration] | None:
    """One place of a queue by its reference, with the registration that waits."""
    row = db.session.execute(
        select(Place, Registration)
        .join(Registration, (Place.holder_kind == HOLDER) & (Place.holder_id == Registration.id))
        .where(Place.ref == ref, Place.quota_id == quota.id, Place.state == PlaceState.WAITING)
    ).first()
    return (row[0], row[1]) if row is not None else None


def nearly_full() -> int:
    """How many quotas with a limit are taken to nine tenths or more."""
    wanted = select(func.count(Quota.id)).where(
        Quota.capacity > 0, Quota.owner_kind.in_((*OVER, ZONE)), Quota.taken >= NEARLY_FULL * Quota.capacity
    )
    return db.session.scalar(wanted) or 0


# --- zones ------------------------------------------------------------------------------------------------------------


def zones(*, with_closed: bool = False) -> Sequence[Zone]:
    wanted = select(Zone).order_by(Zone.position, Zone.id)
    return db.session.scalars(wanted if with_closed else wanted.where(Zone.closed_at.is_(None))).all()


def zone(ref: str) -> Zone | None:
    return db.session.scalar(select(Zone).where(Zone.ref == ref))


def zone_by_code(code: str) -> Zone | None:
    return db.session.scalar(select(Zone).where(Zone.code == code))


def zones_of_category(category: Category) -> list[Zone]:
    return [one for one in zones() if category.code in one.categories]


@dataclass(frozen=True)
class ZoneStanding:
    """One zone and what a registration has of it: a place, a position in its queue, or nothing."""

    zone: Zone
    place: Place | None = None
    position: int = 0


def zones_for(registration: Registration) -> list[ZoneStanding]:
    """Every open zone, and those closed ones that the registration has."""
    has = {
        one.place.quota.owner_id: one for one in places.of_holder(registration) if one.place.quota.owner_kind == ZONE
    }
    shown = [one for one in zones(with_closed=True) if one.closed_at is None or one.id in has]
    return [
        ZoneStanding(one, has[one.id].place, has[one.id].position) if one.id in has else ZoneStanding(one)
        for one in shown
    ]


def has_zones(registration: Registration) -> bool:
    return any(one.place.quota.owner_kind == ZONE for one in places.of_holder(registration))


def without_zone(of: Zone, quota: Quota, limit: int) -> Sequence[Registration]:
    """Accredited registrations of a zone's categories that neither have it nor wait for it."""
    has = select(Place.holder_id).where(
        Place.quota_id == quota.id, Place.holder_kind == HOLDER, Place.state.in_(places.LIVING)
    )
    return db.session.scalars(
        select(Registration)
        .join(Registration.category)
        .where(Category.code.in_(of.categories), Registration.status == Status.ACCREDITED, Registration.id.not_in(has))
        .order_by(Registration.submitted_at, Registration.id)
        .limit(limit)
    ).all()


# --- what the foundation asks -----------------------------------------------------------------------------------------


def offer_length(category_id: int) -> timedelta | None:
    """How long a freed place of a category is offered; none: it is given at once."""
    hours = db.session.scalar(select(Category.offer_hours).where(Category.id == category_id))
    return timedelta(hours=hours) if hours else None


def owner_name(quota: Quota) -> dict[str, str]:
    """The name of what a quota belongs to, in all languages; empty when nobody knows it."""
    kind = places.kinds.get(quota.owner_kind)
    return dict(kind.names([quota.owner_id]).get(quota.owner_id, {})) if kind else {}


def name_of_full(quota: Quota, registration: Registration) -> dict[str, str]:
    """What is full, to who waits for it: the name of a private link is a word of the organizers among themselves."""
    return registration.category.name if quota.owner_kind == PrivateLink.__tablename__ else owner_name(quota)


def category_names(ids: Collection[int]) -> Names:
    return _names(Category.id, Category.name, ids)


def delegation_names(ids: Collection[int]) -> Names:
    return _names(Delegation.id, Delegation.name, ids)


def zone_names(ids: Collection[int]) -> Names:
    return _names(Zone.id, Zone.name, ids)


def link_names(ids: Collection[int]) -> Names:
    rows = db.session.execute(select(PrivateLink.id, PrivateLink.label).where(PrivateLink.id.in_(ids)))
    return {row.id: {"en": row.label} for row in rows}


def _names(key: Any, name: Any, ids: Collection[int]) -> Names:
    return {row[0]: row[1] for row in db.session.execute(select(key, name).where(key.in_(ids)))}
