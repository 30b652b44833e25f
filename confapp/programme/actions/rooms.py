from typing import Any

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import require_unchanged
from confapp.programme.models import Room


def add_room(
    actor: Actor,
    conference: Any,
    name: dict[str, str],
    *,
    note: dict[str, str] | None = None,
    capacity: int | None = None,
    is_step_free: bool | None = None,
) -> Room:
    """A room at the end of the order."""
    position = max((room.position for room in queries.rooms()), default=0) + 1
    room = Room(
        conference_id=conference.id,
        name=name,
        note=note or {},
        capacity=capacity,
        is_step_free=is_step_free,
        position=position,
    )
    db.session.add(room)
    audit.record(actor, "add_room", room, name=name)
    return room


def change_room(actor: Actor, room: Room, *, revision: int | None = None, **changed: Any) -> None:
    """`changed` are its name, note, capacity and is_step_free."""
    require_unchanged(room, revision)
    for field, value in changed.items():
        setattr(room, field, value)
    audit.record(actor, "change_room", room, changes=audit.changes(room))


def close_room(actor: Actor, room: Room) -> None:
    """It takes no new session; sessions that are in it stay until they are moved."""
    if room.closed_at is not None:
        raise Refused(_("This room is closed already."))
    room.closed_at = clock.now()
    audit.record(actor, "close_room", room)


def reopen_room(actor: Actor, room: Room) -> None:
    if room.closed_at is None:
        raise Refused(_("This room is open already."))
    room.closed_at = None
    audit.record(actor, "reopen_room", room)


def move_room(actor: Actor, room: Room, step: int) -> None:
    """One place up (-1) or down (1) in the order; at its end nothing happens."""
    order = list(queries.rooms())
    was = order.index(room)
    order.insert(min(max(was + step, 0), len(order) - 1), order.pop(was))
    for position, one in enumerate(order, 1):
        one.position = position
    audit.record(actor, "move_room", room, position=room.position)
