"""Erasing what is known of one person or of one account. Records that others answer for keep a pseudonym."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from confapp.foundation import clock, erasure, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people import queries
from confapp.people.actions.sign_in import end_all
from confapp.people.models import Account, MailedLink, Mandate, Person, SignIn

# Rows of other features that tell of a person and are emptied with it: each function is given the person in its scope.
rows_about: list[Callable[[Person], Iterable[Any]]] = []


def forget_person(actor: Actor, person: Person, pseudonym: str) -> None:
    """Empties a person, its links and whatever other features know; in the scope of its conference."""
    now = clock.now()
    for mandate in queries.mandates_over(person.id):
        mandate.revoked_at, mandate.revoked_by = now, actor.account_id
    # Also mailboxes from before a change of the address.
    once = select(Mandate.account_id).where(Mandate.person_id == person.id)
    accounts = {person.account_id, *db.session.scalars(once)}
    links = db.session.scalars(select(MailedLink).where(MailedLink.person_id == person.id)).all()
    for link in links:
        link.revoked_at = link.revoked_at or now
    erasure.erase(links)
    erasure.erase(db.session.scalars(select(SignIn).where(SignIn.person_id == person.id)))
    erasure.erase(row for rows in rows_about for row in rows(person))
    person.account_id = None
    erasure.erase([person], instead={"printed_name": pseudonym, "folded": text.fold(pseudonym)})
    db.session.flush()
    for account in sorted(one for one in accounts if one is not None):
        _forget_when_alone(account)


def forget_account(actor: Actor, account: Account) -> None:
    """Empties an account with its sign-ins and links, and takes its roles back. What it did stays on record."""
    now = clock.now()
    for mandate in db.session.scalars(select(Mandate).where(Mandate.account_id == account.id)):
        if mandate.revoked_at is None:
            mandate.revoked_at, mandate.revoked_by = now, actor.account_id
    links = db.session.scalars(select(MailedLink).where(MailedLink.account_id == account.id)).all()
    for link in links:
        link.revoked_at = link.revoked_at or now
    erasure.erase(links)
    end_all(account)
    erasure.erase(db.session.scalars(select(SignIn).where(SignIn.account_id == account.id)))
    account.disabled_at = account.disabled_at or now
    erasure.erase([account])


def _forget_when_alone(account_id: int) -> None:
    """The mailbox goes with the last thing it was for."""
    if queries.mandates_in_force(account_id, clock.now()):
        return
    account = db.session.get_one(Account, account_id)
    account.disabled_at = clock.now()
    end_all(account)
    erasure.erase([account])
