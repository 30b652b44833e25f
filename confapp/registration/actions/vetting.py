"""The results of a vetting list: looked at row by row, then recorded as what an office says at its steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden
from confapp.registration import queries
from confapp.registration.actions.clearances import clear
from confapp.registration.models import Registration, TrackStep
from confapp.registration.rules import CLEARS, UNDECIDED, Office
from confapp.registration.rules.vetting import Row, outcome_of, row_fault


@dataclass(frozen=True)
class Finding:
    """What a row of the file would do: nothing where there is a fault, and nothing new where it was said before."""

    row: Row
    registration: Registration | None = None
    fault: str = ""
    is_new: bool = False


def findings(actor: Actor, conference: Conference, office: Office, rows: Sequence[Row]) -> list[Finding]:
    """A dry run: each row with what it would do. Only registrations that the asker may see are found."""
    known = queries.vetted(actor, conference, [row.number for row in rows])
    seen: set[str] = set()
    found = []
    for row in rows:
        one = known.get(row.number)
        fault = row_fault(row) or (_twice() if row.number in seen else None) or _fault(one, office)
        seen.add(row.number)
        found.append(Finding(row, one, fault or "", one is not None and not fault and _is_new(one, office, row)))
    return found


def record_results(actor: Actor, conference: Conference, office: Office, found: Sequence[Finding]) -> int:
    """Records what the sound rows say; returns how many said something new. A second time changes nothing."""
    if not CLEARS[office].allows(actor, conference):
        raise Forbidden
    number = 0
    for one in found:
        if one.fault or not one.is_new or one.registration is None:
            continue
        outcome = outcome_of(one.row.result)
        assert outcome is not None
        said = [clear(one.registration, step, outcome, by=actor, note=one.row.note) for step in _steps(one, office)]
        number += any(said)
    audit.record(actor, "import_vetting", conference, office=office, rows=len(found), recorded=number)
    return number


def _twice() -> str:
    return _("This number stands in the file twice.")


def _fault(one: Registration | None, office: Office) -> str | None:
    if one is None:
        return _("There is no registration of this number.")
    if not any(step.office == office for step in one.category.steps):
        return _("Its category has no step of this office.")
    if one.status not in UNDECIDED:
        return _("The offices are not asked about it at present.")
    return None


def _steps(one: Finding, office: Office) -> list[TrackStep]:
    assert one.registration is not None
    return [step for step in one.registration.category.steps if step.office == office]


def _is_new(one: Registration, office: Office, row: Row) -> bool:
    standing = {said.step_id: (said.outcome, said.note) for said in one.clearances}
    wanted = (outcome_of(row.result), row.note)
    return any(standing.get(step.id) != wanted for step in one.category.steps if step.office == office)
