"""The track of a category: the steps before a decision, their order, and whether two persons decide."""

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration import queries
from confapp.registration.models import Category, TrackStep
from confapp.registration.rules import Office, Track

MOST = 12


def add_step(actor: Actor, category: Category, office: Office, name: dict[str, str] | None = None) -> TrackStep:
    """A step at the end of the track; it applies to everybody about whom nothing is decided yet."""
    queries.hold_category(category)
    if category.track == Track.ADMISSION:
        raise Refused(_("This category has no steps: a confirmed address is enough."))
    if len(category.steps) >= MOST:
        raise Refused(_("A track has at most %(number)s steps.", number=MOST))
    last = max((step.position for step in category.all_steps), default=0)
    step = TrackStep(conference_id=category.conference_id, position=last + 1, office=office, name=name or {})
    step.category = category
    db.session.add(step)
    db.session.flush()
    audit.record(actor, "add_step", category, office=office, name=name or {})
    return step


def retire_step(actor: Actor, step: TrackStep) -> None:
    """Takes a step out of the track. What was cleared at it stays on record."""
    if step.retired_at is None:
        step.retired_at = clock.now()
        audit.record(actor, "retire_step", step.category, office=step.office)


def move_step(actor: Actor, step: TrackStep, way: int) -> bool:
    """Changes places with the step before (-1) or after (+1); False at the end of the track."""
    category = step.category
    queries.hold_category(category)
    steps = category.steps
    if step not in steps or not 0 <= steps.index(step) + way < len(steps):
        return False
    other = steps[steps.index(step) + way]
    here, there = step.position, other.position
    step.position = -step.id  # two steps of a category never have one position, not even for a moment
    db.session.flush()
    other.position = here
    db.session.flush()
    step.position = there
    db.session.flush()
    db.session.expire(category, ["all_steps"])
    audit.record(actor, "move_step", category, office=step.office)
    return True


def set_four_eyes(actor: Actor, category: Category, needed: bool) -> None:
    """Whether accrediting and refusing take two persons."""
    if category.needs_four_eyes != needed:
        category.needs_four_eyes = needed
        audit.record(actor, "set_four_eyes", category, needed=needed)
