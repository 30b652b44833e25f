"""Side events: who applies when, what is decided, and how evenly the places go round. Plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from confapp.conferences.rules import Format
from confapp.foundation.access import Actor, Permit, by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role
from confapp.programme.rules import SideEventStatus as Status

STATUS_NAMES: dict[str, str] = {
    Status.DRAFT: N_("Draft"),
    Status.SUBMITTED: N_("Handed in"),
    Status.WAITING: N_("On the waiting list"),
    Status.ACCEPTED: N_("Taken into the programme"),
    Status.DECLINED: N_("Declined"),
    Status.MERGED: N_("Merged"),
    Status.WITHDRAWN: N_("Withdrawn"),
}
STATUS_SHAPES: dict[str, str] = {
    Status.DRAFT: "attention",
    Status.SUBMITTED: "waiting",
    Status.WAITING: "waiting",
    Status.ACCEPTED: "good",
    Status.DECLINED: "neutral",
    Status.MERGED: "neutral",
    Status.WITHDRAWN: "neutral",
}
LED = (Status.SUBMITTED, Status.WAITING, Status.ACCEPTED)  # what counts towards how many somebody may lead
OPEN = (Status.SUBMITTED, Status.WAITING)
MOST_SPONSORS = 20
LINK_AFTER_CONFERENCE = timedelta(days=30)


def _applies(actor: Actor, event: Any) -> bool:
    """A focal point of the delegation that leads; of an organization whoever opened the link that was mailed to it."""
    lead = getattr(event, "lead_id", None)
    if lead is not None:
        return lead in actor.delegations(event.conference_id)
    return actor.account_id is None and bool(actor.email) and actor.email == getattr(event, "contact_email", "")


MANAGE_SIDE_EVENTS = by_roles(
    "manage_side_events", N_("Call for side events and decide on them"), Role.ORGANIZER, Role.PROGRAMME_OFFICER
)
SPEAK_FOR = Permit(
    "speak_for_delegation",
    N_("Apply and ask for meetings in the name of a delegation"),
    lambda actor, delegation: delegation.id in actor.delegations(delegation.conference_id),
)
APPLY = Permit("apply_for_side_event", N_("Apply for a side event"), _applies)

LIFE = Lifecycle(
    Move("submit", {Status.DRAFT}, Status.SUBMITTED, APPLY, N_("Hand in")),
    Move("withdraw", {Status.DRAFT, *LED}, Status.WITHDRAWN, APPLY, N_("Withdraw")),
    Move("accept", {*OPEN, Status.DECLINED}, Status.ACCEPTED, MANAGE_SIDE_EVENTS, N_("Accept")),
    Move("wait", {Status.SUBMITTED}, Status.WAITING, MANAGE_SIDE_EVENTS, N_("Put on the waiting list")),
    Move("decline", {*LED}, Status.DECLINED, MANAGE_SIDE_EVENTS, N_("Decline"), asks_reason=True),
    Move("merge", {*OPEN}, Status.MERGED, MANAGE_SIDE_EVENTS, N_("Merge")),
)


@dataclass(frozen=True)
class Application:
    """What an applicant says; texts by language code, days as ISO dates."""

    title: dict[str, str]
    description: dict[str, str] = field(default_factory=dict)
    organization: str = ""
    contact_name: str = ""
    contact_email: str = ""
    language: str = "en"
    minutes: int = 60
    audience: int | None = None
    format: Format = Format.IN_PERSON
    layout: str = ""
    equipment: tuple[str, ...] = ()
    preferred_days: tuple[str, ...] = ()


UNWRITTEN_FOR = timedelta(days=30)  # after which a draft that was begun by a link and never written is deleted


def is_never_written(event: Any, at: datetime) -> bool:
    """Whether a draft that was begun by a link is still empty after its time."""
    words = (event.organization, event.contact_name, *event.title.values(), *event.description.values())
    is_begun = event.status == Status.DRAFT and event.lead_id is None
    return is_begun and not any(words) and event.submitted_at < at - UNWRITTEN_FOR


def is_open(call: Any, at: datetime) -> bool:
    """Applications are taken from an announced minute on and until another; without the first the call is not open."""
    if call is None or call.opens_at is None or at < call.opens_at:
        return False
    return call.closes_at is None or at < call.closes_at


def closed_fault(call: Any, at: datetime) -> str | None:
    if is_open(call, at):
        return None
    if call is not None and call.opens_at is not None and call.closes_at is not None and at >= call.closes_at:
        return _("The time for applications is over.")
    return _("Applications are not taken yet.")


def missing(event: Any) -> tuple[str, str] | None:
    """The first thing that an application needs before it is handed in: its field and a sentence."""
    if not any(event.title.values()):
        return "title", _("Give it a title, in at least one language.")
    if not any(event.description.values()):
        return "description", _("Describe it, in at least one language.")
    if event.lead_id is None and not event.organization:
        return "organization", _("Write the name of the organization.")
    if not event.contact_name:
        return "contact_name", _("Name somebody whom the organizers can ask.")
    return None


def length_fault(event: Any, call: Any) -> str | None:
    if call is not None and event.minutes > call.longest_minutes:
        return _("A side event lasts at most %(number)d minutes.", number=call.longest_minutes)
    return None


@dataclass
class Share:
    """How many side events one delegation or organization leads and stands behind, of those that were not refused."""

    led: int = 0
    accepted: int = 0
    sponsored: int = 0


def shares(events: Iterable[Any]) -> dict[Any, Share]:
    """By delegation's id or organization's name: who leads and who co-sponsors."""
    found: dict[Any, Share] = {}
    for event in events:
        if event.status not in LED:
            continue
        mine = found.setdefault(event.lead_id or event.organization, Share())
        mine.led += 1
        mine.accepted += event.status == Status.ACCEPTED
        for sponsor in event.sponsors:
            if sponsor.delegation_id is None or sponsor.confirmed_at is not None:
                found.setdefault(sponsor.delegation_id or sponsor.organization, Share()).sponsored += 1
    return found
