from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from confapp.foundation.db import db
from confapp.programme.models import OwnKind, Room, Session, Theme

Named = OwnKind | Theme


def rows(model: type[Named]) -> Sequence[Any]:
    """Kinds or themes in the organizers' order."""
    return db.session.scalars(select(model).order_by(model.position, model.id)).all()


def row(model: type[Named], ref: str) -> Any:
    return db.session.scalar(select(model).where(model.ref == ref))


def uses(model: type[Named]) -> dict[int, int]:
    """How many sessions each has."""
    column = Session.own_kind_id if model is OwnKind else Session.theme_id
    wanted = select(column, func.count()).where(column.is_not(None), Session.removed_at.is_(None)).group_by(column)
    return {found[0]: found[1] for found in db.session.execute(wanted) if found[0] is not None}


def equipment() -> list[str]:
    """Everything that a room has or a session asks for, so that the same thing is called the same."""
    known = [*db.session.scalars(select(Room.equipment)), *db.session.scalars(select(Session.equipment))]
    return sorted({thing for its_things in known for thing in its_things}, key=str.casefold)
