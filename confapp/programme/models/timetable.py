from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    evidence,
    key,
    link,
    one_of,
    technical,
)
from confapp.programme.models.rooms import Room
from confapp.programme.models.sessions import Session
from confapp.programme.rules import PlacementState


class Schedule(Referenced, Revised, InConference, db.Model):
    """The one draft (no number), or a named release that never changes. A release keeps the table that its readers see
    as one document, in order of time, so that the programme is one row to read; see `printing.table`. With the rooms'
    names it is all that the public programme shows, so work on the draft leaves the kept public pages alone."""

    __public__ = True

    __table_args__ = (
        UniqueConstraint("conference_id", "number"),
        Index(
            "uq_schedule_one_draft",
            "conference_id",
            unique=True,
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    number: Mapped[int | None] = column(Integer)
    name: Mapped[str] = column(String(120), nullable=False, default="")
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    released_at: Mapped[datetime | None] = evidence(Moment)
    released_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    is_emergency: Mapped[bool] = column(Boolean, nullable=False, default=False)
    commands: Mapped[int] = technical(Integer, nullable=False, default=0)
    table: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list, deferred=True)

    placements: Mapped[list["Placement"]] = relationship(back_populates="schedule")


class Placement(Referenced, InConference, db.Model):
    """A session in rooms at a time, in one schedule. A release keeps what was printed: `printed` for the table,
    `details` for the session's own page; the draft keeps neither, its sessions are asked."""

    __table_args__ = (
        one_of(PlacementState, "state"),
        UniqueConstraint("schedule_id", "session_id"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    schedule_id: Mapped[int] = link("schedule", nullable=False)
    session_id: Mapped[int] = link("session", nullable=False)
    starts_at: Mapped[datetime] = column(Moment, nullable=False)
    minutes: Mapped[int] = column(Integer, nullable=False)
    state: Mapped[PlacementState] = choice(PlacementState, "state", nullable=False, default=PlacementState.PLANNED)
    is_pinned: Mapped[bool] = column(Boolean, nullable=False, default=False)
    printed: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)
    details: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)

    schedule: Mapped[Schedule] = relationship(back_populates="placements")
    session: Mapped[Session] = relationship()
    rooms: Mapped[list["PlacementRoom"]] = relationship(
        back_populates="placement", order_by="PlacementRoom.position", cascade="all, delete-orphan"
    )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def room_ids(self) -> tuple[int, ...]:
        return tuple(one.room_id for one in self.rooms)

    @property
    def is_cancelled(self) -> bool:
        return self.state == PlacementState.CANCELLED


class PlacementRoom(InConference, db.Model):
    __table_args__ = (UniqueConstraint("placement_id", "room_id"),)

    id: Mapped[int] = key()
    placement_id: Mapped[int] = link("placement", nullable=False)
    room_id: Mapped[int] = link("room", nullable=False)
    is_overflow: Mapped[bool] = column(Boolean, nullable=False, default=False)
    position: Mapped[int] = technical(Integer, nullable=False, default=0)

    placement: Mapped[Placement] = relationship(back_populates="rooms")
    room: Mapped[Room] = relationship()


class Command(Referenced, InConference, db.Model):
    """One act on the draft, by its author: what it found and what it left of each session's place. Taking it back puts
    the one for the other. The numbers of a schedule count up without a gap, so an editor asks for what came after."""

    __table_args__ = (UniqueConstraint("schedule_id", "number"),)

    schedule_id: Mapped[int] = link("schedule", nullable=False)
    number: Mapped[int] = technical(Integer, nullable=False)
    verb: Mapped[str] = technical(String(40), nullable=False)
    undoes_id: Mapped[int | None] = link("command")
    changes: Mapped[list[dict[str, Any]]] = technical(JSON, nullable=False, default=list)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")


class Correction(Referenced, InConference, db.Model):
    """A title put right after a release: readers see it at once, and that it was."""

    __public__ = True

    schedule_id: Mapped[int] = link("schedule", nullable=False)
    session_id: Mapped[int] = link("session", nullable=False)
    was: Mapped[dict[str, str]] = column(Translated, nullable=False)
    became: Mapped[dict[str, str]] = column(Translated, nullable=False)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
