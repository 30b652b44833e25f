"""Who may put one person in the place of another, and until when."""

from datetime import datetime
from typing import Any

from confapp.conferences.rules import Status as Life
from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration.rules import deadline_fault
from confapp.registration.rules.accreditation import (
    LIVING,
    SUBSTITUTE,
    SUBSTITUTE_AT_DESK,
    SUBSTITUTE_LATE,
    Status,
)


def is_late(conference: Any, at: datetime) -> bool:
    """After the closing date, or once registration was ended by hand: then protocol alone replaces, and says why."""
    closes = conference.registration_closes_at
    return (closes is not None and closes <= at) or conference.status not in (Life.DRAFT, Life.ANNOUNCED)


def substitution_fault(registration: Any, conference: Any, actor: Actor, at: datetime, reason: str) -> Refused | None:
    """Why somebody cannot replace this person now; None when they can."""
    if not SUBSTITUTE.allows(actor, registration):
        return Forbidden()
    if registration.status not in LIVING or registration.status == Status.DRAFT:
        return Refused(_("Somebody who has left cannot be replaced. Register the new person instead."))
    if at >= conference.ends_at:
        return Refused(_("The conference is over."))
    if not is_late(conference, at):
        early = deadline_fault(conference, actor, at) if not SUBSTITUTE_AT_DESK.allows(actor, registration) else None
        return Refused(early) if early else None
    if not SUBSTITUTE_LATE.allows(actor, registration):
        return Refused(
            _(
                "The closing date has passed: only the protocol officer replaces somebody now. Write to %(address)s.",
                address=conference.contact_email,
            )
        )
    return None if reason.strip() else Refused(_("Please give a reason."), 422, "reason")
