"""Quotas and places: the one way to take a seat. Nothing is counted first; one conditional update decides."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, func, select, text, true, update
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    InConference,
    Moment,
    Referenced,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
    technical,
)
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


class PlaceState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    HELD = "held"
    RELEASED = "released"


class Full(Refused):
    def __init__(self) -> None:
        super().__init__(_("No place is left."))


class Quota(Referenced, InConference, db.Model):
    """How many places a delegation, category, session or zone has, and how many are taken; no capacity is no limit."""

    __table_args__ = (
        UniqueConstraint("conference_id", "owner_kind", "owner_id"),
        CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="never_oversold"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_counts"),
    )

    owner_kind: Mapped[str] = technical(String(40), nullable=False)
    owner_id: Mapped[int] = technical(Integer, nullable=False)
    capacity: Mapped[int | None] = column(Integer, copy=True)
    taken: Mapped[int] = technical(Integer, nullable=False, default=0)

    places: Mapped[list["Place"]] = relationship(back_populates="quota")

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


class Place(Referenced, InConference, db.Model):
    """One holder's place under a quota; waiting is a place too, never a status of its holder."""

    __table_args__ = (
        one_of(PlaceState, "state"),
        Index(
            "uq_place_living",
            "quota_id",
            "holder_kind",
            "holder_id",
            unique=True,
            sqlite_where=text("state <> 'released'"),
            postgresql_where=text("state <> 'released'"),
        ),
    )

    quota_id: Mapped[int] = link("quota", nullable=False)
    holder_kind: Mapped[str] = technical(String(40), nullable=False)
    holder_id: Mapped[int] = technical(Integer, nullable=False)
    state: Mapped[PlaceState] = choice(PlaceState, "state", nullable=False)
    position: Mapped[int | None] = column(Integer)
    offered_until: Mapped[datetime | None] = column(Moment)
    taken_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    released_at: Mapped[datetime | None] = evidence(Moment)

    quota: Mapped[Quota] = relationship(back_populates="places")


def quota_for(owner: object, capacity: int | None = None) -> Quota:
    """The quota of an owner, made when it has none yet."""
    found = find_quota(owner)
    if found is None:
        kind, number = _named(owner)
        found = Quota(owner_kind=kind, owner_id=number, capacity=capacity, conference_id=owner.conference_id, taken=0)  # type: ignore[attr-defined]
        db.session.add(found)
        db.session.flush()
    return found


def find_quota(owner: object) -> Quota | None:
    kind, number = _named(owner)
    return db.session.scalar(select(Quota).where(Quota.owner_kind == kind, Quota.owner_id == number))


def set_capacity(quota: Quota, capacity: int | None) -> None:
    """Refused when more places are taken already; the check and the change are one statement."""
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


def take(quotas: Iterable[Quota], holder: object) -> list[Place]:
    """Takes a place under each quota, in the order of id, all or none; raises Full. A place already held is kept."""
    kind, number = _named(holder)
    held = []
    for quota in sorted(quotas, key=lambda q: q.id):
        if place := _living(quota, kind, number):
            held.append(place)
            continue
        changed = db.session.execute(
            update(Quota)
            .where(Quota.id == quota.id, (Quota.capacity.is_(None)) | (Quota.taken < Quota.capacity))
            .values(taken=Quota.taken + 1)
            .execution_options(synchronize_session=False)
        )
        if not changed.rowcount:  # type: ignore[attr-defined]
            raise Full
        db.session.expire(quota, ["taken"])
        place = Place(
            quota_id=quota.id,
            conference_id=quota.conference_id,
            holder_kind=kind,
            holder_id=number,
            state=PlaceState.HELD,
        )
        db.session.add(place)
        held.append(place)
    db.session.flush()
    return held


def give_back(holder: object) -> None:
    """Releases every place a holder has; a second call changes nothing."""
    kind, number = _named(holder)
    living = db.session.scalars(
        select(Place)
        .where(Place.holder_kind == kind, Place.holder_id == number, Place.state != PlaceState.RELEASED)
        .order_by(Place.quota_id)
    )
    for place in living:
        held = place.state == PlaceState.HELD
        released = db.session.execute(
            update(Place)
            .where(Place.id == place.id, Place.state == place.state)
            .values(state=PlaceState.RELEASED, released_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        if held and released.rowcount:  # type: ignore[attr-defined]
            db.session.execute(
                update(Quota)
                .where(Quota.id == place.quota_id)
                .values(taken=Quota.taken - 1)
                .execution_options(synchronize_session=False)
            )
        db.session.expire(place.quota)
    db.session.flush()


def counted(quota: Quota) -> int:
    """How many places are held by rows: always equal to `taken`."""
    return (
        db.session.scalar(
            select(func.count(Place.id)).where(Place.quota_id == quota.id, Place.state == PlaceState.HELD)
        )
        or 0
    )


def _living(quota: Quota, kind: str, number: int) -> Place | None:
    return db.session.scalar(
        select(Place).where(
            Place.quota_id == quota.id,
            Place.holder_kind == kind,
            Place.holder_id == number,
            Place.state == PlaceState.HELD,
        )
    )


def _named(row: object) -> tuple[str, int]:
    return row.__tablename__, row.id  # type: ignore[attr-defined]
