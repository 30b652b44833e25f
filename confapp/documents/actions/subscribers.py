"""Asking to be told of new issues, confirming it from the mailbox, ending it; and telling."""

from collections.abc import Iterable

from confapp.conferences.models import Conference
from confapp.documents import mails, queries
from confapp.documents.models import Issue, Subscriber
from confapp.documents.queries import subscribers as subscriber_queries
from confapp.documents.rules import subscriptions
from confapp.foundation import audit, clock, jobs
from confapp.foundation import mail as outbox
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db
from confapp.people.models import Person


def ask_to_be_told(conference: Conference, email: str, *, language: str, kinds: Iterable[str]) -> None:
    """Mails a link to the mailbox; without its button nothing is ever sent there again.

    Whoever asks is not told whether the mailbox is on the list already: that is in the mail, for its owner.
    """
    row = subscriber_queries.subscriber_of(conference.id, email)
    if row is not None and subscriptions.is_in_force(row):
        outbox.add(mails.subscription(row, conference, clock.now()))
        return
    if row is None:
        row = Subscriber(
            conference_id=conference.id, email_hash=subscriptions.mailbox_hash(conference.id, email), is_press=False
        )
        db.session.add(row)
    row.email, row.language, row.kinds, row.asked_at = email, language, list(kinds), clock.now()
    db.session.flush()
    outbox.add(mails.subscription(row, conference, row.asked_at))


def confirm_subscription(row: Subscriber, *, language: str, kinds: Iterable[str]) -> None:
    """From the link in the mailbox: from now on, and in this way. Done again it changes what is told."""
    row.language, row.kinds = language, list(kinds)
    row.confirmed_at, row.ended_at = row.confirmed_at or clock.now(), None


def end_subscription(row: Subscriber, *, by: Actor | None = None) -> None:
    """Deletes the mailbox. Of accredited media a hash stays, so that they are not written to again."""
    if by is not None:
        audit.record(by, "documents.remove_subscriber", row)
    if row.ended_at is not None:
        return
    if row.is_press or subscriber_queries.is_press(row.conference_id, row.email_hash):
        row.email, row.is_press, row.confirmed_at, row.ended_at = "", True, None, clock.now()
    else:
        db.session.delete(row)
    db.session.flush()


def forget_unconfirmed() -> None:
    """What nobody answered within the days that are kept for it."""
    over = clock.now() - subscriptions.UNCONFIRMED_KEPT
    for row in subscriber_queries.unconfirmed_since(over):
        if row.ended_at is None:
            db.session.delete(row)
        else:
            row.email = ""


def tell_later(issue: Issue) -> None:
    """At the moment at which the issue becomes public; a job of an earlier moment finds nothing to tell."""
    moment = issue.published_at or clock.now()
    jobs.enqueue(
        "documents.tell_issue",
        {"issue": issue.id},
        conference_id=issue.conference_id,
        key=f"tell:{issue.ref}:{moment.timestamp():.3f}",
        run_at=moment,
    )


def tell_issue(issue: Issue) -> int:
    """Mails that an issue is public to everybody who is to be told, each mailbox once, however often it is run."""
    document = issue.document
    conference = queries.conference_of(document)
    if not subscriptions.is_told(document, issue) or not conference.is_public:
        return 0
    known = subscriber_queries.subscribers_by_hash()
    if queries.issuing_rules().tells_press:
        _note_press(conference, known, subscriber_queries.press())
    readers = [row for row in known.values() if subscriptions.wants(row, document.kind) and _is_meant(row)]
    outbox.queue_all(mails.issue_told(issue, readers, conference))
    issue.told_at, issue.told_to = clock.now(), len(readers)
    audit.record(SYSTEM, "documents.tell", document, issue=issue.number, mailboxes=len(readers))
    return len(readers)


def _is_meant(row: Subscriber) -> bool:
    return row.confirmed_at is not None or queries.issuing_rules().tells_press


def _note_press(conference: Conference, known: dict[str, Subscriber], persons: Iterable[Person]) -> None:
    """Each has a row, by whose reference the mailbox ends it. Media whose accreditation ended are left out."""
    present = set()
    for person in persons:
        digest = subscriptions.mailbox_hash(conference.id, person.email)
        present.add(digest)
        row = known.get(digest)
        if row is None:
            row = known[digest] = Subscriber(
                conference_id=conference.id, email=person.email, email_hash=digest, language=person.language, kinds=[]
            )
            row.is_press = True
            db.session.add(row)
        elif row.ended_at is None and row.confirmed_at is None:
            row.is_press = True
    for digest, row in list(known.items()):
        if row.is_press and row.ended_at is None and row.confirmed_at is None and digest not in present:
            db.session.delete(known.pop(digest))
    db.session.flush()
