"""Who acts and what they may do: pure values and predicates, no HTTP, no queries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """One mandate in force: a role for a conference, a delegation or a person's own record."""

    role: str
    conference_id: int | None = None
    delegation_id: int | None = None
    person_id: int | None = None
    mandate_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: a mailbox (account) and, where it is shared, the person who says they are acting."""

    account_id: int | None = None
    email: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.account_id is not None

    @property
    def is_administrator(self) -> bool:
        return any(grant.role == ADMINISTRATOR for grant in self.grants)

    def holds(self, conference_id: int | None, *roles: str) -> bool:
        """True when a mandate for one of the roles in this conference is in force."""
        return any(g.conference_id == conference_id and g.role in roles for g in self.grants if g.conference_id)

    def roles(self, conference_id: int) -> frozenset[str]:
        return frozenset(g.role for g in self.grants if g.conference_id == conference_id)

    def delegations(self, conference_id: int) -> frozenset[int]:
        return frozenset(g.delegation_id for g in self.grants if g.conference_id == conference_id and g.delegation_id)

    def persons(self, conference_id: int) -> frozenset[int]:
        return frozenset(g.person_id for g in self.grants if g.conference_id == conference_id and g.person_id)


ANONYMOUS = Actor()
SYSTEM = Actor(name="confapp", grants=(Grant(ADMINISTRATOR),))

Predicate = Callable[[Actor, Any], bool]


_permits: dict[str, "Permit"] = {}


@dataclass(frozen=True)
class Permit:
    """A named right: `allows(actor, subject)`; the subject carries conference_id or is a conference."""

    name: str
    label: str
    predicate: Predicate

    def __post_init__(self) -> None:
        _permits[self.name] = self

    def allows(self, actor: Actor, subject: Any) -> bool:
        return self.predicate(actor, subject)


def permits() -> list[Permit]:
    """Every right that the program knows, in the order of its features."""
    return list(_permits.values())


def conference_of(subject: Any) -> int | None:
    """The conference a subject belongs to: its conference_id, or its own id when it is a conference."""
    if subject is None:
        return None
    return getattr(subject, "conference_id", None) or getattr(subject, "id", None)


def by_roles(name: str, label: str, *roles: str) -> Permit:
    """A permit that some conference roles give; an administrator has it too."""

    def predicate(actor: Actor, subject: Any) -> bool:
        return actor.is_administrator or actor.holds(conference_of(subject), *roles)

    return Permit(name, label, predicate)


SIGNED_IN = Permit("signed_in", "Sign in", lambda actor, subject: actor.is_known)
ADMINISTER = Permit("administer", "Administer the installation", lambda actor, subject: actor.is_administrator)
