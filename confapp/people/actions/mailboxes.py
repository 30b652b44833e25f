from sqlalchemy import select

from confapp.foundation.db import db, inserting
from confapp.people import queries
from confapp.people.models import Account


def account_for(email: str, name: str = "", language: str = "en") -> Account:
    """The account of a mailbox, made when there is none yet."""
    account = queries.account_by_email(email)
    if account is None:
        account = _made(email.strip(), name, language)
    elif name and not account.name and not account.is_shared:
        account.name = name
    return account


def _made(email: str, name: str, language: str) -> Account:
    """A new account, or the one that somebody else made at the same moment."""
    statement = inserting(Account).values(email=email, email_folded=email.casefold(), name=name, language=language)
    made = db.session.scalar(statement.on_conflict_do_nothing().returning(Account))
    return made or db.session.scalars(select(Account).where(Account.email_folded == email.casefold())).one()
