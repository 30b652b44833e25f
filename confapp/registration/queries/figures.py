"""The five counts of a conference, each with the moment of the newest change that it rests on."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.remembered import until_the_next_act
from confapp.people.rules import SEE_PEOPLE
from confapp.registration.models import Category, Delegation, Registration, RegistrationMove
from confapp.registration.queries.scope import delegations_visible_to, within
from confapp.registration.rules import LIVING, REGISTERED, DelegationStatus, PartyKind, Status
from confapp.registration.rules.figures import Count, Figures, total


@dataclass
class Persons:
    """The persons of one delegation, or of one category without delegation."""

    statuses: Counter[Status] = field(default_factory=Counter)
    registered: Count = field(default_factory=Count)
    accredited: Count = field(default_factory=Count)
    attended: Count = field(default_factory=Count)


@dataclass
class Counted:
    """Persons by delegation, and by category those who belong to none."""

    delegations: dict[int, Persons]
    categories: dict[int, Persons]

    def of(self, delegation: Delegation) -> Figures:
        """Invited and confirmed are facts of the delegation itself."""
        persons = self.delegations.get(delegation.id) or Persons()
        invited, confirmed = delegation.invited_at, delegation.accepted_at
        return Figures(
            Count(1, invited) if invited else Count(),
            Count(1, confirmed) if delegation.status == DelegationStatus.ACCEPTED else Count(),
            persons.registered,
            persons.accredited,
            persons.attended,
        )

    def without_delegation(self) -> dict[int, Figures]:
        return {
            category: Figures(registered=one.registered, accredited=one.accredited, attended=one.attended)
            for category, one in self.categories.items()
        }


def counted(actor: Actor, conference: Conference, of: Delegation | None = None) -> Counted:
    """Two queries for any number of delegations, or for one of them; all of them are counted once for each act."""
    if of is None and SEE_PEOPLE.allows(actor, conference):
        return until_the_next_act(conference.id, "figures", lambda: _counted(actor, conference, None))
    return _counted(actor, conference, of)


def _counted(actor: Actor, conference: Conference, of: Delegation | None) -> Counted:
    found = Counted(defaultdict(Persons), defaultdict(Persons))
    for row in _rows(actor, conference, of):
        persons = _persons(found, row.delegation_id, row.category_id)
        persons.statuses[row.status] += row.number
        if row.status in REGISTERED:
            persons.registered += Count(row.confirmed, row.submitted_at)
        if row.status == Status.ACCREDITED:
            persons.accredited += Count(row.number, row.decided_at)
        if row.attended:
            persons.attended += Count(row.attended, row.attended_at)
    for row in _changes(actor, conference, of):
        persons = _persons(found, row.delegation_id, row.category_id)
        if row.registered_at is not None:
            persons.registered += Count(0, row.registered_at)
        if row.accredited_at is not None:
            persons.accredited += Count(0, row.accredited_at)
    return found


def _persons(found: Counted, delegation_id: int | None, category_id: int) -> Persons:
    return found.categories[category_id] if delegation_id is None else found.delegations[delegation_id]


def _rows(actor: Actor, conference: Conference, of: Delegation | None) -> Iterable[Any]:
    counts = Registration.delegation_id.is_not(None) | Registration.confirmed_at.is_not(None)
    wanted = select(
        Registration.delegation_id,
        Registration.category_id,
        Registration.status,
        func.count().label("number"),
        func.count(case((counts, 1))).label("confirmed"),
        func.max(case((counts, Registration.submitted_at))).label("submitted_at"),
        func.max(Registration.decided_at).label("decided_at"),
        func.count(Registration.attended_at).label("attended"),
        func.max(Registration.attended_at).label("attended_at"),
    ).group_by(Registration.delegation_id, Registration.category_id, Registration.status)
    return db.session.execute(_only(wanted, actor, conference, of)).all()


def _changes(actor: Actor, conference: Conference, of: Delegation | None) -> Iterable[Any]:
    """When somebody last came to be counted, or was counted no more."""
    wanted = (
        select(
            Registration.delegation_id,
            Registration.category_id,
            _newest(REGISTERED).label("registered_at"),
            _newest((Status.ACCREDITED,)).label("accredited_at"),
        )
        .select_from(Registration)
        .join(RegistrationMove, RegistrationMove.registration_id == Registration.id)
        .group_by(Registration.delegation_id, Registration.category_id)
    )
    return db.session.execute(_only(wanted, actor, conference, of)).all()


def _only(wanted: Any, actor: Actor, conference: Conference, of: Delegation | None) -> Any:
    wanted = wanted.where(within(actor, conference))
    return wanted if of is None else wanted.where(Registration.delegation_id == of.id)


def _newest(counted: Iterable[Status]) -> Any:
    values = [status.value for status in counted]
    was, became = RegistrationMove.was.in_(values), RegistrationMove.became.in_(values)
    crossed = or_(and_(was, ~became), and_(~was, became))
    return func.max(case((crossed, RegistrationMove.at)))


@dataclass(frozen=True)
class FiguresShown:
    """The counts of a conference: by delegation in its order, by kind, of those without delegation, and all."""

    delegations: list[tuple[Delegation, Figures]]
    by_kind: dict[PartyKind, Figures]
    categories: list[tuple[Category, Figures]]
    total: Figures


def figures_of(actor: Actor, conference: Conference) -> FiguresShown:
    """Four queries for any number of delegations."""
    persons = counted(actor, conference)
    rows = [
        (row, persons.of(row))
        for row in db.session.scalars(
            delegations_visible_to(actor, conference).order_by(Delegation.position, Delegation.id)
        )
    ]
    without = persons.without_delegation()
    categories = [
        (row, without[row.id])
        for row in db.session.scalars(select(Category).where(Category.id.in_(without)).order_by(Category.id))
    ]
    kinds = {kind: [one for row, one in rows if row.kind == kind] for kind in PartyKind}
    return FiguresShown(
        rows,
        {kind: total(of) for kind, of in kinds.items() if of},
        categories,
        total(one for _row, one in [*rows, *categories]),
    )


def ended(number: str) -> Registration | None:
    """The one who was registered under a whole number and has left, with who came in the place."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.number == number.upper(), Registration.status.not_in(LIVING))
        .options(selectinload(Registration.replaced_by))
    )


def numbered(number: str) -> Registration | None:
    """The one who is registered under a whole number, for those who note attendance and see no lists."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.number == number.upper(), Registration.status.in_(REGISTERED))
        .options(
            joinedload(Registration.person), joinedload(Registration.delegation), joinedload(Registration.category)
        )
    )
