"""What the public site shows: conferences, the released programme, sessions and pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.documents.models import Document, Issue
from confapp.documents.rules import Access, DocumentKind, IssueState
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.programme.models import Booklet, Placement, Room, Schedule, Session
from confapp.programme.rules import PrintKind
from confapp.publishing import rules
from confapp.publishing.rules import DayTable, Printed, Wanted
from confapp.speakers.models import Speaker


@dataclass(frozen=True)
class Programme:
    """The current release: its days, the day shown (None: all), the rooms, what is shown of each day, all sessions."""

    number: int
    released_at: datetime
    note: dict[str, str]
    days: list[date]
    day: date | None
    rooms: dict[int, dict[str, str]]
    shown: list[DayTable]
    every: Sequence[Printed]
    files: Sequence[tuple[PrintKind, str, int]]  # kind, language and bytes
    mark: str  # differs from that of any other state of any release


def _newest(*what: Any) -> Any:
    return select(*what).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc()).limit(1)


# Made once: building a statement costs as much as running it here.
NEWEST = _newest(Schedule.id, Schedule.ref, Schedule.revision, Schedule.number, Schedule.released_at, Schedule.note)
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
        .where(Issue.state == IssueState.PUBLISHED, Issue.published_at <= clock.now(), Document.access == Access.PUBLIC)
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
    current = db.session.execute(NEWEST).first()
    if current is None:
        return None
    every, _, days = _table(current.ref, current.revision, zone)
    asked = wanted.day or (rules.ALL_DAYS if wanted.is_narrow else "")
    day = rules.chosen_day(asked, days, clock.today(zone))
    asked_for, names = days if day is None else [day], rooms()
    if wanted.is_narrow:
        texts = _texts(current.ref, current.revision) if wanted.words else {}
        fitting = [one for one in every if one.day in asked_for and wanted.fits(one, list(names), texts)]
        shown = [rules.day_table(day, group, list(names)) for day, group in groupby(fitting, key=lambda one: one.day)]
    else:
        shown = [_day_table(current.ref, current.revision, zone, day, tuple(names)) for day in asked_for]
    files = [(row.kind, row.language, row.size) for row in db.session.execute(_files(current.id))]
    mark = f"{current.ref}.{current.revision}.{zone}"
    return Programme(current.number, current.released_at, current.note, days, day, names, shown, every, files, mark)


def _files(schedule_id: int) -> Any:
    made = select(Booklet.kind, Booklet.language, StoredFile.size).join(StoredFile, StoredFile.id == Booklet.file_id)
    return made.where(Booklet.schedule_id == schedule_id).order_by(Booklet.kind, Booklet.id)


# A release is the same for everybody, and its revision changes with it: a process keeps the last ones that it has read.


class Table(NamedTuple):
    """The sessions of a release in order of time and by reference, and their days; all in local time."""

    every: tuple[Printed, ...]
    by_ref: dict[str, Printed]
    days: list[date]


@lru_cache(maxsize=4)
def _table(ref: str, revision: int, zone: str) -> Table:
    rows = db.session.execute(select(Schedule.table).where(Schedule.ref == ref)).scalar_one()
    local = ZoneInfo(zone)
    every = tuple(_printed(row, local) for row in rows)
    return Table(every, {one.ref: one for one in every}, sorted({one.day for one in every}))


@lru_cache(maxsize=16)
def _day_table(ref: str, revision: int, zone: str, day: date, order: tuple[int, ...]) -> DayTable:
    return rules.day_table(day, (one for one in _table(ref, revision, zone).every if one.day == day), order)


@lru_cache(maxsize=4)
def _texts(ref: str, revision: int) -> dict[str, str]:
    """What is searched of each session of a release beside its title, by its reference."""
    rows = db.session.execute(
        select(Session.ref, Placement.details)
        .join(Placement, Placement.session_id == Session.id)
        .join(Placement.schedule)
        .where(Schedule.ref == ref)
    )
    return rules.texts_of((row.ref, row.details) for row in rows)


def speakers() -> dict[str, dict[str, Any]]:
    """Speakers with a page, by reference: what the newest release says of each, by family name."""
    rows = db.session.execute(select(Speaker.ref, Speaker.printed, Speaker.photo_id).order_by(Speaker.id))
    found = [(row.ref, _with_photo(row.printed, row.photo_id)) for row in rows if row.printed]
    return dict(sorted(found, key=lambda one: (fold(one[1]["sort"]), fold(one[1]["name"]), one[0])))


def speaker(ref: str) -> dict[str, Any] | None:
    row = db.session.execute(select(Speaker.printed, Speaker.photo_id).where(Speaker.ref == ref)).first()
    return _with_photo(row.printed, row.photo_id) if row is not None and row.printed else None


def _with_photo(profile: dict[str, Any], photo_id: int | None) -> dict[str, Any]:
    """The photograph goes some time after the conference; what was printed stays."""
    return profile | {"photo": profile.get("photo", "") if photo_id is not None else ""}


def speaker_photo(ref: str, mark: str, *, small: bool) -> StoredFile | None:
    """The photograph that readers see at present; of an earlier one there is nothing."""
    row = db.session.scalar(select(Speaker).where(Speaker.ref == ref))
    if row is None or not mark or row.printed.get("photo") != mark:
        return None
    stored: StoredFile | None = row.small_photo if small else row.photo
    return stored


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
    current = db.session.execute(NEWEST).first()
    return _table(current.ref, current.revision, zone).by_ref if current is not None else {}


def rooms() -> dict[int, dict[str, str]]:
    """Names of the rooms by id, in the organizers' order."""
    return {row.id: row.name for row in db.session.execute(ROOM_NAMES)}


def session(ref: str, zone: str) -> tuple[Printed, dict[str, Any]] | None:
    """A session as the newest release prints it, with what stands on its own page; None when it is not public."""
    current = db.session.execute(NEWEST).first()
    printed = _table(current.ref, current.revision, zone).by_ref.get(ref) if current is not None else None
    if current is None or printed is None:
        return None
    details = db.session.scalar(
        select(Placement.details)
        .join(Session, Session.id == Placement.session_id)
        .where(Placement.schedule_id == current.id, Session.ref == ref)
    )
    return printed, details or {}


def _printed(row: dict[str, Any], zone: ZoneInfo) -> Printed:
    starts = datetime.fromisoformat(row["starts"]).astimezone(zone)
    ends = starts + timedelta(minutes=row["minutes"])
    was = datetime.fromisoformat(row["was"]).astimezone(zone) if row.get("was") else None
    return Printed(row["ref"], starts, ends, tuple(row["rooms"]), row["words"], row["cancelled"], row["change"], was)
