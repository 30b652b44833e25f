"""What was removed from the programme can be brought back for a while. Plain values only."""

from datetime import datetime, timedelta

from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _

KEPT = timedelta(days=30)
SUBJECT_NAMES: dict[str, str] = {
    "sessions": N_("Session"),
    "rooms": N_("Room"),
    "themes": N_("Theme"),
    "kinds": N_("Kind of session"),
    "groups": N_("Choice group"),
    "materials": N_("File of a session"),
}


def restore_fault(removed_at: datetime | None, at: datetime) -> str | None:
    """Why something cannot be brought back."""
    if removed_at is None:
        return _("This is in the list already.")
    if removed_at + KEPT <= at:
        return _("This was removed more than 30 days ago and cannot be brought back.")
    return None
