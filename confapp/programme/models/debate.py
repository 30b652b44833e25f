from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

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
from confapp.programme.rules import Mode


class Debate(Referenced, Revised, InConference, db.Model):
    """How a general debate, or a countries' review, takes its statements: when its list of speakers opens and closes,
    by when statements are handed in, how long they may be, and in which ways they are given."""

    __table_args__: Any = (CheckConstraint("minutes > 0", name="minutes_count"),)

    session_id: Mapped[int] = link("session", nullable=False, unique=True)
    opens_at: Mapped[datetime | None] = column(Moment)
    closes_at: Mapped[datetime | None] = column(Moment)
    due_at: Mapped[datetime | None] = column(Moment)
    minutes: Mapped[int] = column(Integer, nullable=False, default=5, copy=True)
    modes: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    guidance: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)

    session: Mapped[Any] = relationship("Session")
    topics: Mapped[list["DebateTopic"]] = relationship(order_by="DebateTopic.position", cascade="all, delete-orphan")


class DebateTopic(Referenced, InConference, db.Model):
    """A question of the debate, of which each delegation chooses one."""

    debate_id: Mapped[int] = link("debate", nullable=False)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)


class Statement(Referenced, Revised, InConference, db.Model):
    """What a delegation says in an item of a debate: its speaker (or still to be named), topic, way and text."""

    __table_args__: Any = (
        UniqueConstraint("item_id", "delegation_id"),
        one_of(Mode, "mode"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    item_id: Mapped[int] = link("item", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    person_id: Mapped[int | None] = link("person")
    speaker_name: Mapped[str] = personal(String(200), nullable=False, default="")
    speaker_title: Mapped[str] = personal(String(300), nullable=False, default="")
    rank: Mapped[str] = personal(String(40), nullable=False, default="")
    on_behalf_of: Mapped[str] = column(String(300), nullable=False, default="")
    topic_id: Mapped[int | None] = link("debate_topic")
    mode: Mapped[Mode] = choice(Mode, "mode", nullable=False, default=Mode.IN_PERSON)
    language: Mapped[str] = column(String(12), nullable=False, default="")
    minutes: Mapped[int | None] = column(Integer)
    requested_at: Mapped[datetime | None] = evidence(Moment)
    due_at: Mapped[datetime | None] = column(Moment)
    file_id: Mapped[int | None] = link("stored_file")
    recording_url: Mapped[str] = column(String(1000), nullable=False, default="")
    handed_in_at: Mapped[datetime | None] = evidence(Moment)
    handed_in_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    check_against_delivery: Mapped[bool] = column(Boolean, nullable=False, default=True)
    embargo_until: Mapped[datetime | None] = column(Moment)
    reminded_at: Mapped[datetime | None] = evidence(Moment)
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)
    started_at: Mapped[datetime | None] = evidence(Moment)
    ended_at: Mapped[datetime | None] = evidence(Moment)

    item: Mapped[Any] = relationship("Item")
    delegation: Mapped[Any] = relationship("Delegation")
    person: Mapped[Any] = relationship("Person")
    topic: Mapped[DebateTopic | None] = relationship()
    file: Mapped[Any] = relationship("StoredFile")
