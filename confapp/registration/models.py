from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Index, Integer, String, Text, UniqueConstraint, text
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
from confapp.registration.rules import Capacity, CredentialKind, DelegationStatus, PartyKind, Status, Track


class Party(Referenced, db.Model):
    """The catalogue: states and organizations, with their names by language; what is not known is empty."""

    __table_args__ = (one_of(PartyKind, "kind"),)

    kind: Mapped[PartyKind] = choice(PartyKind, "kind", nullable=False)
    code: Mapped[str] = column(String(20), nullable=False, unique=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False)
    formal_name: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    designation: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    un_status: Mapped[str] = column(String(20), nullable=False, default="")
    groups: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    source: Mapped[str] = column(String(200), nullable=False, default="")
    folded: Mapped[str] = technical(String(600), nullable=False, default="")

    @property
    def printed_names(self) -> dict[str, str]:
        """What stands on a list or a nameplate: the short form where there is one."""
        return self.name | self.designation


class Delegation(Referenced, Revised, InConference, db.Model):
    """A party at a conference: copies its names, owns them and its place in the order; facts with their times."""

    __public__ = ("name", "position")

    __table_args__ = (
        UniqueConstraint("conference_id", "party_id"),
        Index("ix_delegation_conference_id_position", "conference_id", "position"),
    )

    party_id: Mapped[int | None] = link("party")
    name: Mapped[dict[str, str]] = column(Translated, nullable=False)
    formal_name: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    code: Mapped[str] = column(String(20), nullable=False, default="")
    groups: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    position: Mapped[int] = column(Integer, nullable=False, default=0)
    contact_email: Mapped[str] = personal(String(254), nullable=False, default="")
    invited_at: Mapped[datetime | None] = evidence(Moment)
    invited_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acknowledged_at: Mapped[datetime | None] = evidence(Moment)
    accepted_at: Mapped[datetime | None] = evidence(Moment)
    declined_at: Mapped[datetime | None] = evidence(Moment)
    focal_point_named_at: Mapped[datetime | None] = evidence(Moment)
    folded: Mapped[str] = technical(String(600), nullable=False, default="")

    party: Mapped[Party | None] = relationship()
    registrations: Mapped[list["Registration"]] = relationship(back_populates="delegation")
    credentials: Mapped[list["Credential"]] = relationship(back_populates="delegation", order_by="Credential.id")

    @property
    def status(self) -> DelegationStatus:
        """The newest of its facts; declining holds until it is accepted again."""
        facts = (
            (self.declined_at, DelegationStatus.DECLINED),
            (self.accepted_at, DelegationStatus.ACCEPTED),
            (self.acknowledged_at, DelegationStatus.ACKNOWLEDGED),
            (self.invited_at, DelegationStatus.INVITED),
        )
        known = [(at, status) for at, status in facts if at]
        return max(known, key=lambda fact: fact[0])[1] if known else DelegationStatus.LISTED


class Category(Referenced, InConference, db.Model):
    """Delegate, observer, media …: its track, its mark on the badge and who may choose it."""

    __public__ = True

    __table_args__ = (one_of(Track, "track"), UniqueConstraint("conference_id", "code"))

    code: Mapped[str] = column(String(40), nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    hint: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    letter: Mapped[str] = column(String(3), nullable=False, default="", copy=True)
    colour: Mapped[str] = column(String(7), nullable=False, default="#5b5b55", copy=True)
    track: Mapped[Track] = choice(Track, "track", nullable=False, default=Track.ACCREDITATION, copy=True)
    is_for_delegations: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    is_open_to_all: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)


class Registration(Referenced, Revised, InConference, db.Model):
    """A person in a category, for a delegation or an organization; badge, seat and attendance are facts beside it."""

    __table_args__ = (
        one_of(Status),
        one_of(Capacity, "capacity"),
        Index("ix_registration_conference_id_status", "conference_id", "status"),
        Index(
            "uq_registration_number",
            "conference_id",
            "number",
            unique=True,
            sqlite_where=text("number <> ''"),
            postgresql_where=text("number <> ''"),
        ),
        CheckConstraint("delegation_id IS NOT NULL OR organization <> ''", name="belongs_somewhere"),
    )

    person_id: Mapped[int] = link("person", nullable=False, unique=True)
    category_id: Mapped[int] = link("category", nullable=False)
    delegation_id: Mapped[int | None] = link("delegation")
    organization: Mapped[str] = personal(String(200), nullable=False, default="")
    functional_title: Mapped[str] = personal(String(200), nullable=False, default="")
    capacity: Mapped[Capacity] = choice(
        Capacity, "capacity", nullable=False, default=Capacity.DELEGATE, data=Data.PERSONAL
    )
    status: Mapped[Status] = choice(Status, nullable=False, default=Status.SUBMITTED)
    number: Mapped[str] = column(String(20), nullable=False, default="")
    submitted_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    submitted_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    decided_at: Mapped[datetime | None] = evidence(Moment)
    replaces_id: Mapped[int | None] = link("registration")

    person: Mapped[Any] = relationship("Person")
    category: Mapped[Category] = relationship()
    delegation: Mapped[Delegation | None] = relationship(back_populates="registrations")
    moves: Mapped[list["RegistrationMove"]] = relationship(
        back_populates="registration", order_by="RegistrationMove.id"
    )

    credentials: Mapped[list["Credential"]] = relationship(back_populates="registration", order_by="Credential.id")

    @property
    def version(self) -> str:
        """The revisions of the registration and its person, as a form carries them."""
        return f"{self.revision}.{self.person.revision}"

    @property
    def reason(self) -> str:
        """Why it was returned or refused, while it is."""
        last = self.moves[-1] if self.moves else None
        return last.reason if last is not None and last.became == self.status else ""

    @property
    def is_confirmed(self) -> bool:
        """Its address was reached, or the focal point of the delegation answers for it."""
        return self.confirmed_at is not None or self.delegation_id is not None

    @property
    def body(self) -> dict[str, str]:
        """Whom the person belongs to, as shown: the delegation's names or the organization's printed one."""
        return self.delegation.name if self.delegation else {"en": self.organization}


class Series(Referenced, InConference, db.Model):
    """The numbers given in a conference, of registrations and later of letters; the row orders those who ask."""

    __table_args__ = (UniqueConstraint("conference_id", "name"),)

    name: Mapped[str] = technical(String(40), nullable=False)
    last: Mapped[int] = technical(Integer, nullable=False, default=0)


class RegistrationMove(Referenced, InConference, db.Model):
    """One line of a registration's ledger: what was done, by whom, when and why."""

    registration_id: Mapped[int] = link("registration", nullable=False)
    verb: Mapped[str] = evidence(String(40), nullable=False)
    was: Mapped[str] = evidence(String(40), nullable=False, default="")
    became: Mapped[str] = evidence(String(40), nullable=False)
    reason: Mapped[str] = personal(Text, nullable=False, default="")
    at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")

    registration: Mapped[Registration] = relationship(back_populates="moves")


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
    replaces_id: Mapped[int | None] = link("credential")

    delegation: Mapped[Delegation | None] = relationship(back_populates="credentials")
    registration: Mapped[Registration | None] = relationship(back_populates="credentials")
    file: Mapped[StoredFile | None] = relationship()

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None
