"""What is wrong in the draft, and how much of it readers do not have yet: dear to find out, asked for after each act.

Most acts put a session somewhere else. Who is needed where, what rooms can do and what readers are told stays as it was
then, so that is kept beyond them, and only the places are looked at again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation.db import db, scope
from confapp.foundation.remembered import until_the_next_act
from confapp.programme import queries
from confapp.programme.models import Session
from confapp.programme.queries import clashes
from confapp.programme.queries.board import Placed, placed
from confapp.programme.queries.clashes import Clashes
from confapp.programme.rules.changes import Edition, changes
from confapp.programme.rules.clashes import Programme, Rule, Setting, Slot, find
from confapp.programme.rules.commands import PLACING

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Basis:
    """What the rules look at beside the places."""

    slots: dict[int, Slot]  # of every session, at no time
    around: Programme
    settings: dict[Rule, Setting]
    accepted: frozenset[str]


class Nowhere:
    """A place that is none yet."""

    starts_at = ends_at = LONG_AGO
    rooms = ()


@dataclass(frozen=True)
class Published:
    """Where readers have each session, and in which of those that the draft has too they read other words."""

    places: dict[int, tuple[Any, ...]]
    compared: frozenset[int]
    reworded: frozenset[int]


def found_clashes(rows: Sequence[Placed] | None = None) -> Clashes:
    """What nobody accepted, with the names of those whom it concerns. `rows` are the draft when it is read already. For
    requests that change nothing."""
    return until_the_next_act(_here(), "clashes", lambda: _clashes(placed() if rows is None else rows))


def number_of_changes(rows: Sequence[Placed] | None = None) -> int:
    """How many sessions of the draft readers have otherwise, or not at all. For requests that change nothing."""
    return until_the_next_act(_here(), "changed", lambda: _changed(placed() if rows is None else rows))


def _here() -> int:
    number = scope()
    assert isinstance(number, int)
    return number


def _clashes(rows: Sequence[Placed]) -> Clashes:
    basis = until_the_next_act(_here(), "basis", _basis, despite=PLACING)
    if any(row.session_id not in basis.slots for row in rows):
        basis = _basis()
    slots = [_at(basis.slots[row.session_id], row) for row in rows if not row.is_cancelled]
    found = [one for one in find(slots, basis.around, basis.settings) if one.key not in basis.accepted]
    return Clashes(found, *clashes.names_in(found), slots=slots, around=basis.around)


def _basis() -> Basis:
    who = clashes.needed()
    living = db.session.scalars(
        select(Session).where(Session.removed_at.is_(None)).options(joinedload(Session.own_kind))
    )
    return Basis(
        {one.id: clashes.slot_of(one, Nowhere, who) for one in living},
        clashes.around(),
        clashes.settings(),
        frozenset(clashes.accepted()),
    )


def _at(slot: Slot, row: Placed) -> Slot:
    return replace(
        slot,
        starts=row.starts_at,
        ends=row.ends_at,
        rooms=frozenset(one.room_id for one in row.rooms if not one.is_overflow),
        overflow=frozenset(one.room_id for one in row.rooms if one.is_overflow),
    )


def _changed(rows: Sequence[Placed]) -> int:
    known = until_the_next_act(_here(), "published", _published, despite=PLACING)
    now = {row.session_id: _place(row) for row in rows if not row.session.is_quiet}
    if any(one in known.places and one not in known.compared for one in now):
        known = _published()
    return sum(now.get(one) != known.places.get(one) or one in known.reworded for one in {**known.places, **now})


def _published() -> Published:
    before = {one.session_id: one for one in queries.editions(queries.newest_release())}
    after = [one for one in queries.draft_editions() if one.session_id in before]
    reworded = [one.session_id for one in after if changes(before[one.session_id], _there(one, before[one.session_id]))]
    places = {number: _place(one) for number, one in before.items()}
    return Published(places, frozenset(one.session_id for one in after), frozenset(reworded))


def _there(edition: Edition, other: Edition) -> Edition:
    """Where another one stands: what differs then are the words."""
    return replace(
        edition,
        starts_at=other.starts_at,
        minutes=other.minutes,
        room_ids=other.room_ids,
        is_cancelled=other.is_cancelled,
    )


def _place(one: Placed | Edition) -> tuple[Any, ...]:
    return one.starts_at, one.minutes, one.room_ids, one.is_cancelled
