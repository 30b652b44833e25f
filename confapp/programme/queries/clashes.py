"""What the rules of clashes look at, in a number of queries that does not grow with the programme."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, null, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format
from confapp.foundation import clock
from confapp.foundation.db import db, scope
from confapp.foundation.places import Quota
from confapp.people.models import Person
from confapp.programme.models import (
    AcceptedClash,
    Bilateral,
    BilateralMember,
    ClashSetting,
    Item,
    Placement,
    Precedence,
    Room,
    Session,
    SessionRole,
    SideEvent,
    Statement,
)
from confapp.programme.rules import Kind, Mode, RoleStatus, SessionRoleKind
from confapp.programme.rules.changes import Edition
from confapp.programme.rules.clashes import (
    DEFAULTS,
    Attendee,
    Clash,
    Hall,
    Order,
    Programme,
    Rule,
    Setting,
    Slot,
    Window,
    find,
)
from confapp.programme.rules.sign_ups import SESSION
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import LIVING, Capacity
from confapp.speakers.models import Speaker

BACKGROUND = frozenset({Kind.BREAK, Kind.EXHIBITION, Kind.SOCIAL})
TAKES_PART = (RoleStatus.INVITED, RoleStatus.CONFIRMED)
OF_PERSONS = frozenset(
    {Rule.PERSON, Rule.HEAD, Rule.ABSENT, Rule.WAKING, Rule.CHANGE, Rule.INTERPRETER_DAY, Rule.INTERPRETER_STRETCH}
)


@dataclass(frozen=True)
class Clashes:
    """What is wrong in the draft and not accepted, what was accepted, and the names of those whom it concerns."""

    found: list[Clash]
    people: dict[int, str] = field(default_factory=dict)
    delegations: dict[int, dict[str, str]] = field(default_factory=dict)
    accepted: list[tuple[Clash, AcceptedClash]] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    around: Programme = field(default_factory=Programme)

    def with_code(self, code: str) -> Clash | None:
        """One that nobody accepted, by the code that a page shows."""
        return next((clash for clash in self.found if clash.code == code), None)


@dataclass(frozen=True)
class InRoom:
    room_id: int
    is_overflow: bool


@dataclass(frozen=True)
class Standing:
    """A session where an edition of the programme has it, to be looked at as a placement is."""

    session: Session
    edition: Edition

    @property
    def session_id(self) -> int:
        return self.session.id

    @property
    def starts_at(self) -> datetime:
        return self.edition.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.edition.starts_at + timedelta(minutes=self.edition.minutes)

    @property
    def room_ids(self) -> tuple[int, ...]:
        return self.edition.room_ids

    @property
    def rooms(self) -> list[InRoom]:
        return [InRoom(one, one in self.edition.overflow) for one in self.edition.room_ids]

    @property
    def is_cancelled(self) -> bool:
        return self.edition.is_cancelled


def standing(editions: Collection[Edition]) -> list[Standing]:
    """What readers have or would have, with the sessions as they are now."""
    wanted = select(Session).where(Session.id.in_([one.session_id for one in editions]))
    by_id = {one.id: one for one in db.session.scalars(wanted.options(joinedload(Session.own_kind)))}
    return [Standing(by_id[one.session_id], one) for one in editions if one.session_id in by_id]


def of_draft(rows: Collection[Placement | Standing]) -> Clashes:
    """The clashes of placements whose sessions are loaded."""
    slots, programme = slots_of(rows, needed()), around()
    found = find(slots, programme, settings())
    kept = accepted()
    living = [clash for clash in found if clash.key not in kept]
    return Clashes(
        living,
        *names_in(found),
        [(clash, kept[clash.key]) for clash in found if clash.key in kept],
        slots,
        programme,
    )


# --- the sessions -----------------------------------------------------------------------------------------------------


@dataclass
class Needed:
    """Who is needed in each session, and how many signed up or may, by the session's id."""

    people: dict[int, set[int]] = field(default_factory=dict)
    interpreters: dict[int, set[int]] = field(default_factory=dict)
    delegations: dict[int, set[int]] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)
    heads: dict[int, set[int]] = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)


def slots_of(rows: Iterable[Placement | Standing], who: Needed) -> list[Slot]:
    return [slot_of(row.session, row, who) for row in rows if not row.is_cancelled]


def slot_of(session: Session, place: Any, who: Needed) -> Slot:
    """A session at a place, which has starts_at, ends_at and rooms."""
    return Slot(
        session.id,
        place.starts_at,
        place.ends_at,
        rooms=frozenset(one.room_id for one in place.rooms if not one.is_overflow),
        people=frozenset(who.people.get(session.id, ())),
        overflow=frozenset(one.room_id for one in place.rooms if one.is_overflow),
        interpreters=frozenset(who.interpreters.get(session.id, ())),
        delegations=frozenset(who.delegations.get(session.id, ())),
        members=frozenset(who.members.get(session.id, ())),
        heads=frozenset(who.heads.get(session.id, ())),
        theme=session.theme_id,
        audience=_seats(session, who),
        layout=session.layout,
        equipment=frozenset(session.equipment),
        booths=len(set(session.interpretation) - set(session.languages)),
        step_free=session.needs_step_free,
        alone=session.is_alone or bool(session.own_kind and session.own_kind.is_alone),
        background=session.kind in BACKGROUND,
    )


def _seats(session: Session, who: Needed) -> int | None:
    """The most of what is expected, admitted and signed up; nobody needs a seat where all take part from afar."""
    if session.format == Format.ONLINE:
        return None
    return max(session.audience or 0, who.seats.get(session.id, 0)) or None


def needed(*, quiet: bool = False) -> Needed:
    """Persons in a part that they did not decline, for an item or for a statement that is not recorded; interpreters
    apart; delegations by their parts and items, and those of the persons who come for one. Two delegations that meet
    need their heads. Whom the quiet meetings need is said only where it is asked for."""
    member = Registration.delegation_id
    roles = select(SessionRole.session_id, SessionRole.person_id, SessionRole.delegation_id, SessionRole.role).where(
        SessionRole.status.in_(TAKES_PART)
    )
    items = select(Item.session_id, Item.person_id, Item.delegation_id)
    words = (
        select(Item.session_id, Statement.person_id, Statement.delegation_id)
        .join(Item, Item.id == Statement.item_id)
        .where(Statement.withdrawn_at.is_(None), Statement.mode != Mode.RECORDED)
    )
    led = select(SideEvent.session_id, null(), SideEvent.lead_id).where(SideEvent.session_id.is_not(None))
    found = Needed()
    for session_id, person_id, delegation_id, role in db.session.execute(roles):
        interprets = role == SessionRoleKind.INTERPRETER
        _note(found, session_id, person_id, delegation_id, interprets=interprets)
    for session_id, person_id, delegation_id in db.session.execute(union_all(items, words, led)):
        _note(found, session_id, person_id, delegation_id)
    for session_id, person_id in db.session.execute(_heads_that_meet()):
        _note(found, session_id, person_id, None)
    for session_id, person_id in db.session.execute(_heads_in_turn()):
        found.heads.setdefault(session_id, set()).add(person_id)
    if quiet:
        _note_meetings(found)
    found.seats = signed_up()
    home = select(Registration.person_id, member).where(member.is_not(None))
    of = {row.person_id: row.delegation_id for row in db.session.execute(home)}
    for session_id, its_people in found.people.items():
        homes = {of[person] for person in its_people if person in of}
        if homes:
            found.members[session_id] = homes
    return found


def _note_meetings(found: Needed) -> None:
    meetings = db.session.scalars(select(Bilateral).where(Bilateral.session_id.is_not(None))).all()
    for meeting, persons in zip(meetings, who_meets(meetings), strict=True):
        for delegation_id in (meeting.asking_id, meeting.asked_id):
            _note(found, meeting.session_id or 0, None, delegation_id)
        for person_id in persons:
            _note(found, meeting.session_id or 0, person_id, None)


def who_meets(meetings: Sequence[Bilateral]) -> list[set[int]]:
    """The heads of both delegations and those who were named, of each meeting."""
    ids = {one for meeting in meetings for one in (meeting.asking_id, meeting.asked_id)}
    heads: dict[int, set[int]] = {}
    its_head = select(Registration.delegation_id, Registration.person_id).where(
        Registration.delegation_id.in_(ids),
        Registration.capacity == Capacity.HEAD,
        Registration.status.in_(LIVING),
    )
    for delegation_id, person_id in db.session.execute(its_head) if ids else ():
        heads.setdefault(delegation_id or 0, set()).add(person_id)
    named: dict[int, set[int]] = {}
    rows = select(BilateralMember.bilateral_id, BilateralMember.person_id)
    for bilateral_id, person_id in db.session.execute(rows) if ids else ():
        named.setdefault(bilateral_id, set()).add(person_id)
    return [
        heads.get(one.asking_id, set()) | heads.get(one.asked_id, set()) | named.get(one.id, set()) for one in meetings
    ]


def _heads_that_meet() -> Any:
    return (
        select(SessionRole.session_id, Registration.person_id)
        .join(Session, Session.id == SessionRole.session_id)
        .join(Registration, Registration.delegation_id == SessionRole.delegation_id)
        .where(
            Session.kind == Kind.BILATERAL,
            SessionRole.status.in_(TAKES_PART),
            Registration.capacity == Capacity.HEAD,
            Registration.status.in_(LIVING),
        )
    )


def _heads_in_turn() -> Any:
    """Heads of delegations that have a part, or an item for which nobody else is named and nothing is recorded."""
    parts = select(SessionRole.session_id, SessionRole.delegation_id).where(SessionRole.status.in_(TAKES_PART))
    items = (
        select(Item.session_id, Item.delegation_id)
        .outerjoin(Statement, (Statement.item_id == Item.id) & Statement.withdrawn_at.is_(None))
        .where(
            Statement.person_id.is_(None),
            func.coalesce(Statement.speaker_name, "") == "",
            func.coalesce(Statement.mode, Mode.LIVE.value) != Mode.RECORDED.value,
        )
    )
    turns = union_all(parts, items).subquery()
    return (
        select(turns.c.session_id, Registration.person_id)
        .join(Registration, Registration.delegation_id == turns.c.delegation_id)
        .where(Registration.capacity == Capacity.HEAD, Registration.status.in_(LIVING))
    )


def signed_up() -> dict[int, int]:
    """How many each session may take by sign-up, or has taken where there is no limit or it takes nobody else."""
    rows = db.session.execute(
        select(Quota.owner_id, Quota.capacity, Quota.taken, Quota.closed_at).where(Quota.owner_kind == SESSION)
    )
    return {row.owner_id: row.taken if row.closed_at else max(row.capacity or 0, row.taken) for row in rows}


def _note(
    found: Needed, session_id: int, person_id: int | None, delegation_id: int | None, *, interprets: bool = False
) -> None:
    if person_id is not None:
        (found.interpreters if interprets else found.people).setdefault(session_id, set()).add(person_id)
    if delegation_id is not None:
        found.delegations.setdefault(session_id, set()).add(delegation_id)


# --- what is around them ----------------------------------------------------------------------------------------------


def around() -> Programme:
    conference = db.session.get(Conference, scope())
    return Programme(halls(), attendees(), single_delegations(), orders(), conference.zone if conference else "UTC")


def halls() -> dict[int, Hall]:
    rows = db.session.scalars(
        select(Room).order_by(Room.id).options(selectinload(Room.hours), selectinload(Room.parts))
    )
    return {
        row.id: Hall(
            row.capacity,
            row.layouts,
            frozenset(row.equipment),
            row.booths,
            row.is_step_free,
            row.buffer_minutes,
            row.area,
            tuple((one.starts_at, one.ends_at) for one in row.hours if one.is_open),
            tuple((one.starts_at, one.ends_at) for one in row.hours if not one.is_open),
            tuple(one.part_id for one in row.parts),
            row.closed_at is not None,
        )
        for row in rows
    }


def attendees() -> dict[int, Attendee]:
    """Speakers who said when they can take part, or who take part from elsewhere."""
    wanted = select(Speaker.person_id, Speaker.mode, Speaker.zone, Speaker.availability).order_by(Speaker.person_id)
    rows = db.session.execute(wanted)
    return {
        row.person_id: Attendee(
            _windows(row.availability, free=True),
            _windows(row.availability, free=False),
            row.zone if row.mode == Format.ONLINE and row.zone in clock.zones() else "",
        )
        for row in rows
        if row.availability or (row.zone and row.mode == Format.ONLINE)
    }


def _windows(said: Sequence[Sequence[Any]], *, free: bool) -> tuple[Window, ...]:
    return tuple(
        (datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end, is_free in said if is_free == free
    )


def single_delegations() -> frozenset[int]:
    """Delegations with exactly one member who is not withdrawn or refused."""
    rows = db.session.execute(
        select(Registration.delegation_id)
        .where(Registration.delegation_id.is_not(None), Registration.status.in_(LIVING))
        .group_by(Registration.delegation_id)
        .having(func.count() == 1)
    )
    return frozenset(row[0] for row in rows if row[0] is not None)


def orders() -> list[Order]:
    rows = db.session.execute(
        select(Precedence.first_id, Precedence.then_id, Precedence.minutes, Precedence.is_rule).order_by(Precedence.id)
    )
    return [Order(*row) for row in rows]


def settings() -> dict[Rule, Setting]:
    """The organizers' own, where they are not those of the program."""
    rows = db.session.scalars(select(ClashSetting))
    return {
        Rule(row.rule): Setting(row.severity, row.amount if row.amount is not None else DEFAULTS[Rule(row.rule)].amount)
        for row in rows
        if row.rule in set(Rule)
    }


def setting_rows() -> dict[str, ClashSetting]:
    return {row.rule: row for row in db.session.scalars(select(ClashSetting))}


def accepted_clash(ref: str) -> AcceptedClash | None:
    return db.session.scalar(select(AcceptedClash).where(AcceptedClash.ref == ref))


def accepted() -> dict[str, AcceptedClash]:
    return {row.key: row for row in db.session.scalars(select(AcceptedClash))}


# --- names ------------------------------------------------------------------------------------------------------------


def names_in(found: Collection[Clash]) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """The persons and the delegations whom clashes concern."""
    return (
        _names(clash.needed for clash in found if clash.rule in OF_PERSONS),
        _delegation_names(clash.needed for clash in found if clash.rule == Rule.DELEGATION),
    )


def _names(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    rows = db.session.scalars(select(Person).where(Person.id.in_(wanted))) if wanted else ()
    return {one.id: one.full_name for one in rows}


def _delegation_names(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    wanted = set(ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(Delegation.id, Delegation.name).where(Delegation.id.in_(wanted)))
    return {row.id: row.name for row in rows}
