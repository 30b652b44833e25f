"""Where the paper of a delegation, or of a body that has none, stands."""

from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor
from confapp.foundation.languages import N_
from confapp.registration.rules import ANSWER_FOR, NAME_MEMBERS


class CredentialState(StrEnum):
    """Derived from the newest paper, never stored."""

    MISSING = "missing"
    TO_CHECK = "to_check"
    OBJECTED = "objected"
    CHECKED = "checked"


CREDENTIAL_STATE_NAMES: dict[str, str] = {
    CredentialState.MISSING: N_("None yet"),
    CredentialState.TO_CHECK: N_("To check"),
    CredentialState.OBJECTED: N_("Objected to"),
    CredentialState.CHECKED: N_("Checked"),
}
VERBS: dict[str, tuple[CredentialState, ...]] = {
    "check": (CredentialState.TO_CHECK, CredentialState.OBJECTED),
    "object": (CredentialState.TO_CHECK, CredentialState.CHECKED),
    "take_back": (CredentialState.CHECKED, CredentialState.OBJECTED),
}


def state_of(credentials: list[Any]) -> CredentialState:
    """The state of the newest of them; those it replaced stay on record and count no more."""
    state: CredentialState = credentials[-1].state if credentials else CredentialState.MISSING
    return state


def may_hand_in(actor: Actor, owner: Any) -> bool:
    """Who answers for a delegation, or for a body without one, hands in its paper; so may the office."""
    return (NAME_MEMBERS if _is_delegation(owner) else ANSWER_FOR).allows(actor, owner)


def takes_papers(owner: Any) -> bool:
    """Members of a delegation inherit its paper; a registration without one has its own."""
    return _is_delegation(owner) or owner.delegation_id is None or bool(owner.credentials)


def _is_delegation(owner: Any) -> bool:
    return bool(owner.__tablename__ == "delegation")
