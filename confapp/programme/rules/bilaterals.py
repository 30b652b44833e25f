"""Meetings between two delegations: who may do what, and what nobody else learns. Plain values only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from confapp.foundation.access import Actor, Permit, conference_of
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role
from confapp.programme.rules import BilateralStatus as Status

STATUS_NAMES: dict[str, str] = {
    Status.ASKED: N_("Waits for an answer"),
    Status.AGREED: N_("Agreed, waits for a room"),
    Status.DECLINED: N_("Does not take place"),
    Status.PLACED: N_("Has a room"),
    Status.WITHDRAWN: N_("Called off"),
}
STATUS_SHAPES: dict[str, str] = {
    Status.ASKED: "waiting",
    Status.AGREED: "attention",
    Status.DECLINED: "neutral",
    Status.PLACED: "good",
    Status.WITHDRAWN: "neutral",
}
STANDING = (Status.ASKED, Status.AGREED, Status.PLACED)
SETTLED = (Status.AGREED, Status.PLACED)
MOST_ASKED = 60  # meetings of one delegation that stand
LONGEST, MOST_WISHES = 180, 20  # minutes, windows
SMALL = 40  # seats, up to which a room is one for meetings
TOPIC = "bilaterals"  # of mails, kept from those who may not know
KIND = "bilateral"  # of entries in the audit record, kept from them too


def _one_of_the_two(actor: Actor, meeting: Any) -> bool:
    mine = actor.delegations(meeting.conference_id)
    return bool(mine & {getattr(meeting, "asking_id", None), getattr(meeting, "asked_id", None)})


def _awaited(actor: Actor, meeting: Any) -> bool:
    return getattr(meeting, "awaited_id", None) in actor.delegations(meeting.conference_id)


# The protocol office alone: whoever else works at the desk learns that a room is taken, and not by whom.
ARRANGE_BILATERALS = Permit(
    "arrange_bilaterals",
    N_("See and place meetings between delegations"),
    lambda actor, subject: actor.holds(conference_of(subject), Role.PROTOCOL_OFFICER),
)
MEET = Permit("meet", N_("Take part in a meeting for one of its two delegations"), _one_of_the_two)
ANSWER = Permit("answer_for_meeting", N_("Answer a request for a meeting"), _awaited)

LIFE = Lifecycle(
    Move("accept", {Status.ASKED}, Status.AGREED, ANSWER, N_("Accept")),
    Move("decline", {Status.ASKED}, Status.DECLINED, ANSWER, N_("Decline")),
    Move("propose", set(STANDING), Status.ASKED, MEET, N_("Propose other times")),
    Move("call_off", set(STANDING), Status.WITHDRAWN, MEET, N_("Call it off")),
    Move("place", set(SETTLED), Status.PLACED, ARRANGE_BILATERALS, N_("Give it a room")),
    Move("cancel", set(STANDING), Status.WITHDRAWN, ARRANGE_BILATERALS, N_("Cancel")),
)


def wishes_fault(wishes: Sequence[tuple[datetime, datetime]], minutes: int, begins: datetime, ends: datetime) -> str:
    """Why these times cannot be wished for; empty when they can."""
    if len(wishes) > MOST_WISHES:
        return _("At most %(number)d lines.", number=MOST_WISHES)
    for begin, end in wishes:
        if begin < begins or end > ends:
            return _("Choose times on the days of the conference.")
        if end - begin < timedelta(minutes=minutes):
            return _("Each time must be at least as long as the meeting.")
    return ""


def windows(meeting: Any) -> list[tuple[datetime, datetime]]:
    return [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in meeting.wishes]


def kept(wishes: Sequence[tuple[datetime, datetime]]) -> list[list[str]]:
    return [[begin.isoformat(), end.isoformat()] for begin, end in wishes]
