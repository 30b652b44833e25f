"""Accreditation: statuses, legal moves, the steps of a track and the offices that clear them."""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor, Permit, by_roles, conference_of
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role


class Track(StrEnum):
    """The steps a category takes: accreditation by the office, or only a confirmed address."""

    ACCREDITATION = "accreditation"
    ADMISSION = "admission"


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ON_HOLD = "on_hold"
    RETURNED = "returned"
    ACCREDITED = "accredited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class Office(StrEnum):
    """The offices that clear a step of a track."""

    PROTOCOL = "protocol"
    SECURITY = "security"
    PRESS = "press"
    ACCREDITATION = "accreditation"


class Outcome(StrEnum):
    CLEARED = "cleared"
    OBJECTED = "objected"


STATUS_NAMES: dict[str, str] = {
    Status.DRAFT: N_("Draft"),
    Status.SUBMITTED: N_("To decide"),
    Status.UNDER_REVIEW: N_("Under review"),
    Status.ON_HOLD: N_("On hold"),
    Status.RETURNED: N_("Returned for correction"),
    Status.ACCREDITED: N_("Accredited"),
    Status.REFUSED: N_("Refused"),
    Status.WITHDRAWN: N_("Withdrawn"),
    Status.REVOKED: N_("Revoked"),
}
TRACK_NAMES: dict[str, str] = {
    Track.ACCREDITATION: N_("The accreditation office decides on each registration"),
    Track.ADMISSION: N_("A confirmed address is enough, as long as there are places"),
}
Defect = dict[str, str]  # {"field": the name of a field or the code of a question, "text": what is wrong with it}
OFFICE_NAMES: dict[str, str] = {
    Office.PROTOCOL: N_("Protocol"),
    Office.SECURITY: N_("Security"),
    Office.PRESS: N_("Press"),
    Office.ACCREDITATION: N_("Accreditation office"),
}
OUTCOME_NAMES: dict[str, str] = {Outcome.CLEARED: N_("Cleared"), Outcome.OBJECTED: N_("Objected")}

LIVING = tuple(status for status in Status if status not in (Status.REFUSED, Status.WITHDRAWN, Status.REVOKED))
REGISTERED = tuple(status for status in LIVING if status != Status.DRAFT)
OPEN_TO_DECIDE = (Status.SUBMITTED, Status.UNDER_REVIEW)
UNDECIDED = (*OPEN_TO_DECIDE, Status.ON_HOLD)
SENT_BACK = (Status.DRAFT, Status.RETURNED)  # with the person, not with the office

ACCREDIT = by_roles("accredit", N_("Decide on accreditation"), Role.ORGANIZER, Role.ACCREDITATION_OFFICER)
REVIEW = by_roles(
    "review_registrations",
    N_("Take up registrations, assign them and write notes on them"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.PRESS_DESK,
)


def _of_office(office: Office, label: str, role: Role) -> Permit:
    """A step is cleared by its own office alone; who decides without it gives a reason for that instead."""
    return Permit(f"clear_{office}", label, lambda actor, subject: actor.holds(conference_of(subject), role))


CLEAR_PROTOCOL = _of_office(Office.PROTOCOL, N_("Clear the step of protocol"), Role.PROTOCOL_OFFICER)
CLEAR_SECURITY = _of_office(Office.SECURITY, N_("Clear the step of security"), Role.SECURITY_OFFICER)
CLEAR_PRESS = _of_office(Office.PRESS, N_("Clear the step of the press desk"), Role.PRESS_DESK)
CLEAR_ACCREDITATION = _of_office(
    Office.ACCREDITATION, N_("Clear the step of the accreditation office"), Role.ACCREDITATION_OFFICER
)
ROLE_OF_OFFICE: dict[Office, Role] = {
    Office.PROTOCOL: Role.PROTOCOL_OFFICER,
    Office.SECURITY: Role.SECURITY_OFFICER,
    Office.PRESS: Role.PRESS_DESK,
    Office.ACCREDITATION: Role.ACCREDITATION_OFFICER,
}
CLEARS: dict[Office, Permit] = {
    Office.PROTOCOL: CLEAR_PROTOCOL,
    Office.SECURITY: CLEAR_SECURITY,
    Office.PRESS: CLEAR_PRESS,
    Office.ACCREDITATION: CLEAR_ACCREDITATION,
}
CLEAR_STEPS = Permit(
    "clear_steps",
    N_("Clear the steps of one's own office"),
    lambda actor, subject: any(permit.allows(actor, subject) for permit in CLEARS.values()),
)


def offices_of(actor: Actor, conference: Any) -> list[Office]:
    """The offices that somebody works for here."""
    return [office for office, permit in CLEARS.items() if permit.allows(actor, conference)]


def _answers_for(actor: Actor, registration: Any) -> bool:
    """Its own person, the focal point of its delegation, or the office."""
    return is_own(actor, registration) or ACCREDIT.allows(actor, registration)


def is_own(actor: Actor, registration: Any) -> bool:
    """Whether somebody is the person itself, the focal point of its delegation, or whom it accompanies."""
    conference, accompanied = registration.conference_id, getattr(registration, "accompanies", None)
    return (
        registration.person_id in actor.persons(conference)
        or (registration.delegation_id is not None and registration.delegation_id in actor.delegations(conference))
        or (accompanied is not None and accompanied.person_id in actor.persons(conference))
    )


ANSWER_FOR = Permit("answer_for", N_("Correct or withdraw a registration"), _answers_for)


def _substitutes(actor: Actor, registration: Any) -> bool:
    """The focal point of its delegation, or an office; the person itself names nobody else."""
    conference = registration.conference_id
    return (
        registration.delegation_id is not None and registration.delegation_id in actor.delegations(conference)
    ) or SUBSTITUTE_AT_DESK.allows(actor, registration)


SUBSTITUTE_AT_DESK = by_roles(
    "substitute_at_desk",
    N_("Replace a member at the desk"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
)
SUBSTITUTE_LATE = Permit(
    "substitute_late",
    N_("Replace a member after the closing date"),
    lambda actor, subject: actor.holds(conference_of(subject), Role.PROTOCOL_OFFICER),
)
SUBSTITUTE = Permit("substitute", N_("Replace a member of a delegation"), _substitutes)


# --- steps ------------------------------------------------------------------------------------------------------------


def step_name(step: Any) -> str:
    """The name that was given to a step, or that of its office."""
    return best(step.name) or _(OFFICE_NAMES[step.office])


def open_steps(registration: Any) -> list[Any]:
    """The steps of its category that no office has cleared yet, in their order."""
    if registration.category.track == Track.ADMISSION:
        return []
    cleared = {one.step_id for one in registration.clearances if one.outcome == Outcome.CLEARED}
    return [step for step in registration.category.steps if step.id not in cleared]


def open_steps_fault(registration: Any) -> str | None:
    """Which steps stand in the way of accrediting, in words."""
    names = [step_name(step) for step in open_steps(registration)]
    return _("Not cleared yet: %(steps)s.", steps=", ".join(names)) if names else None


def _nothing_to_pass_over(registration: Any) -> str | None:
    return None if open_steps(registration) else _("Every step is cleared: accredit in the ordinary way.")


def closed_fault(registration: Any) -> str | None:
    """Why nothing more is done under a number that became one with another, or whose person's data were erased."""
    if registration.person.merged_into_id is not None:
        return _("This registration was brought together with another one. Go on under that number.")
    if registration.person.erased_at is not None:
        return _("The data of this person were erased. Who takes part after all is registered anew.")
    return None


def _gone_fault(registration: Any) -> str | None:
    """Who was replaced comes back only when the replacement has gone; who was merged or erased never does."""
    if fault := closed_fault(registration):
        return fault
    newer = next((one for one in registration.replaced_by if one.status in LIVING), None)
    if newer is None:
        return None
    return _("%(number)s has taken over this place. Withdraw that registration first.", number=newer.number)


# What each office looks at: when one of these changes, its clearance holds no longer.
_WHO = frozenset({"given_name", "family_name", "printed_name", "photo", "passport_number", "birth_date", "country"})
LOOKED_AT: dict[Office, frozenset[str]] = {
    Office.PROTOCOL: frozenset(
        {"given_name", "family_name", "printed_name", "functional_title", "capacity", "rank", "category"}
    ),
    Office.SECURITY: _WHO | {"organization", "category"},
    Office.PRESS: frozenset({"given_name", "family_name", "printed_name", "photo", "organization", "category"}),
    Office.ACCREDITATION: _WHO | {"badge_name", "organization", "functional_title", "capacity", "rank", "category"},
}
DECIDING_FIELDS = tuple(sorted(frozenset().union(*LOOKED_AT.values())))


def mark_of(registration: Any) -> str:
    """A mark of all that the offices look at: another when any of it is, and telling nothing of it.

    It goes along with a list or a page, so that nobody says yes to what they have not seen.
    """
    person = registration.person
    of_person = ("given_name", "family_name", "printed_name", "badge_name", "country", "photo_id")
    of_place = ("number", "category_id", "delegation_id", "organization", "functional_title", "capacity", "rank")
    sealed = (person.passport_number_sealed, person.birth_date_sealed)
    answers = sorted((one.question_id, one.answered_at) for one in registration.answers if one.question.looks_again)
    seen = [
        *(getattr(registration, one) for one in of_place),
        *(getattr(person, one) for one in of_person),
        *sealed,
        *(f"{question} {at.isoformat()}" for question, at in answers),
    ]
    return _short("\n".join(map(str, seen)), 10)


def said_by(registration: Any, office: Office) -> str:
    """A mark of what stands of one office's steps: empty when it has said nothing, another when it says it anew."""
    standing = sorted(one.ref for one in registration.clearances if one.step.office == office)
    return _short("\n".join(standing), 6) if standing else ""


def _short(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


# The fields that a return can name and a correction changes, as forms label them.
FIELD_NAMES: dict[str, str] = {
    "honorific": N_("Style of address"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "printed_name": N_("Name as printed"),
    "badge_name": N_("Name on the badge"),
    "capacity": N_("Capacity in the delegation"),
    "rank": N_("Rank for protocol"),
    "organization": N_("Organization"),
    "category": N_("Category"),
    "functional_title": N_("Functional title"),
    "country": N_("Country"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "language": N_("Language of mails"),
    "photo": N_("Photograph"),
    "passport_number": N_("Passport number"),
    "birth_date": N_("Date of birth"),
    "diet": N_("Diet"),
    "access_needs": N_("Access needs"),
    "credential": N_("Credential"),
}


def is_field(field: str) -> bool:
    """Whether a field of the form is meant; anything else is the code of a question."""
    return plain(field) in FIELD_NAMES


def field_name(field: str) -> str:
    """A field in words; the columns of sealed values and files are named like their fields."""
    return _(FIELD_NAMES[plain(field)]) if is_field(field) else field


def question_said(code: str, labels: Mapping[str, dict[str, str]]) -> str:
    """A question by its label, with its code; one that is not in the catalogue by its code alone."""
    return f"{best(labels[code])} ({code})" if code in labels else code


def plain(column: str) -> str:
    return column.removesuffix("_sealed").removesuffix("_file_id").removesuffix("_id")


def deciding(changed: Iterable[str]) -> list[str]:
    """Those of the changed columns that a decision rests on, as fields."""
    return sorted({plain(one) for one in changed} & {*DECIDING_FIELDS})


def looked_at_again(registration: Any, changed: Iterable[str], questions: Iterable[Any] = ()) -> list[Any]:
    """The clearances in force that a correction of these fields, or of answers that the office reads, takes away."""
    fields = frozenset(plain(one) for one in changed)
    readers = frozenset(role for one in questions for role in one.readers)
    return [
        one
        for one in registration.clearances
        if LOOKED_AT[one.step.office] & fields or ROLE_OF_OFFICE[one.step.office] in readers
    ]


def brings_back(registration: Any, by: Actor, changed: Iterable[str], questions: Iterable[Any] = ()) -> bool:
    """Whether a change of what a decision rests on is decided on again once somebody is accredited.

    What is changed by those who answer for it, always. What the deciding office changes itself: where nobody decides
    alone, or where another office had cleared it, for that one said yes to what is there no more.
    """
    if registration.category.needs_four_eyes or not ACCREDIT.allows(by, registration):
        return True
    asked = looked_at_again(registration, changed, questions)
    return any(not CLEARS[one.step.office].allows(by, registration) for one in asked)


# --- moves ------------------------------------------------------------------------------------------------------------

ACCREDITATION = Lifecycle(
    Move("submit", {Status.DRAFT, Status.RETURNED}, Status.SUBMITTED, ANSWER_FOR, N_("Submit again")),
    Move("take_up", {Status.SUBMITTED}, Status.UNDER_REVIEW, REVIEW, N_("Take up for review")),
    Move("accredit", {*OPEN_TO_DECIDE}, Status.ACCREDITED, ACCREDIT, N_("Accredit"), guard=open_steps_fault),
    Move(
        "accredit_anyway",
        {*OPEN_TO_DECIDE},
        Status.ACCREDITED,
        ACCREDIT,
        N_("Accredit although a step is open"),
        asks_reason=True,
        guard=_nothing_to_pass_over,
    ),
    Move("return", {*UNDECIDED}, Status.RETURNED, ACCREDIT, N_("Return for correction"), asks_reason=True),
    Move("refuse", {*UNDECIDED}, Status.REFUSED, ACCREDIT, N_("Refuse"), asks_reason=True),
    Move("hold", {*OPEN_TO_DECIDE}, Status.ON_HOLD, ACCREDIT, N_("Put on hold"), asks_reason=True),
    Move("resume", {Status.ON_HOLD}, Status.UNDER_REVIEW, ACCREDIT, N_("Go on with it")),
    Move("review", {Status.ACCREDITED}, Status.UNDER_REVIEW, ANSWER_FOR),  # follows a correction; nobody presses it
    Move(
        "reopen",
        {Status.ACCREDITED, Status.REFUSED, Status.REVOKED},
        Status.UNDER_REVIEW,
        ACCREDIT,
        N_("Take back the decision"),
        asks_reason=True,
    ),
    Move("revoke", {Status.ACCREDITED}, Status.REVOKED, ACCREDIT, N_("Revoke the accreditation"), asks_reason=True),
    Move(
        "restore",
        {Status.WITHDRAWN},
        Status.SUBMITTED,
        ACCREDIT,
        N_("Take up again"),
        asks_reason=True,
        guard=_gone_fault,
    ),
    Move(
        "withdraw",
        set(LIVING),
        Status.WITHDRAWN,
        ANSWER_FOR,
        N_("Withdraw"),
    ),
    Move("replace", set(REGISTERED), Status.WITHDRAWN, SUBSTITUTE),  # by a substitution; nobody presses it
)
DECISIONS = ("accredit", "accredit_anyway", "return", "refuse", "revoke")
PREPARED = ("accredit", "accredit_anyway", "return", "refuse")  # can be prepared, and released together
FOUR_EYES = ("accredit", "accredit_anyway", "refuse")
UNTOLD = ("take_up", "hold", "resume")  # inside the office: nobody is written to
BY_HAND = ("give_place", "change_position", "take_off_queue", "grant_zone", "withdraw_zone")  # out of turn
INTERNAL = (*UNTOLD, "accredit_anyway", *BY_HAND)  # whose reasons are for the offices alone


def needs_release(registration: Any, verb: str) -> bool:
    """Whether one person prepares this decision and another releases it."""
    category = registration.category
    return verb in FOUR_EYES and bool(category.needs_four_eyes) and category.track == Track.ACCREDITATION


def waits_for_another(prepared: Any, by: Actor) -> bool:
    """Whoever prepared a decision that takes two persons does not release it."""
    return needs_release(prepared.registration, prepared.verb) and prepared.prepared_by == by.account_id
