"""Mails to focal points about a list of speakers: what is missing, and the provisional list."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from confapp.foundation import clock, dates
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.programme.models import Debate
from confapp.programme.queries.debate import Row
from confapp.programme.rules.debate import MISSING_NAMES, Missing
from confapp.registration.models import Delegation


def reminder(
    debate: Debate, delegation: Delegation, owed: Sequence[Missing], account: Any, conference: Any, at: datetime
) -> Message:
    """What a delegation still owes, and by when."""
    code = account.language
    with speaking(code):
        title = best(debate.session.title, code)
        until = debate.closes_at if Missing.REQUEST in owed else debate.due_at
        paragraphs = [
            _about(delegation, conference, code),
            _("For “%(session)s” we are still waiting for:", session=title),
            "\n".join(f"– {_(MISSING_NAMES[one])}" for one in owed),
            _("Please send it by %(moment)s.", moment=dates.moment(until, code, conference.zone)) if until else "",
            *_link(debate, delegation, conference, code),
        ]
        subject = _("Reminder: %(subject)s", subject=title)
    return _message(
        account, conference, subject, paragraphs, f"debate:{debate.ref}:remind:{at.isoformat()}", delegation
    )


def provisional_list(
    debate: Debate, delegation: Delegation, rows: Sequence[Row], account: Any, conference: Any
) -> Message:
    code = account.language
    assert debate.announced_at is not None
    with speaking(code):
        title = best(debate.session.title, code)
        paragraphs = [
            _about(delegation, conference, code),
            _(
                "This is the provisional list of speakers of “%(session)s” as of %(moment)s. Hours are estimates.",
                session=title,
                moment=dates.moment(debate.announced_at, code, conference.zone),
            ),
            "\n".join(_line(row, code, conference) for row in rows),
            *_link(debate, delegation, conference, code),
        ]
        subject = _("Provisional list of speakers: %(session)s", session=title)
    event = f"debate:{debate.ref}:list:{debate.announced_at.isoformat()}"
    return _message(account, conference, subject, paragraphs, event, delegation)


def _line(row: Row, code: str, conference: Any) -> str:
    assert row.statement is not None
    at = row.slot.starts_at
    hour = f" ({clock.local(at, conference.zone):%H:%M} {clock.zone_label(conference.zone, at)})" if at else ""
    return f"{row.number}. {best(row.statement.delegation.name, code)}{hour}"


def _about(delegation: Delegation, conference: Any, code: str) -> str:
    return f"{best(conference.name, code)}\n{best(delegation.name, code)}"


def _link(debate: Debate, delegation: Delegation, conference: Any, code: str) -> list[str]:
    path = f"/me/{conference.slug}/statements/{delegation.ref}/{debate.session.ref}"
    address = conference.contact_email
    return [absolute(path, code), _("Questions: %(address)s", address=address) if address else ""]


def _message(
    account: Any, conference: Any, subject: str, paragraphs: Sequence[str], event: str, delegation: Delegation
) -> Message:
    whom = sha256(account.email.casefold().encode()).hexdigest()[:16]
    return Message(
        kind=Kind.NOTICE,
        to=account.email,
        to_name=account.name or "",
        subject=subject[:300],
        text="\n\n".join(filter(None, paragraphs)),
        dedupe_key=f"{event}:{delegation.ref}:{whom}",
        language=account.language,
        conference_id=conference.id,
        reply_to=conference.contact_email,
        topic="programme",
    )
