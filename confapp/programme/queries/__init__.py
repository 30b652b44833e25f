"""What the desk and a release need of a programme. All of it is read inside a conference's scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from confapp.foundation import clock
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.text import like
from confapp.people.models import Account, Person
from confapp.programme.models import (
    ChoiceGroup,
    Item,
    Placement,
    PlacementRoom,
    Room,
    Schedule,
    Session,
    SessionRole,
)
from confapp.programme.rules import printing
from confapp.programme.rules.changes import Edition
from confapp.programme.rules.removed import KEPT
from confapp.registration.models import Delegation, Registration
from confapp.speakers import queries as speakers
from confapp.speakers.models import Speaker

NAMES_OF_PERSON = (Person.ref, Person.honorific, Person.printed_name)
NAMES_OF_DELEGATION = (Delegation.ref, Delegation.name)
WITH_ITEMS_AND_ROLES = (
    selectinload(Session.items).options(
        joinedload(Item.delegation).load_only(*NAMES_OF_DELEGATION), joinedload(Item.person).load_only(*NAMES_OF_PERSON)
    ),
    selectinload(Session.roles).options(
        joinedload(SessionRole.delegation).load_only(*NAMES_OF_DELEGATION),
        joinedload(SessionRole.person).load_only(*NAMES_OF_PERSON),
    ),
)

# --- rooms and sessions -----------------------------------------------------------------------------------------------


def rooms(*, with_closed: bool = True, with_hours: bool = False, with_removed: bool = True) -> Sequence[Room]:
    """Rooms in the organizers' order. A removed one is closed; a release may name it still."""
    wanted = select(Room).order_by(Room.position, Room.id)
    if not with_removed:
        wanted = wanted.where(Room.removed_at.is_(None))
    if with_hours:
        wanted = wanted.options(selectinload(Room.hours))
    return db.session.scalars(wanted if with_closed else wanted.where(Room.closed_at.is_(None))).all()


def room(ref: str) -> Room | None:
    return db.session.scalar(select(Room).where(Room.ref == ref, Room.removed_at.is_(None)))


def room_uses() -> dict[int, int]:
    """How many sessions of the draft are in each room."""
    rows = db.session.execute(
        select(PlacementRoom.room_id, func.count())
        .join(PlacementRoom.placement)
        .join(Placement.schedule)
        .where(Schedule.number.is_(None))
        .group_by(PlacementRoom.room_id)
    )
    return {row.room_id: row[1] for row in rows}


def session(ref: str) -> Session | None:
    """A session with its items and roles, and those whom they name; removed ones too."""
    wanted = select(Session).where(Session.ref == ref)
    return db.session.scalar(wanted.options(*WITH_ITEMS_AND_ROLES, joinedload(Session.choice_group)))


def sessions(search: str = "", *, removed: bool = False, whole: bool = False) -> Sequence[Session]:
    """Sessions by their code and age, those removed only when asked for; `whole` brings roles and groups as well."""
    wanted = select(Session).where(_is_removed() if removed else Session.removed_at.is_(None))
    if search:
        wanted = wanted.where(Session.folded.like(like(search), escape="\\"))
    if whole:
        wanted = wanted.options(*WITH_ITEMS_AND_ROLES, joinedload(Session.choice_group))
    return db.session.scalars(wanted.order_by(Session.code, Session.id)).all()


def sessions_named(refs: Sequence[str]) -> list[Session]:
    """Those of the given references, in their order."""
    rows = db.session.scalars(select(Session).where(Session.ref.in_(refs)))
    known = {row.ref: row for row in rows}
    return [known[ref] for ref in dict.fromkeys(refs) if ref in known]


def removed_count() -> int:
    return db.session.scalar(select(func.count(Session.id)).where(_is_removed())) or 0


def _is_removed() -> ColumnElement[bool]:
    """As long as it can be brought back."""
    return Session.removed_at > clock.now() - KEPT


def unplaced() -> Sequence[Session]:
    """Sessions that have neither time nor room in the draft."""
    return db.session.scalars(_unplaced(select(Session)).order_by(Session.code, Session.id)).all()


def unplaced_count() -> int:
    return db.session.scalar(_unplaced_count()) or 0


@cache
def _unplaced_count() -> Select[Any]:
    return _unplaced(select(func.count(Session.id)))


def _unplaced(wanted: Select[Any]) -> Select[Any]:
    placed = exists().where(
        Placement.session_id == Session.id, Placement.schedule_id == Schedule.id, Schedule.number.is_(None)
    )
    return wanted.where(Session.removed_at.is_(None), ~placed)


def choice_groups() -> Sequence[ChoiceGroup]:
    living = select(ChoiceGroup).where(ChoiceGroup.removed_at.is_(None))
    return db.session.scalars(living.order_by(ChoiceGroup.position, ChoiceGroup.id)).all()


def delegations() -> Sequence[Delegation]:
    """Those of the conference in its order; without an order by name."""
    rows = db.session.scalars(select(Delegation).where(Delegation.declined_at.is_(None))).all()
    return sorted(rows, key=lambda d: (d.position, d.folded, d.id))


@dataclass(frozen=True)
class Namesake:
    """A person found by name, with what tells them from another of that name."""

    person: Person
    about: dict[str, str]


def people_named(name: str, most: int = 8) -> list[Namesake]:
    rows = db.session.execute(
        select(Person, Speaker.affiliation, Delegation.name, Registration.organization)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .outerjoin(Delegation, Delegation.id == Registration.delegation_id)
        .where(Person.folded.like(like(name), escape="\\"), Person.erased_at.is_(None), Person.merged_into_id.is_(None))
        .order_by(Person.family_name, Person.id)
        .limit(most)
    )
    return [
        Namesake(person, speaks or belongs or ({"en": body} if body else {})) for person, speaks, belongs, body in rows
    ]


def person(ref: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.ref == ref, Person.erased_at.is_(None)))


def last_to_change(ref: str) -> str:
    """Who changed a row last, as the audit record names them."""
    return (
        db.session.scalar(
            select(AuditEntry.acting_name).where(AuditEntry.subject_ref == ref).order_by(AuditEntry.id.desc()).limit(1)
        )
        or ""
    )


# --- the draft and the releases ---------------------------------------------------------------------------------------


def draft() -> Schedule | None:
    return db.session.scalar(select(Schedule).where(Schedule.number.is_(None)))


def releases() -> Sequence[Schedule]:
    """Releases, the newest first."""
    return db.session.scalars(
        select(Schedule).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc())
    ).all()


def newest_release() -> Schedule | None:
    return db.session.scalar(
        select(Schedule).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc()).limit(1)
    )


def release(number: int) -> Schedule | None:
    return db.session.scalar(select(Schedule).where(Schedule.number == number))


def names_of(account_ids: Iterable[int | None]) -> dict[int | None, str]:
    rows = db.session.execute(select(Account.id, Account.name, Account.email).where(Account.id.in_(set(account_ids))))
    return {row.id: row.name or row.email for row in rows}


def placement(session: Session) -> Placement | None:
    """Where and when a session stands in the draft."""
    return db.session.scalar(
        select(Placement)
        .join(Placement.schedule)
        .where(Schedule.number.is_(None), Placement.session_id == session.id)
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    )


def placements_of(sessions: Iterable[int | None]) -> dict[int, Placement]:
    """Where some sessions stand in the draft, with their rooms, by the id of the session."""
    ids = {one for one in sessions if one}
    if not ids:
        return {}
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.schedule)
        .where(Schedule.number.is_(None), Placement.session_id.in_(ids))
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    )
    return {row.session_id: row for row in rows}


def placements(*, whole: bool = False) -> Sequence[Placement]:
    """The draft in order of time with sessions and rooms; `whole` brings items and roles as well."""
    about = contains_eager(Placement.session)
    return db.session.scalars(
        select(Placement)
        .join(Placement.schedule)
        .join(Placement.session)
        .where(Schedule.number.is_(None))
        .order_by(Placement.starts_at, Placement.id)
        .options(about.options(*WITH_ITEMS_AND_ROLES) if whole else about, selectinload(Placement.rooms))
    ).all()


def draft_editions(rows: Sequence[Placement] | None = None) -> list[Edition]:
    """The draft as its readers would find it; `rows` are its whole placements when they are known already."""
    rows = [row for row in (placements(whole=True) if rows is None else rows) if not row.session.is_quiet]
    ids = {role.person_id for row in rows for role in row.session.roles if role.person_id}
    known, told = speakers.printed_words(ids)
    return [
        _edition(row, row.session.ref, printing.printed(row.session), printing.details(row.session, known, told))
        for row in rows
    ]


def editions(schedule: Schedule | None) -> list[Edition]:
    """A release as its readers find it; nothing before the first."""
    if schedule is None:
        return []
    rows = db.session.execute(
        select(Placement, Session.ref)
        .join(Placement.session)
        .where(Placement.schedule_id == schedule.id)
        .options(selectinload(Placement.rooms))
    )
    return [_edition(row, ref, row.printed, row.details) for row, ref in rows]


def _edition(row: Placement, ref: str, printed: dict[str, Any], details: dict[str, Any]) -> Edition:
    aside = frozenset(one.room_id for one in row.rooms if one.is_overflow)
    place = row.starts_at, row.minutes, row.room_ids, row.is_cancelled
    return Edition(row.session_id, ref, *place, printed, details, aside)
