"""The one way in which a registration changes its status."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import insert

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused
from confapp.registration import mails, queries
from confapp.registration.actions.asking import tell_asked
from confapp.registration.actions.letters import withdraw_letters_about
from confapp.registration.actions.places import settle
from confapp.registration.actions.telling import tell
from confapp.registration.models import Delegation, Registration, RegistrationMove
from confapp.registration.rules import (
    DECISIONS,
    INTERNAL,
    LIVING,
    UNTOLD,
    Capacity,
    Defect,
    Status,
    correction_fault,
    needs_release,
)
from confapp.registration.rules.letters import LIVE


def change_status(
    registration: Registration,
    move: Move,
    *,
    by: Actor,
    reason: str = "",
    defects: Sequence[Defect] = (),
    is_released: bool = False,
) -> None:
    """Makes a move of the lifecycle, settles the places, and tells the ledger, the audit record and the reader.

    Defects name what a return asks for, field by field, or the fields that brought a registration back to review.
    """
    if move.verb == "submit":
        _refuse_late(registration, by)
    if needs_release(registration, move.verb) and not is_released:
        raise Refused(_("Two persons decide in this category: prepare the decision, and somebody else releases it."))
    was = move.apply(registration, by=by, reason=reason or " ".join(one["text"] for one in defects))
    if was == Status.DRAFT and registration.status == Status.SUBMITTED:
        registration.submitted_at, registration.submitted_by = clock.now(), by.account_id
    if was not in LIVING and registration.status in LIVING and registration.delegation is not None:
        refuse_second_head(registration.delegation, registration.capacity, registration)
    if move.verb in (*DECISIONS, "reopen", "restore"):
        registration.decided_at = clock.now() if move.verb in DECISIONS else None
    if move.verb not in UNTOLD and not is_released:
        drop_prepared(registration)
    settle(registration, came_back=was not in LIVING)
    if registration.status not in LIVE:
        withdraw_letters_about(registration, by=by)
    noted = note_move(registration, move.verb, was, by=by, reason=reason, defects=defects)
    audit.record(by, move.verb, registration, was=was, became=registration.status)
    if was == Status.DRAFT and registration.status == Status.SUBMITTED:
        tell(registration, mails.registered)
    elif move.verb not in UNTOLD:
        told = "" if move.verb in INTERNAL else reason
        tell(registration, partial(mails.status_changed, event=f"move:{noted}", reason=told, defects=defects))
        tell_asked(registration)


def note_move(
    registration: Registration, verb: str, was: str, *, by: Actor, reason: str = "", defects: Sequence[Defect] = ()
) -> str:
    """A line of the ledger, and its reference. The reason stands here, not in the audit record: it may be personal and
    can be erased."""
    ref = new_ref()
    line: dict[str, Any] = {
        "ref": ref,
        "registration_id": registration.id,
        "conference_id": registration.conference_id,
        "verb": verb,
        "was": was,
        "became": registration.status,
        "reason": reason,
        "defects": [dict(one) for one in defects],
        "account_id": by.account_id,
        "acting_name": by.name or by.email,
    }
    db.session.connection().execute(_LINE, line)
    db.session.expire(registration, ["moves"])
    return ref


_LINE = insert(RegistrationMove.__table__)  # built once: every registration and every move adds one


def drop_prepared(registration: Registration) -> None:
    """What was prepared rests on what was there then: a correction or another move takes it away."""
    if registration.prepared is not None:
        registration.prepared.dropped_at = clock.now()


def refuse_second_head(delegation: Delegation, capacity: Capacity, besides: Registration | None = None) -> None:
    """A delegation has one head among those who are registered; the lock holds it in a race as well."""
    if capacity != Capacity.HEAD:
        return
    queries.hold(delegation)
    if queries.has_head(delegation, besides):
        raise Refused(_("This delegation has a head already. Change that person's capacity first."), 422, "capacity")


def _refuse_late(registration: Registration, by: Actor) -> None:
    fault = correction_fault(registration, queries.conference_of(registration), by, clock.now())
    if fault:
        raise Refused(fault)
