from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy import text as sql
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
from confapp.foundation.sealing import Sealed, sealed
from confapp.people.rules import LinkPurpose, Role

OPEN = sql("done_at IS NULL AND cancelled_at IS NULL")


class Account(Referenced, db.Model):
    """A mailbox that can sign in; with the catalogue of parties the only thing above conferences."""

    email: Mapped[str] = personal(String(254), nullable=False)
    email_folded: Mapped[str] = personal(String(254), nullable=False, unique=True)
    name: Mapped[str] = personal(String(200), nullable=False, default="")
    language: Mapped[str] = column(String(12), nullable=False, default="en")
    is_shared: Mapped[bool] = column(Boolean, nullable=False, default=False)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    disabled_at: Mapped[datetime | None] = evidence(Moment)

    mandates: Mapped[list["Mandate"]] = relationship(back_populates="account", foreign_keys="Mandate.account_id")


class SignIn(Referenced, db.Model):
    """One browser signed in to an account; its cookie holds a token of which only the hash is kept.

    When it was begun by the link to one record, it reaches that person's record and nothing else.
    """

    account_id: Mapped[int] = link("account", nullable=False)
    token_hash: Mapped[str] = technical(String(64), nullable=False, unique=True)
    acting_name: Mapped[str] = personal(String(200), nullable=False, default="")
    is_staff: Mapped[bool] = technical(Boolean, nullable=False, default=False)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    seen_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)
    expires_at: Mapped[datetime] = technical(Moment, nullable=False)
    ended_at: Mapped[datetime | None] = evidence(Moment)
    person_id: Mapped[int | None] = link("person")
    address: Mapped[str] = personal(String(60), nullable=False, default="")
    agent: Mapped[str] = personal(String(200), nullable=False, default="")

    account: Mapped[Account] = relationship()


class MailedLink(Referenced, db.Model):
    """A link sent by mail: to sign in once, to accept an invitation, or to reach one record."""

    __table_args__ = (one_of(LinkPurpose, "purpose"), {"info": {"unscoped": True}})

    purpose: Mapped[LinkPurpose] = choice(LinkPurpose, "purpose", nullable=False)
    token_hash: Mapped[str] = technical(String(64), nullable=False, unique=True)
    email: Mapped[str] = personal(String(254), nullable=False)
    account_id: Mapped[int | None] = link("account")
    mandate_id: Mapped[int | None] = link("mandate")
    person_id: Mapped[int | None] = link("person")
    delegation_id: Mapped[int | None] = link("delegation")
    conference_id: Mapped[int | None] = link("conference")
    next_path: Mapped[str] = technical(String(300), nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    expires_at: Mapped[datetime] = technical(Moment, nullable=False)
    used_at: Mapped[datetime | None] = evidence(Moment)
    revoked_at: Mapped[datetime | None] = evidence(Moment)
    replaced_by_id: Mapped[int | None] = link("mailed_link")

    mandate: Mapped["Mandate | None"] = relationship()
    account: Mapped[Account | None] = relationship()
    conference: Mapped[Any] = relationship("Conference")

    def is_open(self, at: datetime) -> bool:
        """A link to a record can be opened again and again, others once."""
        spent = self.used_at is not None and self.purpose != LinkPurpose.RECORD
        return self.revoked_at is None and self.expires_at > at and not spent


class Person(Referenced, Revised, InConference, db.Model):
    """Somebody in one conference; names stay as typed. Merged and erased inside that conference."""

    __public__ = ("honorific", "printed_name")

    __table_args__ = (Index("ix_person_conference_id_folded", "conference_id", "folded"),)

    honorific: Mapped[str] = personal(String(60), nullable=False, default="")
    given_name: Mapped[str] = personal(String(120), nullable=False, default="")
    family_name: Mapped[str] = personal(String(120), nullable=False, default="")
    printed_name: Mapped[str] = personal(String(200), nullable=False)
    badge_name: Mapped[str] = personal(String(120), nullable=False, default="")
    email: Mapped[str] = personal(String(254), nullable=False, default="")
    phone: Mapped[str] = personal(String(40), nullable=False, default="")
    phone_e164: Mapped[str] = personal(String(20), nullable=False, default="")  # to be dialled; `phone` is as typed
    language: Mapped[str] = column(String(12), nullable=False, default="en")
    country: Mapped[str] = personal(String(3), nullable=False, default="")
    account_id: Mapped[int | None] = link("account")
    folded: Mapped[str] = personal(String(600), nullable=False, default="")
    passport_number_sealed: Mapped[bytes | None] = sealed(Data.HIGH)
    access_needs_sealed: Mapped[bytes | None] = sealed(Data.SPECIAL)
    birth_date_sealed: Mapped[bytes | None] = sealed(Data.HIGH)
    diet_sealed: Mapped[bytes | None] = sealed(Data.SPECIAL)
    photo_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    erased_at: Mapped[datetime | None] = evidence(Moment)
    merged_into_id: Mapped[int | None] = link("person")

    passport_number = Sealed("passport_number_sealed")
    access_needs = Sealed("access_needs_sealed")
    birth_date = Sealed("birth_date_sealed")
    diet = Sealed("diet_sealed")

    account: Mapped[Account | None] = relationship()
    conference: Mapped[Any] = relationship("Conference")
    registration: Mapped[Any] = relationship("Registration", uselist=False, viewonly=True)
    photo: Mapped[Any] = relationship("StoredFile")

    @property
    def full_name(self) -> str:
        return f"{self.honorific} {self.printed_name}".strip()


class Mandate(Referenced, db.Model):
    """A right given to a mailbox: a role in a conference, for a delegation, or over one person's record."""

    __table_args__ = (
        one_of(Role, "role"),
        Index("ix_mandate_account_id_conference_id", "account_id", "conference_id"),
        {"info": {"unscoped": True}},
    )

    role: Mapped[Role] = choice(Role, "role", nullable=False)
    conference_id: Mapped[int | None] = link("conference")
    account_id: Mapped[int] = link("account", nullable=False)
    delegation_id: Mapped[int | None] = link("delegation")
    person_id: Mapped[int | None] = link("person")
    given_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    given_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    accepted_at: Mapped[datetime | None] = evidence(Moment)
    starts_at: Mapped[datetime] = column(Moment, nullable=False, default=clock.now)
    ends_at: Mapped[datetime | None] = column(Moment)
    revoked_at: Mapped[datetime | None] = evidence(Moment)
    revoked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    account: Mapped[Account] = relationship(back_populates="mandates", foreign_keys=[account_id])
    conference: Mapped[Any] = relationship("Conference")
    delegation: Mapped[Any] = relationship("Delegation")
    person: Mapped[Person | None] = relationship()

    def is_in_force(self, at: datetime) -> bool:
        return self.revoked_at is None and self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class ErasureRequest(Referenced, db.Model):
    """Somebody asked that the data of a person, or of an account, be erased; it is done within three days."""

    __table_args__ = (
        Index("uq_erasure_request_person", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_erasure_request_account", "account_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("(person_id IS NULL) <> (account_id IS NULL)", name="about_one"),
        {"info": {"unscoped": True}},
    )

    conference_id: Mapped[int | None] = link("conference")
    person_id: Mapped[int | None] = link("person", index=False)
    account_id: Mapped[int | None] = link("account", index=False)
    asked_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    asked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    due_at: Mapped[datetime] = technical(Moment, nullable=False, index=True)
    cancelled_at: Mapped[datetime | None] = evidence(Moment)
    done_at: Mapped[datetime | None] = evidence(Moment)
    done_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    person: Mapped[Person | None] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None


class ConsentText(Referenced, InConference, db.Model):
    """One version of a text that people consent to; a changed text is a new version and asks again."""

    __public__ = True

    __table_args__ = (UniqueConstraint("conference_id", "kind", "version"),)

    kind: Mapped[str] = column(String(40), nullable=False, copy=True)
    version: Mapped[int] = column(Integer, nullable=False)
    text: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    sha256: Mapped[str] = evidence(String(64), nullable=False)
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


class Consent(Referenced, InConference, db.Model):
    """Somebody agreed to one version of a text, in one language; withdrawn by a time, never deleted."""

    person_id: Mapped[int] = link("person", nullable=False)
    text_id: Mapped[int] = link("consent_text", nullable=False)
    language: Mapped[str] = evidence(String(12), nullable=False)
    given_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    given_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    via: Mapped[str] = evidence(Text, nullable=False, default="")
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)
