"""Accounts and sign-ins: a browser is signed in by a random token of which only the hash is kept."""

import hashlib
import secrets

from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.people import queries, rules
from confapp.people.models import Account, SignIn


def account_for(email: str, name: str = "", language: str = "en") -> Account:
    """The account of a mailbox, made when there is none yet."""
    account = queries.account_by_email(email)
    if account is None:
        account = Account(email=email.strip(), email_folded=email.strip().casefold(), name=name, language=language)
        db.session.add(account)
        db.session.flush()
    return account


def begin(account: Account, *, acting_name: str = "", address: str = "", agent: str = "") -> tuple[str, SignIn]:
    """A new sign-in and its token; staff get a shorter one."""
    token, now = secrets.token_urlsafe(32), clock.now()
    roles = {mandate.role for mandate in queries.mandates_in_force(account.id, now)}
    is_staff = bool(roles & {*rules.STAFF, rules.Role.ADMINISTRATOR})
    sign_in = SignIn(
        account_id=account.id,
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        acting_name=acting_name,
        is_staff=is_staff,
        created_at=now,
        seen_at=now,
        expires_at=now + rules.ABSOLUTE[is_staff],
        address=address,
        agent=agent[:200],
    )
    db.session.add(sign_in)
    account.confirmed_at = account.confirmed_at or now
    db.session.flush()
    return token, sign_in


def end(sign_in: SignIn) -> None:
    sign_in.ended_at = sign_in.ended_at or clock.now()


def end_all(account: Account) -> None:
    """Signs the account out everywhere."""
    db.session.execute(
        db.update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )
