"""What the public site shows: conferences, the released programme, sessions and pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.documents.models import Document, Issue
from confapp.documents.rules import DocumentKind, IssueState
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.programme.models import Placement, PlacementRoom, Room, Schedule, Session
from confapp.programme.rules import PlacementState
from confapp.programme.rules.changes import Change
from confapp.publishing import rules
from confapp.publishing.rules import Printed

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Programme:
    """The current release: its days, the sessions of the day shown (of all when there is none), and the rooms."""

    number: int
    released_at: datetime
    note: dict[str, str]
    days: list[date]
    day: date | None
    rooms: dict[int, dict[str, str]]
    sessions: list[Printed]


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
    found: Schedule | None = db.session.scalar(_releases().limit(1))
    return found


def programme(zone: str, asked: str) -> Programme | None:
    """The released programme on the day asked for; None before the first release."""
    current, before = _newest()
    if current is None or current.released_at is None:
        return None
    days = _days(current.id, zone)
    day = rules.chosen_day(asked, days, clock.today(zone))
    wanted = _placements(current.id, before)
    if day is not None:
        wanted = wanted.where(
            Placement.starts_at >= _midnight(day, zone), Placement.starts_at < _midnight(day + DAY, zone)
        )
    rows = db.session.execute(wanted.order_by(Placement.starts_at, Placement.minutes.desc(), Placement.id))
    places = _rooms_by_session(current.id, before)
    return Programme(
        number=current.number or 0,
        released_at=current.released_at,
        note=current.note,
        days=days,
        day=day,
        rooms=rooms(),
        sessions=[_printed(row, places, current.id, before, zone) for row in rows],
    )


def _days(schedule_id: int, zone: str) -> list[date]:
    starts = db.session.scalars(select(Placement.starts_at).where(Placement.schedule_id == schedule_id).distinct())
    return sorted({clock.local(moment, zone).date() for moment in starts})


def _midnight(day: date, zone: str) -> datetime:
    return clock.instant(datetime.combine(day, time(0)), zone, second=False)


def rooms() -> dict[int, dict[str, str]]:
    """Names of the rooms by id, in the organizers' order."""
    rows = db.session.execute(select(Room.id, Room.name).order_by(Room.position, Room.id))
    return {row.id: row.name for row in rows}


def session(ref: str, zone: str) -> tuple[Printed, dict[str, Any]] | None:
    """A session as the newest release prints it, with what stands on its own page; None when it is not public."""
    current, before = _newest()
    if current is None:
        return None
    row = db.session.execute(
        _placements(current.id, before).add_columns(Placement.details).where(Session.ref == ref)
    ).first()
    return (
        (_printed(row, _rooms_by_session(current.id, before), current.id, before, zone), row.details) if row else None
    )


def _releases() -> Any:
    return select(Schedule).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc())


def _newest() -> tuple[Schedule | None, int]:
    """The newest release and the id of the one before it, 0 when there is none."""
    found = db.session.scalars(_releases().limit(2)).all()
    return (found[0] if found else None), found[1].id if len(found) > 1 else 0


def _placements(current: int, before: int) -> Any:
    was = aliased(Placement)
    return (
        select(
            Placement.session_id,
            Session.ref,
            Placement.starts_at,
            Placement.minutes,
            Placement.state,
            Placement.printed,
            was.id.label("earlier"),
            (was.starts_at != Placement.starts_at).label("was_moved"),
        )
        .join(Session, Session.id == Placement.session_id)
        .outerjoin(was, and_(was.schedule_id == before, was.session_id == Placement.session_id))
        .where(Placement.schedule_id == current)
    )


Rooms = dict[tuple[int, int], tuple[int, ...]]


def _rooms_by_session(*schedules: int) -> Rooms:
    """The rooms by schedule and session."""
    rows = db.session.execute(
        select(Placement.schedule_id, Placement.session_id, PlacementRoom.room_id)
        .join(PlacementRoom, PlacementRoom.placement_id == Placement.id)
        .where(Placement.schedule_id.in_(schedules))
        .order_by(PlacementRoom.placement_id, PlacementRoom.position)
    )
    found: Rooms = {}
    for schedule, session, room in rows:
        found[schedule, session] = (*found.get((schedule, session), ()), room)
    return found


def _printed(row: Any, places: Rooms, current: int, before: int, zone: str) -> Printed:
    starts = clock.local(row.starts_at, zone)
    here = places.get((current, row.session_id), ())
    change = ""
    if before and row.earlier is None:
        change = Change.NEW
    elif before and (row.was_moved or places.get((before, row.session_id), ()) != here):
        change = Change.MOVED
    cancelled = row.state == PlacementState.CANCELLED
    return Printed(row.ref, starts, starts + timedelta(minutes=row.minutes), here, row.printed, cancelled, change)
