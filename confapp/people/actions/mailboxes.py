from sqlalchemy import select

from confapp.foundation.db import db, inserting
from confapp.people.models import Account


def account_for(email: str, name: str = "", language: str = "en") -> Account:
    """The account of a mailbox, made when there is none yet."""
    return new_account(email, name, language) or _known(email, name)


def new_account(email: str, name: str, language: str) -> Account | None:
    """A new account; None when the mailbox has one already, or gets it from somebody else at this moment."""
    email = email.strip()
    statement = inserting(Account).values(email=email, email_folded=email.casefold(), name=name, language=language)
    made: Account | None = db.session.scalar(statement.on_conflict_do_nothing().returning(Account))
    return made


def _known(email: str, name: str) -> Account:
    account = db.session.scalars(select(Account).where(Account.email_folded == email.strip().casefold())).one()
    if name and not account.name and not account.is_shared:
        account.name = name
    return account
