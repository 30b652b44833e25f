"""Categories of participants, and what people agreed to."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from confapp.foundation.db import db
from confapp.people.models import Consent, ConsentText, Person
from confapp.people.queries import consents
from confapp.registration.models import Category, Delegation, PrivateLink, Registration
from confapp.registration.rules import LIVING, REGISTERED, ConsentKind, ways

_NAMES = select(Category.id, Category.code, Category.name).order_by(Category.position, Category.id)


def category_names() -> Sequence[Row[int, str, dict[str, str]]]:
    """(id, code, name) of each, in the organizers' order, for lists that show no more."""
    return db.session.execute(_NAMES).all()


def categories(*, open_to_all: bool = False, for_delegations: bool = False) -> Sequence[Category]:
    return db.session.scalars(_categories(open_to_all, for_delegations)).all()


@cache
def _categories(open_to_all: bool, for_delegations: bool) -> Any:
    wanted = select(Category).order_by(Category.position, Category.id)
    if open_to_all:
        wanted = wanted.where(Category.is_open_to_all.is_(True), Category.needs_link.is_(False))
    if for_delegations:
        wanted = wanted.where(Category.is_for_delegations.is_(True), Category.is_accompanying.is_(False))
    return wanted


def categories_for(delegation: Delegation) -> list[Category]:
    """The categories in which the focal point of a delegation registers its members."""
    return [one for one in categories(for_delegations=True) if ways.is_open_to(one, delegation)]


def categories_to_invite_in(delegation: Delegation) -> list[Category]:
    """The categories in which the members of a delegation fill in the form themselves, once they are invited."""
    wanted = select(Category).where(Category.members_fill_in.is_(True), Category.is_accompanying.is_(False))
    rows = db.session.scalars(wanted.order_by(Category.position, Category.id))
    return [one for one in rows if ways.is_open_to(one, delegation)]


def categories_of_companions(delegation: Delegation | None) -> list[Category]:
    """The categories of persons who accompany somebody."""
    rows = db.session.scalars(
        select(Category).where(Category.is_accompanying.is_(True)).order_by(Category.position, Category.id)
    )
    return [one for one in rows if (ways.is_open_to(one, delegation) if delegation is not None else not one.groups)]


def private_link(ref: str) -> PrivateLink | None:
    return db.session.scalar(
        select(PrivateLink).where(PrivateLink.ref == ref).options(joinedload(PrivateLink.category))
    )


def private_links(category: Category) -> Sequence[PrivateLink]:
    """The private links to a category, those that still work first."""
    return db.session.scalars(
        select(PrivateLink)
        .where(PrivateLink.category_id == category.id)
        .order_by(PrivateLink.closed_at.is_not(None), PrivateLink.id)
    ).all()


def unconfirmed_by_link() -> dict[int, int]:
    """How many registered by each private link and have not confirmed their address: they hold no place."""
    counts = select(Registration.private_link_id, func.count()).where(
        Registration.status.in_(LIVING),
        Registration.private_link_id.is_not(None),
        Registration.confirmed_at.is_(None),
        Registration.delegation_id.is_(None),
    )
    rows = db.session.execute(counts.group_by(Registration.private_link_id))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def groups_of_delegations() -> list[str]:
    """The groups that delegations of the conference are in, for a category that is open to some of them."""
    return sorted({group for groups in db.session.scalars(select(Delegation.groups)) for group in groups})


def category(ref: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.ref == ref))


def registered_by_category() -> dict[int, int]:
    """How many are registered in each category."""
    counts = select(Registration.category_id, func.count()).where(Registration.status.in_(REGISTERED))
    return {row[0]: row[1] for row in db.session.execute(counts.group_by(Registration.category_id))}


def category_by_code(code: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.code == code))


def consents_in_force(person: Person) -> dict[str, tuple[ConsentText, Consent]]:
    kinds = list(ConsentKind)
    return {one.kind: (one, given) for one, given in consents(person) if not given.withdrawn_at and one.kind in kinds}
