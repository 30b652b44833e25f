"""Delegations, registrations and accreditation: statuses, legal moves, capacities and who may decide."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor, Permit, by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role


class PartyKind(StrEnum):
    STATE = "state"
    ORGANIZATION = "organization"
    OTHER = "other"


class Track(StrEnum):
    """The steps a category takes: accreditation by the office, or only a confirmed address."""

    ACCREDITATION = "accreditation"
    ADMISSION = "admission"


class Capacity(StrEnum):
    """The position in a delegation, in the order of precedence."""

    HEAD = "head"
    DEPUTY = "deputy"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    EXPERT = "expert"
    OBSERVER = "observer"
    INTERPRETER = "interpreter"
    SECURITY = "security"
    STAFF = "staff"


class Status(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCREDITED = "accredited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CredentialKind(StrEnum):
    NOTE_VERBALE = "note_verbale"
    LETTER = "letter"
    CREDENTIALS = "credentials"


class DelegationStatus(StrEnum):
    """Derived from a delegation's facts, never stored."""

    LISTED = "listed"
    INVITED = "invited"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"


CAPACITY_NAMES: dict[str, str] = {
    Capacity.HEAD: N_("Head of delegation"),
    Capacity.DEPUTY: N_("Deputy head of delegation"),
    Capacity.ALTERNATE: N_("Alternate"),
    Capacity.DELEGATE: N_("Delegate"),
    Capacity.ADVISER: N_("Adviser"),
    Capacity.EXPERT: N_("Expert"),
    Capacity.OBSERVER: N_("Observer"),
    Capacity.INTERPRETER: N_("Interpreter"),
    Capacity.SECURITY: N_("Security officer"),
    Capacity.STAFF: N_("Staff"),
}
STATUS_NAMES: dict[str, str] = {
    Status.SUBMITTED: N_("To decide"),
    Status.RETURNED: N_("Returned for correction"),
    Status.ACCREDITED: N_("Accredited"),
    Status.REFUSED: N_("Refused"),
    Status.WITHDRAWN: N_("Withdrawn"),
}
DELEGATION_STATUS_NAMES: dict[str, str] = {
    DelegationStatus.LISTED: N_("Not invited yet"),
    DelegationStatus.INVITED: N_("Invited"),
    DelegationStatus.ACKNOWLEDGED: N_("Acknowledged"),
    DelegationStatus.ACCEPTED: N_("Accepted"),
    DelegationStatus.DECLINED: N_("Declined"),
}

INVITE = by_roles("invite", N_("Invite states and organizations"), Role.ORGANIZER, Role.PROTOCOL_OFFICER)
ACCREDIT = by_roles("accredit", N_("Decide on accreditation"), Role.ORGANIZER, Role.ACCREDITATION_OFFICER)
OPEN_PASSPORTS = by_roles("open_passports", N_("Open passport numbers; each look is recorded"), Role.ACCREDITATION_OFFICER)
OPEN_ACCESS_NEEDS = by_roles("open_access_needs", N_("Open access needs; each look is recorded"), Role.PROTOCOL_OFFICER)
MANAGE_CATEGORIES = by_roles("manage_categories", N_("Change categories and quotas"), Role.ORGANIZER)


def _answers_for(actor: Actor, registration: Any) -> bool:
    """Its own person, the focal point of its delegation, or the office."""
    conference = registration.conference_id
    return (
        registration.person_id in actor.persons(conference)
        or (registration.delegation_id is not None and registration.delegation_id in actor.delegations(conference))
        or ACCREDIT.allows(actor, registration)
    )


ANSWER_FOR = Permit("answer_for", N_("Correct or withdraw a registration"), _answers_for)
NAME_MEMBERS = Permit(
    "name_members",
    N_("Name members of a delegation"),
    lambda actor, delegation: (
        delegation.id in actor.delegations(delegation.conference_id) or ACCREDIT.allows(actor, delegation)
    ),
)

ACCREDITATION = Lifecycle(
    Move("accredit", {Status.SUBMITTED}, Status.ACCREDITED, ACCREDIT, N_("Accredit")),
    Move("return", {Status.SUBMITTED}, Status.RETURNED, ACCREDIT, N_("Return for correction"), asks_reason=True),
    Move("refuse", {Status.SUBMITTED}, Status.REFUSED, ACCREDIT, N_("Refuse"), asks_reason=True),
    Move("submit", {Status.RETURNED}, Status.SUBMITTED, ANSWER_FOR, N_("Submit again")),
    Move("reopen", {Status.ACCREDITED, Status.REFUSED}, Status.SUBMITTED, ACCREDIT, N_("Take back the decision"), asks_reason=True),
    Move(
        "withdraw",
        {Status.SUBMITTED, Status.RETURNED, Status.ACCREDITED},
        Status.WITHDRAWN,
        ANSWER_FOR,
        N_("Withdraw"),
    ),
)

LIVING = (Status.SUBMITTED, Status.RETURNED, Status.ACCREDITED)
PRECEDENCE = list(Capacity)


def deadline_fault(conference: Any, actor: Actor, at: datetime) -> str | None:
    """Why somebody cannot register or change a registration now; the office is not bound by the deadline."""
    if conference.takes_registrations or ACCREDIT.allows(actor, conference):
        return None
    closes = conference.registration_closes_at
    if closes is not None and closes <= at:
        return _("Registration is closed. Write to %(address)s if something must still change.", address=conference.contact_email)
    return _("Registration is not open yet.")
