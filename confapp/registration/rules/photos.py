"""Who sees a photograph. It is sealed, and every look of somebody else is recorded and shown to its person."""

from typing import Any

from confapp.foundation.access import Actor, Permit, conference_of
from confapp.foundation.languages import N_
from confapp.people.rules import Role
from confapp.registration.rules.accreditation import is_own

SEE_PHOTOS = Permit(
    "see_photos",
    N_("See photographs of people; each look is recorded"),
    lambda actor, subject: actor.holds(conference_of(subject), Role.ACCREDITATION_OFFICER),
)


def may_see(actor: Actor, registration: Any) -> bool:
    """The accreditation officer, and whoever answers for the person or is the person."""
    return is_own(actor, registration) or SEE_PHOTOS.allows(actor, registration)


def is_own_face(actor: Actor, registration: Any) -> bool:
    """A look at oneself is nobody's to record."""
    return registration.person_id in actor.persons(registration.conference_id)
