from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from confapp.foundation import clock
from confapp.foundation.access import Actor, Grant
from confapp.foundation.db import db
from confapp.people.models import Account, Mandate, SignIn


def account_by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email_folded == email.strip().casefold()))


def living_sign_in(token_hash: str, at: datetime) -> SignIn | None:
    """A sign-in that has neither ended nor expired, of an account that is not disabled."""
    return db.session.scalar(
        select(SignIn)
        .join(SignIn.account)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > at,
            Account.disabled_at.is_(None),
        )
    )


def mandates_in_force(account_id: int, at: datetime) -> Sequence[Mandate]:
    return db.session.scalars(
        select(Mandate).where(
            Mandate.account_id == account_id,
            Mandate.revoked_at.is_(None),
            Mandate.starts_at <= at,
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
        )
    ).all()


def actor_of(account: Account, acting_name: str = "") -> Actor:
    """The account with the mandates in force now."""
    grants = tuple(
        Grant(m.role.value, m.conference_id, m.delegation_id, m.person_id, m.id)
        for m in mandates_in_force(account.id, clock.now())
    )
    return Actor(account.id, account.email, acting_name or account.name, grants)
