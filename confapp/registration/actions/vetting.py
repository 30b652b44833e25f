"""The results of a vetting list: looked at row by row, then recorded as what an office says at its steps."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, files, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden
from confapp.people import queries as people
from confapp.people.models import Account
from confapp.registration import queries
from confapp.registration.actions.clearances import clear
from confapp.registration.models import Clearance, Registration, TrackStep
from confapp.registration.rules import CLEARS, UNDECIDED, Office, mark_of, said_by
from confapp.registration.rules.vetting import Mark, Row, outcome_of, row_fault

AT_A_TIME = 25


@dataclass(frozen=True)
class Finding:
    """What a row of the file would do: nothing where there is a fault, and nothing new where it was said before.

    What the office says at present stands beside a row that says something else; a row of an older list is outrun.
    """

    row: Row
    registration: Registration | None = None
    fault: str = ""
    is_new: bool = False
    standing: Clearance | None = None
    is_outrun: bool = False


def findings(actor: Actor, conference: Conference, office: Office, rows: Sequence[Row]) -> list[Finding]:
    """A dry run: each row with what it would do. Only registrations that the asker may see are found."""
    known = queries.vetted(actor, conference, [row.number for row in rows])
    seen: set[str] = set()
    found = []
    for row in rows:
        one = known.get(row.number)
        fault = row_fault(row) or (_twice() if row.number in seen else None) or _fault(one, office, row)
        seen.add(row.number)
        if one is None or fault or not _is_new(one, office, row):
            found.append(Finding(row, one, fault or ""))
        else:
            found.append(_weighed(row, one, office))
    return found


def record_results(actor: Actor, conference: Conference, office: Office, found: Sequence[Finding]) -> int:
    """Records what the sound rows say; returns how many said something new. A second time changes nothing.

    The record names the rows that were left out: whoever sent many is not there to be told when a job finds a fault.
    """
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
    left = [one.row.number for one in found if one.fault and one.registration is not None and not one.is_outrun]
    outrun = [one.row.number for one in found if one.is_outrun]
    facts = {"recorded": number, "left": left, "outrun": outrun}
    audit.record(actor, "import_vetting", conference, office=office, rows=len(found), **facts)
    return number


def record_later(actor: Actor, conference: Conference, office: Office, rows: StoredFile) -> None:
    """The same for many rows, by a job: each takes a moment, and others wait for the lock."""
    if not CLEARS[office].allows(actor, conference):
        raise Forbidden
    db.session.flush()
    jobs.enqueue(
        "registration.record_vetting",
        {"file": rows.ref, "office": office.value, "account": actor.account_id, "conference": conference.id},
        conference_id=conference.id,
    )


def handed_over(ref: str) -> tuple[StoredFile | None, list[Row]]:
    """The rows that a job was given; none when it was done before."""
    stored = db.session.scalar(select(StoredFile).where(StoredFile.ref == ref, StoredFile.erased_at.is_(None)))
    return stored, rows_of(files.read(stored).decode()) if stored is not None else []


def on_behalf_of(account_id: int) -> Actor:
    """Whoever brought the results, with the mandates that are in force now."""
    return people.actor_of(db.session.get_one(Account, account_id))


def let_go(ref: str) -> None:
    """The rows were recorded; their file is not kept."""
    stored = db.session.scalars(select(StoredFile).where(StoredFile.ref == ref)).one()
    stored.erased_at = clock.now()


def rows_of(text: str) -> list[Row]:
    """The rows of a dry run as its form hands them on; ValueError or TypeError when they are something else."""
    return [Row(int(position), *map(str, said)) for position, *said in json.loads(text)]


def _twice() -> str:
    return _("This number stands in the file twice.")


def _fault(one: Registration | None, office: Office, row: Row) -> str | None:
    if one is None:
        return _("There is no registration of this number.")
    if not any(step.office == office for step in one.category.steps):
        return _("Its category has no step of this office.")
    if one.status not in UNDECIDED:
        return _("The offices are not asked about it at present.")
    if row.mark and Mark.read(row.mark).data != mark_of(one) and _is_new(one, office, row):
        return _("It was changed since the list was taken. Look at it again, or take a new list.")
    return None


def _weighed(row: Row, one: Registration, office: Office) -> Finding:
    """A row that says something new: a list that was taken earlier takes nothing from what the office said since."""
    said = [standing for standing in one.clearances if standing.step.office == office]
    standing = max(said, key=lambda each: each.at, default=None)
    if standing is not None and row.mark and Mark.read(row.mark).said != said_by(one, office):
        fault = _("The office has said something newer since the list was taken, and that stands.")
        return Finding(row, one, fault, standing=standing, is_outrun=True)
    return Finding(row, one, is_new=True, standing=standing)


def _steps(one: Finding, office: Office) -> list[TrackStep]:
    assert one.registration is not None
    return [step for step in one.registration.category.steps if step.office == office]


def _is_new(one: Registration, office: Office, row: Row) -> bool:
    standing = {said.step_id: (said.outcome, said.note) for said in one.clearances}
    wanted = (outcome_of(row.result), row.note)
    return any(standing.get(step.id) != wanted for step in one.category.steps if step.office == office)
