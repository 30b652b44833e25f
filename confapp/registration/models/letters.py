"""Letters: the texts that a conference writes, and each letter that was asked for or issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Index, String, Text, UniqueConstraint, text
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
)
from confapp.foundation.files import StoredFile
from confapp.registration.models.delegations import Delegation
from confapp.registration.models.registrations import Registration
from confapp.registration.rules.letters import LetterKind, LetterStatus

STANDING = "delegation_id IS NOT NULL AND status <> 'refused' AND status <> 'withdrawn'"
OPEN = "registration_id IS NOT NULL AND (status = 'requested' OR status = 'checked')"


class LetterText(Referenced, Revised, InConference, db.Model):
    """The text of one kind of letter in several languages, with fixed placeholders."""

    __table_args__ = (one_of(LetterKind, "kind"), UniqueConstraint("conference_id", "kind"))

    kind: Mapped[LetterKind] = choice(LetterKind, "kind", nullable=False, copy=True)
    subject: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    body: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    signatory: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    number_form: Mapped[str] = column(String(80), nullable=False, default="", copy=True)


class ReminderText(Referenced, Revised, InConference, db.Model):
    """The organizers' words of one reminder, by language; where they wrote none, ours are used."""

    __table_args__ = (UniqueConstraint("conference_id", "what"),)

    what: Mapped[str] = column(String(40), nullable=False, copy=True)
    subject: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    body: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)


class Letter(Referenced, Revised, InConference, db.Model):
    """A letter to a delegation or about a registration: asked for, checked, issued once as a numbered PDF."""

    __table_args__ = (
        one_of(LetterKind, "kind"),
        one_of(LetterStatus),
        CheckConstraint("(delegation_id IS NULL) <> (registration_id IS NULL)", name="belongs_to_one"),
        Index(
            "uq_letter_number",
            "conference_id",
            "number",
            unique=True,
            sqlite_where=text("number <> ''"),
            postgresql_where=text("number <> ''"),
        ),
        Index(
            "uq_letter_code",
            "code",
            unique=True,
            sqlite_where=text("code <> ''"),
            postgresql_where=text("code <> ''"),
        ),
        # A delegation has one invitation that stands; a person asks for one letter of a kind at a time.
        Index(
            "uq_letter_standing",
            "delegation_id",
            "kind",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index(
            "uq_letter_open",
            "registration_id",
            "kind",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    kind: Mapped[LetterKind] = choice(LetterKind, "kind", nullable=False)
    status: Mapped[LetterStatus] = choice(LetterStatus, nullable=False, default=LetterStatus.REQUESTED)
    delegation_id: Mapped[int | None] = link("delegation")
    registration_id: Mapped[int | None] = link("registration")
    languages: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    number: Mapped[str] = column(String(80), nullable=False, default="")
    dated_on: Mapped[date | None] = column(Date)
    code: Mapped[str] = column(String(20), nullable=False, default="")
    printed: Mapped[dict[str, Any]] = personal(JSON, nullable=False, default=dict)
    purpose: Mapped[str] = personal(Text, nullable=False, default="")
    reason: Mapped[str] = personal(Text, nullable=False, default="")
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    requested_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    requested_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    checked_at: Mapped[datetime | None] = evidence(Moment)
    checked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    issued_at: Mapped[datetime | None] = evidence(Moment)
    issued_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    sent_at: Mapped[datetime | None] = evidence(Moment)
    sent_to: Mapped[str] = personal(String(254), nullable=False, default="")
    mail_id: Mapped[int | None] = link("mail")
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)

    delegation: Mapped[Delegation | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    mail: Mapped[Any] = relationship("Mail")

    @property
    def name(self) -> str:
        """The name of its file, by its number."""
        return f"{self.number.replace('/', '-')}.pdf"
