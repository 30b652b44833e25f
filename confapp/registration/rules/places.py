"""Places, waiting lists and zones: who may change them, and what may be typed for them."""

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role

MANAGE_PLACES = by_roles(
    "manage_places",
    N_("Change capacities, waiting lists and zones"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
)

# The kinds of owners under whose quotas a registration needs its place: all of them, or it waits for all.
OVER = ("delegation", "category", "private_link")
ZONE = "zone"

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
