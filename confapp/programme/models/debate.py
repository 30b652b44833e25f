from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Index, Integer, String, UniqueConstraint, text
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
from confapp.programme.rules import Mode, Ordering


class Debate(Referenced, Revised, InConference, db.Model):
    """How a general debate, or a countries' review, takes its statements: when its list of speakers opens and closes,
    by when statements are handed in, how long they may be, in which ways they are given, and what orders the list.

    `announced_at` is when delegations were shown the provisional list, `published_at` when everybody was.
    `reminded` is when each delegation was reminded last, by the id of its row."""

    __public__ = ("published_at",)
    __table_args__: Any = (
        CheckConstraint("minutes > 0", name="minutes_count"),
        CheckConstraint("reply_minutes > 0", name="reply_minutes_count"),
        one_of(Ordering, "ordering"),
    )

    session_id: Mapped[int] = link("session", nullable=False, unique=True)
    opens_at: Mapped[datetime | None] = column(Moment)
    closes_at: Mapped[datetime | None] = column(Moment)
    due_at: Mapped[datetime | None] = column(Moment)
    minutes: Mapped[int] = column(Integer, nullable=False, default=5, copy=True)
    reply_minutes: Mapped[int] = column(Integer, nullable=False, default=3, copy=True)
    ordering: Mapped[Ordering] = choice(Ordering, "ordering", nullable=False, default=Ordering.RANK, copy=True)
    states_first: Mapped[bool] = column(Boolean, nullable=False, default=True, copy=True)
    announced_at: Mapped[datetime | None] = evidence(Moment)
    published_at: Mapped[datetime | None] = evidence(Moment)
    reminded: Mapped[dict[str, str]] = technical(JSON, nullable=False, default=dict)
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
    """What a delegation says in an item of a debate: its speaker (or still to be named), topic, way and text.

    A withdrawn one has no item any more. `moved_at` is set when somebody put it where it stands by hand: the rule
    leaves it there. A delegation has one in a debate, beside its rights of reply."""

    __table_args__: Any = (
        UniqueConstraint("item_id", "delegation_id"),
        Index(
            "uq_statement_one_request",
            "debate_id",
            "delegation_id",
            unique=True,
            sqlite_where=text("is_reply = 0"),
            postgresql_where=text("NOT is_reply"),
        ),
        one_of(Mode, "mode"),
        CheckConstraint("minutes > 0", name="minutes_count"),
    )

    debate_id: Mapped[int] = link("debate", nullable=False)
    item_id: Mapped[int | None] = link("item")
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
    may_publish: Mapped[bool] = column(Boolean, nullable=False, default=False)
    checked_at: Mapped[datetime | None] = evidence(Moment)
    checked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    is_reply: Mapped[bool] = column(Boolean, nullable=False, default=False)
    moved_at: Mapped[datetime | None] = evidence(Moment)
    embargo_until: Mapped[datetime | None] = column(Moment)
    reminded_at: Mapped[datetime | None] = evidence(Moment)
    withdrawn_at: Mapped[datetime | None] = evidence(Moment)
    started_at: Mapped[datetime | None] = evidence(Moment)
    ended_at: Mapped[datetime | None] = evidence(Moment)

    debate: Mapped[Debate] = relationship()
    item: Mapped[Any] = relationship("Item")
    delegation: Mapped[Any] = relationship("Delegation")
    person: Mapped[Any] = relationship("Person")
    topic: Mapped[DebateTopic | None] = relationship()
    file: Mapped[Any] = relationship("StoredFile")
    files: Mapped[list["StatementFile"]] = relationship(order_by="StatementFile.id", cascade="all, delete-orphan")

    @property
    def speaker(self) -> str:
        """The speaker as printed: a member of the delegation, or whom it named."""
        return self.person.full_name if self.person is not None else self.speaker_name

    @property
    def topic_title(self) -> dict[str, str]:
        return self.topic.title if self.topic is not None else {}


class StatementFile(Referenced, InConference, db.Model):
    """One version of a statement's text: what was handed in stays on record when it is replaced."""

    statement_id: Mapped[int] = link("statement", nullable=False)
    file_id: Mapped[int] = link("stored_file", nullable=False)
    is_late: Mapped[bool] = column(Boolean, nullable=False, default=False)
    handed_in_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    handed_in_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    file: Mapped[Any] = relationship("StoredFile")
