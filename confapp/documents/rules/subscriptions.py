"""Who is told that something was issued: mailboxes that asked for it and confirmed it, and accredited media."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from confapp.documents.rules.kinds import Access

UNCONFIRMED_KEPT = timedelta(days=7)


def mailbox_hash(conference_id: int, email: str) -> str:
    """By which a mailbox is known again, also after it was deleted."""
    return sha256(f"{conference_id}:{email.strip().casefold()}".encode()).hexdigest()


def is_in_force(row: Any) -> bool:
    """Whether a mailbox is written to: it confirmed, or it is of accredited media; and did not end it."""
    return row.ended_at is None and (row.confirmed_at is not None or row.is_press)


def wants(row: Any, kind: str) -> bool:
    return is_in_force(row) and (not row.kinds or kind in row.kinds)


def is_told(document: Any, issue: Any) -> bool:
    """Only of what everybody may read is anybody told, once, when it is public."""
    stands = issue.is_public and issue.withdrawn_at is None
    return stands and issue.told_at is None and document.access == Access.PUBLIC
