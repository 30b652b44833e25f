"""What a questionnaire no longer asks, as it was asked: kept in its row as plain values, so it can be put back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from confapp.registration.rules.conditions import Condition

MOMENTS = ("required_from", "frozen_from")
Kept = dict[str, Any]


@dataclass(frozen=True)
class TakenOut:
    """A question with its terms and its place; the section too, once that was removed."""

    ref: str
    question: str
    part: str
    position: int
    is_required: bool
    required_from: datetime | None
    frozen_from: datetime | None
    condition: Condition
    section: Kept | None = None


def kept(item: Any) -> Kept:
    row = asdict(
        TakenOut(
            ref=item.ref,
            question=item.question.code,
            part=item.part.ref,
            position=item.position,
            is_required=item.is_required,
            required_from=item.required_from,
            frozen_from=item.frozen_from,
            condition=item.condition,
        )
    )
    return row | {name: row[name] and row[name].isoformat() for name in MOMENTS}


def read(row: Kept) -> TakenOut:
    return TakenOut(**(row | {name: row[name] and datetime.fromisoformat(row[name]) for name in MOMENTS}))


def with_item(rows: Sequence[Kept], item: Any) -> list[Kept]:
    """A question is kept once, as it was asked last."""
    return [*(row for row in rows if row["question"] != item.question.code), kept(item)]


def with_part(rows: Sequence[Kept], part: Any) -> list[Kept]:
    """All that a section asks, and the section for everything that was ever taken out of it."""
    found = list(rows)
    for item in part.items:
        found = with_item(found, item)
    section = {name: getattr(part, name) for name in ("title", "help", "condition", "position")}
    return [row | {"section": section} if row["part"] == part.ref else row for row in found]


def unasked(rows: Iterable[Kept], asked: Iterable[str]) -> list[TakenOut]:
    """What can be put back: not what is asked again by now. Both say questions by their codes."""
    again = set(asked)
    return [read(row) for row in rows if row["question"] not in again]
