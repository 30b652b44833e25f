"""Agendas and their stars, and what a registered person takes part in."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import N_
from confapp.foundation.places import LIVING, Place, PlaceState, Quota
from confapp.people.models import Person
from confapp.programme.models import Agenda, Placement, Schedule, Session, SessionRole, Star
from confapp.programme.rules import ROLE_NAMES, agendas
from confapp.programme.rules.agendas import Appointment, Attendance
from confapp.programme.rules.sign_ups import SESSION
from confapp.programme.rules.speaking import ASKED
from confapp.registration.models import Registration

# What features add to a person's agenda beside sessions of a release: called with the ids of persons.
appointments: list[Callable[[Collection[int]], Sequence[Appointment]]] = []


def by_token(token: str) -> Agenda | None:
    """An agenda without a person, by what stands in its address."""
    if not agendas.is_token(token):
        return None
    hashed = agendas.hash_of(token)
    return db.session.scalar(select(Agenda).where(Agenda.token_hash == hashed, Agenda.person_id.is_(None)))


def by_feed(feed: str) -> Agenda | None:
    """Any agenda, by what stands in the address of its calendar."""
    if not agendas.is_token(feed):
        return None
    return db.session.scalar(select(Agenda).where(Agenda.token_hash == agendas.hash_of_feed(feed)))


def of_person(person_id: int) -> Agenda | None:
    return db.session.scalar(select(Agenda).where(Agenda.person_id == person_id))


def starred(agenda: Agenda | None) -> set[str]:
    """References of what stands in it."""
    if agenda is None:
        return set()
    return set(db.session.scalars(select(Session.ref).join(Star).where(Star.agenda_id == agenda.id)))


def ids_released(refs: Collection[str]) -> dict[str, int]:
    """Sessions of the newest release by reference: nothing else can be starred."""
    newest = select(Schedule.id).where(Schedule.number.is_not(None)).order_by(Schedule.number.desc()).limit(1)
    rows = db.session.execute(
        select(Session.ref, Session.id)
        .join(Placement, Placement.session_id == Session.id)
        .where(Placement.schedule_id == newest.scalar_subquery(), Session.ref.in_(refs))
    )
    return {row.ref: row.id for row in rows}


def own_persons(actor: Actor, conference: Conference) -> Sequence[Person]:
    """Those whose own record it is that somebody may open."""
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(actor.persons(conference.id)), Person.erased_at.is_(None))
        .where(Person.merged_into_id.is_(None))
        .order_by(Person.id)
    ).all()


def attendance(person: Person, agenda: Agenda | None) -> Attendance:
    """Parts, sign-ups, stars and appointments of one person."""
    labels: dict[str, list[str]] = {}
    unsure = set()
    for ref, role in db.session.execute(
        select(Session.ref, SessionRole.role)
        .join(SessionRole.session)
        .where(SessionRole.person_id == person.id, SessionRole.status.in_(ASKED), Session.removed_at.is_(None))
        .order_by(SessionRole.id)
    ):
        labels.setdefault(ref, []).append(ROLE_NAMES[role])
    for ref, state in db.session.execute(_signed_up(person)):
        if state == PlaceState.WAITING and ref not in labels:
            unsure.add(ref)
        labels.setdefault(ref, []).append(N_("On the waiting list") if state == PlaceState.WAITING else N_("Signed up"))
    for ref in starred(agenda):
        labels.setdefault(ref, [])
    own = {person.id}
    return Attendance(labels, frozenset(unsure), tuple(one for source in appointments for one in source(own)))


def _signed_up(person: Person) -> Any:
    return (
        select(Session.ref, Place.state)
        .join(Quota, (Quota.owner_kind == SESSION) & (Quota.owner_id == Session.id))
        .join(Place, Place.quota_id == Quota.id)
        .join(Registration, (Place.holder_kind == Registration.__tablename__) & (Place.holder_id == Registration.id))
        .where(Registration.person_id == person.id, Place.state.in_(LIVING))
        .order_by(Session.id)
    )


def with_agendas(ended_before: datetime) -> list[int]:
    """Conferences that ended before an instant and still have agendas."""
    rows = db.session.scalars(select(Conference).where(Conference.id.in_(select(Agenda.conference_id)))).all()
    return [one.id for one in rows if one.ends_at < ended_before]


def titles_left_out(refs: Collection[str]) -> dict[str, dict[str, str]]:
    """The titles that sessions had in the last release in which they stood."""
    if not refs:
        return {}
    rows = db.session.execute(
        select(Session.ref, Placement.printed)
        .join(Placement, Placement.session_id == Session.id)
        .join(Placement.schedule)
        .where(Session.ref.in_(refs), Schedule.number.is_not(None))
        .order_by(Schedule.number)
    )
    return {row.ref: dict(row.printed.get("title") or {}) for row in rows}
