from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Integer, String, Text, UniqueConstraint
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
    key,
    link,
    one_of,
    technical,
)
from confapp.programme.rules import ArrangementState, Severity


class ClashSetting(InConference, db.Model):
    """How grave the organizers find one rule of clashes, and its number of minutes or hours where it has one."""

    __table_args__: Any = (UniqueConstraint("conference_id", "rule"), one_of(Severity, "severity"))

    id: Mapped[int] = key()
    rule: Mapped[str] = column(String(40), nullable=False, copy=True)
    severity: Mapped[Severity] = choice(Severity, "severity", nullable=False, copy=True)
    amount: Mapped[int | None] = column(Integer, copy=True)


class AcceptedClash(Referenced, InConference, db.Model):
    """One clash that the organizers live with, and why; `key` says which, so that another one still shows."""

    __table_args__: Any = (UniqueConstraint("conference_id", "key"),)

    key: Mapped[str] = technical(String(200), nullable=False)
    reason: Mapped[str] = column(String(500), nullable=False, default="")
    accepted_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    accepted_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)


class Precedence(Referenced, InConference, db.Model):
    """One session comes before another, by at least so many minutes; as a wish or as a rule."""

    __table_args__: Any = (
        UniqueConstraint("first_id", "then_id"),
        CheckConstraint("first_id <> then_id", name="not_itself"),
        CheckConstraint("minutes >= 0", name="minutes_count"),
    )

    first_id: Mapped[int] = link("session", nullable=False)
    then_id: Mapped[int] = link("session", nullable=False)
    minutes: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    is_rule: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)

    first: Mapped[Any] = relationship("Session", foreign_keys=[first_id])
    then: Mapped[Any] = relationship("Session", foreign_keys=[then_id])


class Arrangement(Referenced, Revised, InConference, db.Model):
    """A run of the scheduler: what it was asked, how far it is, and what it proposes or why nothing fits.

    `asked` is its whole input beside the programme (goal, seed, effort, lost rooms, absent persons, weights), `base`
    the number of the draft's last command when it began. `moves` are places as in `Command.changes`, each
    with `why` (see `scheduler.telling`), `unmet` the wishes and warnings that remain, `conflict` the demands of which
    none can be left out when nothing fits.
    """

    __table_args__: Any = (one_of(ArrangementState, "state"),)

    state: Mapped[ArrangementState] = choice(ArrangementState, "state", nullable=False, default=ArrangementState.QUEUED)
    asked: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)
    base: Mapped[int] = technical(Integer, nullable=False, default=0)
    moves: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list)
    unmet: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list)
    conflict: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list)
    figures: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)
    progress: Mapped[int] = technical(Integer, nullable=False, default=0)
    message: Mapped[str] = column(Text, nullable=False, default="")
    job_ref: Mapped[str] = technical(String(32), nullable=False, default="")
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    finished_at: Mapped[datetime | None] = evidence(Moment)
    stopped_at: Mapped[datetime | None] = evidence(Moment)
    accepted_at: Mapped[datetime | None] = evidence(Moment)
    command_id: Mapped[int | None] = link("command")
