"""Delegations: the list with what it tells, one of them, its members, papers and order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import defaultload, joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation import clock, text
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.places import Quota
from confapp.people.models import Account, Mandate
from confapp.people.rules import Role
from confapp.registration.models import Category, Credential, Delegation, Party, Registration
from confapp.registration.queries.figures import counted
from confapp.registration.queries.scope import delegations_visible_to, own_delegations, visible_to, within
from confapp.registration.rules import LIVING, PRECEDENCE, RANKS, REGISTERED, Status
from confapp.registration.rules.credentials import CredentialState, state_of
from confapp.registration.rules.figures import Figures
from confapp.registration.rules.invitations import ANSWERS, MOST_WITH_ONE_ANSWER


class FocalPoint(NamedTuple):
    """As much of a focal point as a list shows."""

    email: str
    name: str


class PlacesOf(NamedTuple):
    """The places of a delegation, without the row that keeps them."""

    capacity: int | None
    taken: int


@dataclass
class Standing:
    """One delegation in the list: its focal points, its members by status, its counts and its places."""

    delegation: Delegation
    focal_points: list[FocalPoint] = field(default_factory=list)
    counts: Counter[Status] = field(default_factory=Counter)
    figures: Figures = field(default_factory=Figures)
    quota: PlacesOf | None = None

    @property
    def registered(self) -> int:
        return self.figures.registered.number

    @property
    def credential(self) -> Credential | None:
        return current_credential(self.delegation)

    @property
    def credential_state(self) -> CredentialState:
        return state_of(self.delegation.credentials)


@dataclass(frozen=True)
class Narrowing:
    """Which delegations of the list somebody wants to see."""

    search: str = ""
    status: str = ""
    kind: str = ""
    group: str = ""
    tag: str = ""
    credential: str = ""

    def fits(self, row: Delegation) -> bool:
        return (
            self.status in ("", row.status)
            and self.kind in ("", row.kind)
            and (not self.group or self.group in row.groups)
            and (not self.tag or self.tag in row.tags)
            and self.credential in ("", state_of(row.credentials))
        )


def delegation(actor: Actor, conference: Conference, ref: str) -> Delegation | None:
    """One that somebody may see; its credentials come with their files when they are looked at."""
    own = own_delegations(actor, conference)
    which = {"ref": ref} if own is None else {"ref": ref, "own": own}
    found: Delegation | None = db.session.scalar(_one(own is None), which)
    return found


@cache
def _one(of_all: bool) -> Any:
    """Built once: every page of a delegation, and every member that it registers, asks it."""
    wanted = select(Delegation).where(Delegation.ref == bindparam("ref"))
    if not of_all:
        wanted = wanted.where(Delegation.id.in_(bindparam("own", expanding=True)))
    return wanted.options(defaultload(Delegation.credentials).joinedload(Credential.file))


def standings(
    actor: Actor, conference: Conference, search: str = "", narrowing: Narrowing | None = None
) -> list[Standing]:
    """Every visible delegation in the conference's own order, with what the list tells; six queries for any number."""
    narrowing = narrowing or Narrowing(search)
    wanted = delegations_visible_to(actor, conference)
    if narrowing.search:
        wanted = wanted.where(Delegation.folded.like(text.like(narrowing.search), escape="\\"))
    rows = db.session.scalars(
        wanted.options(selectinload(Delegation.credentials)).order_by(Delegation.position, Delegation.id)
    ).all()
    persons = counted(actor, conference)
    found = {row.id: Standing(row, figures=persons.of(row)) for row in rows if narrowing.fits(row)}
    for delegation_id, email, name in _names_of_focal_points(found):
        found[delegation_id].focal_points.append(FocalPoint(email, name))
    for one in found.values():
        one.counts = persons.delegations[one.delegation.id].statuses
    wanted_places = select(Quota.owner_id, Quota.capacity, Quota.taken).where(Quota.owner_kind == "delegation")
    for owner_id, capacity, taken in db.session.execute(wanted_places.where(Quota.owner_id.in_(list(found)))):
        found[owner_id].quota = PlacesOf(capacity, taken)
    return list(found.values())


def words_of(actor: Actor, conference: Conference) -> tuple[list[str], list[str]]:
    """The groups and the tags that delegations of the conference have."""
    wanted = delegations_visible_to(actor, conference).with_only_columns(Delegation.groups, Delegation.tags)
    rows = db.session.execute(wanted).all()
    return sorted({one for row in rows for one in row.groups}), sorted({one for row in rows for one in row.tags})


def quotas_of(kind: str, ids: Iterable[int]) -> Sequence[Quota]:
    return db.session.scalars(select(Quota).where(Quota.owner_kind == kind, Quota.owner_id.in_(list(ids)))).all()


def focal_point_mandates(delegation_ids: Iterable[int]) -> Sequence[Mandate]:
    """Mandates of focal points in force, with their accounts, in the order they were given."""
    wanted = select(Mandate).where(Mandate.delegation_id.in_(list(delegation_ids)), *_answers_now())
    return db.session.scalars(wanted.options(joinedload(Mandate.account)).order_by(Mandate.id)).all()


def _names_of_focal_points(delegation_ids: Iterable[int]) -> Sequence[Row[Any, str, str]]:
    wanted = select(Mandate.delegation_id, Account.email, Account.name).join(Account, Account.id == Mandate.account_id)
    wanted = wanted.where(Mandate.delegation_id.in_(list(delegation_ids)), *_answers_now()).order_by(Mandate.id)
    return db.session.execute(wanted).all()


def focal_points(of: Delegation) -> Sequence[Row[str, str, str]]:
    """(address, name, language) of each of its focal points, for those who write to them."""
    return db.session.execute(_focal_points(), {"of": of.id, "at": clock.now()}).all()


@cache
def _focal_points() -> Any:
    """Built once: every registration asks it."""
    wanted = select(Account.email, Account.name, Account.language).join(Mandate, Mandate.account_id == Account.id)
    return wanted.where(Mandate.delegation_id == bindparam("of"), *_answers(bindparam("at"))).order_by(Mandate.id)


def has_focal_point() -> ColumnElement[bool]:
    """The condition that somebody answers for a delegation."""
    return exists().where(Mandate.delegation_id == Delegation.id, *_answers_now())


def _answers_now() -> tuple[Any, ...]:
    return _answers(clock.now())


def _answers(at: Any) -> tuple[Any, ...]:
    return (
        Mandate.role == Role.FOCAL_POINT,
        Mandate.revoked_at.is_(None),
        or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
    )


def members(actor: Actor, conference: Conference, of: Delegation) -> list[Registration]:
    """The members of a delegation by precedence, who accompanies one after that one; those who left come last."""
    wanted = visible_to(actor, conference).where(Registration.delegation_id == of.id)
    rows: Sequence[Registration] = db.session.scalars(wanted.options(selectinload(Registration.moves))).all()
    return with_companions(sorted(rows, key=_precedence))


def _precedence(row: Registration) -> tuple[Any, ...]:
    left = row.status not in LIVING
    return left, PRECEDENCE.index(row.capacity), RANKS.index(row.rank), row.id


def with_companions(rows: Sequence[Registration]) -> list[Registration]:
    """Each member followed by the persons who accompany that member; otherwise in the order given."""
    ids = {row.id for row in rows}
    after: dict[int, list[Registration]] = {}
    for row in rows:
        if row.accompanies_id in ids:
            after.setdefault(row.accompanies_id or 0, []).append(row)
    first = [row for row in rows if row.accompanies_id not in ids]
    return [one for row in first for one in (row, *after.get(row.id, ()))]


def companions(of: Registration) -> Sequence[Registration]:
    """The persons who accompany a member, whatever became of them."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.accompanies_id == of.id)
        .options(joinedload(Registration.person), joinedload(Registration.category))
        .order_by(Registration.id)
    ).all()


def hold(of: Delegation) -> None:
    """Whoever holds the same delegation waits until this transaction is over."""
    db.session.execute(select(Delegation.id).where(Delegation.id == of.id).with_for_update())


def has_head(of: Delegation, besides: Registration | None = None) -> bool:
    wanted = select(Registration.id).where(
        Registration.delegation_id == of.id, Registration.capacity == PRECEDENCE[0], Registration.status.in_(LIVING)
    )
    if besides is not None:
        wanted = wanted.where(Registration.id != besides.id)
    return db.session.scalar(wanted.limit(1)) is not None


def living_members(of: Delegation) -> int:
    wanted = select(func.count(Registration.id))
    return db.session.scalar(wanted.where(Registration.delegation_id == of.id, Registration.status.in_(LIVING))) or 0


def living_of(
    actor: Actor, conference: Conference, of: Delegation, most: int = MOST_WITH_ONE_ANSWER + 1
) -> Sequence[Registration]:
    """The members of a delegation who are counted, then who accompanies them: the first ones of many.

    Unless told otherwise as many as leave with one answer, and one more.
    """
    wanted = visible_to(actor, conference).where(Registration.delegation_id == of.id, Registration.status.in_(LIVING))
    order = (Registration.accompanies_id.is_not(None), Registration.id)
    rows: Sequence[Registration] = db.session.scalars(wanted.order_by(*order).limit(most)).all()
    return rows


def answers(of: Delegation) -> Sequence[AuditEntry]:
    """What was said to the invitation, one after another: an answer that was changed stays in the record."""
    return db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == of.__tablename__, AuditEntry.subject_ref == of.ref, AuditEntry.verb.in_(ANSWERS)
        )
        .order_by(AuditEntry.id)
    ).all()


def holders_of(category: Category) -> Sequence[Registration]:
    """Those who hold a place in a category: registered for a delegation, confirmed, or accredited."""
    counts = (
        Registration.delegation_id.is_not(None)
        | Registration.confirmed_at.is_not(None)
        | (Registration.status == Status.ACCREDITED)
    )
    return db.session.scalars(
        select(Registration).where(Registration.category_id == category.id, Registration.status.in_(LIVING), counts)
    ).all()


def current_credential(owner: Delegation | Registration) -> Credential | None:
    """The newest paper; those it replaced stay in the list."""
    return owner.credentials[-1] if owner.credentials else None


def credential(owner: Delegation | Registration, ref: str) -> Credential | None:
    return next((one for one in owner.credentials if one.ref == ref), None)


def last_position() -> int:
    return db.session.scalar(select(func.max(Delegation.position))) or 0


def delegation_of_party(party: Party) -> Delegation | None:
    return db.session.scalar(select(Delegation).where(Delegation.party_id == party.id))


def facts(subject: Any) -> Sequence[AuditEntry]:
    """What was done with one record, newest first."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject.__tablename__, AuditEntry.subject_ref == subject.ref)
        .order_by(AuditEntry.id.desc())
        .limit(50)
    ).all()


ALL_AT_ONCE, ON_A_PAGE = 200, 100


@dataclass(frozen=True)
class Members:
    """The members of a delegation that a page shows, how many are registered, and those who may still owe something."""

    rows: list[Registration]
    registered: int
    page: int
    pages: int
    owing: list[Registration]


def some_members(actor: Actor, conference: Conference, of: Delegation, page: int = 1) -> Members:
    """All members of a usual delegation; of a very large one a page, beside its head and whoever has to correct."""
    mine = within(actor, conference), Registration.delegation_id == of.id
    counts = select(Registration.status, func.count()).where(*mine)
    by_status = {row[0]: row[1] for row in db.session.execute(counts.group_by(Registration.status))}
    total, registered = sum(by_status.values()), sum(by_status.get(status, 0) for status in REGISTERED)
    if total <= ALL_AT_ONCE:
        rows = members(actor, conference, of)
        return Members(rows, registered, 1, 1, rows)
    pages = -(-total // ON_A_PAGE)
    page = min(max(1, page), pages)
    order = (
        Registration.status.not_in(LIVING),
        case({capacity.value: place for place, capacity in enumerate(PRECEDENCE)}, value=Registration.capacity),
        case({rank.value: place for place, rank in enumerate(RANKS)}, value=Registration.rank),
        Registration.id,
    )
    owes = (Registration.status == Status.RETURNED) | (
        (Registration.capacity == PRECEDENCE[0]) & Registration.status.in_(LIVING)
    )
    ids = select(Registration.id).where(*mine).order_by(*order).limit(ON_A_PAGE)  # thousands are ordered, few are read
    shown = db.session.scalars(ids.offset((page - 1) * ON_A_PAGE)).all()
    owing = db.session.scalars(ids.where(owes)).all()
    wanted = visible_to(actor, conference).where(Registration.id.in_({*shown, *owing}))
    known = {row.id: row for row in db.session.scalars(wanted.options(selectinload(Registration.moves)))}
    rows, owed_by = ([known[number] for number in some if number in known] for some in (shown, owing))
    return Members(rows, registered, page, pages, owed_by)
