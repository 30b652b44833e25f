"""Places, waiting lists and zones: who may change them, and what may be typed for them."""

from typing import Any

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role
from confapp.registration.rules.accreditation import Status

MANAGE_PLACES = by_roles(
    "manage_places",
    N_("Change capacities, waiting lists and zones"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
)

# The kinds of owners under whose quotas a registration needs its place: all of them, or it waits for all.
OVER = ("delegation", "category", "private_link")
ZONE = "zone"

# A zone is given with the accreditation and held as long as the registration lives, so that a new look costs nobody
# the right of access; but it opens only for who is accredited at that hour: a pass says so, and reads `is_open_now`.


def is_open_now(registration: Any) -> bool:
    """Whether the zones that a registration holds open: not while it is back in review, returned or on hold."""
    return bool(registration.status == Status.ACCREDITED)


LONGEST_OFFER = 24 * 14  # hours
MOST = 1_000_000

KIND_NAMES: dict[str, str] = {
    "delegation": N_("Delegations"),
    "category": N_("Categories"),
    "private_link": N_("Private links"),
    "zone": N_("Zones"),
}
STATE_NAMES: dict[str, str] = {
    "waiting": N_("Waiting"),
    "offered": N_("Offered"),
    "held": N_("Held"),
}
STATE_SHAPES: dict[str, str] = {"waiting": "waiting", "offered": "attention", "held": "neutral"}
NEARLY_FULL = 0.9
