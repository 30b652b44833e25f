from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role

MANAGE_SPEAKERS = by_roles(
    "manage_speakers", N_("Add speakers and what is printed of them"), Role.ORGANIZER, Role.PROGRAMME_OFFICER
)
