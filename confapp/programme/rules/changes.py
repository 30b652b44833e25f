"""What is different for readers between two states of a programme. Plain values only."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from confapp.foundation.languages import N_


class Change(StrEnum):
    NEW = "new"
    MOVED = "moved"
    RETITLED = "retitled"
    REWORDED = "reworded"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    LEFT_OUT = "left_out"


CHANGE_NAMES: dict[str, str] = {
    Change.NEW: N_("New"),
    Change.MOVED: N_("Moved"),
    Change.RETITLED: N_("New title"),
    Change.REWORDED: N_("People, order or text changed"),
    Change.CANCELLED: N_("Cancelled"),
    Change.REINSTATED: N_("Takes place after all"),
    Change.LEFT_OUT: N_("No longer in the programme"),
}
CHANGE_SHAPES: dict[str, str] = {
    Change.NEW: "good",
    Change.MOVED: "attention",
    Change.RETITLED: "neutral",
    Change.REWORDED: "neutral",
    Change.CANCELLED: "bad",
    Change.REINSTATED: "good",
    Change.LEFT_OUT: "bad",
}


@dataclass(frozen=True)
class Edition:
    """A session as the readers of one state of the programme find it."""

    session_id: int
    ref: str
    starts_at: datetime
    minutes: int
    room_ids: tuple[int, ...]
    is_cancelled: bool
    printed: dict[str, Any]
    details: dict[str, Any]
    overflow: frozenset[int] = frozenset()  # those of the rooms that only follow it on a screen

    @property
    def where_and_when(self) -> tuple[datetime, int, tuple[int, ...]]:
        return self.starts_at, self.minutes, self.room_ids


@dataclass(frozen=True)
class Difference:
    """One session's changes; `before` is None when it is new, `after` when it is left out."""

    changes: tuple[Change, ...]
    before: Edition | None
    after: Edition | None

    @property
    def edition(self) -> Edition:
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Iterable[Edition], after: Iterable[Edition]) -> list[Difference]:
    """What changes for readers, in order of time."""
    were = {edition.session_id: edition for edition in before}
    are = {edition.session_id: edition for edition in after}
    found = [Difference(changes(were.get(one), are.get(one)), were.get(one), are.get(one)) for one in {**were, **are}]
    return sorted((d for d in found if d.changes), key=lambda d: (d.edition.starts_at, d.edition.session_id))


def fingerprint(found: Iterable[Difference]) -> str:
    """Tells whether two lists of differences say the same."""
    said = json.dumps(
        [[d.changes, d.before and asdict(d.before), d.after and asdict(d.after)] for d in found],
        default=_plain,
        sort_keys=True,
    )
    return sha256(said.encode()).hexdigest()[:20]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def changes(before: Edition | None, after: Edition | None) -> tuple[Change, ...]:
    if before is None or after is None:
        return (Change.LEFT_OUT,) if after is None else (Change.NEW,)
    told = (
        (after.is_cancelled and not before.is_cancelled, Change.CANCELLED),
        (before.is_cancelled and not after.is_cancelled, Change.REINSTATED),
        (after.where_and_when != before.where_and_when, Change.MOVED),
        (after.printed["title"] != before.printed["title"], Change.RETITLED),
        (any(_words(after).get(name) != value for name, value in _words(before).items()), Change.REWORDED),
    )
    return tuple(change for is_so, change in told if is_so)


def _words(edition: Edition) -> dict[str, Any]:
    """Everything that is read of a session but its title, and when that was put right.

    An older release says less, and no more is compared.
    """
    return {**edition.details, **edition.printed, "title": None, "corrected": None}
