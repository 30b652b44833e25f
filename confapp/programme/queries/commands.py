"""The draft's commands, and the places that they change."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from confapp.foundation.db import db
from confapp.programme.models import Command, Placement, Schedule, Session
from confapp.programme.rules import commands as rules

REMEMBERED = 200  # of an author's commands, and of all when one looks for who changed a session


def placements_of(session_ids: Collection[int]) -> dict[int, Placement]:
    """Where these sessions stand in the draft, by session."""
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.schedule)
        .where(Schedule.number.is_(None), Placement.session_id.in_(session_ids))
        .options(selectinload(Placement.rooms))
        .execution_options(populate_existing=True)
    )
    return {row.session_id: row for row in rows}


def sessions_of(session_ids: Collection[int]) -> dict[int, Session]:
    rows = db.session.scalars(select(Session).where(Session.id.in_(session_ids)))
    return {row.id: row for row in rows}


def history(most: int = 50, *, before: int | None = None) -> Sequence[Command]:
    """Commands on the draft, the newest first."""
    wanted = select(Command).join(Schedule, Schedule.id == Command.schedule_id).where(Schedule.number.is_(None))
    if before is not None:
        wanted = wanted.where(Command.number < before)
    return db.session.scalars(wanted.order_by(Command.number.desc()).limit(most)).all()


def after(number: int, most: int = 100) -> Sequence[Command]:
    """Commands on the draft since one, the oldest first."""
    wanted = select(Command).join(Schedule, Schedule.id == Command.schedule_id)
    return db.session.scalars(
        wanted.where(Schedule.number.is_(None), Command.number > number).order_by(Command.number).limit(most)
    ).all()


def newest_number() -> int:
    return db.session.scalar(select(Schedule.commands).where(Schedule.number.is_(None))) or 0


def stacks(account_id: int | None) -> tuple[list[Command], list[Command]]:
    """What somebody can take back and do again, the next one last."""
    own = select(Command).join(Schedule, Schedule.id == Command.schedule_id)
    own = own.where(Schedule.number.is_(None), Command.made_by == account_id)
    rows = db.session.scalars(
        own.order_by(Command.number.desc()).limit(REMEMBERED).options(defer(Command.changes))
    ).all()
    return rules.stacks(reversed(rows))


def latest(account_id: int | None) -> tuple[str, str]:
    """The verbs of what somebody can take back next, and do again next; empty where there is nothing."""
    own = select(Command.id, Command.verb, Command.undoes_id).join(Schedule, Schedule.id == Command.schedule_id)
    own = own.where(Schedule.number.is_(None), Command.made_by == account_id)
    rows = db.session.execute(own.order_by(Command.number.desc()).limit(REMEMBERED)).all()
    done, undone = rules.stacks(reversed(rows))
    return done[-1].verb if done else "", undone[-1].verb if undone else ""


def command(ref: str) -> Command | None:
    """An act on the draft."""
    wanted = select(Command).join(Schedule, Schedule.id == Command.schedule_id)
    return db.session.scalar(wanted.where(Schedule.number.is_(None), Command.ref == ref))


def last_to_place(session_id: int) -> str:
    """Who changed the place of a session last."""
    return next(
        (
            one.acting_name
            for one in history(REMEMBERED)
            if any(change["session"] == session_id for change in one.changes)
        ),
        "",
    )
