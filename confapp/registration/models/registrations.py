"""Registrations and their ledger."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
    personal,
    technical,
)
from confapp.registration.models.categories import Category, PrivateLink
from confapp.registration.models.delegations import Credential, Delegation
from confapp.registration.rules import Capacity, Rank, Status

if TYPE_CHECKING:
    from confapp.registration.models.accreditation import Clearance, PreparedDecision, Remark
    from confapp.registration.models.questions import Answer


class Registration(Referenced, Revised, InConference, db.Model):
    """A person in a category, for a delegation or an organization; badge, seat and attendance are facts beside it."""

    __table_args__ = (
        one_of(Status),
        one_of(Capacity, "capacity"),
        one_of(Rank, "rank"),
        Index(
            "uq_registration_import_key",
            "conference_id",
            "import_key",
            unique=True,
            sqlite_where=text("import_key <> ''"),
            postgresql_where=text("import_key <> ''"),
        ),
        Index("ix_registration_conference_id_submitted_at", "conference_id", "submitted_at"),
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
    submitted_at: Mapped[datetime | None] = evidence(Moment)  # none before it is submitted
    submitted_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    decided_at: Mapped[datetime | None] = evidence(Moment)
    replaces_id: Mapped[int | None] = link("registration")
    rank: Mapped[Rank] = choice(Rank, "rank", nullable=False, default=Rank.OTHER, data=Data.PERSONAL)
    accompanies_id: Mapped[int | None] = link("registration")
    assignee_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    attended_at: Mapped[datetime | None] = evidence(Moment)
    private_link_id: Mapped[int | None] = link("private_link")
    tags: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    import_key: Mapped[str] = technical(String(64), nullable=False, default="")

    person: Mapped[Any] = relationship("Person")
    category: Mapped[Category] = relationship()
    delegation: Mapped[Delegation | None] = relationship(back_populates="registrations")
    private_link: Mapped[PrivateLink | None] = relationship()
    moves: Mapped[list["RegistrationMove"]] = relationship(
        back_populates="registration", order_by="RegistrationMove.id"
    )

    credentials: Mapped[list["Credential"]] = relationship(back_populates="registration", order_by="Credential.id")
    all_clearances: Mapped[list["Clearance"]] = relationship(back_populates="registration", order_by="Clearance.id")
    all_prepared: Mapped[list["PreparedDecision"]] = relationship(
        back_populates="registration", order_by="PreparedDecision.id"
    )
    remarks: Mapped[list["Remark"]] = relationship(back_populates="registration", order_by="Remark.id")
    answers: Mapped[list["Answer"]] = relationship(back_populates="registration", order_by="Answer.id")
    assignee: Mapped[Any] = relationship("Account", foreign_keys=[assignee_id])
    replaces: Mapped["Registration | None"] = relationship(
        remote_side="Registration.id", foreign_keys=[replaces_id], back_populates="replaced_by"
    )
    replaced_by: Mapped[list["Registration"]] = relationship(foreign_keys=[replaces_id], back_populates="replaces")
    accompanies: Mapped["Registration | None"] = relationship(
        remote_side="Registration.id", foreign_keys=[accompanies_id]
    )

    @property
    def version(self) -> str:
        """The revisions of the registration and its person, as a form carries them."""
        return f"{self.revision}.{self.person.revision}"

    @property
    def reason(self) -> str:
        """Why it was returned or refused, while it is; what the office did with its place since is no part of it."""
        last = next((line for line in reversed(self.moves) if line.became != line.was), None)
        if last is None or last.became != self.status:
            return ""
        return last.reason or " ".join(one.get("text", "") for one in last.defects).strip()

    @property
    def defects(self) -> dict[str, str]:
        """What a return asks for, by field, until it is submitted again."""
        returned = (line for line in reversed(self.moves) if line.verb == "return")
        line = next(returned, None) if self.status == Status.RETURNED else None
        return {one["field"]: one["text"] for one in line.defects} if line is not None else {}

    @property
    def clearances(self) -> list["Clearance"]:
        """What the offices say at present; what was superseded stays on record."""
        return [one for one in self.all_clearances if one.superseded_at is None]

    @property
    def prepared(self) -> "PreparedDecision | None":
        """The decision that waits to be released."""
        waiting = (one for one in self.all_prepared if one.released_at is None and one.dropped_at is None)
        return next(waiting, None)

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


class TwoPeople(Referenced, InConference, db.Model):
    """Two who look like one person and were said not to be: the pair is suggested no more. The lower id comes first."""

    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    one_id: Mapped[int] = link("person", nullable=False)
    other_id: Mapped[int] = link("person", nullable=False)
    said_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    said_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)


class RegistrationMove(Referenced, InConference, db.Model):
    """One line of a registration's ledger: what was done, by whom, when and why."""

    registration_id: Mapped[int] = link("registration", nullable=False)
    verb: Mapped[str] = evidence(String(40), nullable=False)
    was: Mapped[str] = evidence(String(40), nullable=False, default="")
    became: Mapped[str] = evidence(String(40), nullable=False)
    reason: Mapped[str] = personal(Text, nullable=False, default="")
    defects: Mapped[list[dict[str, str]]] = personal(JSON, nullable=False, default=list)
    at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")

    registration: Mapped[Registration] = relationship(back_populates="moves")
