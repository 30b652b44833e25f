from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import require_unchanged
from confapp.programme.models import Room, RoomHours, RoomPart
from confapp.programme.queries import clashes
from confapp.programme.rules.clashes import Hall


def add_room(actor: Actor, conference: Any, name: dict[str, str], **values: Any) -> Room:
    """A room at the end of the order. `values` are as for `change_room`."""
    position = max((room.position for room in queries.rooms()), default=0) + 1
    room = Room(conference_id=conference.id, name=name, position=position, hours=[], parts=[])
    db.session.add(room)
    _write(room, values)
    audit.record(actor, "add_room", room, name=name)
    return room


def change_room(actor: Actor, room: Room, *, revision: int | None = None, **values: Any) -> None:
    """`values` are columns of the room; `open` and `shut`, pairs of instants; `parts`, the rooms that it is made of."""
    require_unchanged(room, revision)
    _write(room, values)
    flag_modified(room, "name")
    audit.record(actor, "change_room", room, changes=audit.changes(room))


def _write(room: Room, values: dict[str, Any]) -> None:
    for field, value in values.items():
        if field not in ("open", "shut", "parts"):
            setattr(room, field, value)
    if "open" in values or "shut" in values:
        _set_hours(room, {True: values.get("open", ()), False: values.get("shut", ())})
    if "parts" in values:
        _set_parts(room, values["parts"])


def _set_hours(room: Room, windows: dict[bool, Sequence[tuple[datetime, datetime]]]) -> None:
    wanted = [(begins, ends, is_open) for is_open, its_windows in windows.items() for begins, ends in its_windows]
    if sorted(wanted) == sorted((one.starts_at, one.ends_at, one.is_open) for one in room.hours):
        return
    room.hours = [
        RoomHours(conference_id=room.conference_id, starts_at=begins, ends_at=ends, is_open=is_open)
        for begins, ends, is_open in wanted
    ]


def _set_parts(room: Room, parts: Sequence[Room]) -> None:
    """A hall is not made of itself, also not by way of others."""
    if {one.part_id for one in room.parts} == {one.id for one in parts}:
        return
    halls = clashes.halls()
    if any(part is room or (room.id in halls and room.id in _within(part.id, halls)) for part in parts):
        raise Refused(_("A hall cannot be a part of itself."), 422, "joins")
    room.parts.clear()
    db.session.flush()
    room.parts = [RoomPart(conference_id=room.conference_id, part=part) for part in parts]


def _within(room_id: int, halls: Mapping[int, Hall]) -> set[int]:
    """Every hall that a hall is made of, however deep, itself too."""
    found, asked = set[int](), [room_id]
    while asked:
        one = asked.pop()
        if one not in found:
            found.add(one)
            asked += halls[one].parts if one in halls else ()
    return found


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


def remove_room(actor: Actor, room: Room) -> None:
    """Takes a room out of the lists; releases that name it go on naming it. It can be brought back for a while."""
    if queries.room_uses().get(room.id):
        raise Refused(_("There are sessions in this room. Move them first, or close the room."))
    room.removed_at = clock.now()
    room.closed_at = room.closed_at or room.removed_at
    audit.record(actor, "remove_room", room)


def move_room(actor: Actor, room: Room, step: int) -> None:
    """One place up (-1) or down (1) in the order; at its end nothing happens."""
    order = list(queries.rooms(with_removed=False))
    was = order.index(room)
    order.insert(min(max(was + step, 0), len(order) - 1), order.pop(was))
    for position, one in enumerate(order, 1):
        one.position = position
    audit.record(actor, "move_room", room, position=room.position)
