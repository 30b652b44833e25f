"""Legal moves between statuses. The table drives enforcement, the buttons shown and the exhaustive tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor, Permit
from confapp.foundation.languages import gettext as _


class Refused(Exception):
    """An action that is not possible now; the message is for the person who asked. Status is an HTTP status."""

    def __init__(self, message: str, status: int = 409, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.field = field


class Forbidden(Refused):
    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or _("You may not do this here."), 403)


Guard = Callable[[Any], str | None]


@dataclass(frozen=True)
class Move:
    """One legal move. `guard` returns the sentence that says why it is not possible now, or None."""

    verb: str
    sources: frozenset[StrEnum] | set[StrEnum]
    target: StrEnum
    permit: Permit
    label: str = ""
    asks_reason: bool = False
    guard: Guard | None = None

    def is_open_to(self, record: Any, actor: Actor) -> bool:
        return (
            record.status in self.sources
            and self.permit.allows(actor, record)
            and (self.guard is None or self.guard(record) is None)
        )

    def check(self, record: Any, *, by: Actor, reason: str = "") -> StrEnum:
        """The present status when the move is possible now; raises Refused or Forbidden."""
        before: StrEnum = record.status
        if not self.permit.allows(by, record):
            raise Forbidden
        if before not in self.sources:
            raise Refused(_("This is not possible any more: the status has changed. Look at the page again."))
        if self.guard is not None and (why := self.guard(record)):
            raise Refused(why)
        if self.asks_reason and not reason.strip():
            raise Refused(_("Please give a reason."), 422, "reason")
        return before

    def apply(self, record: Any, *, by: Actor, reason: str = "") -> StrEnum:
        """Sets the target status and returns the status before; raises Refused or Forbidden."""
        before = self.check(record, by=by, reason=reason)
        record.status = self.target
        return before


class Lifecycle:
    def __init__(self, *moves: Move) -> None:
        self.moves = moves

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def named(self, verb: str) -> Move | None:
        return next((move for move in self.moves if move.verb == verb), None)

    def open_to(self, record: Any, actor: Actor) -> list[Move]:
        """The moves that this actor could make now, in the order of the table."""
        return [move for move in self.moves if move.is_open_to(record, actor)]
