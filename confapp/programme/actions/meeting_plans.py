"""Rooms for all agreed meetings at once: the protocol office asks the scheduler, sees what it proposes, and takes it
over. A run says of a meeting its number alone; in the audit record it is a run of the scheduler like any other."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.actions import arranging, bilaterals
from confapp.programme.models import Arrangement, Bilateral
from confapp.programme.queries import meeting_plans as found
from confapp.programme.rules import ArrangementState
from confapp.programme.rules.arranging import MEETINGS


def ask(actor: Actor, conference: Any, room_ids: Collection[int]) -> Arrangement:
    if not found.waiting():
        raise Refused(_("No agreed meeting waits for a room."))
    asked = {"scope": MEETINGS, "in_rooms": sorted(room_ids), "effort": 5, "seed": 1}
    return arranging.ask(actor, conference, asked)


def accept(
    actor: Actor, row: Arrangement, conference: Any, chosen: Collection[int]
) -> tuple[Sequence[Bilateral], Sequence[Bilateral]]:
    """Places the chosen meetings as the protocol office would one by one; those that changed since, or whose place
    is taken by now, are left out and named."""
    if row.state not in arranging.OFFERED:
        raise Refused(_("There is no proposal to take over."))
    moves = [one for one in row.moves if one["meeting"] in chosen]
    if not moves:
        raise Refused(_("Choose at least one meeting."), 422)
    meetings = found.named([one["meeting"] for one in moves])
    rooms = {room.id: room for room in queries.rooms()}
    placed, left_out = [], []
    for move in moves:
        meeting, room = meetings.get(move["meeting"]), rooms.get(move["room"])
        if meeting is None:
            continue
        try:
            if room is None:
                raise Refused(_("This room is closed. Choose another."))
            starts_at = datetime.fromisoformat(move["starts_at"])
            bilaterals.place(actor, meeting, conference, room, starts_at, revision=move["revision"])
        except Refused:
            left_out.append(meeting)
        else:
            placed.append(meeting)
    if not placed:
        raise Refused(_("None of these places is free any more. Ask the scheduler again."))
    row.state, row.accepted_at = ArrangementState.ACCEPTED, clock.now()
    audit.record(actor, "accept_arrangement", row, moves=len(placed), left_out=len(left_out))
    db.session.flush()
    return placed, left_out
