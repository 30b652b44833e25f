"""What the public site shows: conferences, the released programme, sessions and pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.documents.models import Document, Issue
from confapp.documents.rules import DocumentKind, IssueState
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.programme.models import Placement, Room, Schedule, Session
from confapp.publishing import rules
from confapp.publishing.rules import Printed, Wanted
from confapp.speakers.models import Speaker


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
    every: list[Printed]


def _newest(*what: Any) -> Any:
    return select(*what).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc()).limit(1)


# Made once: building a statement costs as much as running it here.
NEWEST_TABLE = _newest(Schedule.id, Schedule.number, Schedule.released_at, Schedule.note, Schedule.table)
ROOM_NAMES = select(Room.id, Room.name).order_by(Room.position, Room.id)


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
    """The newest release of the timetable, without its table."""
    found: Schedule | None = db.session.scalar(_newest(Schedule))
    return found


def programme(zone: str, wanted: Wanted) -> Programme | None:
    """The released programme as far as it is asked for; None before the first release.

    Without a day, one that is narrowed otherwise shows all days.
    """
    current = db.session.execute(NEWEST_TABLE).first()
    if current is None:
        return None
    local = ZoneInfo(zone)
    every = [_printed(row, local) for row in current.table]
    days = sorted({session.starts.date() for session in every})
    asked = wanted.day or (rules.ALL_DAYS if wanted.is_narrow else "")
    day = rules.chosen_day(asked, days, clock.today(zone))
    names = rooms()
    sessions = every if day is None else [session for session in every if session.starts.date() == day]
    if wanted.is_narrow:
        texts = _texts(current.id) if wanted.words else {}
        sessions = [one for one in sessions if wanted.fits(one, list(names), texts)]
    return Programme(current.number, current.released_at, current.note, days, day, names, sessions, every)


def _texts(schedule_id: int) -> dict[str, str]:
    rows = db.session.execute(
        select(Session.ref, Placement.details)
        .join(Placement, Placement.session_id == Session.id)
        .where(Placement.schedule_id == schedule_id)
    )
    return rules.texts_of((row.ref, row.details) for row in rows)


def speakers() -> dict[str, dict[str, Any]]:
    """Speakers with a page, by reference: what the newest release says of each, by family name."""
    rows = db.session.execute(select(Speaker.ref, Speaker.printed).order_by(Speaker.id))
    found = [(row.ref, row.printed) for row in rows if row.printed]
    return dict(sorted(found, key=lambda one: (fold(one[1]["sort"]), fold(one[1]["name"]), one[0])))


def speaker(ref: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = db.session.scalar(select(Speaker.printed).where(Speaker.ref == ref))
    return found or None


def speaker_refs(person_refs: Collection[str]) -> dict[str, str]:
    """The pages of those of these persons who have one."""
    rows = db.session.execute(
        select(Person.ref, Speaker.ref.label("page"), Speaker.printed)
        .join(Speaker.person)
        .where(Person.ref.in_(person_refs))
    )
    return {row.ref: row.page for row in rows if row.printed}


def released(zone: str) -> dict[str, Printed]:
    """The sessions of the newest release by reference."""
    current = db.session.execute(NEWEST_TABLE).first()
    local = ZoneInfo(zone)
    return {row["ref"]: _printed(row, local) for row in current.table} if current is not None else {}


def rooms() -> dict[int, dict[str, str]]:
    """Names of the rooms by id, in the organizers' order."""
    return {row.id: row.name for row in db.session.execute(ROOM_NAMES)}


def session(ref: str, zone: str) -> tuple[Printed, dict[str, Any]] | None:
    """A session as the newest release prints it, with what stands on its own page; None when it is not public."""
    current = db.session.execute(NEWEST_TABLE).first()
    row = next((row for row in current.table if row["ref"] == ref), None) if current is not None else None
    if current is None or row is None:
        return None
    details = db.session.scalar(
        select(Placement.details)
        .join(Session, Session.id == Placement.session_id)
        .where(Placement.schedule_id == current.id, Session.ref == ref)
    )
    return _printed(row, ZoneInfo(zone)), details or {}


def _printed(row: dict[str, Any], zone: ZoneInfo) -> Printed:
    starts = datetime.fromisoformat(row["starts"]).astimezone(zone)
    ends = starts + timedelta(minutes=row["minutes"])
    return Printed(row["ref"], starts, ends, tuple(row["rooms"]), row["words"], row["cancelled"], row["change"])
