"""The draft as the editor shows it, read as plain rows: its page is asked for after each act of anybody.

Statements are made once, for building one costs as much as running it here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import exists, select

from confapp.foundation.db import db
from confapp.programme.models import OwnKind, Placement, PlacementRoom, Schedule, Session
from confapp.programme.rules import Access, Kind, PlacementState


class Brief(NamedTuple):
    """What a board shows of a session."""

    id: int
    ref: str
    title: dict[str, str]
    code: str
    revision: int
    is_quiet: bool  # see Session.is_quiet


class InRoom(NamedTuple):
    room_id: int
    is_overflow: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement of the draft, looked at as the model is."""

    session: Brief
    starts_at: datetime
    minutes: int
    state: PlacementState
    is_pinned: bool
    rooms: list[InRoom]

    @property
    def session_id(self) -> int:
        return self.session.id

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def room_ids(self) -> tuple[int, ...]:
        return tuple(one.room_id for one in self.rooms)

    @property
    def is_cancelled(self) -> bool:
        return self.state == PlacementState.CANCELLED


class Named(NamedTuple):
    name: dict[str, str]


class Waiting(NamedTuple):
    """A session without a place."""

    id: int
    ref: str
    title: dict[str, str]
    code: str
    minutes: int
    revision: int
    kind: Kind
    own_kind: Named | None


_SESSION = (Session.id, Session.ref, Session.title, Session.code, Session.revision)
_PLACED = (
    select(Placement.id, Placement.starts_at, Placement.minutes, Placement.state, Placement.is_pinned)
    .add_columns(Placement.session_id, Session.kind, Session.access, *_SESSION[1:])
    .join(Placement.schedule)
    .join(Placement.session)
    .where(Schedule.number.is_(None))
    .order_by(Placement.starts_at, Placement.id)
)
_ROOMS = (
    select(PlacementRoom.placement_id, PlacementRoom.room_id, PlacementRoom.is_overflow)
    .join(PlacementRoom.placement)
    .join(Placement.schedule)
    .where(Schedule.number.is_(None))
    .order_by(PlacementRoom.position)
)
_DRAFTED = exists().where(
    Placement.session_id == Session.id, Placement.schedule_id == Schedule.id, Schedule.number.is_(None)
)
_WAITING = (
    select(*_SESSION, Session.minutes, Session.kind, OwnKind.name)
    .outerjoin(Session.own_kind)
    .where(Session.removed_at.is_(None), ~_DRAFTED)
    .order_by(Session.code, Session.id)
)


def placed() -> list[Placed]:
    """The draft in order of time."""
    rooms: dict[int, list[InRoom]] = {}
    for placement_id, room_id, is_overflow in db.session.execute(_ROOMS):
        rooms.setdefault(placement_id, []).append(InRoom(room_id, is_overflow))
    return [
        Placed(
            Brief(one.session_id, one.ref, one.title, one.code, one.revision, _is_quiet(one.kind, one.access)),
            one.starts_at,
            one.minutes,
            one.state,
            one.is_pinned,
            rooms.get(one.id, []),
        )
        for one in db.session.execute(_PLACED)
    ]


def _is_quiet(kind: Kind, access: Access) -> bool:
    return kind == Kind.BILATERAL and access == Access.CLOSED


def waiting() -> Sequence[Waiting]:
    return [
        Waiting(number, ref, title, code, minutes, revision, kind, Named(own) if own else None)
        for number, ref, title, code, revision, minutes, kind, own in db.session.execute(_WAITING)
    ]
