from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    InConference,
    Moment,
    Referenced,
    choice,
    column,
    db,
    evidence,
    key,
    link,
    one_of,
    technical,
)
from confapp.programme.rules import PrintKind


class Agenda(Referenced, InConference, db.Model):
    """Sessions that somebody starred, reached by a private link of which only the hash is kept. It needs no account;
    a registered person's agenda names the person."""

    token_hash: Mapped[str] = technical(String(64), nullable=False, unique=True)
    person_id: Mapped[int | None] = link("person", unique=True)
    language: Mapped[str] = column(String(12), nullable=False, default="en")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    seen_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)

    stars: Mapped[list["Star"]] = relationship(cascade="all, delete-orphan")


class Star(InConference, db.Model):
    __table_args__: Any = (UniqueConstraint("agenda_id", "session_id"),)

    id: Mapped[int] = key()
    agenda_id: Mapped[int] = link("agenda", nullable=False)
    session_id: Mapped[int] = link("session", nullable=False)


class Booklet(Referenced, InConference, db.Model):
    """The programme of a release in one language as a file: the booklet, a plan for the wall, or a workbook."""

    __public__ = True

    __table_args__: Any = (one_of(PrintKind, "kind"), UniqueConstraint("schedule_id", "language", "kind"))

    schedule_id: Mapped[int] = link("schedule", nullable=False)
    kind: Mapped[PrintKind] = choice(PrintKind, "kind", nullable=False, default=PrintKind.BOOKLET)
    language: Mapped[str] = column(String(12), nullable=False)
    file_id: Mapped[int | None] = link("stored_file")
    made_at: Mapped[datetime | None] = evidence(Moment)

    schedule: Mapped[Any] = relationship("Schedule")
    file: Mapped[Any] = relationship("StoredFile")
