from confapp.foundation.db import db
from confapp.people import queries
from confapp.people.models import Account


def account_for(email: str, name: str = "", language: str = "en") -> Account:
    """The account of a mailbox, made when there is none yet."""
    account = queries.account_by_email(email)
    if account is None:
        account = Account(email=email.strip(), email_folded=email.strip().casefold(), name=name, language=language)
        db.session.add(account)
        db.session.flush()
    elif name and not account.name and not account.is_shared:
        account.name = name
    return account
