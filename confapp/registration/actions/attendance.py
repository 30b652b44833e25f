"""Who attended: a fact with its time, noted at the desk or at a gate, and taken back when it was a mistake."""

from collections.abc import Iterable

from sqlalchemy import update

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration.models import Registration
from confapp.registration.rules import Status
from confapp.registration.rules.figures import NOTE_ATTENDANCE


def note_attended(actor: Actor, registrations: Iterable[Registration]) -> int:
    """Notes the present time for those for whom none stands yet; returns how many. Only who is accredited attends."""
    return sum(_note(actor, one) for one in _ordered(actor, registrations))


def take_back_attended(actor: Actor, registrations: Iterable[Registration]) -> int:
    """It was somebody else; the record keeps both."""
    return sum(_take_back(actor, one) for one in _ordered(actor, registrations))


def _ordered(actor: Actor, registrations: Iterable[Registration]) -> list[Registration]:
    """Always in the same order, so that two lists ticked at the same time do not wait for each other."""
    found = sorted(registrations, key=lambda one: one.id)
    if not all(NOTE_ATTENDANCE.allows(actor, one) for one in found):
        raise Forbidden
    return found


def _note(actor: Actor, registration: Registration) -> bool:
    if registration.attended_at is not None:
        return False
    if registration.status != Status.ACCREDITED:
        raise Refused(_("%(number)s is not accredited; attendance cannot be noted.", number=registration.number or "–"))
    if not _set(registration, Registration.attended_at.is_(None), clock.now()):
        return False
    audit.record(actor, "note_attendance", registration)
    return True


def _take_back(actor: Actor, registration: Registration) -> bool:
    if not _set(registration, Registration.attended_at.is_not(None), None):
        return False
    audit.record(actor, "take_back_attendance", registration)
    return True


def _set(registration: Registration, condition: object, moment: object) -> bool:
    """One conditional statement, beside the revision: whoever is corrected at the desk meanwhile loses nothing."""
    changed = db.session.execute(
        update(Registration)
        .where(Registration.id == registration.id, condition)  # type: ignore[arg-type]
        .values(attended_at=moment)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(registration, ["attended_at"])
    return bool(changed.rowcount)  # type: ignore[attr-defined]
