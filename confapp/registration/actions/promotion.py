"""A body that registered by its printed name becomes a delegation; its name stays on record, its paper goes along."""

from collections.abc import Sequence

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration.actions.accreditation import note_move, refuse_second_head
from confapp.registration.actions.credentials import hold_papers
from confapp.registration.actions.places import seat
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import INVITE, LIVING
from confapp.registration.rules.credentials import CredentialState, state_of


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
    _bring_paper(actor, rows, delegation)
    for row in rows:
        note_move(row, "promote", row.status, by=actor)
        audit.record(actor, "promote", row, delegation=delegation.ref)


BEST_FIRST = (CredentialState.CHECKED, CredentialState.TO_CHECK, CredentialState.OBJECTED)


def _bring_paper(actor: Actor, rows: Sequence[Registration], delegation: Delegation) -> None:
    """A delegation without a paper gets that of the body, with its history and as far as it was checked.

    Of several it is the one that stands best; the others stay with who sent them, for each may name one person only.
    """
    hold_papers(delegation)
    with_papers = [row for row in rows if row.credentials]
    if delegation.credentials or not with_papers:
        return
    row = min(with_papers, key=lambda one: (BEST_FIRST.index(state_of(one.credentials)), one.id))
    for paper in list(row.credentials):
        paper.registration, paper.delegation = None, delegation
    db.session.flush()
    current = delegation.credentials[-1]
    audit.record(actor, "bring_credential", delegation, registration=row.ref, kind=current.kind, number=current.number)
