"""Categories of participants."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Translated,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
)
from confapp.registration.rules import Office, PhotoNeed, Track


class Category(Referenced, InConference, db.Model):
    """Delegate, observer, media …: its track, its mark on the badge and who may choose it."""

    __public__ = True

    __table_args__ = (
        one_of(Track, "track"),
        one_of(PhotoNeed, "photo"),
        UniqueConstraint("conference_id", "code"),
        CheckConstraint("offer_hours >= 0", name="offer_hours_count"),
    )

    code: Mapped[str] = column(String(40), nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    hint: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    letter: Mapped[str] = column(String(3), nullable=False, default="", copy=True)
    colour: Mapped[str] = column(String(7), nullable=False, default="#5b5b55", copy=True)
    track: Mapped[Track] = choice(Track, "track", nullable=False, default=Track.ACCREDITATION, copy=True)
    is_for_delegations: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    is_open_to_all: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    members_fill_in: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    needs_link: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    groups: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    is_accompanying: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    photo: Mapped[PhotoNeed] = choice(PhotoNeed, "photo", nullable=False, default=PhotoNeed.OPTIONAL, copy=True)
    needs_four_eyes: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    takes_waiting: Mapped[bool] = column(Boolean, nullable=False, default=True, copy=True)
    offer_hours: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)

    all_steps: Mapped[list["TrackStep"]] = relationship(back_populates="category", order_by="TrackStep.position")

    @property
    def steps(self) -> list["TrackStep"]:
        """The steps in force, in their order."""
        return [step for step in self.all_steps if step.retired_at is None]


class TrackStep(Referenced, InConference, db.Model):
    """One step of a category's track before the decision: the office that clears it. None: the decision alone."""

    __table_args__ = (one_of(Office, "office"), UniqueConstraint("category_id", "position"))

    category_id: Mapped[int] = link("category", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False, copy=True)
    office: Mapped[Office] = choice(Office, "office", nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    retired_at: Mapped[datetime | None] = evidence(Moment)

    category: Mapped[Category] = relationship(back_populates="all_steps")


class PrivateLink(Referenced, InConference, db.Model):
    """An address that opens one category's form to those who were given it; its reference is the secret part."""

    category_id: Mapped[int] = link("category", nullable=False)
    label: Mapped[str] = column(String(120), nullable=False, default="")
    ends_at: Mapped[datetime | None] = column(Moment)
    closed_at: Mapped[datetime | None] = evidence(Moment)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    category: Mapped[Category] = relationship()
