"""Mailboxes that are told of new issues."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.documents.models import Subscriber
from confapp.documents.rules import subscriptions
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.registration.models import Category, Registration, TrackStep
from confapp.registration.rules import Office
from confapp.registration.rules import Status as Accreditation


def subscriber(ref: str) -> Subscriber | None:
    return db.session.scalar(select(Subscriber).where(Subscriber.ref == ref))


def subscriber_of(conference_id: int, email: str) -> Subscriber | None:
    wanted = subscriptions.mailbox_hash(conference_id, email)
    return db.session.scalar(select(Subscriber).where(Subscriber.email_hash == wanted))


def subscribers() -> list[Subscriber]:
    """Those who are written to, who asked for it first, then media; by address."""
    rows = [row for row in db.session.scalars(select(Subscriber)) if subscriptions.is_in_force(row)]
    return sorted(rows, key=lambda row: (row.confirmed_at is None, row.email.casefold()))


def subscribers_by_hash() -> dict[str, Subscriber]:
    return {row.email_hash: row for row in db.session.scalars(select(Subscriber))}


def unconfirmed_since(moment: datetime) -> list[Subscriber]:
    """Of every conference: asked before an instant and never answered from the mailbox."""
    waits = (Subscriber.confirmed_at.is_(None), Subscriber.is_press.is_(False) | Subscriber.ended_at.is_not(None))
    return list(
        db.session.scalars(select(Subscriber).where(*waits, Subscriber.email != "", Subscriber.asked_at < moment))
    )


def press() -> Collection[Person]:
    """Accredited persons of the categories that the press desk clears, who have a mailbox."""
    media = select(TrackStep.category_id).where(TrackStep.office == Office.PRESS, TrackStep.retired_at.is_(None))
    wanted = (
        select(Registration)
        .join(Category, Category.id == Registration.category_id)
        .where(Category.id.in_(media), Registration.status == Accreditation.ACCREDITED)
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )
    return [row.person for row in db.session.scalars(wanted) if row.person.email]


def is_press(conference_id: int, email_hash: str) -> bool:
    return any(subscriptions.mailbox_hash(conference_id, one.email) == email_hash for one in press())


def audience(kind: str, conference_id: int, *, with_press: bool) -> tuple[int, int]:
    """How many mailboxes an issue of this kind is told to: who asked for it, and media beside them."""
    known = subscribers_by_hash()
    asked = {digest for digest, row in known.items() if row.confirmed_at and subscriptions.wants(row, kind)}
    if not with_press:
        return len(asked), 0
    media = {subscriptions.mailbox_hash(conference_id, one.email) for one in press()}
    media -= {digest for digest, row in known.items() if not (row.is_press and subscriptions.wants(row, kind))}
    return len(asked), len(media - asked)
