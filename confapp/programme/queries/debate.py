"""Debates with their lists of speakers: for the desk, for a delegation, and as everybody may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.programme.models import (
    Debate,
    DebateTopic,
    Item,
    Placement,
    PlacementRoom,
    Schedule,
    Session,
    Statement,
    StatementFile,
)
from confapp.programme.rules.debate import Missing, Point, Slot, due_at, is_open, may_remind, missing, slots
from confapp.registration.models import Delegation, Registration
from confapp.registration.queries import delegations_visible_to, focal_point_mandates
from confapp.registration.rules import Status

WHOLE = (
    joinedload(Statement.delegation),
    joinedload(Statement.person),
    joinedload(Statement.topic),
    joinedload(Statement.file),
    joinedload(Statement.item),
    selectinload(Statement.files),
)


@dataclass(frozen=True)
class Row:
    """A line of a list: a statement, or another point of the session's order, with its hours. `number` counts the
    statements; None for other points."""

    item: Item
    statement: Statement | None
    slot: Slot
    number: int | None = None
    missing: list[Missing] = field(default_factory=list)
    due_at: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """A list of speakers: its lines, what was withdrawn, and how the time suffices."""

    debate: Debate
    session: Session
    placement: Placement | None
    rows: list[Row]
    withdrawn: list[Statement]

    @property
    def statements(self) -> list[Row]:
        return [row for row in self.rows if row.statement is not None]

    @property
    def minutes(self) -> int:
        return sum(minutes_of(row.item, row.statement, self.debate) for row in self.rows)

    @property
    def available(self) -> int:
        return self.placement.minutes if self.placement is not None else self.session.minutes

    @property
    def over(self) -> int:
        """Minutes that the list takes beyond the session."""
        return max(0, self.minutes - self.available)

    @property
    def speaking(self) -> Row | None:
        return next((one for one in self.statements if _is_speaking(one.statement)), None)

    @property
    def following(self) -> Row | None:
        return next((one for one in self.statements if one.statement and one.statement.started_at is None), None)

    @property
    def is_over(self) -> bool:
        """Whether every statement was delivered."""
        return bool(self.statements) and all(one.statement and one.statement.ended_at for one in self.statements)

    def of(self, ref: str) -> Row | None:
        return next((one for one in self.statements if one.statement and one.statement.ref == ref), None)


def _is_speaking(statement: Statement | None) -> bool:
    return statement is not None and statement.started_at is not None and statement.ended_at is None


def minutes_of(item: Item, statement: Statement | None, debate: Debate) -> int:
    if statement is None:
        return item.minutes or 0
    return statement.minutes or (debate.reply_minutes if statement.is_reply else debate.minutes)


def debate_of(session: Session) -> Debate | None:
    return db.session.scalar(
        select(Debate)
        .where(Debate.session_id == session.id)
        .options(selectinload(Debate.topics), joinedload(Debate.session))
    )


def debate(ref: str) -> Debate | None:
    """The debate of a living session."""
    found: Debate | None = db.session.scalar(_debates().where(Session.ref == ref))
    return found


def is_shown(ref: str) -> bool:
    """Whether everybody may see the list of speakers of a session."""
    wanted = select(Debate.id).join(Debate.session).where(Session.ref == ref, Debate.published_at.is_not(None))
    return db.session.scalar(wanted) is not None


def debates() -> Sequence[Debate]:
    """Those of living sessions, in the order of their codes."""
    return db.session.scalars(_debates().order_by(Session.code, Session.id)).all()


def any_debate() -> bool:
    return db.session.scalar(select(Debate.id).limit(1)) is not None


def _debates() -> Any:
    return (
        select(Debate)
        .join(Debate.session)
        .where(Session.removed_at.is_(None))
        .options(contains_eager(Debate.session), selectinload(Debate.topics))
    )


def hold(debate: Debate) -> None:
    """Whoever holds the same debate waits: its order is changed by one after the other."""
    db.session.execute(select(Debate.id).where(Debate.id == debate.id).with_for_update())


def listing(debate: Debate) -> Listing:
    """The list as it stands now; four queries for any number of speakers."""
    everything = db.session.scalars(
        select(Statement).where(Statement.debate_id == debate.id).options(*WHOLE).order_by(Statement.id)
    ).all()
    by_item = {one.item_id: one for one in everything if one.item_id is not None}
    items = db.session.scalars(
        select(Item).where(Item.session_id == debate.session_id).order_by(Item.position, Item.id)
    ).all()
    place = placement(debate)
    pairs = [(item, by_item.get(item.id)) for item in items]
    points = [
        Point(
            minutes_of(item, one, debate),
            one.started_at if one is not None else None,
            one.ended_at if one is not None else None,
        )
        for item, one in pairs
    ]
    rows, number = [], 0
    for (item, one), slot in zip(pairs, slots(points, place.starts_at if place else None), strict=True):
        number += one is not None
        rows.append(
            Row(
                item,
                one,
                slot,
                number if one is not None else None,
                missing(one, debate) if one is not None else [],
                due_at(one, debate) if one is not None else None,
            )
        )
    return Listing(debate, debate.session, place, rows, [one for one in everything if one.withdrawn_at is not None])


def placement(debate: Debate) -> Placement | None:
    """When it is held: as the draft has it, so that the desk sees what it plans."""
    return db.session.scalar(
        select(Placement)
        .join(Placement.schedule)
        .where(Schedule.number.is_(None), Placement.session_id == debate.session_id)
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    )


def undelivered(delegation: Delegation) -> Sequence[Statement]:
    """What a delegation has asked for and neither withdrawn nor begun to deliver, in any debate."""
    wanted = select(Statement).where(Statement.delegation_id == delegation.id, Statement.withdrawn_at.is_(None))
    return db.session.scalars(wanted.where(Statement.started_at.is_(None)).order_by(Statement.id)).all()


def statement_of(debate: Debate, delegation: Delegation) -> Statement | None:
    """The statement of a delegation, also when it was withdrawn; its rights of reply are others."""
    return db.session.scalar(
        select(Statement)
        .where(
            Statement.debate_id == debate.id, Statement.delegation_id == delegation.id, Statement.is_reply.is_(False)
        )
        .options(*WHOLE, selectinload(Statement.files).joinedload(StatementFile.file))
    )


def statement(debate: Debate, ref: str) -> Statement | None:
    """One of a debate's, also when it was withdrawn."""
    return db.session.scalar(
        select(Statement)
        .where(Statement.debate_id == debate.id, Statement.ref == ref)
        .options(*WHOLE, selectinload(Statement.files).joinedload(StatementFile.file))
    )


def of_item(item: Item) -> Statement | None:
    return db.session.scalar(select(Statement).where(Statement.item_id == item.id).limit(1))


def is_chosen(topic: DebateTopic) -> bool:
    return db.session.scalar(select(Statement.id).where(Statement.topic_id == topic.id).limit(1)) is not None


def silent(debate: Debate) -> list[Delegation]:
    """Delegations that did not decline and have asked for nothing, in the conference's order."""
    asked = select(Statement.delegation_id).where(Statement.debate_id == debate.id, Statement.is_reply.is_(False))
    rows = db.session.scalars(
        select(Delegation).where(Delegation.id.not_in(asked)).order_by(Delegation.position, Delegation.id)
    ).all()
    return [row for row in rows if row.status != "declined"]


def owing(debate: Debate, at: datetime) -> list[tuple[Delegation, list[Missing]]]:
    """Which delegations owe what. Those that asked for nothing come last, while the list is open to them."""
    found = [
        (row.statement.delegation, row.missing) for row in listing(debate).statements if row.statement and row.missing
    ]
    return [*found, *((one, [Missing.REQUEST]) for one in silent(debate))] if is_open(debate, at) else found


def remindable(debate: Debate, at: datetime) -> list[tuple[Delegation, list[Missing]]]:
    """Those of them who have a focal point and were not reminded today."""
    wanted = [one for one in owing(debate, at) if may_remind(debate.reminded.get(str(one[0].id)), at)]
    reached = {row.delegation_id for row in focal_point_mandates([one.id for one, _owed in wanted])}
    return [one for one in wanted if one[0].id in reached]


def speakers(delegation: Delegation) -> Sequence[Registration]:
    """The accredited members of a delegation, who may speak for it."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.delegation_id == delegation.id, Registration.status == Status.ACCREDITED)
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    ).all()


def delegation(actor: Actor, conference: Any, ref: str) -> Delegation | None:
    """One for which somebody may speak to the organizers."""
    found: Delegation | None = db.session.scalar(
        delegations_visible_to(actor, conference).where(
            Delegation.ref == ref, Delegation.id.in_(actor.delegations(conference.id))
        )
    )
    return found
