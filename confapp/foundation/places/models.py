"""Quotas and places."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
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


COUNTED = (PlaceState.HELD, PlaceState.OFFERED)
LIVING = (PlaceState.WAITING, *COUNTED)


class Full(Refused):
    def __init__(self) -> None:
        super().__init__(_("No place is left."))


class Quota(Referenced, InConference, db.Model):
    """How many places a delegation, category, session or zone has, and how many are taken; no capacity is no limit.

    `closed_at` says that its owner takes nobody else for now; what is held is kept.
    """

    __table_args__ = (
        UniqueConstraint("conference_id", "owner_kind", "owner_id"),
        CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="never_oversold"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_counts"),
    )

    owner_kind: Mapped[str] = technical(String(40), nullable=False)
    owner_id: Mapped[int] = technical(Integer, nullable=False)
    capacity: Mapped[int | None] = column(Integer, copy=True)
    taken: Mapped[int] = technical(Integer, nullable=False, default=0)
    closed_at: Mapped[datetime | None] = evidence(Moment)

    places: Mapped[list["Place"]] = relationship(back_populates="quota")

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity


class Place(Referenced, InConference, db.Model):
    """One holder's place under a quota; waiting is a place too, never a status of its holder.

    Places asked for together carry the same `bundle`: all of them are given, or none. Who waits has a position; an
    offer has an end, which stays on the row when it passes.
    """

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
        Index("ix_place_holder", "holder_kind", "holder_id"),
        Index(
            "ix_place_waiting",
            "quota_id",
            "position",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_place_bundle", "bundle"),
    )

    quota_id: Mapped[int] = link("quota", nullable=False)
    holder_kind: Mapped[str] = technical(String(40), nullable=False)
    holder_id: Mapped[int] = technical(Integer, nullable=False)
    bundle: Mapped[str] = technical(String(32), nullable=False, default="")
    state: Mapped[PlaceState] = choice(PlaceState, "state", nullable=False)
    position: Mapped[int | None] = column(Integer)
    offered_until: Mapped[datetime | None] = column(Moment)
    taken_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    released_at: Mapped[datetime | None] = evidence(Moment)

    quota: Mapped[Quota] = relationship(back_populates="places")
