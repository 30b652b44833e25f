"""Who sees a photograph. It is sealed, and every look of somebody else is recorded and shown to its person."""

from typing import Any

from confapp.foundation.access import Actor, Permit
from confapp.foundation.languages import N_
from confapp.people.rules import Role
from confapp.registration.rules.accreditation import is_own

SEE_PHOTO = Permit(
    "see_photo",
    N_("See the photograph of a person; each look is recorded"),
    lambda actor, registration: (
        is_own(actor, registration) or actor.holds(registration.conference_id, Role.ACCREDITATION_OFFICER)
    ),
)


def is_own_face(actor: Actor, registration: Any) -> bool:
    """A look at oneself is nobody's to record."""
    return registration.person_id in actor.persons(registration.conference_id)
