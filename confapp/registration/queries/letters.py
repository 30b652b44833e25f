"""Letters: the texts, those that somebody may see, what was issued, and to whom an invitation is still due."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from confapp.conferences.models import Conference
from confapp.foundation import clock, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.mail import Mail, MailState
from confapp.people.models import Account, MailedLink, Mandate, Person
from confapp.people.rules import LinkPurpose, Role
from confapp.registration.models import Delegation, Letter, LetterText, Registration, ReminderText
from confapp.registration.queries.delegations import focal_point_mandates
from confapp.registration.queries.scope import delegations_visible_to
from confapp.registration.rules import LIVING
from confapp.registration.rules.letters import (
    ISSUE_LETTERS,
    TO_DELEGATIONS,
    LetterKind,
    LetterStatus,
    Owing,
)

MOST_UNSENT = 400
LETTERS_PAGE = 50
ENDED = (LetterStatus.REFUSED, LetterStatus.WITHDRAWN)
IN_WORK = (LetterStatus.REQUESTED, LetterStatus.CHECKED)
ISSUING = "registration.issue_letters"


@dataclass(frozen=True)
class LetterFilter:
    """What the list of letters is narrowed to."""

    status: LetterStatus | None = None
    kind: LetterKind | None = None
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class LettersFound:
    rows: Sequence[Letter]
    total: int
    page: int
    pages: int
    by_status: Counter[LetterStatus]


def letter_texts() -> dict[LetterKind, LetterText]:
    return {row.kind: row for row in db.session.scalars(select(LetterText))}


def reminder_text(what: str) -> ReminderText | None:
    return db.session.scalar(select(ReminderText).where(ReminderText.what == what))


def letter_text(kind: LetterKind) -> LetterText | None:
    return db.session.scalar(select(LetterText).where(LetterText.kind == kind))


def letters_visible(actor: Actor, conference: Conference, *what: Any) -> Select[Any]:
    """The scope of every query on letters: all for who issues them, else those of the own delegation or person."""
    wanted = (
        select(*what)
        .select_from(Letter)
        .outerjoin(Letter.delegation)
        .outerjoin(Letter.registration)
        .outerjoin(Person, Person.id == Registration.person_id)
    )
    if ISSUE_LETTERS.allows(actor, conference):
        return wanted
    delegations, persons = actor.delegations(conference.id), actor.persons(conference.id)
    return wanted.where(
        or_(
            Letter.delegation_id.in_(delegations),
            Registration.delegation_id.in_(delegations),
            Registration.person_id.in_(persons),
        )
    )


def letters_visible_to(actor: Actor, conference: Conference) -> Select[Any]:
    about = contains_eager(Letter.registration)
    return letters_visible(actor, conference, Letter).options(
        contains_eager(Letter.delegation),
        about.contains_eager(Registration.person),
        about.joinedload(Registration.delegation),
        about.joinedload(Registration.category),
        joinedload(Letter.mail),
    )


def letter(actor: Actor, conference: Conference, ref: str) -> Letter | None:
    found: Letter | None = db.session.scalar(
        letters_visible_to(actor, conference).where(Letter.ref == ref).options(joinedload(Letter.file))
    )
    return found


def letters_by_ref(actor: Actor, conference: Conference, refs: Sequence[str]) -> Sequence[Letter]:
    return db.session.scalars(
        letters_visible_to(actor, conference).where(Letter.ref.in_(refs)).order_by(Letter.id)
    ).all()


def find_letters(actor: Actor, conference: Conference, by: LetterFilter) -> LettersFound:
    """One page of letters, those to check first, and how many there are in each status."""
    counts = _narrowed(letters_visible(actor, conference, Letter.status, func.count()), by).group_by(Letter.status)
    by_status: Counter[LetterStatus] = Counter({row[0]: row[1] for row in db.session.execute(counts)})
    wanted = _narrowed(letters_visible_to(actor, conference), by)
    if by.status is not None:
        wanted = wanted.where(Letter.status == by.status)
    total = by_status[by.status] if by.status is not None else by_status.total()
    pages = max(1, -(-total // LETTERS_PAGE))
    page = min(max(1, by.page), pages)
    first = (Letter.status != LetterStatus.REQUESTED, Letter.id.desc())
    rows = db.session.scalars(wanted.order_by(*first).limit(LETTERS_PAGE).offset((page - 1) * LETTERS_PAGE)).all()
    return LettersFound(rows, total, page, pages, by_status)


def _narrowed(wanted: Select[Any], by: LetterFilter) -> Select[Any]:
    if by.kind is not None:
        wanted = wanted.where(Letter.kind == by.kind)
    if by.search:
        pattern = text.like(by.search)
        numbers = (func.lower(number).like(pattern, escape="\\") for number in (Letter.number, Registration.number))
        names = (folded.like(pattern, escape="\\") for folded in (Delegation.folded, Person.folded))
        wanted = wanted.where(or_(*names, *numbers))
    return wanted


def letters_of(owner: Delegation | Registration) -> Sequence[Letter]:
    """The letters to a delegation, or about a registration, the newest first."""
    column = Letter.delegation_id if isinstance(owner, Delegation) else Letter.registration_id
    return db.session.scalars(
        select(Letter).where(column == owner.id).options(joinedload(Letter.mail)).order_by(Letter.id.desc())
    ).all()


def with_letter(registrations: Iterable[Registration], kind: LetterKind) -> set[int]:
    """The ids of those who have a letter of this kind, or have asked for one."""
    ids = [one.id for one in registrations]
    wanted = select(Letter.registration_id).where(Letter.kind == kind, Letter.status.not_in(ENDED))
    return set(db.session.scalars(wanted.where(Letter.registration_id.in_(ids))))


def letters_of_members(of: Delegation) -> Sequence[Letter]:
    """What was asked for about the members of a delegation, and stands or waits, in the order of their names."""
    wanted = (
        select(Letter)
        .join(Letter.registration)
        .join(Registration.person)
        .where(Registration.delegation_id == of.id, Letter.status.not_in(ENDED))
        .options(contains_eager(Letter.registration).contains_eager(Registration.person))
    )
    return db.session.scalars(wanted.order_by(Person.folded, Letter.id)).unique().all()


def open_request(of: Registration, kind: LetterKind) -> Letter | None:
    """What was asked for and is not issued yet."""
    return db.session.scalar(
        select(Letter).where(Letter.registration_id == of.id, Letter.kind == kind, Letter.status.in_(IN_WORK))
    )


def letters_to_check() -> int:
    return db.session.scalar(select(func.count(Letter.id)).where(Letter.status == LetterStatus.REQUESTED)) or 0


def letters_by_id(ids: Iterable[int]) -> Sequence[Letter]:
    return db.session.scalars(
        select(Letter)
        .where(Letter.id.in_(list(ids)))
        .options(joinedload(Letter.delegation), joinedload(Letter.registration).joinedload(Registration.person))
        .options(joinedload(Letter.mail))
        .order_by(Letter.id)
    ).all()


def hold_letter(letter_id: int) -> Letter:
    """A letter as it stands now; whoever holds the same one waits until this transaction is over."""
    return db.session.scalars(
        select(Letter).where(Letter.id == letter_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def is_number_taken(number: str) -> bool:
    return db.session.scalar(select(Letter.id).where(Letter.number == number).limit(1)) is not None


# --- issuing ----------------------------------------------------------------------------------------------------------


def issuing_job(conference: Conference, ref: str) -> Job | None:
    """The work of issuing some letters, with the ids of them in its arguments."""
    return db.session.scalar(select(Job).where(Job.conference_id == conference.id, Job.ref == ref, Job.task == ISSUING))


def issuing_now(conference: Conference) -> Sequence[Job]:
    return db.session.scalars(
        select(Job)
        .where(Job.conference_id == conference.id, Job.task == ISSUING)
        .where(Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
        .order_by(Job.id)
    ).all()


def to_invite(actor: Actor, conference: Conference, group: str = "") -> Sequence[Delegation]:
    """Delegations that have no standing letter of invitation and have not declined, in the order of the conference."""
    standing = select(Letter.delegation_id).where(
        Letter.delegation_id.is_not(None), Letter.kind.in_(TO_DELEGATIONS), Letter.status.not_in(ENDED)
    )
    rows: Sequence[Delegation] = db.session.scalars(
        delegations_visible_to(actor, conference)
        .where(Delegation.id.not_in(standing))
        .order_by(Delegation.position, Delegation.id)
    ).all()
    return [row for row in rows if row.status != "declined" and (not group or group in (*row.groups, *row.tags))]


def has_delegations(actor: Actor, conference: Conference) -> bool:
    return db.session.scalar(delegations_visible_to(actor, conference).limit(1)) is not None


def has_invitation(delegation: Delegation) -> bool:
    """Whether a letter went to it, or somebody answers for it by a link that was mailed."""
    letter = select(Letter.id).where(Letter.delegation_id == delegation.id, Letter.sent_at.is_not(None)).limit(1)
    return db.session.scalar(letter) is not None or bool(focal_point_mandates([delegation.id]))


def has_invited(actor: Actor, conference: Conference) -> bool:
    wanted = delegations_visible_to(actor, conference).where(Delegation.invited_at.is_not(None))
    return db.session.scalar(wanted.limit(1)) is not None


def delegations_of(actor: Actor, conference: Conference) -> Sequence[Delegation]:
    """All delegations that somebody may see, in the order of the conference."""
    wanted = delegations_visible_to(actor, conference).order_by(Delegation.position, Delegation.id)
    rows: Sequence[Delegation] = db.session.scalars(wanted).all()
    return rows


def unsent(actor: Actor, conference: Conference) -> Sequence[Letter]:
    """Letters that were issued and have not gone out, for there was no address; at most as many as one file holds."""
    wanted = letters_visible_to(actor, conference).where(Letter.status == LetterStatus.ISSUED, Letter.sent_at.is_(None))
    rows: Sequence[Letter] = db.session.scalars(wanted.order_by(Letter.id).limit(MOST_UNSENT)).unique().all()
    return rows


def groups_of(delegations: Iterable[Delegation]) -> list[str]:
    """The groups and tags that some delegations carry."""
    return sorted({name for row in delegations for name in (*row.groups, *row.tags)}, key=text.fold)


def owing(actor: Actor, conference: Conference, what: Owing) -> list[Delegation]:
    """Delegations that were invited and owe something, in the order of the conference."""
    rows: Sequence[Delegation] = db.session.scalars(
        delegations_visible_to(actor, conference)
        .where(Delegation.invited_at.is_not(None))
        .order_by(Delegation.position, Delegation.id)
    ).all()
    answered = {mandate.delegation_id for mandate in focal_point_mandates(row.id for row in rows)}
    counts = dict(
        db.session.execute(
            select(Registration.delegation_id, func.count(Registration.id))
            .where(Registration.delegation_id.is_not(None), Registration.status.in_(LIVING))
            .group_by(Registration.delegation_id)
        ).all()
    )
    return [row for row in rows if what.applies(row, row.id in answered, counts.get(row.id, 0))]


# --- nomination links -------------------------------------------------------------------------------------------------


def nomination_links(of: Delegation) -> Sequence[MailedLink]:
    """The links by which a delegation may answer and name its focal points, the newest first."""
    return db.session.scalars(
        select(MailedLink)
        .where(MailedLink.delegation_id == of.id, MailedLink.purpose == LinkPurpose.NOMINATION)
        .order_by(MailedLink.id.desc())
    ).all()


def open_nomination_links(of: Delegation) -> list[MailedLink]:
    now = clock.now()
    return [one for one in nomination_links(of) if one.is_open(now)]


def delegation_of_link(link: MailedLink) -> Delegation | None:
    """The delegation that a link is for, in the conference in scope."""
    return db.session.scalar(select(Delegation).where(Delegation.id == link.delegation_id))


# --- verification -----------------------------------------------------------------------------------------------------


def letter_with_code(code: str) -> Letter | None:
    """Across all conferences: inside a named bypass of the scope."""
    return db.session.scalar(select(Letter).where(Letter.code == code).options(joinedload(Letter.file)))


# --- mail that did not arrive -----------------------------------------------------------------------------------------


def undelivered(conference: Conference) -> Sequence[Mail]:
    """Mails that a server refused for good, the newest first."""
    return db.session.scalars(_undelivered(conference).order_by(Mail.id.desc()).limit(200)).all()


def undelivered_mail(conference: Conference, ref: str) -> Mail | None:
    found: Mail | None = db.session.scalar(_undelivered(conference).where(Mail.ref == ref))
    return found


def undelivered_number(conference: Conference) -> int:
    return db.session.scalar(select(func.count()).select_from(_undelivered(conference).subquery())) or 0


# Topics of mails of features above that only some may know of: they stand in no list of mails.
kept_apart: set[str] = set()


def _undelivered(conference: Conference) -> Select[Any]:
    failed = (Mail.conference_id == conference.id, Mail.state == MailState.FAILED, Mail.text != "")
    return select(Mail).where(*failed, Mail.topic.not_in(kept_apart))


def letters_mailed_by(mail: Mail) -> Sequence[Letter]:
    return db.session.scalars(select(Letter).where(Letter.mail_id == mail.id)).all()


def delegations_reached_by(addresses: Iterable[str]) -> Sequence[Delegation]:
    return db.session.scalars(
        select(Delegation)
        .where(func.lower(Delegation.contact_email).in_({one.lower() for one in addresses}))
        .order_by(Delegation.position, Delegation.id)
    ).all()


def registrations_reached_by(addresses: Iterable[str]) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(func.lower(Person.email).in_({one.lower() for one in addresses}))
        .options(joinedload(Registration.person), joinedload(Registration.delegation))
        .order_by(Registration.id)
    ).all()


def focal_points_reached_by(conference: Conference, addresses: Iterable[str]) -> Sequence[Mandate]:
    """The mandates in force of focal points of a conference that some mailboxes hold."""
    now = clock.now()
    return db.session.scalars(
        select(Mandate)
        .join(Mandate.account)
        .where(
            Mandate.conference_id == conference.id,
            Mandate.role == Role.FOCAL_POINT,
            Mandate.revoked_at.is_(None),
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > now),
            Account.email_folded.in_({one.casefold() for one in addresses}),
        )
        .options(contains_eager(Mandate.account), joinedload(Mandate.delegation))
        .order_by(Mandate.id)
    ).all()
