"""What the public site shows: conferences, the released programme, sessions and pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.documents.models import Document, Issue
from confapp.documents.rules import DocumentKind, IssueState
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.programme.models import Item, Placement, PlacementRoom, Room, Schedule, Session
from confapp.programme.rules import PlacementState
from confapp.publishing.rules import Printed


@dataclass(frozen=True)
class Programme:
    """The current release: its sessions in order of time, and the rooms in the organizers' order."""

    number: int
    released_at: Any
    note: dict[str, str]
    rooms: dict[int, dict[str, str]]
    sessions: tuple[Printed, ...]


def conferences(now: datetime) -> tuple[list[Conference], list[Conference]]:
    """Public conferences: coming (the next first) and past (the latest first)."""
    found = db.session.scalars(
        select(Conference).where(Conference.status != Status.DRAFT).order_by(Conference.starts_on)
    ).all()
    return [c for c in found if c.ends_at > now], [c for c in reversed(found) if c.ends_at <= now]


def pages() -> Sequence[ConferencePage]:
    return db.session.scalars(select(ConferencePage).order_by(ConferencePage.position, ConferencePage.id)).all()


def page(name: str) -> ConferencePage | None:
    return db.session.scalar(select(ConferencePage).where(ConferencePage.name == name))


def outcome() -> Document | None:
    """The published document that the title page names: the newest outcome, else the newest of any kind."""
    found = db.session.scalars(
        select(Document)
        .join(Issue, Issue.document_id == Document.id)
        .where(Issue.state == IssueState.PUBLISHED)
        .order_by(Issue.published_at.desc(), Issue.id.desc())
    ).all()
    return next((one for one in found if one.kind == DocumentKind.OUTCOME), found[0] if found else None)


def release() -> Schedule | None:
    """The newest release of the timetable."""
    return db.session.scalar(_releases().limit(1))


def programme(zone: str) -> Programme | None:
    """The released programme, or None before the first release."""
    releases = db.session.scalars(_releases().limit(2)).all()
    if not releases:
        return None
    current = releases[0]
    before = _places(releases[1].id) if len(releases) > 1 else None
    places = _places(current.id)
    rows = db.session.execute(
        _placements(current.id).order_by(Placement.starts_at, Placement.minutes.desc(), Placement.id)
    )
    return Programme(
        number=current.number or 0,
        released_at=current.released_at,
        note=current.note,
        rooms=rooms(),
        sessions=tuple(_printed(row, places, before, zone) for row in rows),
    )


def rooms() -> dict[int, dict[str, str]]:
    """Names of the rooms by id, in the organizers' order."""
    rows = db.session.execute(select(Room.id, Room.name).order_by(Room.position, Room.id))
    return {row.id: row.name for row in rows}


def session(ref: str, zone: str) -> tuple[Printed, Session] | None:
    """A session as the newest release prints it, and itself for its description; None when it is not public."""
    releases = db.session.scalars(_releases().limit(2)).all()
    row = db.session.execute(_placements(releases[0].id).where(Session.ref == ref)).first() if releases else None
    if row is None:
        return None
    before = _places(releases[1].id) if len(releases) > 1 else None
    whole = db.session.get_one(
        Session, row.session_id, options=[selectinload(Session.items).selectinload(Item.delegation)]
    )
    return _printed(row, _places(releases[0].id), before, zone), whole


def _releases() -> Any:
    return select(Schedule).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc())


def _placements(schedule_id: int) -> Any:
    return (
        select(
            Placement.session_id,
            Placement.starts_at,
            Placement.minutes,
            Placement.state,
            Placement.printed,
            Session.ref,
            Session.title,
            Session.kind,
            Session.access,
        )
        .join(Session, Session.id == Placement.session_id)
        .where(Placement.schedule_id == schedule_id)
    )


def _places(schedule_id: int) -> dict[int, tuple[Any, tuple[int, ...]]]:
    """Start and rooms of each session of a schedule."""
    rows = db.session.execute(
        select(Placement.session_id, Placement.starts_at, PlacementRoom.room_id)
        .outerjoin(PlacementRoom, PlacementRoom.placement_id == Placement.id)
        .where(Placement.schedule_id == schedule_id)
        .order_by(Placement.id, PlacementRoom.position)
    )
    found: dict[int, tuple[Any, tuple[int, ...]]] = {}
    for row in rows:
        known = found.get(row.session_id, (row.starts_at, ()))[1]
        found[row.session_id] = row.starts_at, (*known, row.room_id) if row.room_id else known
    return found


def _printed(row: Any, places: dict[int, Any], before: dict[int, Any] | None, zone: str) -> Printed:
    """A release keeps the printed title and roles; the session itself is asked only where it does not."""
    starts = clock.local(row.starts_at, zone)
    was = before.get(row.session_id) if before is not None else None
    return Printed(
        ref=row.ref,
        title=row.printed.get("title") or row.title,
        kind=row.printed.get("kind") or row.kind.value,
        access=row.printed.get("access") or row.access.value,
        starts=starts,
        ends=starts + timedelta(minutes=row.minutes),
        room_ids=places[row.session_id][1],
        note=row.printed.get("note") or {},
        roles=tuple(row.printed.get("roles") or ()),
        is_cancelled=row.state == PlacementState.CANCELLED,
        is_moved=was is not None and was != places[row.session_id],
        is_new=before is not None and was is None,
    )
