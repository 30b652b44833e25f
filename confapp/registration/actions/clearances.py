"""The steps of a track: an office clears one or objects to it, and says so anew when something has changed."""

from collections.abc import Iterable, Sequence

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration.actions.accreditation import change_status, drop_prepared
from confapp.registration.models import Clearance, Question, Registration, TrackStep
from confapp.registration.rules import ACCREDITATION, CLEARS, UNDECIDED, Outcome, Status, deciding, looked_at_again


def clear(registration: Registration, step: TrackStep, outcome: Outcome, *, by: Actor, note: str = "") -> bool:
    """What an office says at its step; False when it has said just that before. The first office takes it up."""
    if not CLEARS[step.office].allows(by, registration):
        raise Forbidden
    if registration.status not in UNDECIDED:
        raise Refused(_("The offices are not asked at present: the status has changed. Look at the page again."))
    if step.retired_at is not None or step.category_id != registration.category_id:
        raise Refused(_("This step is not part of the category any more."))
    if outcome == Outcome.OBJECTED and not note.strip():
        raise Refused(_("Say what stands against it; the deciding office reads it."), 422, "note")
    standing = next((one for one in registration.clearances if one.step_id == step.id), None)
    if standing is not None and (standing.outcome, standing.note) == (outcome, note):
        return False
    if standing is not None:
        standing.superseded_at = clock.now()
        db.session.flush()
    said = Clearance(
        conference_id=registration.conference_id,
        outcome=outcome,
        note=note,
        account_id=by.account_id,
        acting_name=by.name or by.email,
    )
    said.registration, said.step = registration, step
    db.session.add(said)
    audit.record(by, "clear_step", registration, office=step.office, outcome=outcome)
    if registration.status == Status.SUBMITTED:
        take_up = ACCREDITATION.named("take_up")
        assert take_up is not None
        change_status(registration, take_up, by=by)
    return True


def ask_again(
    registration: Registration, changed: Iterable[str], *, by: Actor, questions: Sequence[Question] = ()
) -> None:
    """A correction of what an office looked at takes its clearance away, and a prepared decision with it."""
    changed = deciding(changed)
    if changed or questions:
        drop_prepared(registration)
    for one in looked_at_again(registration, changed, questions):
        one.superseded_at = clock.now()
        audit.record(by, "ask_again", registration, office=one.step.office)
