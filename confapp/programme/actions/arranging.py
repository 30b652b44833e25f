"""Runs of the scheduler: asked for, stopped, taken over in whole or in part as one command, or thrown away.

`Arrangement.asked` has: scope (unplaced, all, repair), rooms and people (ids that are lost, in a repair), away (a
person's id and from when until when), since (an instant, ISO 8601), opens and closes (hours of the day), weights (by
wish 0, 1 or 2), effort (deterministic seconds), seed, relaxed (demands that need not be met), and from (the id of a run
that is gone on from).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme.actions import commands
from confapp.programme.models import Arrangement, Command, Session
from confapp.programme.queries import commands as command_queries
from confapp.programme.rules import ArrangementState
from confapp.programme.rules.commands import Change, place_of

TASK = "programme.arrange"
REASONS = "reasons"  # what a run says while it looks why nothing fits
WAITING = (ArrangementState.QUEUED, ArrangementState.RUNNING)
OFFERED = (ArrangementState.READY, ArrangementState.STOPPED)


def ask(actor: Actor, conference: Any, asked: dict[str, Any]) -> Arrangement:
    """Asks the scheduler, in a job."""
    row = Arrangement(
        conference_id=conference.id,
        asked=asked,
        base=command_queries.newest_number(),
        made_by=actor.account_id,
        acting_name=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    job = jobs.enqueue(TASK, {"arrangement_id": row.id}, conference_id=conference.id, key=f"arrange:{row.ref}")
    job.arguments = {"arrangement_id": row.id, "job_id": job.id}
    row.job_ref = job.ref
    audit.record(actor, "ask_scheduler", row, scope=asked.get("scope", ""))
    return row


def repair(
    actor: Actor, conference: Any, *, rooms: Sequence[int] = (), away: Sequence[tuple[int, datetime, datetime]] = ()
) -> Arrangement:
    """Asks in one step for a repair without these rooms, and without persons who are away for a while. What has begun
    stays."""
    now = clock.now()
    asked = {
        "scope": "repair",
        "opens": "08:00",
        "closes": "19:00",
        "rooms": list(rooms),
        "people": [],
        "away": [[person, since.isoformat(), until.isoformat()] for person, since, until in away],
        "since": now.isoformat() if now > conference.starts_at else "",
        "weights": {},
        "effort": 10,
        "seed": 1,
    }
    return ask(actor, conference, asked)


def stop(actor: Actor, row: Arrangement) -> None:
    """The best found so far is kept."""
    if row.state not in WAITING or row.stopped_at is not None:
        raise Refused(_("This was done already."))
    row.stopped_at = clock.now()
    if row.state == ArrangementState.QUEUED:
        row.state, row.finished_at = ArrangementState.STOPPED, clock.now()
    audit.record(actor, "stop_scheduler", row)


def accept(actor: Actor, row: Arrangement, chosen: Collection[int] | None = None) -> tuple[Command, list[Session]]:
    """Takes over the moves of the chosen sessions, all without a choice, as one command. Those whose session stands
    elsewhere by now are left out and named."""
    if row.state not in OFFERED:
        raise Refused(
            _("This proposal was taken over already.")
            if row.state == ArrangementState.ACCEPTED
            else _("There is no proposal to take over.")
        )
    wanted = [one for one in row.moves if chosen is None or one["session"] in chosen]
    if not wanted:
        raise Refused(_("Choose at least one session."), 422)
    living, gone = _still_apply(wanted)
    if not living:
        raise Refused(_("The draft has changed since: none of these moves applies any more. Ask the scheduler again."))
    moves = [{name: one[name] for name in ("session", "before", "after")} for one in living]
    command = commands.apply(actor, row.conference_id, moves, "arrange")
    row.state, row.accepted_at, row.command_id = ArrangementState.ACCEPTED, clock.now(), command.id
    audit.record(actor, "accept_arrangement", row, moves=len(living), left_out=len(row.moves) - len(living))
    return command, gone


def discard(actor: Actor, row: Arrangement) -> None:
    if row.state in WAITING:
        raise Refused(_("Stop the scheduler first."))
    audit.record(actor, "discard_arrangement", row)
    db.session.delete(row)


def _still_apply(wanted: Sequence[Change]) -> tuple[list[Change], list[Session]]:
    ids = [one["session"] for one in wanted]
    places, sessions = command_queries.placements_of(ids), command_queries.sessions_of(ids)
    living, gone = [], []
    for one in wanted:
        session = sessions.get(one["session"])
        if session is not None and session.removed_at is None and place_of(places.get(session.id)) == one["before"]:
            living.append(one)
        elif session is not None:
            gone.append(session)
    return living, gone
