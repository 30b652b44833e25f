"""What those who take part in sessions may answer. Plain values only."""

from datetime import datetime
from typing import Any

from confapp.foundation.languages import gettext as _
from confapp.programme.rules import RoleStatus

ASKED = (RoleStatus.INVITED, RoleStatus.CONFIRMED)  # whose part still stands


def is_silent(part: Any) -> bool:
    """Asked, and not answered yet."""
    return part.status == RoleStatus.INVITED and part.answered_at is None


def answer_fault(part: Any, ends_at: datetime, at: datetime) -> str | None:
    """Why a part can be neither confirmed nor declined any more."""
    if part.status == RoleStatus.REPLACED:
        return _("Somebody else has taken over this part.")
    return _("The conference has taken place.") if at >= ends_at else None


def replacing_fault(part: Any, person: Any) -> str | None:
    if part.status == RoleStatus.REPLACED:
        return _("This part was handed over already.")
    if person is None or person is part.person:
        return _("Name another person.")
    return None
