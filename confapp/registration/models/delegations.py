"""Delegations and their papers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Index, Integer, String, Text, UniqueConstraint
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
    link,
    one_of,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile
from confapp.registration.models.catalogue import Party
from confapp.registration.rules import CredentialKind, DelegationStatus, HostPlace, PartyKind
from confapp.registration.rules.credentials import CredentialState

if TYPE_CHECKING:
    from confapp.registration.models.registrations import Registration


class Delegation(Referenced, Revised, InConference, db.Model):
    """A party at a conference: copies its names, owns them and its place in the order; facts with their times."""

    __public__ = ("name", "position")

    __table_args__ = (
        UniqueConstraint("conference_id", "party_id"),
        one_of(PartyKind, "kind"),
        Index("ix_delegation_conference_id_position", "conference_id", "position"),
    )

    party_id: Mapped[int | None] = link("party", copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    formal_name: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    addressee: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    code: Mapped[str] = column(String(20), nullable=False, default="", copy=True)
    groups: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    tags: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    kind: Mapped[PartyKind] = choice(PartyKind, "kind", nullable=False, default=PartyKind.STATE, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    contact_email: Mapped[str] = personal(String(254), nullable=False, default="")
    invited_at: Mapped[datetime | None] = evidence(Moment)
    invited_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acknowledged_at: Mapped[datetime | None] = evidence(Moment)
    accepted_at: Mapped[datetime | None] = evidence(Moment)
    declined_at: Mapped[datetime | None] = evidence(Moment)
    focal_point_named_at: Mapped[datetime | None] = evidence(Moment)
    reminded_at: Mapped[datetime | None] = evidence(Moment)
    reminders: Mapped[int] = technical(Integer, nullable=False, default=0)
    folded: Mapped[str] = technical(String(600), nullable=False, default="")

    party: Mapped[Party | None] = relationship()
    registrations: Mapped[list["Registration"]] = relationship(back_populates="delegation")
    credentials: Mapped[list["Credential"]] = relationship(back_populates="delegation", order_by="Credential.id")

    @property
    def status(self) -> DelegationStatus:
        """Its newest answer. An invitation that is noted or mailed after an answer takes nothing from it."""
        if (newest := self._newest_answer) is not None:
            return newest[1]
        return DelegationStatus.INVITED if self.invited_at else DelegationStatus.LISTED

    @property
    def answered_at(self) -> datetime | None:
        newest = self._newest_answer
        return newest[0] if newest is not None else None

    @property
    def _newest_answer(self) -> tuple[datetime, DelegationStatus] | None:
        """Of two of one moment, which happens where only the day is known, the one that says more."""
        answers = (
            (self.declined_at, DelegationStatus.DECLINED),
            (self.accepted_at, DelegationStatus.ACCEPTED),
            (self.acknowledged_at, DelegationStatus.ACKNOWLEDGED),
        )
        return max(((at, status) for at, status in answers if at), key=lambda fact: fact[0], default=None)


class Credential(Referenced, InConference, db.Model):
    """A note verbale or letter of a delegation or a registration, checked once; a new one replaces the old."""

    __table_args__ = (
        one_of(CredentialKind, "kind"),
        CheckConstraint("(delegation_id IS NULL) <> (registration_id IS NULL)", name="belongs_to_one"),
    )

    delegation_id: Mapped[int | None] = link("delegation")
    registration_id: Mapped[int | None] = link("registration")
    kind: Mapped[CredentialKind] = choice(CredentialKind, "kind", nullable=False)
    number: Mapped[str] = column(String(80), nullable=False, default="")
    dated_on: Mapped[date | None] = column(Date)
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    received_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    checked_at: Mapped[datetime | None] = evidence(Moment)
    checked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    objected_at: Mapped[datetime | None] = evidence(Moment)
    objection: Mapped[str] = personal(Text, nullable=False, default="")
    replaces_id: Mapped[int | None] = link("credential")

    delegation: Mapped[Delegation | None] = relationship(back_populates="credentials")
    registration: Mapped["Registration | None"] = relationship(back_populates="credentials")
    file: Mapped[StoredFile | None] = relationship()

    @property
    def state(self) -> CredentialState:
        if self.objected_at is not None:
            return CredentialState.OBJECTED
        return CredentialState.TO_CHECK if self.checked_at is None else CredentialState.CHECKED

    @property
    def is_checked(self) -> bool:
        return self.state == CredentialState.CHECKED


class DelegationOrder(Referenced, InConference, db.Model):
    """How the order of a conference's delegations came about; the positions themselves stand on the delegations.

    Whoever changes a position holds this row. `draw` is the newest drawing of the first seat, `first` where the rule
    applied last began; `previous` is what stood before that rule, so that it can be taken back.
    """

    __table_args__ = (UniqueConstraint("conference_id"), one_of(HostPlace, "host_place"))

    language: Mapped[str] = column(String(12), nullable=False, default="en", copy=True)
    kinds_apart: Mapped[bool] = column(Boolean, nullable=False, default=True, copy=True)
    host_place: Mapped[HostPlace] = choice(
        HostPlace, "host_place", nullable=False, default=HostPlace.IN_ORDER, copy=True
    )
    host_id: Mapped[int | None] = link("delegation", copy=True)
    first_id: Mapped[int | None] = link("delegation")
    drawn_id: Mapped[int | None] = link("delegation")
    drawn_at: Mapped[datetime | None] = evidence(Moment)
    draw: Mapped[dict[str, Any]] = evidence(JSON, nullable=False, default=dict)
    ordered_at: Mapped[datetime | None] = evidence(Moment)
    ordered_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    moved_by_hand: Mapped[int] = technical(Integer, nullable=False, default=0)
    moved_at: Mapped[datetime | None] = evidence(Moment)
    previous: Mapped[dict[str, Any]] = technical(JSON, nullable=False, default=dict)

    host: Mapped[Delegation | None] = relationship(foreign_keys=[host_id])
    first: Mapped[Delegation | None] = relationship(foreign_keys=[first_id])
    drawn: Mapped[Delegation | None] = relationship(foreign_keys=[drawn_id])
