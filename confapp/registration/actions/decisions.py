"""Decisions that are prepared by one person and released, together with their mails, by the same or by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Move, Refused
from confapp.foundation.mail import Message
from confapp.registration import mails, queries
from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.places import hold_places
from confapp.registration.actions.telling import readers
from confapp.registration.models import PreparedDecision, Registration
from confapp.registration.rules import ACCREDIT, ACCREDITATION, INTERNAL, PREPARED, Defect, Status, waits_for_another


def prepare(
    registration: Registration, move: Move, *, by: Actor, reason: str = "", defects: Sequence[Defect] = ()
) -> PreparedDecision:
    """Writes a decision down without making it. It is checked now and again when it is released."""
    if move.verb not in PREPARED:
        raise Refused(_("This cannot be prepared."), 404)
    move.check(registration, by=by, reason=reason or " ".join(one["text"] for one in defects))
    made = db.session.scalar(
        inserting(PreparedDecision)
        .values(
            ref=new_ref(),
            conference_id=registration.conference_id,
            registration_id=registration.id,
            verb=move.verb,
            reason=reason,
            defects=[dict(one) for one in defects],
            prepared_at=clock.now(),
            prepared_by=by.account_id,
            acting_name=by.name or by.email,
        )
        .on_conflict_do_nothing()
        .returning(PreparedDecision.id)
    )
    db.session.expire(registration, ["all_prepared"])
    if made is None:
        raise Refused(_("A decision is prepared for this registration already. Release it or take it out first."))
    audit.record(by, "prepare_decision", registration, decision=move.verb)
    if registration.status == Status.SUBMITTED:
        take_up = ACCREDITATION.named("take_up")
        assert take_up is not None
        change_status(registration, take_up, by=by)
    return db.session.get_one(PreparedDecision, made)


def drop(prepared: PreparedDecision, *, by: Actor) -> None:
    """Takes a prepared decision out; the registration stays as it is."""
    if not ACCREDIT.allows(by, prepared):
        raise Forbidden
    if not _close(prepared, dropped_at=clock.now()):
        raise Refused(_("This decision was released or taken out in the meantime."))
    audit.record(by, "drop_decision", prepared.registration, decision=prepared.verb)


def release(prepared: PreparedDecision, *, by: Actor) -> None:
    """Makes a prepared decision, once: of two who release it at the same time one is told so."""
    registration = prepared.registration
    if not ACCREDIT.allows(by, prepared):
        raise Forbidden
    if waits_for_another(prepared, by):
        raise Refused(_("You prepared this decision yourself; in this category somebody else releases it."))
    if not _close(prepared, released_at=clock.now(), released_by=by.account_id):
        raise Refused(_("This decision was released or taken out in the meantime."))
    move = ACCREDITATION.named(prepared.verb)
    assert move is not None
    change_status(registration, move, by=by, reason=prepared.reason, defects=prepared.defects, is_released=True)
    audit.record(by, "release_decision", registration, decision=prepared.verb)


@dataclass(frozen=True)
class Line:
    """What became of one of several."""

    prepared: PreparedDecision
    fault: str = ""


def release_several(several: Sequence[PreparedDecision], *, by: Actor) -> list[Line]:
    """Each for itself: one that cannot be released any more stays as it was and is reported."""
    hold_places([one.registration for one in several])
    lines = []
    for prepared in several:
        try:
            with db.session.begin_nested():
                release(prepared, by=by)
                db.session.flush()
        except Refused as refusal:
            lines.append(Line(prepared, refusal.message))
        else:
            lines.append(Line(prepared))
    return lines


class _AsIf:
    """A registration as it will be once a decision is released: everything of its own but the status."""

    def __init__(self, registration: Registration, status: Status) -> None:
        self._registration, self.status = registration, status

    def __getattr__(self, name: str) -> Any:
        return getattr(self._registration, name)


def preview(prepared: PreparedDecision) -> list[Message]:
    """The mails of a prepared decision as they will go out; private links are not made yet."""
    registration, move = prepared.registration, ACCREDITATION.named(prepared.verb)
    assert move is not None
    conference = queries.conference_of(registration)
    after: Any = _AsIf(registration, Status(move.target))
    reason = "" if move.verb in INTERNAL else prepared.reason
    return [
        mails.status_changed(after, reader, conference, f"preview:{prepared.ref}", reason, prepared.defects)
        for reader in readers(registration, conference, link=_("(a link of their own)"))
    ]


def _close(prepared: PreparedDecision, **values: object) -> bool:
    """Ends a prepared decision; False when somebody else did. The condition is part of the change."""
    closed = db.session.scalar(
        update(PreparedDecision)
        .where(
            PreparedDecision.id == prepared.id,
            PreparedDecision.released_at.is_(None),
            PreparedDecision.dropped_at.is_(None),
        )
        .values(**values)
        .returning(PreparedDecision.id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(prepared)
    return closed is not None
