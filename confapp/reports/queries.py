from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload

from confapp.foundation import clock
from confapp.foundation.audit import AuditEntry, chain_of
from confapp.foundation.db import db
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.mail import Mail, MailState
from confapp.foundation.text import like
from confapp.people.models import Account, Mandate
from confapp.people.rules import INVITATION_LINK

TO_DECIDE = (MailState.IN_DOUBT, MailState.FAILED)
ON_THE_WAY = (MailState.QUEUED, MailState.LEASED, MailState.HANDING_OVER)
MAIL_GROUPS: dict[str, tuple[MailState, ...]] = {
    "to_decide": TO_DECIDE,
    "waiting": ON_THE_WAY,
    "sent": (MailState.SENT,),
    "given_up": (MailState.GIVEN_UP,),
}


def audit_entries(
    conference_id: int | None, verb: str, page: int, size: int, without: Collection[str] = ()
) -> tuple[Sequence[AuditEntry], int]:
    """A page of a chain, newest first, and how many entries match; `without` are kinds of subjects kept from whoever
    asks."""
    wanted = select(AuditEntry).where(AuditEntry.chain == chain_of(conference_id), _told(without))
    if verb:
        wanted = wanted.where(AuditEntry.verb == verb)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = db.session.scalars(wanted.order_by(AuditEntry.number.desc()).offset(page * size).limit(size)).all()
    return rows, total


def audit_verbs(conference_id: int | None, without: Collection[str] = ()) -> Sequence[str]:
    wanted = select(AuditEntry.verb).where(AuditEntry.chain == chain_of(conference_id), _told(without))
    return db.session.scalars(wanted.distinct().order_by(AuditEntry.verb)).all()


def _told(without: Collection[str]) -> ColumnElement[bool]:
    return AuditEntry.subject_kind.not_in(without)


def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    rows = db.session.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_({one for one in account_ids if one}))
    )
    return {row.id: row.name or row.email for row in rows}


def mail_counts(conference_id: int | None, without: Collection[str] = ()) -> dict[str, int]:
    rows = db.session.execute(
        select(Mail.state, func.count(Mail.id))
        .where(_mail_of(conference_id), Mail.topic.not_in(without))
        .group_by(Mail.state)
    )
    by_state = {row[0]: row[1] for row in rows}
    return {group: sum(by_state.get(state, 0) for state in states) for group, states in MAIL_GROUPS.items()}


def mails(conference_id: int | None, group: str, page: int, size: int, without: Collection[str] = ()) -> Sequence[Mail]:
    """Mails of a group, or all with those that wait for a decision first."""
    wanted = select(Mail).where(_mail_of(conference_id), Mail.topic.not_in(without))
    if group in MAIL_GROUPS:
        wanted = wanted.where(Mail.state.in_(MAIL_GROUPS[group]))
    first = case((Mail.state.in_(TO_DECIDE), 0), (Mail.state.in_(ON_THE_WAY), 1), else_=2)
    return db.session.scalars(wanted.order_by(first, Mail.id.desc()).offset(page * size).limit(size)).all()


def mail(conference_id: int | None, ref: str, without: Collection[str] = ()) -> Mail | None:
    return db.session.scalar(select(Mail).where(_mail_of(conference_id), Mail.ref == ref, Mail.topic.not_in(without)))


def mails_to_decide(conference_id: int) -> int:
    """Those of which nobody knows; the refused ones have a list of their own, where their address is corrected."""
    return (
        db.session.scalar(
            select(func.count(Mail.id)).where(Mail.conference_id == conference_id, Mail.state == MailState.IN_DOUBT)
        )
        or 0
    )


def _mail_of(conference_id: int | None) -> Any:
    return Mail.conference_id.is_(None) if conference_id is None else Mail.conference_id == conference_id


def jobs(size: int) -> Sequence[Job]:
    """The newest jobs, those that failed first."""
    failed_first = case((Job.state == JobState.FAILED, 0), else_=1)
    return db.session.scalars(select(Job).order_by(failed_first, Job.id.desc()).limit(size)).all()


def expired_invitations(conference_id: int) -> int:
    """Roles that nobody has accepted within the time of their invitation."""
    now = clock.now()
    return (
        db.session.scalar(
            select(func.count(Mandate.id)).where(
                Mandate.conference_id == conference_id,
                Mandate.person_id.is_(None),
                Mandate.accepted_at.is_(None),
                Mandate.revoked_at.is_(None),
                Mandate.given_at < now - INVITATION_LINK,
                or_(Mandate.ends_at.is_(None), Mandate.ends_at > now),
            )
        )
        or 0
    )


def staff_named(conference_id: int, term: str, limit: int) -> Sequence[Mandate]:
    pattern = like(term)
    return db.session.scalars(
        select(Mandate)
        .join(Mandate.account)
        .where(
            Mandate.conference_id == conference_id,
            Mandate.revoked_at.is_(None),
            or_(Account.email_folded.like(pattern, escape="\\"), func.lower(Account.name).like(pattern, escape="\\")),
        )
        .options(joinedload(Mandate.account))
        .order_by(Account.email_folded, Mandate.id)
        .limit(limit)
    ).all()
