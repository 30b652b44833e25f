"""The list of registrations: narrowed, counted, ordered and paged; and those of it that somebody ticked.

Every narrowing is a condition on the registration alone (others through a subselect), so that ten thousand rows are
counted and ordered without joining anything; only the rows of the page are then loaded with what they show.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from confapp.conferences.models import Conference
from confapp.foundation import text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.places import Place, PlaceState
from confapp.foundation.remembered import until_the_next_act
from confapp.people.models import Account, Person
from confapp.people.rules import SEE_PEOPLE
from confapp.registration.models import (
    BulkAct,
    Category,
    Credential,
    Delegation,
    Import,
    PrivateLink,
    Registration,
    SavedView,
)
from confapp.registration.queries.accreditation import is_to_decide, is_unanswered, waits_for
from confapp.registration.queries.scope import delegations_visible_to, visible_to, within
from confapp.registration.rules import ACCREDIT, Capacity, Office, Status
from confapp.registration.rules.imports import ImportKind

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

    @property
    def words(self) -> dict[str, str]:
        """The filter as words of an address, without the page."""
        size = "" if self.size == PAGE else str(self.size)
        fixed = {"status": self.status or "", "category": self.category, "q": self.search, "sort": self.sort}
        return {name: str(value) for name, value in {**fixed, "size": size, **dict(self.more)}.items() if value}

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> "Filter":
        """What words of an address ask for; what they get wrong is left out."""

        def word(name: str) -> str:
            return text.clean_name(str(words.get(name) or ""))[:100]

        def number(name: str, usual: int) -> int:
            return int(word(name)) if word(name).isdecimal() and len(word(name)) < 7 else usual

        status, sort, size = word("status"), word("sort"), number("size", PAGE)
        return cls(
            status=Status(status) if status in set(Status) else None,
            category=word("category"),
            search=word("q"),
            sort=sort if sort.removeprefix("-") in SORTS and sort != "-" else "",
            page=max(1, number("page", 1)),
            size=size if size in SIZES else PAGE,
            more=tuple(
                (name, word(name)) for name in NARROWINGS if word(name) in CLOSED.get(name, {word(name)} - {""})
            ),
        )


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


def _via(label: str) -> Condition:
    """By the name of the link: its reference opens the form, and stays out of addresses that are kept and shown."""
    return Registration.private_link_id.in_(select(PrivateLink.id).where(PrivateLink.label == label))


def _with(account: str) -> Condition:
    if account == "none":
        return Registration.assignee_id.is_(None)
    return Registration.assignee_id.in_(select(Account.id).where(Account.ref == account))


NARROWINGS: dict[str, Narrowing] = {
    "delegation": Narrowing(N_("Delegation"), lambda ref: _delegations(Delegation.ref == ref)),
    "group": Narrowing(N_("Group of delegations"), lambda word: _delegations(_holding(Delegation.groups, word))),
    "country": Narrowing(N_("Country"), lambda code: _persons(Person.country == code)),
    "capacity": Narrowing(N_("Capacity"), lambda word: Registration.capacity == Capacity(word)),
    "step": Narrowing(N_("Waits for"), lambda office: waits_for(Office(office))),
    "assignee": Narrowing(N_("In the hands of"), _with),
    "tag": Narrowing(N_("Tag"), lambda word: _holding(Registration.tags, word)),
    "missing": Narrowing(N_("Missing"), _lacks),
    "link": Narrowing(N_("Private link"), _via),
    "waiting": Narrowing(N_("On a waiting list"), _waits),
    "decide": Narrowing(N_("To decide"), lambda _value: is_to_decide()),
    "asked": Narrowing(N_("Question without an answer"), lambda _value: is_unanswered()),
}
CLOSED: dict[str, frozenset[str]] = {  # narrowings that know their values
    "capacity": frozenset(Capacity),
    "step": frozenset(Office),
    "missing": frozenset({"photo", "email", "credential", "checked"}),
    "waiting": frozenset({"y"}),
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
_SHOWN: Any = (
    select(
        Registration.id,
        Registration.ref,
        Registration.number,
        Registration.status,
        Registration.submitted_at,
        Registration.confirmed_at,
        Registration.tags,
        Registration.capacity,
        Registration.accompanies_id,
        Registration.organization,
        Registration.category_id,
        Registration.delegation_id,
        Person.honorific,
        Person.given_name,
        Person.family_name,
        Person.printed_name,
        cast(Delegation.name, String).label("delegation_name"),  # read once for each delegation, not for each row
    )
    .join(Registration.person)
    .outerjoin(Registration.delegation)
    .where(Registration.id.in_(bindparam("ids", expanding=True)))
)
_SORTED_THROUGH: dict[str, Any] = {
    "name": Registration.person,
    "delegation": Registration.delegation,
    "category": Registration.category,
}


@dataclass(frozen=True)
class Found:
    """A page of the list. Its rows are plain, with what the list shows (`_SHOWN`)."""

    rows: Sequence[Any]
    total: int
    page: int
    pages: int
    by_status: Counter[Status]

    def delegations(self) -> dict[int, dict[str, str]]:
        """The names of the delegations on this page, by id."""
        written = {row.delegation_id: row.delegation_name for row in self.rows if row.delegation_id is not None}
        return {key: json.loads(name) for key, name in written.items()}


def find(actor: Actor, conference: Conference, by: Filter) -> Found:
    """One page of registrations and, for the other words of the filter, how many there are in each status."""
    by_status = _by_status(actor, conference, replace(by, status=None))
    total = by_status[by.status] if by.status is not None else by_status.total()
    size = by.size
    pages = max(1, -(-total // size))
    page = min(max(1, by.page), pages)
    return Found(_rows(actor, conference, replace(by, page=page)) if total else [], total, page, pages, by_status)


def _rows(actor: Actor, conference: Conference, by: Filter) -> list[Any]:
    """The ids first: told both at once, SQLite reads every row of the conference in their order."""
    sees_all = SEE_PEOPLE.allows(actor, conference)
    page = _page_of_all(conference.id, by) if sees_all and not by.more else _page_of(by, within(actor, conference))
    ids = db.session.scalars(page).all()
    shown = {row.id: row for row in db.session.execute(_SHOWN, {"ids": ids})}
    return [shown[number] for number in ids if number in shown]


def _page_of(by: Filter, *visible: Condition) -> Select[Any]:
    wanted = ordered(_narrowed(by, Registration.id).where(*visible), by)
    return wanted.limit(by.size).offset((by.page - 1) * by.size)


@lru_cache(maxsize=64)
def _page_of_all(conference_id: int, by: Filter) -> Select[Any]:
    """For those who see everybody, built once."""
    return _page_of(by, Registration.conference_id == conference_id)


def _by_status(actor: Actor, conference: Conference, by: Filter) -> Counter[Status]:
    """How many there are in each status; of all registrations, which every look at the list asks, once for each act."""

    def count() -> Counter[Status]:
        counts = chosen(actor, conference, by, Registration.status, func.count()).group_by(Registration.status)
        return Counter({row[0]: row[1] for row in db.session.execute(counts)})

    if by.is_narrow or not SEE_PEOPLE.allows(actor, conference):
        return count()
    return until_the_next_act(conference.id, "registrations by status", count)


def links() -> Sequence[str]:
    """The names of the private links of the conference."""
    return db.session.scalars(select(PrivateLink.label).distinct().order_by(PrivateLink.label)).all()


def all_found(actor: Actor, conference: Conference, by: Filter) -> Sequence[Registration]:
    """Everything that a filter finds, as records."""
    return _loaded(actor, conference, ids_found(actor, conference, by))


def ids_found(actor: Actor, conference: Conference, by: Filter, limit: int | None = None) -> list[int]:
    """The ids of everything that a filter finds, in its order, or of the first ones."""
    return list(db.session.scalars(ordered(chosen(actor, conference, by, Registration.id), by).limit(limit)))


def ids_of(actor: Actor, conference: Conference, refs: Sequence[str]) -> list[int]:
    """The ids of those of some references that somebody may see, by name."""
    wanted = chosen(actor, conference, Filter(), Registration.id).where(Registration.ref.in_(refs))
    return list(db.session.scalars(ordered(wanted, Filter(sort="name"))))


def number_found(actor: Actor, conference: Conference, by: Filter) -> int:
    return db.session.scalar(chosen(actor, conference, by, func.count())) or 0


def by_ids(actor: Actor, conference: Conference, ids: Sequence[int]) -> list[Registration]:
    """The registrations behind some ids that somebody may see, in the order of the ids."""
    return _loaded(actor, conference, ids)


def tags(actor: Actor, conference: Conference) -> list[str]:
    """The tags that are given to any registration, in order."""
    written = cast(Registration.tags, String)
    given = db.session.scalars(chosen(actor, conference, Filter(), written).where(written != "[]").distinct())
    return sorted({word for words in given for word in json.loads(words)})


def chosen(actor: Actor, conference: Conference, by: Filter, *what: Any) -> Select[Any]:
    """A select on the registrations that somebody may see and the filter finds."""
    return _narrowed(by, *what).where(within(actor, conference))


def _narrowed(by: Filter, *what: Any) -> Select[Any]:
    wanted = select(*what).select_from(Registration)
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
                func.lower(Registration.number).like(pattern, escape="\\"),
            )
        )
    for name, value in by.more:
        wanted = wanted.where(NARROWINGS[name].where(value))
    return wanted


def ordered(wanted: Select[Any], by: Filter, *, is_joined: bool = False) -> Select[Any]:
    """In the order that the filter asks for; joins what that needs, unless everything is joined already."""
    through = None if is_joined else _SORTED_THROUGH.get(by.order)
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


_VIEWS = (
    select(SavedView)
    .where(
        SavedView.list_name == bindparam("list_name"),
        (SavedView.account_id == bindparam("account_id")) | SavedView.is_shared.is_(True),
    )
    .order_by(func.lower(SavedView.name), SavedView.id)
)


def saved_views(actor: Actor, list_name: str) -> Sequence[SavedView]:
    """The views of a list that somebody kept or others share, by name."""
    return db.session.scalars(_VIEWS, {"list_name": list_name, "account_id": actor.account_id}).all()


def saved_view(actor: Actor, list_name: str, ref: str) -> SavedView | None:
    return next((one for one in saved_views(actor, list_name) if one.ref == ref), None)


def delegation_names(actor: Actor, conference: Conference) -> list[tuple[str, dict[str, str]]]:
    """References and names of the delegations somebody may see, in the conference's order."""
    wanted = delegations_visible_to(actor, conference).with_only_columns(Delegation.ref, Delegation.name)
    rows = db.session.execute(wanted.order_by(Delegation.position, Delegation.id))
    return [(row.ref, row.name) for row in rows]


def assignees(actor: Actor, conference: Conference) -> list[tuple[str, str]]:
    """References and names of the accounts that have registrations in their hands."""
    has = select(Registration.assignee_id).where(within(actor, conference), Registration.assignee_id.is_not(None))
    rows = db.session.scalars(select(Account).where(Account.id.in_(has)).order_by(Account.name, Account.email))
    return [(row.ref, row.name or row.email) for row in rows]


def assignee_name(ref: str) -> str:
    if ref == "none":
        return _("nobody")
    here = select(Registration.assignee_id)  # an account is above conferences: nobody else's is named
    row = db.session.scalar(select(Account).where(Account.ref == ref, Account.id.in_(here)))
    return row.name or row.email if row is not None else ref


def bulk_acts() -> Sequence[BulkAct]:
    """What was done for many in this conference, the newest first."""
    return db.session.scalars(select(BulkAct).order_by(BulkAct.id.desc()).limit(100)).all()


def bulk_act(ref: str) -> BulkAct | None:
    return db.session.scalar(select(BulkAct).where(BulkAct.ref == ref))


@dataclass(frozen=True)
class Reach:
    """How many of some registrations a mail reaches, and in which languages."""

    by_language: dict[str, int]
    without: int

    @property
    def with_address(self) -> int:
        return sum(self.by_language.values())

    def facts(self, names: Mapping[str, str]) -> list[tuple[str, int]]:
        return [(names.get(code, code), number) for code, number in sorted(self.by_language.items())]


def reach(ids: Sequence[int]) -> Reach:
    by_language: Counter[str] = Counter()
    without, is_without = 0, Person.email == literal_column("''")
    for start in range(0, len(ids), IN_ONE_QUERY):
        rows = db.session.execute(
            select(Person.language, is_without, func.count())
            .join(Registration, Registration.person_id == Person.id)
            .where(Registration.id.in_(ids[start : start + IN_ONE_QUERY]))
            .group_by(Person.language, is_without)
        )
        for language, is_empty, number in rows:
            if is_empty:
                without += number
            else:
                by_language[language] += number
    return Reach(dict(by_language), without)


def imports(
    actor: Actor, conference: Conference, delegation: Delegation | None, *kinds: ImportKind
) -> Sequence[Import]:
    """What was brought in: all of it for the office, that of one delegation for its focal point. The newest first."""
    wanted = select(Import).where(Import.conference_id == conference.id)
    if kinds:
        wanted = wanted.where(Import.kind.in_(kinds))
    if delegation is not None:
        wanted = wanted.where(Import.delegation_id == delegation.id, Import.made_by == actor.account_id)
    elif not ACCREDIT.allows(actor, conference):
        return []
    return db.session.scalars(wanted.order_by(Import.id.desc()).limit(50)).all()


def import_batch(actor: Actor, conference: Conference, delegation: Delegation | None, ref: str) -> Import | None:
    wanted = select(Import).where(Import.conference_id == conference.id, Import.ref == ref)
    if delegation is not None:
        return db.session.scalar(
            wanted.where(Import.delegation_id == delegation.id, Import.made_by == actor.account_id)
        )
    return db.session.scalar(wanted) if ACCREDIT.allows(actor, conference) else None
