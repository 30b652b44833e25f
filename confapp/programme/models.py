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
from confapp.programme.rules import Access, Kind, PlacementState, RoleStatus, SessionRoleKind


class Room(Referenced, Revised, InConference, db.Model):
    __public__ = True

    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    capacity: Mapped[int | None] = column(Integer, copy=True)
    is_step_free: Mapped[bool | None] = column(Boolean, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    closed_at: Mapped[datetime | None] = evidence(Moment)


class ChoiceGroup(Referenced, InConference, db.Model):
    """At most one of its sessions may be chosen: parallel panels."""

    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)


class Session(Referenced, Revised, InConference, db.Model):
    """A session of the programme: what it is. Where and when it takes place stands in a schedule."""

    __table_args__ = (
        one_of(Kind, "kind"),
        one_of(Access, "access"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    kind: Mapped[Kind] = choice(Kind, "kind", nullable=False, default=Kind.PANEL, copy=True)
    code: Mapped[str] = column(String(20), nullable=False, default="", copy=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    description: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    minutes: Mapped[int] = column(Integer, nullable=False, default=60, copy=True)
    languages: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.OPEN, copy=True)
    choice_group_id: Mapped[int | None] = link("choice_group")
    folded: Mapped[str] = technical(String(1000), nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    removed_at: Mapped[datetime | None] = evidence(Moment)

    items: Mapped[list["Item"]] = relationship(back_populates="session", order_by="Item.position")
    roles: Mapped[list["SessionRole"]] = relationship(back_populates="session", order_by="SessionRole.position")
    choice_group: Mapped[ChoiceGroup | None] = relationship()


class Item(Referenced, InConference, db.Model):
    """A point of a session's order: a statement of a delegation, a person's part, or neither."""

    __table_args__ = (CheckConstraint("delegation_id IS NULL OR person_id IS NULL", name="one_holder"),)

    session_id: Mapped[int] = link("session", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    minutes: Mapped[int | None] = column(Integer, copy=True)
    delegation_id: Mapped[int | None] = link("delegation")
    person_id: Mapped[int | None] = link("person")

    session: Mapped[Session] = relationship(back_populates="items")
    delegation: Mapped[Any] = relationship("Delegation")
    person: Mapped[Any] = relationship("Person")


class SessionRole(Referenced, InConference, db.Model):
    """Somebody's part in a session: a person, a delegation, or a printed function such as “Ambassador of …”."""

    __table_args__ = (
        one_of(SessionRoleKind, "role"),
        one_of(RoleStatus),
        CheckConstraint("person_id IS NULL OR delegation_id IS NULL", name="one_holder"),
    )

    session_id: Mapped[int] = link("session", nullable=False)
    role: Mapped[SessionRoleKind] = choice(SessionRoleKind, "role", nullable=False)
    person_id: Mapped[int | None] = link("person")
    delegation_id: Mapped[int | None] = link("delegation")
    printed_function: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    position: Mapped[int] = column(Integer, nullable=False, default=0)
    status: Mapped[RoleStatus] = choice(RoleStatus, nullable=False, default=RoleStatus.CONFIRMED)

    session: Mapped[Session] = relationship(back_populates="roles")
    person: Mapped[Any] = relationship("Person")
    delegation: Mapped[Any] = relationship("Delegation")


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
    position: Mapped[int] = technical(Integer, nullable=False, default=0)

    placement: Mapped[Placement] = relationship(back_populates="rooms")
    room: Mapped[Room] = relationship()
