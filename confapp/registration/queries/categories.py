"""Categories of participants, and what people agreed to."""

from collections.abc import Sequence

from sqlalchemy import func, select

from confapp.foundation.db import db
from confapp.people.models import Consent, ConsentText, Person
from confapp.registration.models import Category, Registration
from confapp.registration.rules import LIVING, ConsentKind


def categories(*, open_to_all: bool = False, for_delegations: bool = False) -> Sequence[Category]:
    wanted = select(Category).order_by(Category.position, Category.id)
    if open_to_all:
        wanted = wanted.where(Category.is_open_to_all.is_(True))
    if for_delegations:
        wanted = wanted.where(Category.is_for_delegations.is_(True))
    return db.session.scalars(wanted).all()


def category(ref: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.ref == ref))


def registered_by_category() -> dict[int, int]:
    """How many living registrations each category has."""
    counts = select(Registration.category_id, func.count()).where(Registration.status.in_(LIVING))
    return {row[0]: row[1] for row in db.session.execute(counts.group_by(Registration.category_id))}


def category_by_code(code: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.code == code))


def consent_texts() -> dict[str, ConsentText]:
    """The newest version of each text of the conference, by kind."""
    rows = db.session.scalars(select(ConsentText).order_by(ConsentText.version))
    return {row.kind: row for row in rows}


def consents(person: Person) -> list[tuple[ConsentText, Consent]]:
    """What somebody has agreed to, with the version of the text; withdrawn ones too."""
    rows = db.session.execute(
        select(ConsentText, Consent)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.person_id == person.id)
        .order_by(Consent.id)
    )
    return [(row[0], row[1]) for row in rows]


def consents_in_force(person: Person) -> dict[str, tuple[ConsentText, Consent]]:
    kinds = list(ConsentKind)
    return {one.kind: (one, given) for one, given in consents(person) if not given.withdrawn_at and one.kind in kinds}
