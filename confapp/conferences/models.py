from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.conferences import rules
from confapp.conferences.rules import Format, Phase, Status
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
    technical,
)


class Conference(Referenced, Revised, db.Model):
    """One conference: what the public reads of it, its dates and its life. Everything else belongs to one."""

    __public__ = True

    __table_args__ = (
        one_of(Status),
        one_of(Format, "format"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    slug: Mapped[str] = column(String(60), nullable=False, unique=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    acronym: Mapped[str] = column(String(40), nullable=False, default="", copy=True)
    theme: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    description: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    notice: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    host: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    starts_on: Mapped[date] = column(Date, nullable=False)
    ends_on: Mapped[date] = column(Date, nullable=False)
    zone: Mapped[str] = column(String(60), nullable=False, copy=True)
    venue: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    city: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    format: Mapped[Format] = choice(Format, "format", nullable=False, default=Format.IN_PERSON, copy=True)
    languages: Mapped[list[str]] = column(JSON, nullable=False, default=lambda: ["en", "id"], copy=True)
    accent: Mapped[str] = column(String(7), nullable=False, default="#0b5a6f", copy=True)
    embed_origins: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    copied_from_id: Mapped[int | None] = link("conference", data=Data.EVIDENCE)
    contact_email: Mapped[str] = column(String(254), nullable=False, default="", copy=True)
    status: Mapped[Status] = choice(Status, nullable=False, default=Status.DRAFT)
    registration_opens_at: Mapped[datetime | None] = column(Moment)
    registration_closes_at: Mapped[datetime | None] = column(Moment)
    registration_note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    public_version: Mapped[int] = technical(Integer, nullable=False, default=1)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    announced_at: Mapped[datetime | None] = evidence(Moment)
    archived_at: Mapped[datetime | None] = evidence(Moment)
    created_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    pages: Mapped[list["ConferencePage"]] = relationship(
        back_populates="conference", order_by="ConferencePage.position"
    )

    @property
    def starts_at(self) -> datetime:
        """The first instant of its first day in its own zone."""
        return clock.start_of(self.starts_on, self.zone)

    @property
    def ends_at(self) -> datetime:
        return clock.start_of(self.ends_on + timedelta(days=1), self.zone)

    @property
    def phase(self) -> Phase:
        return rules.phase(self, clock.now())

    @property
    def is_public(self) -> bool:
        return self.status != Status.DRAFT

    @property
    def is_archived(self) -> bool:
        return self.status == Status.ARCHIVED

    @property
    def takes_registrations(self) -> bool:
        return rules.takes_registrations(self, clock.now())

    @property
    def days(self) -> list[date]:
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]

    @property
    def zone_label(self) -> str:
        return clock.zone_label(self.zone, self.starts_at)


class ConferencePage(Referenced, Revised, InConference, db.Model):
    """Practical information in all languages, with the day it was true."""

    __public__ = True

    __table_args__: Any = (UniqueConstraint("conference_id", "name"),)

    name: Mapped[str] = column(String(60), nullable=False, copy=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    text: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    as_of: Mapped[date] = column(Date, nullable=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)

    conference: Mapped[Conference] = relationship(back_populates="pages")


class Zone(Referenced, InConference, db.Model):
    """A part of the venue that a badge opens, for the categories named; its places stand in its quota."""

    __table_args__: Any = (UniqueConstraint("conference_id", "code"),)

    code: Mapped[str] = column(String(20), nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    colour: Mapped[str] = column(String(7), nullable=False, default="#5b5b55", copy=True)
    categories: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    closed_at: Mapped[datetime | None] = evidence(Moment)
