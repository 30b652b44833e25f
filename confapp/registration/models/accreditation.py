"""What stands beside a registration while the offices decide."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, Index, String, Text, text
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
    personal,
)
from confapp.registration.models.categories import TrackStep
from confapp.registration.models.registrations import Registration
from confapp.registration.rules import Outcome


class Clearance(Referenced, InConference, db.Model):
    """What one office said at one step about one registration; a newer one supersedes it and it stays on record."""

    __table_args__ = (
        one_of(Outcome, "outcome"),
        Index(
            "uq_clearance_standing",
            "registration_id",
            "step_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    registration_id: Mapped[int] = link("registration", nullable=False)
    step_id: Mapped[int] = link("track_step", nullable=False)
    outcome: Mapped[Outcome] = choice(Outcome, "outcome", nullable=False)
    note: Mapped[str] = personal(Text, nullable=False, default="")
    at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    superseded_at: Mapped[datetime | None] = evidence(Moment)

    registration: Mapped[Registration] = relationship(back_populates="all_clearances")
    step: Mapped[TrackStep] = relationship()


class PreparedDecision(Referenced, InConference, db.Model):
    """A decision that was prepared and not yet released; with four eyes somebody else releases it."""

    __table_args__ = (
        Index(
            "uq_prepared_decision_open",
            "registration_id",
            unique=True,
            sqlite_where=text("released_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=text("released_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    registration_id: Mapped[int] = link("registration", nullable=False)
    verb: Mapped[str] = evidence(String(40), nullable=False)
    reason: Mapped[str] = personal(Text, nullable=False, default="")
    defects: Mapped[list[dict[str, str]]] = personal(JSON, nullable=False, default=list)
    prepared_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    prepared_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    released_at: Mapped[datetime | None] = evidence(Moment)
    released_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    dropped_at: Mapped[datetime | None] = evidence(Moment)

    registration: Mapped[Registration] = relationship(back_populates="all_prepared")


class Remark(Referenced, InConference, db.Model):
    """A line of the conversation with the person, or an internal note of the offices."""

    registration_id: Mapped[int] = link("registration", nullable=False)
    text: Mapped[str] = personal(Text, nullable=False)
    is_internal: Mapped[bool] = column(Boolean, nullable=False, default=False)
    from_office: Mapped[bool] = column(Boolean, nullable=False, default=False)
    at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")

    registration: Mapped[Registration] = relationship(back_populates="remarks")
