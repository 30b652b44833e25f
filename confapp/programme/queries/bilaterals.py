"""Meetings between delegations, for the two and for the protocol office. Nobody else asks here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.languages import N_, best
from confapp.foundation.mail import Mail, MailState
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.programme.models import Bilateral, BilateralMember, Placement, Room
from confapp.programme.queries import clashes, openings, placements_of
from confapp.programme.queries.openings import Opening, Standing
from confapp.programme.rules import BilateralStatus as Status
from confapp.programme.rules.agendas import Appointment
from confapp.programme.rules.bilaterals import SETTLED, STANDING, TOPIC, windows
from confapp.programme.rules.clashes import Clash, Slot
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import LIVING

WHOLE = (
    joinedload(Bilateral.asking),
    joinedload(Bilateral.asked),
    joinedload(Bilateral.session),
    selectinload(Bilateral.members).joinedload(BilateralMember.person),
)
OFFERED, MORE = 8, 40  # free places shown, and when more are asked for
OPENS, CLOSES = time(8), time(20)  # where nobody wished for a time


def meeting(ref: str) -> Bilateral | None:
    return db.session.scalar(select(Bilateral).where(Bilateral.ref == ref).options(*WHOLE))


def of_delegation(delegation: Delegation) -> Sequence[Bilateral]:
    """Those that it asked for and those that it is asked for, the newest first."""
    mine = or_(Bilateral.asking_id == delegation.id, Bilateral.asked_id == delegation.id)
    return db.session.scalars(select(Bilateral).where(mine).options(*WHOLE).order_by(Bilateral.id.desc())).all()


def between(one: Delegation, other: Delegation) -> Bilateral | None:
    """What already stands between two delegations, whoever asked."""
    pair = or_(
        (Bilateral.asking_id == one.id) & (Bilateral.asked_id == other.id),
        (Bilateral.asking_id == other.id) & (Bilateral.asked_id == one.id),
    )
    wanted = select(Bilateral).where(pair, Bilateral.status.in_(STANDING))
    return db.session.scalar(wanted.order_by(Bilateral.id).limit(1))


def is_reserved(session: Any) -> bool:
    """Whether a session keeps a room for two delegations; says nothing of whom."""
    if not session.is_quiet:
        return False
    return db.session.scalar(select(Bilateral.id).where(Bilateral.session_id == session.id).limit(1)) is not None


def asked_count(delegation: Delegation) -> int:
    wanted = select(func.count(Bilateral.id)).where(
        Bilateral.asking_id == delegation.id, Bilateral.status.in_(STANDING)
    )
    return db.session.scalar(wanted) or 0


def members_to_name(delegation: Delegation) -> Sequence[Registration]:
    """Whom a delegation may name: its registered members."""
    return db.session.scalars(
        select(Registration)
        .join(Registration.person)
        .options(joinedload(Registration.person))
        .where(Registration.delegation_id == delegation.id, Registration.status.in_(LIVING), Person.erased_at.is_(None))
        .order_by(Person.family_name, Registration.id)
    ).all()


def waiting_count() -> int:
    """How many are agreed and have no room."""
    return db.session.scalar(select(func.count(Bilateral.id)).where(Bilateral.status == Status.AGREED)) or 0


def placements(meetings: Sequence[Bilateral]) -> dict[int, Placement]:
    """Where each meeting stands, by its session."""
    return placements_of(one.session_id for one in meetings)


@dataclass(frozen=True)
class Asked:
    """How the list of the protocol office is narrowed."""

    search: str = ""
    status: str = ""
    day: str = ""


@dataclass(frozen=True)
class Line:
    meeting: Bilateral
    placement: Placement | None

    @property
    def room(self) -> str:
        rooms = self.placement.rooms if self.placement else ()
        return next((best(one.room.name) for one in rooms), "")


def found(asked: Asked, zone: str) -> list[Line]:
    """In order of time; those without one by when they were asked for."""
    wanted = select(Bilateral).options(*WHOLE)
    if asked.status in set(Status):
        wanted = wanted.where(Bilateral.status == asked.status)
    rows = [row for row in db.session.scalars(wanted) if fold(asked.search) in fold(_said(row))]
    places = placements(rows)
    lines = [Line(row, places.get(row.session_id or 0)) for row in rows]
    if asked.day:
        lines = [one for one in lines if one.placement and _day(one.placement, zone).isoformat() == asked.day]
    return sorted(lines, key=_order)


def _order(line: Line) -> Any:
    placed = line.placement is not None
    return not placed, line.placement.starts_at if line.placement else line.meeting.asked_at, line.meeting.id


def _said(row: Bilateral) -> str:
    return " ".join([*row.asking.name.values(), *row.asked.name.values(), row.subject])


def _day(placement: Placement, zone: str) -> date:
    return clock.local(placement.starts_at, zone).date()


def counts() -> dict[str, int]:
    rows = db.session.execute(select(Bilateral.status, func.count()).group_by(Bilateral.status))
    return {row[0].value: row[1] for row in rows}


def mails_that_failed(row: Bilateral) -> Sequence[Mail]:
    """Mails of one meeting that did not arrive; the list of mails says nothing of them."""
    wanted = select(Mail).where(
        Mail.conference_id == row.conference_id,
        Mail.topic == TOPIC,
        Mail.dedupe_key.startswith(f"meeting:{row.ref}:", autoescape=True),
        Mail.state.in_((MailState.FAILED, MailState.GIVEN_UP)),
    )
    return db.session.scalars(wanted.order_by(Mail.id)).all()


# --- where it could be ------------------------------------------------------------------------------------------------


def slot_of(row: Bilateral, starts: datetime, rooms: Collection[int] = ()) -> Slot:
    """A meeting at a place, with all whom it needs."""
    return Slot(
        row.session_id or openings.NOWHERE,
        starts,
        starts + timedelta(minutes=row.minutes),
        rooms=frozenset(rooms),
        people=frozenset(clashes.who_meets([row])[0]),
        delegations=frozenset({row.asking_id, row.asked_id}),
        audience=row.people,
    )


def wrong_at(now: Standing, slot: Slot) -> list[Clash]:
    """Everything that speaks against it: for heads of delegation a warning is as much as a block."""
    return now.wrong(slot, openings.PEOPLE | openings.ROOMS)


def wanted_times(row: Bilateral, conference: Any) -> list[tuple[datetime, datetime]]:
    """What both wish for, or any day where they wish for nothing."""
    return windows(row) or [
        (clock.instant(datetime.combine(day, OPENS), conference.zone), _closing(day, conference))
        for day in conference.days
    ]


def suggestions(row: Bilateral, conference: Any, rooms: Sequence[Room], *, most: int = OFFERED) -> list[Opening]:
    """The next free places within what both wish for; no two of them overlap in a room."""
    now = openings.standing(row.session_id, quiet=True)
    wanted = wanted_times(row, conference)
    open_rooms = [room for room in rooms if room.closed_at is None]
    offered = openings.openings(now, slot_of(row, conference.starts_at), wanted, open_rooms, most=most + 1, apart=True)
    place = placements([row]).get(row.session_id or 0)
    there = None if place is None else (place.starts_at, place.room_ids)
    return [one for one in offered if (one.starts, (one.room,)) != there][:most]


def _closing(day: date, conference: Any) -> datetime:
    return clock.instant(datetime.combine(day, CLOSES), conference.zone)


def clashing(lines: Sequence[Line]) -> set[int]:
    """Meetings with a room against which something speaks since, by their id."""
    placed = [one for one in lines if one.placement is not None]
    if not placed:
        return set()
    everything = openings.standing(quiet=True)
    bad = set()
    for line in placed:
        slots = [one for one in everything.slots if one.session != line.meeting.session_id]
        mine = next((one for one in everything.slots if one.session == line.meeting.session_id), None)
        others = Standing(slots, everything.around, everything.titles, everything.settings)
        if mine is not None and wrong_at(others, mine):
            bad.add(line.meeting.id)
    return bad


# --- own agendas ------------------------------------------------------------------------------------------------------


def appointments(person_ids: Collection[int]) -> list[Appointment]:
    """What persons meet for: the heads of the two delegations, and those who were named."""
    if not person_ids:
        return []
    rows = db.session.scalars(
        select(Bilateral).where(Bilateral.status.in_(SETTLED), Bilateral.session_id.is_not(None)).options(*WHOLE)
    ).all()
    mine = [row for row, persons in zip(rows, clashes.who_meets(rows), strict=True) if persons.intersection(person_ids)]
    places = placements(mine)
    return [
        Appointment(
            uid=f"{row.ref}@confapp",
            starts_at=place.starts_at,
            minutes=place.minutes,
            title=title_of(row),
            label=N_("Bilateral meeting"),
            rooms=tuple(one.room.name for one in place.rooms),
            sequence=row.revision,
        )
        for row in mine
        if (place := places.get(row.session_id or 0)) is not None
    ]


def title_of(row: Bilateral) -> dict[str, str]:
    codes = {*row.asking.name, *row.asked.name}
    return {code: f"{best(row.asking.name, code)} – {best(row.asked.name, code)}" for code in codes}
