"""What ends for people when their conference is archived. Called in its scope."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from confapp.foundation import clock, erasure, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people import queries, rules
from confapp.people.actions.sign_in import end_all
from confapp.people.models import Account, MailedLink, Mandate, Person


def end_participants(actor: Actor, conference_id: int) -> dict[str, Any]:
    """Revokes a conference's links and its participants' mandates, and erases accounts that nothing needs any more."""
    now = clock.now()
    links = db.session.execute(
        update(MailedLink)
        .where(MailedLink.conference_id == conference_id, MailedLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    mandates = db.session.scalars(
        select(Mandate).where(Mandate.conference_id == conference_id, Mandate.role.in_(rules.PARTICIPANTS))
    ).all()
    for mandate in mandates:
        if mandate.revoked_at is None:
            mandate.revoked_at, mandate.revoked_by = now, actor.account_id
    db.session.execute(update(Person).where(Person.conference_id == conference_id).values(account_id=None))
    db.session.flush()
    alone = [account for account in _holders(mandates) if not queries.mandates_in_force(account.id, now)]
    for account in alone:
        account.disabled_at = now
        end_all(account)
    erasure.erase(alone)
    return {"links": links.rowcount, "mandates": len(mandates), "accounts": len(alone)}  # type: ignore[attr-defined]


def _holders(mandates: Sequence[Mandate]) -> Sequence[Account]:
    ids = {mandate.account_id for mandate in mandates}
    return db.session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)).all()


def fold_names() -> None:
    """People are found again by their names, without their addresses."""
    for person in db.session.scalars(select(Person)):
        names = (person.honorific, person.printed_name, person.given_name, person.family_name)
        person.folded = text.fold(*names)[:600]
