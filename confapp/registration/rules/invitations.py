"""Answers to an invitation: until when one can be changed, and on which days one can have been received."""

from datetime import date, datetime
from typing import Any

from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.dates import day as said
from confapp.foundation.languages import current
from confapp.foundation.languages import gettext as _
from confapp.registration.rules import INVITE, DelegationStatus

ANSWERS = ("acknowledge", "accept", "decline", "take_back_answer")  # the lines of the record that tell what was said
MOST_WITH_ONE_ANSWER = 50  # members that are withdrawn with an invitation that is declined, in one transaction


def change_fault(delegation: Any, conference: Any, actor: Actor, at: datetime) -> str | None:
    """Why an answer that was given cannot become another now. The office, which is told by note, is not bound."""
    has_answered = delegation.status in (DelegationStatus.ACCEPTED, DelegationStatus.DECLINED)
    if not has_answered or at < conference.starts_at or INVITE.allows(actor, delegation):
        return None
    return _(
        "The conference has begun. Write to %(address)s if your answer must still change.",
        address=conference.contact_email,
    )


def received_fault(delegation: Any, day: date, zone: str, *, is_answer: bool = True) -> str | None:
    """Why something cannot have come on a day: it is still to come, or before what it answers."""
    if day > clock.today(zone):
        return _("This day is still to come.")
    if not is_answer:
        return None
    invited, answered = (_day(at, zone) for at in (delegation.invited_at, delegation.answered_at))
    if invited and day < invited:
        return _("The invitation is of %(day)s; no answer can have come before it.", day=said(invited, current()))
    if answered and day < answered:
        return _(
            "The answer that stands came on %(day)s. If that was noted by mistake, take it back first.",
            day=said(answered, current()),
        )
    return None


def received_at(delegation: Any, day: date | None, zone: str, *, is_answer: bool = True) -> datetime:
    """The moment that stands for a day: now for today, and never before what it answers on the same day."""
    if day is None or day == clock.today(zone):
        return clock.now()
    moments = [clock.start_of(day, zone)]
    if is_answer:
        moments += [at for at in (delegation.invited_at, delegation.answered_at) if at]
    return max(moments)


def _day(at: datetime | None, zone: str) -> date | None:
    return clock.local(at, zone).date() if at else None
