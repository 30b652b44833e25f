"""What stands beside a registration at the desk: its steps, the decision, who looks after it, and what is said."""

from typing import Any

from flask import flash, g, request

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move
from confapp.registration import actions, queries, rules
from confapp.registration.models import Registration, TrackStep
from confapp.registration.rules import CLEARS, PREPARED, REVIEW, STATUS_NAMES, needs_release, waits_for_another
from confapp.registration.rules.substitution import is_late


def decide(row: Registration, move: Move, reason: str, defects: Any = ()) -> None:
    """Makes the decision, or writes it down to be released, by the button that was pressed; and says so."""
    if request.form.get("then") == "prepare":
        actions.prepare(row, move, by=g.actor, reason=reason, defects=defects)
        flash(_("%(number)s: the decision is prepared. Nobody was told yet.", number=row.number), "good")
        return
    actions.change_status(row, move, by=g.actor, reason=reason, defects=defects)
    flash(_("%(number)s: %(status)s.", number=row.number, status=_(STATUS_NAMES[row.status])), "good")


def beside(row: Registration) -> dict[str, Any]:
    """What the page shows around the record itself."""
    standing = {one.step_id: one for one in row.clearances}
    is_reviewer = REVIEW.allows(g.actor, g.conference)
    asked, steps = row.status in rules.UNDECIDED, _steps(row) if is_reviewer else []
    return {
        "steps": [(step, standing.get(step.id), asked and _clears(step)) for step in steps],
        "steps_fault": rules.open_steps_fault(row) if row.status in rules.OPEN_TO_DECIDE else None,
        "prepared": row.prepared if is_reviewer else None,
        "waits_for_another": row.prepared is not None and waits_for_another(row.prepared, g.actor),
        "can_prepare": lambda move: move.verb in PREPARED and row.prepared is None,
        "needs_release": lambda move: needs_release(row, move.verb),
        "is_reviewer": is_reviewer,
        "reviewers": queries.reviewers() if is_reviewer else [],
        "conversation": queries.conversation(row),
        "notes": queries.notes(row) if is_reviewer else [],
        "ledger": queries.ledger_of(row, for_office=is_reviewer),
        "changed": _changed_since_return(row),
        "may_replace": _may_replace(row),
    }


def _steps(row: Registration) -> list[TrackStep]:
    return [] if row.category.track == rules.Track.ADMISSION else row.category.steps


def _clears(step: TrackStep) -> bool:
    return CLEARS[step.office].allows(g.actor, g.conference)


def _changed_since_return(row: Registration) -> list[str]:
    """The fields that were corrected since the registration was last sent back, while it is looked at again."""
    returned = next((line for line in reversed(row.moves) if line.verb == "return"), None)
    if returned is None or row.status not in rules.UNDECIDED:
        return []
    return list(dict.fromkeys(rules.field_name(one) for one in queries.changed_since(row, returned.at)))


def _may_replace(row: Registration) -> bool:
    """Whether the page offers to replace this person: before the closing date the offices, after it protocol."""
    if row.status not in rules.REGISTERED or not rules.SUBSTITUTE.allows(g.actor, row):
        return False
    return not is_late(g.conference, clock.now()) or rules.SUBSTITUTE_LATE.allows(g.actor, row)
