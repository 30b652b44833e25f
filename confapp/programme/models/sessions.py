from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, relationship

from confapp.conferences.rules import Format
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
    link,
    one_of,
    personal,
    technical,
)
from confapp.programme.rules import Access, Kind, LinkKind, MaterialKind, RoleStatus, SessionRoleKind


class Theme(Referenced, Revised, InConference, db.Model):
    """A strand of the programme, such as an area of the outcome; sessions of one theme should not run in parallel."""

    __public__ = True

    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    code: Mapped[str] = column(String(20), nullable=False, default="", copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    removed_at: Mapped[datetime | None] = evidence(Moment)


class OwnKind(Referenced, Revised, InConference, db.Model):
    """The organizers' own name for a kind of session, such as “Countries' review” for a general debate. `nature` says
    which rules of the program hold for it."""

    __public__ = True

    __table_args__ = (one_of(Kind, "nature"), CheckConstraint("minutes > 0", name="minutes_count"))

    nature: Mapped[Kind] = choice(Kind, "nature", nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    minutes: Mapped[int] = column(Integer, nullable=False, default=60, copy=True)
    is_alone: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    removed_at: Mapped[datetime | None] = evidence(Moment)


class ChoiceGroup(Referenced, Revised, InConference, db.Model):
    """At most one of its sessions may be chosen: parallel panels."""

    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    removed_at: Mapped[datetime | None] = evidence(Moment)


class Session(Referenced, Revised, InConference, db.Model):
    """A session of the programme: what it is and what it needs. Where and when it takes place stands in a schedule.

    `languages` are those of the floor, `interpretation` those interpreted into; `is_alone` wants nothing beside it.
    Where `slides_until` says by when, those who speak are asked for slides or a statement.
    """

    __table_args__ = (
        one_of(Kind, "kind"),
        one_of(Access, "access"),
        one_of(Format, "format"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    kind: Mapped[Kind] = choice(Kind, "kind", nullable=False, default=Kind.PANEL, copy=True)
    code: Mapped[str] = column(String(20), nullable=False, default="", copy=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    description: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    minutes: Mapped[int] = column(Integer, nullable=False, default=60, copy=True)
    own_kind_id: Mapped[int | None] = link("own_kind", copy=True)
    theme_id: Mapped[int | None] = link("theme", copy=True)
    format: Mapped[Format] = choice(Format, "format", nullable=False, default=Format.IN_PERSON, copy=True)
    languages: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    interpretation: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.OPEN, copy=True)
    choice_group_id: Mapped[int | None] = link("choice_group", copy=True)
    audience: Mapped[int | None] = column(Integer, copy=True)
    layout: Mapped[str] = column(String(40), nullable=False, default="", copy=True)
    equipment: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    needs_step_free: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    is_alone: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    preferred_days: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    slides_until: Mapped[datetime | None] = column(Moment)
    external_id: Mapped[str] = technical(String(120), nullable=False, default="")
    folded: Mapped[str] = technical(String(1000), nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    removed_at: Mapped[datetime | None] = evidence(Moment)

    @property
    def is_quiet(self) -> bool:
        """A closed meeting of two delegations: it keeps its room in the draft, and no reader is ever told of it."""
        return self.kind == Kind.BILATERAL and self.access == Access.CLOSED

    items: Mapped[list["Item"]] = relationship(back_populates="session", order_by="Item.position")
    roles: Mapped[list["SessionRole"]] = relationship(back_populates="session", order_by="SessionRole.position")
    choice_group: Mapped[ChoiceGroup | None] = relationship()
    own_kind: Mapped[OwnKind | None] = relationship(lazy="joined")
    theme: Mapped[Theme | None] = relationship(lazy="joined")
    links: Mapped[list["SessionLink"]] = relationship(order_by="SessionLink.id", cascade="all, delete-orphan")
    materials: Mapped[list["Material"]] = relationship(
        order_by="Material.position",
        primaryjoin="and_(Material.session_id == Session.id, Material.removed_at.is_(None))",
        cascade="all, delete-orphan",
    )


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
    language: Mapped[str] = column(String(25), nullable=False, default="")
    status: Mapped[RoleStatus] = choice(RoleStatus, nullable=False, default=RoleStatus.CONFIRMED)
    invited_at: Mapped[datetime | None] = evidence(Moment)
    answered_at: Mapped[datetime | None] = evidence(Moment)
    reason: Mapped[str] = personal(String(500), nullable=False, default="")
    replaced_by_id: Mapped[int | None] = link("session_role")

    session: Mapped[Session] = relationship(back_populates="roles")
    person: Mapped[Any] = relationship("Person")
    delegation: Mapped[Any] = relationship("Delegation")


class SessionLink(Referenced, Revised, InConference, db.Model):
    """A stream, a recording or a way to join, given only to those entitled and only in its time. Without times of its
    own it follows its session as released; see `rules.handouts.window`."""

    __public__ = True

    __table_args__ = (one_of(LinkKind, "kind"), one_of(Access, "access"))

    session_id: Mapped[int] = link("session", nullable=False)
    kind: Mapped[LinkKind] = choice(LinkKind, "kind", nullable=False)
    url: Mapped[str] = column(String(1000), nullable=False)
    language: Mapped[str] = column(String(12), nullable=False, default="")
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.OPEN)
    opens_at: Mapped[datetime | None] = column(Moment)
    closes_at: Mapped[datetime | None] = column(Moment)


class Material(Referenced, Revised, InConference, db.Model):
    """A file of a session, such as slides; readers get it after its embargo, and when the desk has looked at it."""

    __public__ = True

    __table_args__ = (one_of(Access, "access"), one_of(MaterialKind, "kind"))

    session_id: Mapped[int] = link("session", nullable=False)
    person_id: Mapped[int | None] = link("person")
    kind: Mapped[MaterialKind] = choice(MaterialKind, "kind", nullable=False, default=MaterialKind.DOCUMENT)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    language: Mapped[str] = column(String(12), nullable=False, default="")
    file_id: Mapped[int] = link("stored_file", nullable=False)
    access: Mapped[Access] = choice(Access, "access", nullable=False, default=Access.OPEN)
    embargo_until: Mapped[datetime | None] = column(Moment)
    check_against_delivery: Mapped[bool] = column(Boolean, nullable=False, default=False)
    checked_at: Mapped[datetime | None] = evidence(Moment)
    checked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    handed_in_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    position: Mapped[int] = column(Integer, nullable=False, default=0)
    removed_at: Mapped[datetime | None] = evidence(Moment)

    file: Mapped[Any] = relationship("StoredFile")
    person: Mapped[Any] = relationship("Person")
