"""The list of registrations: narrowed, counted, ordered and paged; and those of it that somebody ticked.

Every narrowing is a condition on the registration alone (others through a subselect), so that ten thousand rows are
counted and ordered without joining anything; only the rows of the page are then loaded with what they show.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, literal, or_, select

from confapp.conferences.models import Conference
from confapp.foundation import text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import N_
from confapp.foundation.places import Place, PlaceState
from confapp.people.models import Account, Person
from confapp.registration.models import Category, Clearance, Credential, Delegation, Registration, TrackStep
from confapp.registration.queries.scope import visible_to, within
from confapp.registration.rules import Capacity, Office, Status

PAGE = 50
SIZES = (25, 50, 100)
IN_ONE_QUERY = 500
Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Filter:
    """What a list of registrations is narrowed to, and how it is ordered. `more` are (name, value) of NARROWINGS."""

    status: Status | None = None
    category: str = ""
    search: str = ""
    sort: str = ""
    page: int = 1
    size: int = PAGE
    more: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        return dict(self.more).get(name, "")

    @property
    def is_narrow(self) -> bool:
        return bool(self.status or self.category or self.search or self.more)

    @property
    def order(self) -> str:
        return self.sort.removeprefix("-")


@dataclass(frozen=True)
class Narrowing:
    """One more way to narrow the list: its name on the page, and the condition that a value makes."""

    label: str
    where: Callable[[str], Condition]


def _holding(column: Any, word: str) -> Condition:
    """Whether a list that is kept as JSON has a word in it."""
    pattern = json.dumps(word, ensure_ascii=False).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return cast(column, String).like(f"%{pattern}%", escape="\\")


def _persons(*conditions: Any) -> Condition:
    return Registration.person_id.in_(select(Person.id).where(*conditions))


def _delegations(*conditions: Any) -> Condition:
    return Registration.delegation_id.in_(select(Delegation.id).where(*conditions))


def _lacks(what: str) -> Condition:
    if what == "photo":
        return _persons(Person.photo_id.is_(None))
    if what == "email":
        return _persons(Person.email == "")
    papers = (Credential.registration_id == Registration.id) | (Credential.delegation_id == Registration.delegation_id)
    checked = Credential.checked_at.is_not(None) if what == "checked" else literal(True)
    return ~exists().where(papers, checked)


def _waits(_value: str) -> Condition:
    return exists().where(
        Place.holder_kind == "registration",
        Place.holder_id == Registration.id,
        Place.state.in_((PlaceState.WAITING, PlaceState.OFFERED)),
    )


def _at_step(office: str) -> Condition:
    """Those whose category has a step of this office that it has not cleared or objected to."""
    said = exists().where(
        Clearance.registration_id == Registration.id,
        Clearance.step_id == TrackStep.id,
        Clearance.superseded_at.is_(None),
    )
    return exists().where(
        TrackStep.category_id == Registration.category_id,
        TrackStep.office == Office(office),
        TrackStep.retired_at.is_(None),
        ~said,
    )


def _with(account: str) -> Condition:
    if account == "none":
        return Registration.assignee_id.is_(None)
    return Registration.assignee_id.in_(select(Account.id).where(Account.ref == account))


NARROWINGS: dict[str, Narrowing] = {
    "delegation": Narrowing(N_("Delegation"), lambda ref: _delegations(Delegation.ref == ref)),
    "group": Narrowing(N_("Group of delegations"), lambda word: _delegations(_holding(Delegation.groups, word))),
    "country": Narrowing(N_("Country"), lambda code: _persons(Person.country == code)),
    "capacity": Narrowing(N_("Capacity"), lambda word: Registration.capacity == Capacity(word)),
    "step": Narrowing(N_("Waits for"), _at_step),
    "assignee": Narrowing(N_("In the hands of"), _with),
    "tag": Narrowing(N_("Tag"), lambda word: _holding(Registration.tags, word)),
    "missing": Narrowing(N_("Missing"), _lacks),
    "waiting": Narrowing(N_("On a waiting list"), _waits),
}
CLOSED: dict[str, frozenset[str]] = {  # narrowings that know their values
    "capacity": frozenset(Capacity),
    "step": frozenset(Office),
    "missing": frozenset({"photo", "email", "credential", "checked"}),
    "waiting": frozenset({"yes"}),
}

SORTS: dict[str, tuple[Any, ...]] = {
    "": (Registration.submitted_at.desc(), Registration.id.desc()),
    "submitted": (Registration.submitted_at, Registration.id),
    "name": (func.lower(Person.family_name), func.lower(Person.given_name), Registration.id),
    "delegation": (Delegation.position, Registration.organization, Registration.id),
    "category": (Category.position, Category.id, Registration.id),
    "number": (Registration.number, Registration.id),
    "status": (Registration.status, Registration.id),
}
_SORTED_THROUGH: dict[str, Any] = {
    "name": Registration.person,
    "delegation": Registration.delegation,
    "category": Registration.category,
}


@dataclass(frozen=True)
class Found:
    rows: Sequence[Registration]
    total: int
    page: int
    pages: int
    by_status: Counter[Status]


def known(sort: str) -> str:
    """An order that the list has, by its name or with a minus before it the other way; else the usual one."""
    return sort if sort.removeprefix("-") in SORTS and sort != "-" else ""


def find(actor: Actor, conference: Conference, by: Filter) -> Found:
    """One page of registrations and, for the other words of the filter, how many there are in each status."""
    counts = _chosen(actor, conference, replace(by, status=None), Registration.status, func.count())
    by_status: Counter[Status] = Counter(
        {row[0]: row[1] for row in db.session.execute(counts.group_by(Registration.status))}
    )
    total = by_status[by.status] if by.status is not None else by_status.total()
    size = by.size if by.size in SIZES else PAGE
    pages = max(1, -(-total // size))
    page = min(max(1, by.page), pages)
    wanted = _ordered(_chosen(actor, conference, by, Registration.id), by)
    ids = list(db.session.scalars(wanted.limit(size).offset((page - 1) * size))) if total else []
    return Found(_loaded(actor, conference, ids), total, page, pages, by_status)


def all_found(actor: Actor, conference: Conference, by: Filter) -> Sequence[Registration]:
    """Everything that a filter finds, as records."""
    return _loaded(actor, conference, ids_found(actor, conference, by))


def ids_found(actor: Actor, conference: Conference, by: Filter, limit: int | None = None) -> list[int]:
    """The ids of everything that a filter finds, in its order, or of the first ones."""
    return list(db.session.scalars(_ordered(_chosen(actor, conference, by, Registration.id), by).limit(limit)))


def ids_of(actor: Actor, conference: Conference, refs: Sequence[str]) -> list[int]:
    """The ids of those of some references that somebody may see, by name."""
    wanted = _chosen(actor, conference, Filter(), Registration.id).where(Registration.ref.in_(refs))
    return list(db.session.scalars(_ordered(wanted, Filter(sort="name"))))


def number_found(actor: Actor, conference: Conference, by: Filter) -> int:
    return db.session.scalar(_chosen(actor, conference, by, func.count())) or 0


def by_ids(actor: Actor, conference: Conference, ids: Sequence[int]) -> list[Registration]:
    """The registrations behind some ids that somebody may see, in the order of the ids."""
    return _loaded(actor, conference, ids)


def tags(actor: Actor, conference: Conference) -> list[str]:
    """The tags that are given to any registration, in order."""
    written = cast(Registration.tags, String)
    given = db.session.scalars(_chosen(actor, conference, Filter(), written).where(written != "[]").distinct())
    return sorted({word for words in given for word in json.loads(words)})


def _chosen(actor: Actor, conference: Conference, by: Filter, *what: Any) -> Select[Any]:
    wanted = select(*what).select_from(Registration).where(within(actor, conference))
    if by.status is not None:
        wanted = wanted.where(Registration.status == by.status)
    if by.category:
        wanted = wanted.where(Registration.category_id.in_(select(Category.id).where(Category.code == by.category)))
    if by.search:
        pattern = text.like(by.search)
        wanted = wanted.where(
            or_(
                _persons(Person.folded.like(pattern, escape="\\")),
                _delegations(Delegation.folded.like(pattern, escape="\\")),
            )
        )
    for name, value in by.more:
        wanted = wanted.where(NARROWINGS[name].where(value))
    return wanted


def _ordered(wanted: Select[Any], by: Filter) -> Select[Any]:
    through = _SORTED_THROUGH.get(by.order)
    if through is not None:
        wanted = wanted.outerjoin(through)
    keys = SORTS[by.order]
    return wanted.order_by(*([key.desc() for key in keys] if by.sort.startswith("-") else keys))


def _loaded(actor: Actor, conference: Conference, ids: Sequence[int]) -> list[Registration]:
    found: dict[int, Registration] = {}
    for start in range(0, len(ids), IN_ONE_QUERY):
        part = visible_to(actor, conference).where(Registration.id.in_(ids[start : start + IN_ONE_QUERY]))
        found.update((row.id, row) for row in db.session.scalars(part))
    return [found[number] for number in ids if number in found]
