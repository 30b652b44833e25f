"""Words and shapes by which pages show where a delegation or registration stands."""

from datetime import date, datetime
from functools import partial
from typing import Any

from flask import g

from confapp.conferences.rules import purge_moment
from confapp.foundation import clock, languages, places
from confapp.foundation.languages import N_, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.sealing import Reading
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form
from confapp.registration import rules
from confapp.registration.forms import country_name
from confapp.registration.models import Category, Registration
from confapp.registration.queries.delegations import PlacesOf
from confapp.registration.rules import (
    ACCREDITATION,
    CAPACITY_NAMES,
    CONSENT_NAMES,
    CREDENTIAL_NAMES,
    DELEGATION_STATUS_NAMES,
    RANK_NAMES,
    STATUS_NAMES,
    TRACK_NAMES,
    DelegationStatus,
    Status,
    deadlines,
    privacy,
)
from confapp.registration.rules.scripts import mixed_words
from confapp.registration.views import ledger

KINDS = {
    Status.DRAFT: "neutral",
    Status.SUBMITTED: "waiting",
    Status.UNDER_REVIEW: "waiting",
    Status.ON_HOLD: "attention",
    Status.RETURNED: "attention",
    Status.ACCREDITED: "neutral",
    Status.REFUSED: "bad",
    Status.WITHDRAWN: "neutral",
    Status.REVOKED: "bad",
    DelegationStatus.LISTED: "neutral",
    DelegationStatus.INVITED: "waiting",
    DelegationStatus.ACKNOWLEDGED: "waiting",
    DelegationStatus.ACCEPTED: "neutral",
    DelegationStatus.DECLINED: "bad",
}
VERB_NAMES = {
    "register": N_("Registration made"),
    "confirm": N_("Address confirmed"),
    "accept_offer": N_("Offer of a place accepted"),
    "decline_offer": N_("Offer of a place declined"),
    "ask_for_place": N_("Asked for a place"),
    "give_place": N_("Place given out of turn"),
    "change_position": N_("Position in the waiting list changed"),
    "take_off_queue": N_("Taken off the waiting list"),
    "grant_zone": N_("Zone given"),
    "withdraw_zone": N_("Zone taken away"),
    "accredit": N_("Accredited"),
    "return": N_("Returned for correction"),
    "refuse": N_("Refused"),
    "submit": N_("Submitted again"),
    "take_up": N_("Taken up for review"),
    "hold": N_("Put on hold"),
    "resume": N_("Taken up again after a hold"),
    "accredit_anyway": N_("Accredited although a step was open"),
    "revoke": N_("Accreditation revoked"),
    "review": N_("Back in review after a correction"),
    "reopen": N_("Decision taken back"),
    "restore": N_("Taken up again"),
    "rename_delegation": N_("Names changed"),
    "withdraw": N_("Withdrawn"),
    "invite": N_("Invited to fill in"),
    "merge": N_("Brought together with another registration"),
    "promote": N_("Moved into a delegation"),
    "correct": N_("Corrected"),
    "send_link": N_("Link sent again"),
    "give_consent": N_("Consent given"),
    "withdraw_consent": N_("Consent taken back"),
    "add_delegation": N_("Added to the list"),
    "note_invitation": N_("Invitation noted"),
    "take_back_answer": N_("Taken back"),
    "invite_delegation": N_("Focal point invited"),
    "remove_focal_point": N_("Focal point removed"),
    "name_focal_point": N_("Focal point named by the mission"),
    "hand_over": N_("Handed over to a colleague"),
    "renew_nomination": N_("Link to name focal points mailed again"),
    "change_contact": N_("Address for letters changed"),
    "acknowledge": N_("Acknowledged"),
    "accept": N_("Accepted"),
    "decline": N_("Declined"),
    "move_delegation": N_("Moved in the order"),
    "set_places": N_("Places set"),
    "receive_credential": N_("Credential received"),
    "check_credential": N_("Credential checked"),
    "object_to_credential": N_("Objection to the credential"),
    "take_back_check": N_("To be checked again"),
    "describe_delegation": N_("Kind, groups or tags changed"),
    "note_attendance": N_("Attendance noted"),
    "take_back_attendance": N_("Attendance taken back"),
}

NAMES = VERB_NAMES | ledger.VERBS


def mark(status: Status | DelegationStatus) -> tuple[str, str]:
    """(kind, word) for `ui.status`; the normal state is quiet."""
    names = STATUS_NAMES if isinstance(status, Status) else DELEGATION_STATUS_NAMES
    return KINDS[status], _(names[status])


def places_said(quota: places.Quota | PlacesOf | None, registered: int) -> str:
    """7 of 10 places, or 7 members where there is no limit."""
    if quota is None or quota.capacity is None:
        return ngettext("%(num)d member", "%(num)d members", registered)
    return _("%(taken)s of %(capacity)s places", taken=quota.taken, capacity=quota.capacity)


def deadline(moment: datetime) -> dict[str, Any]:
    """A moment with what is left until then, and as a browser reads it, in the conference's zone."""
    there = clock.local(moment, g.conference.zone).isoformat(timespec="minutes")
    return {"moment": moment, "left": deadlines.time_left(moment, clock.now()), "there": there}


def capacity_said(registration: Registration) -> str:
    """The position in the delegation; who accompanies a member has none."""
    if registration.accompanies_id is not None:
        return _("Accompanying person")
    return _(CAPACITY_NAMES[registration.capacity])


def ways_said(category: Category) -> str:
    """Who registers in a category, in a few words."""
    open_to_all = _("by a private link") if category.needs_link else _("people themselves")
    ways = (
        (category.is_for_delegations, _("focal points")),
        (category.members_fill_in, _("members, invited by their focal point")),
        (category.is_open_to_all, open_to_all),
        (category.is_accompanying, _("with a member")),
    )
    said = [words for is_open, words in ways if is_open] or [_("the office alone")]
    return languages.joined((*said, *([_("only some groups")] if category.groups else [])))


def buttons(registration: Registration, *verbs: str) -> list[Any]:
    """The moves that this actor could make now and that are buttons; of these verbs only, where some are named."""
    open_moves = ACCREDITATION.open_to(registration, g.actor)
    return [move for move in open_moves if move.label and (not verbs or move.verb in verbs)]


def decision_name(verb: str) -> str:
    move = ACCREDITATION.named(verb)
    return _(move.label) if move is not None and move.label else verb


def settled(form: Form, refused: int = 200) -> int:
    """The status of a page with a form: that of a refusal, 422 when something typed is wrong, else 200."""
    return refused if refused != 200 else 422 if form.errors else 200


def own_mark(status: Status | DelegationStatus) -> tuple[str, str]:
    """As `mark`, in the words of those who wait: what the office has to decide has for them been received;
    that it put something aside is its own affair."""
    if status == Status.ON_HOLD:
        status = Status.UNDER_REVIEW
    kind, word = mark(status)
    return kind, _("Received") if status == Status.SUBMITTED else word


def purged_of(name: str) -> date:
    """The day on which one kind of personal data is deleted, in the conference's zone."""
    moment = privacy.BY_NAME[name].purged_at(g.conference)
    assert moment is not None
    return clock.local(moment, g.conference.zone).date()


def said(name: str, value: str) -> str:
    """Something sealed, opened, in words."""
    if name == "birth_date":
        return filters.day(date.fromisoformat(value))
    return privacy.diet_said(value) if name == "diet" else value


def reading_of(reading: Reading) -> str:
    """What was looked at."""
    known = privacy.BY_NAME.get(reading.field)
    return _(known.label) if known else ledger.field_said(reading.field.removeprefix("answer:"))


def words(*, for_office: bool = True) -> dict[str, Any]:
    """For all templates of the feature."""
    return {
        "mark": mark if for_office else own_mark,
        "places_said": places_said,
        "buttons": buttons,
        "sort_name": rules.sort_name,
        "capacity": capacity_said,
        "status_name": lambda status: _(STATUS_NAMES[status]) if status else "",
        "credential_name": lambda one: _(CREDENTIAL_NAMES[one.kind]),
        "ways_said": ways_said,
        "deadline": deadline,
        "rank_name": lambda one: _(RANK_NAMES[one.rank]),
        "track_name": lambda one: _(TRACK_NAMES[one.track]),
        "country_name": country_name,
        "language_name": lambda code: languages.language(code).name,
        "consent_name": lambda kind: _(CONSENT_NAMES[kind]),
        "verb_name": lambda verb: _(NAMES[verb]) if verb in NAMES else verb,
        "line_about": ledger.about,
        "line_fields": partial(ledger.fields, with_code=for_office),
        "line_defects": partial(ledger.defects, with_code=for_office),
        "received_day": lambda fact: filters.day(date.fromisoformat(fact.facts["received"])),
        "step_name": rules.step_name,
        "decision_name": decision_name,
        "office_name": lambda office: _(rules.OFFICE_NAMES[office]),
        "field_name": partial(ledger.field_said, with_code=for_office),
        "living": rules.LIVING,
        "owed_by": rules.owed_by,
        "said_once": rules.said_once,
        "honorifics": rules.HONORIFICS,
        "purged_on": lambda: purge_moment(g.conference).date(),
        "purged_of": purged_of,
        "is_purged": lambda name: privacy.is_past(privacy.BY_NAME[name], g.conference, clock.now()),
        "reading_of": reading_of,
        "mixed_words": mixed_words,
        "opens": lambda name: privacy.OPENED_BY[name].allows(g.actor, g.conference),
        "reads_reasons": lambda row: privacy.may_read_reasons(g.actor, row),
        "sealed_fields": privacy.sealed_of_person(),
    }
