from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Executable, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation import clock
from confapp.foundation.access import Actor, Grant
from confapp.foundation.db import db
from confapp.foundation.text import like
from confapp.people.models import (
    Account,
    Consent,
    ConsentText,
    ErasureRequest,
    MailedLink,
    Mandate,
    Person,
    SignIn,
)
from confapp.people.rules import RECORD_LINK_AFTER_CONFERENCE, LinkPurpose, Role, token_hash


def account_by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email_folded == email.strip().casefold()))


def _in_force(at: datetime | BindParameter[Any]) -> Any:
    return (
        Mandate.revoked_at.is_(None) & (Mandate.starts_at <= at) & or_(Mandate.ends_at.is_(None), Mandate.ends_at > at)
    )


@dataclass(frozen=True)
class LivingSignIn:
    """What every page of somebody who is signed in begins with."""

    id: int
    is_staff: bool
    seen_at: datetime
    person_id: int | None
    language: str
    actor: Actor


_GRANTED = (Mandate.role, Mandate.conference_id, Mandate.delegation_id, Mandate.person_id, Mandate.id)


@cache
def _living() -> Executable:
    """Written once, asked often: the sign-in, its account, and a row for each mandate in force, or one of none."""
    return (
        select(
            SignIn.id,
            SignIn.is_staff,
            SignIn.seen_at,
            SignIn.person_id,
            SignIn.acting_name,
            Account.id,
            Account.email,
            Account.name,
            Account.language,
            *_GRANTED,
        )
        .join(SignIn.account)
        .outerjoin(Mandate, (Mandate.account_id == Account.id) & _in_force(bindparam("at")))
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > bindparam("at"),
            Account.disabled_at.is_(None),
        )
        .order_by(Mandate.id)
    )


def living_sign_in(token_hash: str, at: datetime) -> LivingSignIn | None:
    """A sign-in that has neither ended nor expired, of an account that is not disabled."""
    rows = db.session.execute(_living(), {"token_hash": token_hash, "at": at}).all()
    if not rows:
        return None
    key, is_staff, seen_at, person_id, acting_name, account_id, email, name, language = rows[0][:9]
    granted = [row[9:] for row in rows if row[13] is not None]
    actor = Actor(account_id, email, acting_name or name, _grants(granted, person_id))
    return LivingSignIn(key, is_staff, seen_at, person_id, language, actor)


def _grants(rows: Iterable[Any], person_id: int | None) -> tuple[Grant, ...]:
    """Of rows of `_GRANTED`; only those over one person's record when it is named."""
    return tuple(
        Grant(role.value, conference, delegation, person, key)
        for role, conference, delegation, person, key in rows
        if person_id is None or person == person_id
    )


def sign_in_by_token(token_hash: str) -> SignIn | None:
    """Also one that is over."""
    return db.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash))


def mandates_in_force(account_id: int, at: datetime) -> Sequence[Mandate]:
    return db.session.scalars(
        select(Mandate).where(
            Mandate.account_id == account_id,
            _in_force(at),
        )
    ).all()


def actor_of(account: Account, acting_name: str = "", person_id: int | None = None) -> Actor:
    """The account with the mandates in force now; only those over one person's record when it is named."""
    granted = select(*_GRANTED).where(Mandate.account_id == account.id, _in_force(clock.now())).order_by(Mandate.id)
    return Actor(
        account.id, account.email, acting_name or account.name, _grants(db.session.execute(granted), person_id)
    )


def same_mandate(account_id: int, role: Role, conference_id: int, delegation: Any, person: Any) -> Mandate | None:
    """The mandate in force that would be given twice."""
    return db.session.scalar(
        select(Mandate).where(
            Mandate.account_id == account_id,
            Mandate.role == role,
            Mandate.conference_id == conference_id,
            Mandate.delegation_id == delegation.id if delegation is not None else Mandate.delegation_id.is_(None),
            Mandate.person_id == person.id if person is not None else Mandate.person_id.is_(None),
            _in_force(clock.now()),
        )
    )


def own_mandate(account_id: int, person_id: int, role: Role) -> Mandate | None:
    return db.session.scalar(
        select(Mandate).where(
            Mandate.account_id == account_id,
            Mandate.person_id == person_id,
            Mandate.role == role,
            _in_force(clock.now()),
        )
    )


def mandates_over(person_id: int) -> Sequence[Mandate]:
    return db.session.scalars(select(Mandate).where(Mandate.person_id == person_id, Mandate.revoked_at.is_(None))).all()


def unaccepted(account_id: int) -> Sequence[Mandate]:
    return db.session.scalars(
        select(Mandate)
        .where(Mandate.account_id == account_id, Mandate.accepted_at.is_(None), _in_force(clock.now()))
        .order_by(Mandate.id)
    ).all()


def doubles_of(person: Person) -> Select[tuple[int]]:
    """The ids of rows that became one with this one, at once or by way of another."""
    ended = select(Person.id).where(Person.merged_into_id == person.id).cte(recursive=True)
    return select(ended.union(select(Person.id).join(ended, Person.merged_into_id == ended.c.id)).c.id)


def doubles(person: Person) -> Sequence[Person]:
    return db.session.scalars(select(Person).where(Person.id.in_(doubles_of(person))).order_by(Person.id)).all()


def administrators(at: datetime) -> Sequence[Mandate]:
    """Mandates of administrators who can sign in."""
    return db.session.scalars(
        select(Mandate)
        .join(Mandate.account)
        .where(Mandate.role == Role.ADMINISTRATOR, _in_force(at), Account.disabled_at.is_(None))
    ).all()


def administrator_mandate(account_id: int) -> Mandate | None:
    return db.session.scalar(
        select(Mandate).where(
            Mandate.account_id == account_id, Mandate.role == Role.ADMINISTRATOR, _in_force(clock.now())
        )
    )


def link_by_token(token: str, purpose: LinkPurpose) -> MailedLink | None:
    return db.session.scalar(
        select(MailedLink)
        .where(MailedLink.token_hash == token_hash(token), MailedLink.purpose == purpose)
        .options(joinedload(MailedLink.account), joinedload(MailedLink.conference), joinedload(MailedLink.mandate))
    )


def can_be_used(link: MailedLink, at: datetime) -> bool:
    """Whether a link still signs somebody in: not spent, for an account in use, for a role that has not ended."""
    account, mandate = link.account, link.mandate
    if account is None or account.disabled_at is not None or not link.is_open(at):
        return False
    return mandate is None or mandate.is_in_force(at)


def open_links(**about: Any) -> Sequence[MailedLink]:
    """Links that can still be used, by purpose, account_id, mandate_id or person_id."""
    return db.session.scalars(
        select(MailedLink)
        .filter_by(**about)
        .where(
            MailedLink.revoked_at.is_(None),
            MailedLink.expires_at > clock.now(),
            or_(MailedLink.used_at.is_(None), MailedLink.purpose == LinkPurpose.RECORD),
        )
    ).all()


def newest_sign_in(account_id: int) -> SignIn | None:
    return db.session.scalar(select(SignIn).where(SignIn.account_id == account_id).order_by(SignIn.id.desc()).limit(1))


def records_of(account_id: int, at: datetime) -> list[tuple[Person, Role]]:
    """The persons whose record an account may open, in conferences that ended at most 30 days ago."""
    rows = db.session.scalars(
        select(Mandate)
        .where(Mandate.account_id == account_id, Mandate.person_id.is_not(None), _in_force(at))
        .options(joinedload(Mandate.person).joinedload(Person.conference))
    )
    return [
        (m.person, m.role)
        for m in rows
        if m.person is not None
        and m.person.erased_at is None
        and m.person.conference.ends_at + RECORD_LINK_AFTER_CONFERENCE > at
    ]


def account(account_id: int | None) -> Account:
    return db.session.get_one(Account, account_id)


def roles_of(account_id: int | None, at: datetime, person_id: int | None = None) -> Sequence[Mandate]:
    """The mandates in force of an account with all that names them, newest conference first."""
    wanted = (
        select(Mandate)
        .where(Mandate.account_id == account_id, _in_force(at))
        .options(joinedload(Mandate.conference), joinedload(Mandate.delegation), joinedload(Mandate.person))
        .order_by(Mandate.conference_id.desc(), Mandate.id)
    )
    if person_id is not None:
        wanted = wanted.where(Mandate.person_id == person_id)
    return db.session.scalars(wanted).all()


def living_sign_ins(account_id: int | None, at: datetime) -> Sequence[SignIn]:
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.expires_at > at)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def sign_in_by_ref(account_id: int | None, ref: str) -> SignIn | None:
    return db.session.scalar(select(SignIn).where(SignIn.account_id == account_id, SignIn.ref == ref))


def sign_in_of(account_id: int | None, sign_in_id: int | None) -> SignIn | None:
    return db.session.scalar(select(SignIn).where(SignIn.account_id == account_id, SignIn.id == sign_in_id))


def mandates_in(conference_id: int, at: datetime) -> Sequence[Mandate]:
    """All mandates of one conference, the newest first, with whom and what they are for."""
    return db.session.scalars(
        select(Mandate)
        .where(Mandate.conference_id == conference_id)
        .options(joinedload(Mandate.account), joinedload(Mandate.delegation), joinedload(Mandate.person))
        .order_by(Mandate.given_at.desc(), Mandate.id.desc())
    ).all()


def mandate_in(conference_id: int, ref: str) -> Mandate | None:
    return db.session.scalar(
        select(Mandate)
        .where(Mandate.conference_id == conference_id, Mandate.ref == ref)
        .options(joinedload(Mandate.account))
    )


def accounts(term: str, page: int, size: int) -> tuple[Sequence[Account], int]:
    """A page of accounts whose address or name contains a term, and how many there are."""
    wanted = select(Account)
    if term:
        pattern = like(term)
        wanted = wanted.where(
            or_(Account.email_folded.like(pattern, escape="\\"), func.lower(Account.name).like(pattern, escape="\\"))
        )
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = db.session.scalars(
        wanted.options(selectinload(Account.mandates)).order_by(Account.email_folded).offset(page * size).limit(size)
    ).all()
    return rows, total


def account_by_ref(ref: str) -> Account | None:
    return db.session.scalar(
        select(Account).where(Account.ref == ref).options(selectinload(Account.mandates).joinedload(Mandate.conference))
    )


def open_erasure(account_id: int | None) -> ErasureRequest | None:
    """The request to erase an account that waits for its end."""
    return db.session.scalar(
        select(ErasureRequest).where(
            ErasureRequest.account_id == account_id,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
    )


def due_erasures(at: datetime) -> Sequence[ErasureRequest]:
    return db.session.scalars(
        select(ErasureRequest).where(
            ErasureRequest.account_id.is_not(None),
            ErasureRequest.due_at <= at,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
    ).all()


# --- consents ---------------------------------------------------------------------------------------------------------


@dataclass
class Standing:
    """Where one person stands on one kind: the present text, what is agreed and in force, and all there ever was."""

    kind: str
    version: int
    text: dict[str, str]
    agreed: list[Consent] = field(default_factory=list)
    agreed_version: int = 0
    history: list[tuple[ConsentText, Consent]] = field(default_factory=list)

    @property
    def is_outdated(self) -> bool:
        """Agreed, and the text has changed since."""
        return bool(self.agreed) and self.agreed_version < self.version


def standings(person: Person, first: Mapping[str, dict[str, str]]) -> dict[str, Standing]:
    """By kind; `first` has the kinds that are asked about, with the words of their first versions."""
    found = unanswered(first)
    for text, given in consents(person):
        if (one := found.get(text.kind)) is None:
            continue
        one.history.append((text, given))
        if given.withdrawn_at is None:
            one.agreed.append(given)
            one.agreed_version = max(one.agreed_version, text.version)
    return found


def unanswered(first: Mapping[str, dict[str, str]]) -> dict[str, Standing]:
    """The present texts of some kinds, as they stand before anybody agreed."""
    newest = consent_texts()
    return {
        kind: Standing(kind, newest[kind].version, newest[kind].text) if kind in newest else Standing(kind, 1, words)
        for kind, words in first.items()
    }


_CONSENT_TEXTS = select(ConsentText).order_by(ConsentText.version)


def consent_texts() -> dict[str, ConsentText]:
    """The newest version of each text of the conference, by kind."""
    return {row.kind: row for row in db.session.scalars(_CONSENT_TEXTS)}


def consents(person: Person) -> list[tuple[ConsentText, Consent]]:
    """What somebody has agreed to, with the version of the text; withdrawn ones too."""
    rows = db.session.execute(
        select(ConsentText, Consent)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.person_id == person.id)
        .order_by(Consent.id)
    )
    return [(row[0], row[1]) for row in rows]


def agreed(kinds: Collection[str]) -> dict[str, set[int]]:
    """The persons who agree to each of these kinds at present, whichever version of its text they read."""
    rows = db.session.execute(
        select(ConsentText.kind, Consent.person_id)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(ConsentText.kind.in_(kinds), Consent.withdrawn_at.is_(None))
    )
    found: dict[str, set[int]] = {kind: set() for kind in kinds}
    for kind, person_id in rows:
        found[kind].add(person_id)
    return found


def holding(conference_id: int, *roles: Role) -> Sequence[Account]:
    """The accounts that hold one of some roles in a conference now, by name."""
    mandated = select(Mandate.account_id).where(
        Mandate.conference_id == conference_id, Mandate.role.in_(roles), _in_force(clock.now())
    )
    wanted = select(Account).where(Account.id.in_(mandated), Account.disabled_at.is_(None))
    return db.session.scalars(wanted.order_by(func.lower(Account.name), Account.email)).all()
