"""The same done for many sessions: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme.actions.sessions import remove_session
from confapp.programme.actions.sign_ups import refuse_two_of_a_group
from confapp.programme.models import Session


def change_many(actor: Actor, sessions: Sequence[Session], values: Mapping[str, Any]) -> int:
    """`values` are columns of a session, by name; what is not among them stays. Says how many were changed."""
    if not values:
        raise Refused(_("Choose what is to change."), 422, "kind")
    changed = 0
    for session in sessions:
        if "choice_group" in values:
            _refuse_group(session, values["choice_group"])
        differing = {name: value for name, value in values.items() if getattr(session, name) != value}
        if not differing:
            continue
        told = {name: [_told(getattr(session, name)), _told(value)] for name, value in differing.items()}
        for name, value in differing.items():
            setattr(session, name, value)
        audit.record(actor, "change_session", session, changes=told)
        changed += 1
    return changed


def _told(value: Any) -> str | None:
    """A row by its reference."""
    return None if value is None else str(getattr(value, "ref", value))


def _refuse_group(session: Session, group: Any) -> None:
    try:
        refuse_two_of_a_group(session, group)
    except Refused as refusal:
        raise Refused(f"{best(session.title)}: {refusal.message}") from refusal


def remove_many(actor: Actor, sessions: Sequence[Session]) -> int:
    for session in sessions:
        remove_session(actor, session)
    return len(sessions)
