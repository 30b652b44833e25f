from functools import cache
from typing import Any

from sqlalchemy import select

from confapp.foundation.db import db, inserting
from confapp.people.models import Account


def account_for(email: str, name: str = "", language: str = "en") -> Account:
    """The account of a mailbox, made when there is none yet."""
    number = new_account_id(email, name, language)
    return _known(email, name) if number is None else db.session.get_one(Account, number)


def new_account_id(email: str, name: str, language: str) -> int | None:
    """Of a new account; None when the mailbox has one already, or gets it from somebody else at this moment."""
    email = email.strip()
    values = {"email": email, "email_folded": email.casefold(), "name": name, "language": language}
    number: int | None = db.session.connection().execute(_adding(db.engine.dialect.name), values).scalar()
    return number


@cache
def _adding(dialect: str) -> Any:
    """Built once: every registration asks it."""
    return inserting(Account.__table__).on_conflict_do_nothing().returning(Account.__table__.c.id)


def _known(email: str, name: str) -> Account:
    account = db.session.scalars(select(Account).where(Account.email_folded == email.strip().casefold())).one()
    if name and not account.name and not account.is_shared:
        account.name = name
    return account
