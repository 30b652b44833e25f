"""The organizers' own kinds of sessions, the themes of the programme, and the groups of which one session is chosen."""

from typing import Any

from sqlalchemy import update

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.programme.actions import require_unchanged
from confapp.programme.models import ChoiceGroup, OwnKind, Session, Theme
from confapp.programme.queries import kinds as queries

Named = OwnKind | Theme | ChoiceGroup


def add(actor: Actor, conference: Any, model: type[Named], **values: Any) -> Named:
    """A kind, a theme or a group at the end of the order; `values` are its columns."""
    row = model(conference_id=conference.id, position=len(queries.rows(model)) + 1, **values)
    db.session.add(row)
    audit.record(actor, f"add_{model.__tablename__}", row, name=values["name"])
    return row


def change(actor: Actor, row: Named, *, revision: int | None = None, **values: Any) -> None:
    """Sessions of a kind whose nature changes change theirs."""
    require_unchanged(row, revision)
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, OwnKind):
        _of(row, {"kind": row.nature})
    audit.record(actor, f"change_{row.__tablename__}", row, changes=audit.changes(row))


def remove(actor: Actor, row: Named) -> None:
    """Its sessions stay; those of a kind go on under the general name of its nature. The record of who did this names
    them, so that what is brought back has them again."""
    sessions = queries.sessions_of(row)
    _of(row, {queries.column_of(type(row)).key: None})
    audit.record(actor, f"remove_{row.__tablename__}", row, name=row.name, sessions=sessions)
    row.removed_at = clock.now()


def move(actor: Actor, row: Named, step: int) -> None:
    """One place up (-1) or down (1) in the order; at its end nothing happens."""
    order = list(queries.rows(type(row)))
    was = order.index(row)
    order.insert(min(max(was + step, 0), len(order) - 1), order.pop(was))
    for position, one in enumerate(order, 1):
        one.position = position
    audit.record(actor, f"move_{row.__tablename__}", row, position=row.position)


def _of(row: Named, values: dict[str, Any]) -> None:
    """Changes all its sessions; pages that show one of them are old afterwards."""
    column = queries.column_of(type(row))
    db.session.flush()
    changed = update(Session).where(column == row.id)
    db.session.execute(changed.values(revision=Session.revision + 1, **values))
