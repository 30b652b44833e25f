"""Signing up for sessions: who may, until when, and who sees the lists. At most one session of a choice group."""

from datetime import datetime
from typing import Any

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.people.rules import Role
from confapp.registration.rules import Status

SEE_SIGN_UPS = by_roles(
    "see_sign_ups",
    N_("See who signed up for sessions"),
    Role.ORGANIZER,
    Role.PROGRAMME_OFFICER,
    Role.PROTOCOL_OFFICER,
)

SESSION = "session"
MOST = 1_000_000


def person_fault(registration: Any) -> str | None:
    """Why somebody cannot sign up for any session now."""
    if registration.status != Status.ACCREDITED:
        return _("Sessions can be chosen once the registration has been accepted.")
    return None


def session_fault(session: Any, placement: Any, quota: Any, at: datetime) -> str | None:
    """Why nobody can sign up for this session now; `placement` is that of the newest release."""
    if quota is None or quota.closed_at is not None or session.removed_at is not None or placement is None:
        return _("Nobody signs up for this session now.")
    if placement.is_cancelled:
        return _("This session was cancelled.")
    if placement.starts_at <= at:
        return _("This session has begun.")
    return None
