"""Persons who may be the same, and one of them with what belongs to it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from confapp.foundation import text
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.registration.models import Registration, TwoPeople
from confapp.registration.rules.duplicates import LEFT, Pair, likely_pairs, name_key


def _comparable() -> ColumnElement[bool]:
    """Neither erased, merged, nor gone."""
    stands = Registration.id.is_(None) | Registration.status.not_in(LEFT)
    return Person.erased_at.is_(None) & Person.merged_into_id.is_(None) & stands


def duplicates() -> list[Pair]:
    """Likely pairs in the conference, by names alone; the persons are loaded for those that are shown."""
    rows = db.session.execute(
        select(Person.id, Person.printed_name, Person.email)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .where(_comparable())
        .order_by(Person.id)
    ).all()
    apart = said_apart()
    pairs = [pair for pair in likely_pairs(rows) if _ids(pair) not in apart]
    people = persons({row.id for pair in pairs for row in (pair.one, pair.other)})
    return [Pair(people[pair.one.id], people[pair.other.id], pair.likeness) for pair in pairs]


def duplicates_of(person: Person) -> list[Pair]:
    """Those who are likely the same as one person."""
    words = name_key(person)
    if not words or person.merged_into_id or person.erased_at:
        return []
    named = and_(*(Person.folded.like(text.like(word), escape="\\") for word in words))
    alike = or_(named, func.lower(Person.email) == person.email.lower()) if person.email else named
    rows = db.session.scalars(
        select(Person)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .where(_comparable(), Person.id != person.id, alike)
        .order_by(Person.id)
        .limit(60)
    ).all()
    apart = said_apart(person) if rows else {}
    pairs = likely_pairs([person, *rows])
    found = [pair for pair in pairs if person in (pair.one, pair.other) and _ids(pair) not in apart]
    people = persons({row.id for pair in found for row in (pair.one, pair.other)})
    return [
        Pair(person, people[(pair.other if pair.one is person else pair.one).id], pair.likeness) for pair in found[:5]
    ]


def said_apart(person: Person | None = None) -> dict[tuple[int, int], TwoPeople]:
    """Pairs that were said to be two different people, by their ids; of one person only when it is named."""
    wanted = select(TwoPeople).order_by(TwoPeople.said_at.desc(), TwoPeople.id.desc())
    if person is not None:
        wanted = wanted.where(or_(TwoPeople.one_id == person.id, TwoPeople.other_id == person.id))
    return {(row.one_id, row.other_id): row for row in db.session.scalars(wanted)}


def apart() -> list[tuple[TwoPeople, Person, Person]]:
    """The same with the persons, for the page that takes it back; who was erased or merged since is left out."""
    rows = said_apart()
    people = persons({number for pair in rows for number in pair})
    return [
        (row, people[one], people[other])
        for (one, other), row in rows.items()
        if not any(people[number].erased_at or people[number].merged_into_id for number in (one, other))
    ]


def _ids(pair: Pair) -> tuple[int, int]:
    one, other = sorted((pair.one.id, pair.other.id))
    return one, other


def persons(ids: set[int]) -> dict[int, Person]:
    rows = db.session.scalars(select(Person).where(Person.id.in_(ids)).options(*_with_registration()))
    return {row.id: row for row in rows}


def person(ref: str) -> Person | None:
    """A person who can still be compared or merged."""
    return db.session.scalar(
        select(Person)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .where(Person.ref == ref, _comparable())
        .options(*_with_registration())
    )


def lives_on_as(person: Person) -> Registration | None:
    """The registration under which somebody goes on whose own became one with it, at once or by way of another."""
    at: Person | None = person
    while at is not None and at.merged_into_id is not None:
        at = db.session.get(Person, at.merged_into_id)
    return at.registration if at is not None and at is not person else None


def _with_registration() -> tuple[Any, ...]:
    registration = joinedload(Person.registration)
    return (
        registration.joinedload(Registration.category),
        registration.joinedload(Registration.delegation),
        registration.selectinload(Registration.answers),
    )
