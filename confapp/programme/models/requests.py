from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer, String, Text, UniqueConstraint
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
    key,
    link,
    one_of,
    personal,
    technical,
)
from confapp.programme.rules import BilateralStatus, SideEventStatus


class SideEventCall(Referenced, Revised, InConference, db.Model):
    """The window in which side events are applied for, and the rules that applicants read; one for a conference."""

    __public__ = True
    __table_args__: Any = (CheckConstraint("longest_minutes > 0", name="minutes_count"),)

    opens_at: Mapped[datetime | None] = column(Moment)
    closes_at: Mapped[datetime | None] = column(Moment)
    guidance: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    each_may_lead: Mapped[int] = column(Integer, nullable=False, default=1, copy=True)
    longest_minutes: Mapped[int] = column(Integer, nullable=False, default=60, copy=True)
    places: Mapped[int | None] = column(Integer, copy=True)


class SideEvent(Referenced, Revised, InConference, db.Model):
    """An application for a side event by a delegation or an organization; given a place it becomes a session.

    An organization has no account: `link_hash` is of the newest link that was mailed to `contact_email`.
    """

    __table_args__: Any = (
        one_of(SideEventStatus),
        one_of(Format, "format"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    title: Mapped[dict[str, str]] = column(Translated, nullable=False)
    description: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    lead_id: Mapped[int | None] = link("delegation")
    organization: Mapped[str] = column(String(300), nullable=False, default="")
    contact_name: Mapped[str] = personal(String(200), nullable=False, default="")
    contact_email: Mapped[str] = personal(String(254), nullable=False, default="")
    account_id: Mapped[int | None] = link("account")
    link_hash: Mapped[str | None] = technical(String(64), unique=True)
    language: Mapped[str] = column(String(12), nullable=False, default="en")
    minutes: Mapped[int] = column(Integer, nullable=False, default=60)
    audience: Mapped[int | None] = column(Integer)
    format: Mapped[Format] = choice(Format, "format", nullable=False, default=Format.IN_PERSON)
    layout: Mapped[str] = column(String(40), nullable=False, default="")
    equipment: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    preferred_days: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    status: Mapped[SideEventStatus] = choice(SideEventStatus, nullable=False, default=SideEventStatus.DRAFT)
    waiting_position: Mapped[int | None] = column(Integer)
    reason: Mapped[str] = column(Text, nullable=False, default="")
    merged_into_id: Mapped[int | None] = link("side_event")
    session_id: Mapped[int | None] = link("session")
    submitted_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    decided_at: Mapped[datetime | None] = evidence(Moment)
    decided_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    lead: Mapped[Any] = relationship("Delegation")
    session: Mapped[Any] = relationship("Session")
    merged_into: Mapped["SideEvent | None"] = relationship(remote_side="SideEvent.id")
    sponsors: Mapped[list["SideEventSponsor"]] = relationship(
        order_by="SideEventSponsor.id", cascade="all, delete-orphan"
    )


class SideEventSponsor(Referenced, InConference, db.Model):
    """Who stands behind a side event beside its lead; a delegation confirms it itself."""

    side_event_id: Mapped[int] = link("side_event", nullable=False)
    delegation_id: Mapped[int | None] = link("delegation")
    organization: Mapped[str] = column(String(300), nullable=False, default="")
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    declined_at: Mapped[datetime | None] = evidence(Moment)

    delegation: Mapped[Any] = relationship("Delegation")


class Bilateral(Referenced, Revised, InConference, db.Model):
    """One delegation asks another for a meeting. Nobody but the two and the protocol office knows of it.

    `proposed_by_id` is the one of the two whose times stand at present: the other has to answer. The session that
    keeps the room says nothing of who meets.
    """

    __table_args__: Any = (
        one_of(BilateralStatus),
        CheckConstraint("asking_id <> asked_id", name="not_itself"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    asking_id: Mapped[int] = link("delegation", nullable=False)
    asked_id: Mapped[int] = link("delegation", nullable=False)
    subject: Mapped[str] = column(String(300), nullable=False, default="")
    minutes: Mapped[int] = column(Integer, nullable=False, default=30)
    people: Mapped[int | None] = column(Integer)
    wishes: Mapped[list[list[str]]] = column(JSON, nullable=False, default=list)  # pairs of instants, ISO 8601 in UTC
    status: Mapped[BilateralStatus] = choice(BilateralStatus, nullable=False, default=BilateralStatus.ASKED)
    note: Mapped[str] = column(Text, nullable=False, default="")
    answer: Mapped[str] = column(Text, nullable=False, default="")
    asked_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    asked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    answered_at: Mapped[datetime | None] = evidence(Moment)
    answered_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    proposed_by_id: Mapped[int | None] = link("delegation")
    session_id: Mapped[int | None] = link("session")

    asking: Mapped[Any] = relationship("Delegation", foreign_keys=[asking_id])
    asked: Mapped[Any] = relationship("Delegation", foreign_keys=[asked_id])
    session: Mapped[Any] = relationship("Session")
    members: Mapped[list["BilateralMember"]] = relationship(
        back_populates="bilateral", order_by="BilateralMember.id", cascade="all, delete-orphan"
    )

    @property
    def awaited_id(self) -> int:
        """The delegation that has to answer."""
        return self.asked_id if self.proposed_by_id in (None, self.asking_id) else self.asking_id

    def other_than(self, delegation_id: int) -> Any:
        return self.asked if delegation_id == self.asking_id else self.asking


class BilateralMember(InConference, db.Model):
    """Somebody named by one of the two to take part beside the head of the delegation."""

    __table_args__: Any = (UniqueConstraint("bilateral_id", "person_id"),)

    id: Mapped[int] = key()
    bilateral_id: Mapped[int] = link("bilateral", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    person_id: Mapped[int] = link("person", nullable=False)

    bilateral: Mapped[Bilateral] = relationship(back_populates="members")
    person: Mapped[Any] = relationship("Person")
