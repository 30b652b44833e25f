"""A body that registered by its printed name becomes a delegation; its name and credential stay on record."""

from collections.abc import Sequence

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration.actions.accreditation import note_move, refuse_second_head
from confapp.registration.actions.places import seat
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import INVITE, LIVING


def promote(actor: Actor, rows: Sequence[Registration], delegation: Delegation) -> None:
    """Moves registrations into a delegation; those who are registered take its places, all of them or none."""
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    if not rows:
        raise Refused(_("Tick at least one registration."), 422)
    for row in rows:
        if row.delegation_id is not None:
            raise Refused(_("%(number)s belongs to a delegation already.", number=row.number))
        if row.status in LIVING:
            refuse_second_head(delegation, row.capacity, row)
        row.delegation = delegation
    db.session.flush()
    for row in sorted(rows, key=lambda one: one.id):
        if row.status in LIVING:
            seat(row)
    for row in rows:
        note_move(row, "promote", row.status, by=actor)
        audit.record(actor, "promote", row, delegation=delegation.ref)
