"""What lists and pages of delegations and registrations show. Everything is reached through `visible_to`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.conferences.rules import purge_moment
from confapp.foundation import clock, text
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.languages import best
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.foundation.sealing import DataKey, Reading
from confapp.people.models import Account, Consent, ConsentText, Mandate, Person
from confapp.people.rules import SEE_PEOPLE, Role
from confapp.registration.models import Category, Credential, Delegation, Party, Registration
from confapp.registration.rules import LIVING, PRECEDENCE, ConsentKind, DelegationStatus, Status

PAGE = 50


# --- scope ------------------------------------------------------------------------------------------------------------


def visible_to(actor: Actor, conference: Conference) -> Select[Any]:
    """The registrations of a conference that somebody may see, with their person, category and delegation."""
    return _visible(actor, conference, Registration).options(
        contains_eager(Registration.person),
        contains_eager(Registration.delegation),
        contains_eager(Registration.category),
    )


def _visible(actor: Actor, conference: Conference, *what: Any) -> Select[Any]:
    """The scope of every query on registrations: all, those of own delegations, or the own one."""
    wanted = (
        select(*what)
        .select_from(Registration)
        .join(Registration.person)
        .outerjoin(Registration.delegation)
        .join(Registration.category)
    )
    if SEE_PEOPLE.allows(actor, conference):
        return wanted
    own = Registration.person_id.in_(actor.persons(conference.id))
    return wanted.where(own | Registration.delegation_id.in_(actor.delegations(conference.id)))


def delegations_visible_to(actor: Actor, conference: Conference) -> Select[Any]:
    wanted = select(Delegation)
    if SEE_PEOPLE.allows(actor, conference):
        return wanted
    return wanted.where(Delegation.id.in_(actor.delegations(conference.id)))


# --- delegations ------------------------------------------------------------------------------------------------------


@dataclass
class Standing:
    """One delegation in the list: its focal points, its members by status, and its places."""

    delegation: Delegation
    focal_points: list[Account] = field(default_factory=list)
    counts: Counter[Status] = field(default_factory=Counter)
    quota: Quota | None = None

    @property
    def registered(self) -> int:
        return sum(self.counts[status] for status in LIVING)

    @property
    def credential(self) -> Credential | None:
        return current_credential(self.delegation)


def delegation(actor: Actor, conference: Conference, ref: str) -> Delegation | None:
    wanted = delegations_visible_to(actor, conference).where(Delegation.ref == ref)
    found: Delegation | None = db.session.scalar(
        wanted.options(selectinload(Delegation.credentials).joinedload(Credential.file))
    )
    return found


def standings(actor: Actor, conference: Conference, search: str = "") -> list[Standing]:
    """Every visible delegation in the conference's own order, with what the list tells; six queries for any number."""
    wanted = delegations_visible_to(actor, conference)
    if search:
        wanted = wanted.where(Delegation.folded.like(text.like(search), escape="\\"))
    rows = db.session.scalars(
        wanted.options(selectinload(Delegation.credentials)).order_by(Delegation.position, Delegation.id)
    ).all()
    found = {row.id: Standing(row) for row in rows}
    for mandate in focal_point_mandates(found):
        found[mandate.delegation_id or 0].focal_points.append(mandate.account)
    counts = (
        select(Registration.delegation_id, Registration.status, func.count())
        .where(Registration.delegation_id.in_(found))
        .group_by(Registration.delegation_id, Registration.status)
    )
    for delegation_id, status, number in db.session.execute(counts):
        found[delegation_id].counts[status] = number
    for quota in quotas_of("delegation", found):
        found[quota.owner_id].quota = quota
    return list(found.values())


def quotas_of(kind: str, ids: Iterable[int]) -> Sequence[Quota]:
    return db.session.scalars(select(Quota).where(Quota.owner_kind == kind, Quota.owner_id.in_(list(ids)))).all()


def focal_point_mandates(delegation_ids: Iterable[int]) -> Sequence[Mandate]:
    """Mandates of focal points in force, with their accounts, in the order they were given."""
    now = clock.now()
    return db.session.scalars(
        select(Mandate)
        .where(
            Mandate.role == Role.FOCAL_POINT,
            Mandate.delegation_id.in_(list(delegation_ids)),
            Mandate.revoked_at.is_(None),
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > now),
        )
        .options(joinedload(Mandate.account))
        .order_by(Mandate.id)
    ).all()


def members(actor: Actor, conference: Conference, of: Delegation) -> list[Registration]:
    """The members of a delegation by precedence; those who left come last."""
    wanted = visible_to(actor, conference).where(Registration.delegation_id == of.id)
    rows: Sequence[Registration] = db.session.scalars(wanted.options(selectinload(Registration.moves))).all()
    return sorted(rows, key=lambda r: (r.status not in LIVING, PRECEDENCE.index(r.capacity), r.submitted_at, r.id))


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


def neighbour(of: Delegation, step: int) -> Delegation | None:
    """The delegation before (-1) or after (+1) another one in the order."""
    wanted = select(Delegation).where(
        Delegation.position < of.position if step < 0 else Delegation.position > of.position
    )
    order = Delegation.position.desc() if step < 0 else Delegation.position.asc()
    return db.session.scalar(wanted.order_by(order).limit(1))


def ordered_delegations() -> Sequence[Delegation]:
    return db.session.scalars(select(Delegation).order_by(Delegation.position, Delegation.id)).all()


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


# --- the catalogue ----------------------------------------------------------------------------------------------------


def parties(search: str = "", group: str = "") -> list[Party]:
    """The catalogue, or what a search finds in it: states, then organizations, by their names in the page's language.

    Those invited already are told by `taken_parties`.
    """
    wanted = select(Party)
    if search:
        wanted = wanted.where(Party.folded.like(text.like(search), escape="\\"))
    rows = [row for row in db.session.scalars(wanted) if not group or group in row.groups]
    by_name = sorted(rows, key=lambda row: text.fold(best(row.printed_names)))
    return sorted(by_name, key=lambda row: row.kind, reverse=True)


def party_groups() -> list[str]:
    return sorted({group for groups in db.session.scalars(select(Party.groups)) for group in groups})


def taken_parties() -> set[int]:
    return set(db.session.scalars(select(Delegation.party_id).where(Delegation.party_id.is_not(None))))


def parties_by_ref(refs: Iterable[str]) -> Sequence[Party]:
    return db.session.scalars(select(Party).where(Party.ref.in_(list(refs))).order_by(Party.code)).all()


def parties_by_code() -> dict[str, Party]:
    return {row.code: row for row in db.session.scalars(select(Party))}


# --- categories and consents ------------------------------------------------------------------------------------------


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


# --- registrations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filter:
    """What a list of registrations is narrowed to, and how it is ordered."""

    status: Status | None = None
    category: str = ""
    search: str = ""
    sort: str = ""
    page: int = 1


SORTS: dict[str, tuple[Any, ...]] = {
    "": (Registration.submitted_at.desc(), Registration.id.desc()),
    "name": (func.lower(Person.family_name), func.lower(Person.given_name), Registration.id),
    "delegation": (Delegation.position, Registration.organization, Registration.id),
    "number": (Registration.number, Registration.id),
}


@dataclass(frozen=True)
class Found:
    rows: Sequence[Registration]
    total: int
    page: int
    pages: int
    by_status: Counter[Status]


def registration(actor: Actor, conference: Conference, ref: str) -> Registration | None:
    papers = selectinload(Registration.credentials).joinedload(Credential.file)
    found: Registration | None = db.session.scalar(
        visible_to(actor, conference).where(Registration.ref == ref).options(selectinload(Registration.moves), papers)
    )
    return found


def registrations(actor: Actor, conference: Conference, refs: Sequence[str]) -> Sequence[Registration]:
    """Those of the given references that somebody may see, by name."""
    return db.session.scalars(
        visible_to(actor, conference).where(Registration.ref.in_(refs)).order_by(*SORTS["name"])
    ).all()


def find(actor: Actor, conference: Conference, by: Filter) -> Found:
    """One page of registrations and, for the other words of the filter, how many there are in each status."""
    wanted = _narrowed(visible_to(actor, conference), by)
    counts = _narrowed(_visible(actor, conference, Registration.status, func.count()), by).group_by(Registration.status)
    by_status: Counter[Status] = Counter({row[0]: row[1] for row in db.session.execute(counts)})
    if by.status is not None:
        wanted = wanted.where(Registration.status == by.status)
    total = by_status[by.status] if by.status is not None else by_status.total()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, by.page), pages)
    rows = db.session.scalars(wanted.order_by(*SORTS[by.sort]).limit(PAGE).offset((page - 1) * PAGE)).all()
    return Found(rows, total, page, pages, by_status)


def all_found(actor: Actor, conference: Conference, by: Filter) -> Sequence[Registration]:
    """Everything that a filter finds, for an export."""
    wanted = _narrowed(visible_to(actor, conference), by)
    if by.status is not None:
        wanted = wanted.where(Registration.status == by.status)
    return db.session.scalars(wanted.order_by(*SORTS[by.sort])).all()


def _narrowed(wanted: Select[Any], by: Filter) -> Select[Any]:
    if by.category:
        wanted = wanted.where(Category.code == by.category)
    if by.search:
        pattern = text.like(by.search)
        wanted = wanted.where(Person.folded.like(pattern, escape="\\") | Delegation.folded.like(pattern, escape="\\"))
    return wanted


def next_to_decide(actor: Actor, conference: Conference, after: Registration) -> tuple[str, str]:
    """References of the undecided registrations before and after one, the oldest first; empty at the ends."""
    waiting = _visible(actor, conference, Registration.ref).where(Registration.status == Status.SUBMITTED)
    moment, number = Registration.submitted_at, Registration.id
    here = after.submitted_at
    is_before = (moment < here) | ((moment == here) & (number < after.id))
    is_after = (moment > here) | ((moment == here) & (number > after.id))
    before = db.session.scalar(waiting.where(is_before).order_by(moment.desc(), number.desc()).limit(1))
    then = db.session.scalar(waiting.where(is_after).order_by(moment, number).limit(1))
    return before or "", then or ""


def public_reference(ref: str) -> Registration | None:
    """A registration by its random reference, for the page that confirms it to whoever sent the form."""
    return db.session.scalar(
        select(Registration).where(Registration.ref == ref).options(joinedload(Registration.category))
    )


def readings(person: Person) -> Sequence[Reading]:
    """Who opened somebody's sealed data, newest first."""
    return db.session.scalars(
        select(Reading)
        .where(Reading.subject_kind == "person", Reading.subject_id == person.id)
        .order_by(Reading.id.desc())
    ).all()


def registrations_of(person_id: int) -> Sequence[Registration]:
    return db.session.scalars(select(Registration).where(Registration.person_id == person_id)).all()


def holds_place(of: Registration) -> bool:
    """Whether a place is held under some quota."""
    held = select(Place.id).where(
        Place.holder_kind == "registration", Place.holder_id == of.id, Place.state == PlaceState.HELD
    )
    return db.session.scalar(held.limit(1)) is not None


def with_sealed_data_past(at: datetime) -> list[Conference]:
    """Conferences whose sealed data should be deleted by now and still have a key."""
    rows = db.session.scalars(
        select(Conference).where(Conference.id.in_(select(DataKey.conference_id).where(DataKey.destroyed_at.is_(None))))
    )
    return [row for row in rows if purge_moment(row) <= at]


def conference(conference_id: int) -> Conference:
    return db.session.get_one(Conference, conference_id)


def conference_of(row: Any) -> Conference:
    return db.session.get_one(Conference, row.conference_id)


def known_addresses(account_ids: Iterable[int]) -> dict[int, str]:
    """Names or addresses of accounts, for lists of who did something."""
    wanted = select(Account.id, Account.name, Account.email).where(Account.id.in_({n for n in account_ids if n}))
    return {row.id: row.name or row.email for row in db.session.execute(wanted)}


# --- what somebody has, and what waits --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """What somebody takes part in, in one conference."""

    conference: Conference
    delegations: Sequence[Delegation]
    registrations: Sequence[Registration]


def own(actor: Actor) -> list[Own]:
    """The delegations somebody answers for and the registrations of their own, by conference, the next one first."""
    delegation_ids = [g.delegation_id for g in actor.grants if g.delegation_id]
    person_ids = [g.person_id for g in actor.grants if g.person_id]
    with across_conferences("somebody's own pages show all conferences they take part in"):
        delegations = db.session.scalars(select(Delegation).where(Delegation.id.in_(delegation_ids))).all()
        registrations = db.session.scalars(
            select(Registration)
            .where(Registration.person_id.in_(person_ids))
            .options(
                joinedload(Registration.person), joinedload(Registration.delegation), joinedload(Registration.category)
            )
        ).all()
        ids = {row.conference_id for row in delegations} | {row.conference_id for row in registrations}
        conferences = db.session.scalars(
            select(Conference).where(Conference.id.in_(ids)).order_by(Conference.starts_on.desc())
        ).all()
    return [
        Own(
            one,
            [row for row in delegations if row.conference_id == one.id],
            [row for row in registrations if row.conference_id == one.id],
        )
        for one in conferences
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: how many, since when, and the first few names."""

    number: int
    since: datetime | None


def waiting(status: Status) -> Waiting:
    """Registrations in a status, and since when the oldest waits."""
    since = Registration.submitted_at if status == Status.SUBMITTED else Registration.decided_at
    row = db.session.execute(
        select(func.count(Registration.id), func.min(since)).where(Registration.status == status)
    ).one()
    return Waiting(row[0], row[1])


def without_focal_point() -> Sequence[Delegation]:
    """Delegations that were invited and have not declined, and for which nobody answers yet."""
    rows = db.session.scalars(
        select(Delegation).where(Delegation.invited_at.is_not(None)).order_by(Delegation.position, Delegation.id)
    ).all()
    answered = {mandate.delegation_id for mandate in focal_point_mandates(row.id for row in rows)}
    return [row for row in rows if row.id not in answered and row.status != DelegationStatus.DECLINED]


def search_delegations(actor: Actor, conference: Conference, term: str, limit: int) -> Sequence[Delegation]:
    return db.session.scalars(
        delegations_visible_to(actor, conference)
        .where(Delegation.folded.like(text.like(term), escape="\\"))
        .order_by(Delegation.position)
        .limit(limit)
    ).all()


def search_registrations(actor: Actor, conference: Conference, term: str, limit: int) -> Sequence[Registration]:
    wanted = _narrowed(visible_to(actor, conference), Filter(search=term))
    return db.session.scalars(wanted.order_by(*SORTS["name"]).limit(limit)).all()
