from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation.db import (
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    column,
    db,
    evidence,
    key,
    link,
    technical,
)


class Room(Referenced, Revised, InConference, db.Model):
    """A room, or halls that can be joined. `layouts` is seats by name of the layout, `equipment` names from a list of
    the organizers; `buffer_minutes` is the time between two sessions for leaving, cleaning and setting up."""

    __public__ = True

    __table_args__ = (
        CheckConstraint("buffer_minutes >= 0", name="buffer_count"),
        CheckConstraint("booths >= 0", name="booths_count"),
    )

    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    capacity: Mapped[int | None] = column(Integer, copy=True)
    layouts: Mapped[dict[str, int]] = column(JSON, nullable=False, default=dict, copy=True)
    equipment: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    booths: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    is_step_free: Mapped[bool | None] = column(Boolean, copy=True)
    buffer_minutes: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    area: Mapped[str] = column(String(60), nullable=False, default="", copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    external_id: Mapped[str] = technical(String(120), nullable=False, default="")
    closed_at: Mapped[datetime | None] = evidence(Moment)
    removed_at: Mapped[datetime | None] = evidence(Moment)

    hours: Mapped[list["RoomHours"]] = relationship(order_by="RoomHours.starts_at", cascade="all, delete-orphan")
    parts: Mapped[list["RoomPart"]] = relationship(
        foreign_keys="RoomPart.whole_id", order_by="RoomPart.id", cascade="all, delete-orphan"
    )


class RoomHours(InConference, db.Model):
    """When a room is open, or shut for a while; a room without a row that opens it is always open."""

    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = key()
    room_id: Mapped[int] = link("room", nullable=False)
    starts_at: Mapped[datetime] = column(Moment, nullable=False)
    ends_at: Mapped[datetime] = column(Moment, nullable=False)
    is_open: Mapped[bool] = column(Boolean, nullable=False, default=True)


class RoomPart(InConference, db.Model):
    """A hall that is made by joining others cannot be used while one of its parts is, nor they while it is."""

    __table_args__: Any = (
        UniqueConstraint("whole_id", "part_id"),
        CheckConstraint("whole_id <> part_id", name="not_itself"),
    )

    id: Mapped[int] = key()
    whole_id: Mapped[int] = link("room", nullable=False)
    part_id: Mapped[int] = link("room", nullable=False)

    part: Mapped[Room] = relationship(foreign_keys=[part_id])
