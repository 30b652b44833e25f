"""What the offices work with: who reviews, what waits for whom, prepared decisions, questions without an answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, scope
from confapp.foundation.places import Place, PlaceState
from confapp.people.models import Account, Mandate, Person
from confapp.people.rules import Role
from confapp.registration.models import Answer, Category, Clearance, PreparedDecision, Registration, Remark, TrackStep
from confapp.registration.queries.delegations import focal_point_mandates
from confapp.registration.queries.scope import visible, visible_to
from confapp.registration.rules import OPEN_TO_DECIDE, Office, Track

REVIEWERS = (
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.PRESS_DESK,
)
IN_ONE_QUERY = 500
LATELY = timedelta(days=7)
SAID = selectinload(Registration.all_clearances).joinedload(Clearance.step)
MARKED = selectinload(Registration.answers).joinedload(Answer.question)  # for `mark_of`
WITH_STEPS = (
    joinedload(Registration.category).selectinload(Category.all_steps),
    SAID,
    selectinload(Registration.all_prepared),
)


def reviewers() -> Sequence[Account]:
    """Those who work for an office of the conference in scope, by name: a registration can be given to them."""
    now = clock.now()
    return (
        db.session.scalars(
            select(Account)
            .join(Mandate, Mandate.account_id == Account.id)
            .where(
                Mandate.conference_id == scope(),
                Mandate.role.in_(REVIEWERS),
                Mandate.revoked_at.is_(None),
                Mandate.starts_at <= now,
                or_(Mandate.ends_at.is_(None), Mandate.ends_at > now),
                Account.disabled_at.is_(None),
            )
            .order_by(func.lower(Account.name), Account.email_folded)
        )
        .unique()
        .all()
    )


def reviewer(ref: str) -> Account | None:
    return next((one for one in reviewers() if one.ref == ref), None)


def hold_category(category: Category) -> None:
    """Whoever changes the track of the same category waits until this transaction is over."""
    db.session.execute(select(Category.id).where(Category.id == category.id).with_for_update())


def step(category: Category, ref: str) -> TrackStep | None:
    return next((one for one in category.all_steps if one.ref == ref), None)


def with_steps(
    actor: Actor, conference: Conference, refs: Sequence[str] = (), ids: Sequence[int] = ()
) -> Sequence[Registration]:
    """Those of the given references or ids that somebody may see, with what a decision looks at, by number."""
    wanted = visible_to(actor, conference).where(Registration.ref.in_(refs) | Registration.id.in_(ids))
    return db.session.scalars(
        wanted.options(
            contains_eager(Registration.category).selectinload(Category.all_steps),
            *WITH_STEPS[1:],
            MARKED,
        ).order_by(Registration.number, Registration.id)
    ).all()


def places_of(registration: Registration) -> Sequence[Place]:
    """The places that a registration holds, is offered or waits for."""
    return db.session.scalars(
        select(Place)
        .where(
            Place.holder_kind == "registration", Place.holder_id == registration.id, Place.state != PlaceState.RELEASED
        )
        .options(joinedload(Place.quota))
        .order_by(Place.id)
    ).all()


def to_vet(actor: Actor, conference: Conference, office: Office) -> Sequence[Registration]:
    """Who waits for an office, by number, with what the vetting list shows."""
    return db.session.scalars(
        visible_to(actor, conference)
        .where(waits_for(office))
        .options(MARKED, SAID)
        .order_by(Registration.number, Registration.id)
    ).all()


def vetted(actor: Actor, conference: Conference, numbers: Iterable[str]) -> dict[str, Registration]:
    """The registrations of these numbers that somebody may see, with their steps."""
    found: dict[str, Registration] = {}
    wanted = list(dict.fromkeys(number for number in numbers if number))
    for start in range(0, len(wanted), IN_ONE_QUERY):
        rows = visible_to(actor, conference).where(Registration.number.in_(wanted[start : start + IN_ONE_QUERY]))
        steps = contains_eager(Registration.category).selectinload(Category.all_steps)
        found.update((row.number, row) for row in db.session.scalars(rows.options(steps, *WITH_STEPS[1:], MARKED)))
    return found


def persons(ids: Iterable[int]) -> Sequence[Person]:
    """Some people of the conference in scope, for what is recorded about each of them."""
    return db.session.scalars(select(Person).where(Person.id.in_(list(ids))).order_by(Person.id)).all()


# --- what waits -------------------------------------------------------------------------------------------------------


def waits_for(office: Office) -> ColumnElement[bool]:
    """The condition that a step of an office has not been cleared or objected to, and that it is asked now."""
    said = (
        exists()
        .where(
            Clearance.registration_id == Registration.id,
            Clearance.step_id == TrackStep.id,
            Clearance.superseded_at.is_(None),
        )
        .correlate(Registration, TrackStep)
    )
    asked = exists().where(
        TrackStep.category_id == Registration.category_id,
        TrackStep.category_id == Category.id,
        Category.track == Track.ACCREDITATION,
        TrackStep.office == office,
        TrackStep.retired_at.is_(None),
        ~said,
    )
    return Registration.status.in_(OPEN_TO_DECIDE) & asked


def is_to_decide() -> ColumnElement[bool]:
    """The condition that the office has a decision to make; who needs only a confirmed address is not among them."""
    decided = select(Category.id).where(Category.track == Track.ACCREDITATION)
    return Registration.status.in_(OPEN_TO_DECIDE) & Registration.category_id.in_(decided)


def offices_with_steps() -> list[Office]:
    """The offices that a category of the conference in scope asks, in the order of their names in the rules."""
    asked = set(db.session.scalars(select(TrackStep.office).where(TrackStep.retired_at.is_(None)).distinct()))
    return [office for office in Office if office in asked]


def waiting_for(office: Office) -> int:
    """How many registrations wait for an office."""
    return db.session.scalar(select(func.count(Registration.id)).where(waits_for(office))) or 0


def left_by_vetting(actor: Actor, conference: Conference, offices: Iterable[Office]) -> Sequence[Registration]:
    """Whose results somebody brought lately and were not recorded, as far as they still wait for one of the offices."""
    numbers = {number for _at, facts in _brought_by(actor, conference) for number in facts.get("left", ())}
    waiting = [waits_for(office) for office in offices]
    if not numbers or not waiting:
        return []
    wanted = visible_to(actor, conference).where(Registration.number.in_(sorted(numbers)[:IN_ONE_QUERY]), or_(*waiting))
    return db.session.scalars(wanted.order_by(Registration.number)).all()


def outrun_by_vetting(actor: Actor, conference: Conference, offices: Iterable[Office]) -> list[Registration]:
    """Whose results came from an older list than what an office had said, as long as it has said nothing after that."""
    since = {number: at for at, facts in _brought_by(actor, conference) for number in facts.get("outrun", ())}
    if not since:
        return []
    wanted = visible_to(actor, conference).where(Registration.number.in_(sorted(since)[:IN_ONE_QUERY]))
    rows = db.session.scalars(wanted.options(SAID).order_by(Registration.number)).all()
    return [
        row
        for row in rows
        if any(one.step.office in offices for one in row.clearances)
        and all(one.at <= since[row.number] for one in row.clearances if one.step.office in offices)
    ]


def _brought_by(actor: Actor, conference: Conference) -> Sequence[Any]:
    """When somebody brought results lately, and what became of them; the newest last."""
    return db.session.execute(
        select(AuditEntry.at, AuditEntry.facts)
        .where(
            AuditEntry.verb == "import_vetting",
            AuditEntry.conference_id == conference.id,
            AuditEntry.account_id == actor.account_id,
            AuditEntry.at > clock.now() - LATELY,
        )
        .order_by(AuditEntry.number)
    ).all()


def is_unanswered() -> ColumnElement[bool]:
    """The condition that the last word of the conversation is the person's."""
    later = aliased(Remark)
    answered = exists().where(
        later.registration_id == Remark.registration_id,
        later.id > Remark.id,
        later.is_internal.is_(False),
        later.from_office.is_(True),
    )
    return exists().where(
        Remark.registration_id == Registration.id,
        Remark.is_internal.is_(False),
        Remark.from_office.is_(False),
        Remark.text != "",  # what was erased waits for nobody
        ~answered,
    )


def unanswered() -> int:
    return db.session.scalar(_unanswered()) or 0


@cache
def _unanswered() -> Any:
    return select(func.count(Registration.id)).where(is_unanswered())


def conversation(registration: Registration) -> Sequence[Remark]:
    """What was asked and answered; never the offices' own notes."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.registration_id == registration.id, Remark.is_internal.is_(False))
        .order_by(Remark.id)
    ).all()


def notes(registration: Registration) -> Sequence[Remark]:
    """The offices' own notes; for pages of the offices only."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.registration_id == registration.id, Remark.is_internal.is_(True))
        .order_by(Remark.id)
    ).all()


# --- prepared decisions -----------------------------------------------------------------------------------------------


def prepared(actor: Actor, conference: Conference, refs: Sequence[str] | None = None) -> Sequence[PreparedDecision]:
    """The decisions that wait to be released, on registrations that somebody may see; of these references only."""
    seen = visible(actor, conference, Registration.id)
    wanted = (
        select(PreparedDecision)
        .where(
            PreparedDecision.released_at.is_(None),
            PreparedDecision.dropped_at.is_(None),
            PreparedDecision.registration_id.in_(seen),
        )
        .options(
            joinedload(PreparedDecision.registration).options(
                joinedload(Registration.person), joinedload(Registration.delegation), *WITH_STEPS
            )
        )
        .order_by(PreparedDecision.verb, PreparedDecision.id)
    )
    if refs is not None:
        wanted = wanted.where(PreparedDecision.ref.in_(refs))
    return db.session.scalars(wanted).unique().all()


def ended_decision(actor: Actor, conference: Conference, ref: str) -> PreparedDecision | None:
    """One that was released or taken out, on a registration that somebody may see."""
    return db.session.scalar(
        select(PreparedDecision)
        .where(
            PreparedDecision.ref == ref,
            PreparedDecision.registration_id.in_(visible(actor, conference, Registration.id)),
        )
        .where(PreparedDecision.released_at.is_not(None) | PreparedDecision.dropped_at.is_not(None))
        .options(joinedload(PreparedDecision.registration))
    )


def prepared_by_verb() -> Counter[str]:
    """How many decisions wait to be released, by what they decide."""
    rows = db.session.execute(
        select(PreparedDecision.verb, func.count())
        .where(PreparedDecision.released_at.is_(None), PreparedDecision.dropped_at.is_(None))
        .group_by(PreparedDecision.verb)
    )
    return Counter({row[0]: row[1] for row in rows})


def mails_to(registrations: Iterable[Registration]) -> dict[int, int]:
    """How many mails a decision on each of these sends: to the focal points, and to the person who has an address."""
    rows = list(registrations)
    told: dict[int, set[str]] = {}
    for mandate in focal_point_mandates({row.delegation_id for row in rows if row.delegation_id}):
        told.setdefault(mandate.delegation_id or 0, set()).add(mandate.account.email.casefold())
    return {row.id: len(told.get(row.delegation_id or 0, set()) | _own_address(row)) for row in rows}


def _own_address(registration: Any) -> set[str]:
    return {registration.person.email.casefold()} if registration.person.email else set()
