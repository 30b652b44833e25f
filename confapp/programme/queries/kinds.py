from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from confapp.foundation.db import db
from confapp.programme.models import ChoiceGroup, OwnKind, Room, Session, Theme

Named = OwnKind | Theme | ChoiceGroup


def rows(model: type[Named]) -> Sequence[Any]:
    """Kinds, themes or choice groups in the organizers' order."""
    return db.session.scalars(_living(model).order_by(model.position, model.id)).all()


def row(model: type[Named], ref: str) -> Any:
    return db.session.scalar(_living(model).where(model.ref == ref))


def _living(model: type[Named]) -> Select[Any]:
    return select(model).where(model.removed_at.is_(None))


def sessions_of(row: Named) -> list[str]:
    """The references of its sessions, removed ones too."""
    return list(db.session.scalars(select(Session.ref).where(column_of(type(row)) == row.id).order_by(Session.id)))


def column_of(model: type[Named]) -> Any:
    """The column by which sessions point to it."""
    return {OwnKind: Session.own_kind_id, Theme: Session.theme_id, ChoiceGroup: Session.choice_group_id}[model]


def uses(model: type[Named]) -> dict[int, int]:
    """How many sessions each has."""
    column = column_of(model)
    wanted = select(column, func.count()).where(column.is_not(None), Session.removed_at.is_(None)).group_by(column)
    return {found[0]: found[1] for found in db.session.execute(wanted) if found[0] is not None}


def equipment() -> list[str]:
    """Everything that a room has or a session asks for, so that the same thing is called the same."""
    known = [*db.session.scalars(select(Room.equipment)), *db.session.scalars(select(Session.equipment))]
    return sorted({thing for its_things in known for thing in its_things}, key=str.casefold)
