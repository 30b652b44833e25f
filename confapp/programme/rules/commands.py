"""Acts on the draft as what they found and what they left of each session's place. Plain values only.

A place is a dict: "starts_at" (ISO 8601, UTC), "minutes", "rooms" (pairs of a room's id and whether it is an overflow),
"state" and "pinned"; None is no place. A change has "session" (its id), "before" and "after".
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from confapp.foundation.languages import N_
from confapp.programme.rules import PlacementState

Place = dict[str, Any]
Change = dict[str, Any]
UNDO, REDO = "undo", "redo"

VERB_NAMES: dict[str, str] = {
    "place": N_("Placed"),
    "move": N_("Moved"),
    "resize": N_("Given another length"),
    "unplace": N_("Taken out of the timetable"),
    "cancel": N_("Marked as cancelled"),
    "reinstate": N_("Takes place after all"),
    "pin": N_("Pinned"),
    "unpin": N_("Unpinned"),
    "swap": N_("Swapped"),
    "arrange": N_("Placed by the scheduler"),
    "emergency": N_("Changed at once for readers"),
    "import": N_("Brought in from a file"),
    UNDO: N_("Undone"),
    REDO: N_("Done again"),
}

# As the audit record has them: an act that puts sessions somewhere else and changes nothing of what they are.
PLACING = frozenset(
    f"{verb}_{what}" for verb in VERB_NAMES if verb not in ("emergency", "import") for what in ("session", "sessions")
)


def a_place(
    starts_at: datetime,
    minutes: int,
    rooms: Iterable[tuple[int, bool]] = (),
    state: str = PlacementState.PLANNED,
    *,
    pinned: bool = False,
) -> Place:
    return {
        "starts_at": starts_at.astimezone(UTC).isoformat(),
        "minutes": minutes,
        "rooms": [[room, overflow] for room, overflow in rooms],
        "state": str(state),
        "pinned": pinned,
    }


def starts_of(place: Place) -> datetime:
    return datetime.fromisoformat(place["starts_at"])


def place_of(placement: Any) -> Place | None:
    """A placement as a place; None when there is none."""
    if placement is None:
        return None
    return a_place(
        placement.starts_at,
        placement.minutes,
        ((one.room_id, one.is_overflow) for one in placement.rooms),
        placement.state,
        pinned=placement.is_pinned,
    )


def reversed_changes(changes: Sequence[Change]) -> list[Change]:
    return [{"session": one["session"], "before": one["after"], "after": one["before"]} for one in changes]


One = TypeVar("One")


def stacks(commands: Iterable[One]) -> tuple[list[One], list[One]]:
    """Of one author's commands, the oldest first: those that can be taken back and those that can be done again.

    Each has `id`, `verb` and `undoes_id`; the next one is the last. A new act ends what could be done again.
    """
    done: list[Any] = []
    undone: list[Any] = []
    for command in commands:
        one: Any = command
        if one.verb == UNDO:
            _pass_on(one.undoes_id, done, undone)
        elif one.verb == REDO:
            _pass_on(one.undoes_id, undone, done)
        else:
            done.append(one)
            undone.clear()
    return done, undone


def _pass_on(command_id: int | None, giving: list[Any], taking: list[Any]) -> None:
    found = next((one for one in reversed(giving) if one.id == command_id), None)
    if found is not None:
        giving.remove(found)
        taking.append(found)
