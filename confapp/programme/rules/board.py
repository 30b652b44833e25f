"""A day as a board to scale: rooms side by side, time downwards in steps of five minutes. Plain values only."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

STEP = 5  # minutes
EARLIEST, LATEST = 8 * 60, 18 * 60  # shown also when nothing is placed
LONGEST = 30 * 60  # a board ends at six in the morning at the latest
Span = tuple[int, int]  # minutes after midnight


def bounds(spans: Iterable[Span]) -> Span:
    """The whole hours that a board shows."""
    known = list(spans)
    first = min([EARLIEST, *(begin for begin, _end in known)]) // 60 * 60
    last = max([LATEST, *(-(-end // 60) * 60 for _begin, end in known)])
    return first, min(last, LONGEST)


def rows(span: Span, shown: Span) -> tuple[int, int]:
    """The first row of a span and how many it takes, on the board that shows these minutes."""
    first = (max(span[0], shown[0]) - shown[0]) // STEP
    last = -(-(min(span[1], shown[1]) - shown[0]) // STEP)
    return first, max(1, last - first)


class Lane(NamedTuple):
    number: int
    alone: bool


def lanes(spans: Sequence[Span]) -> list[Lane]:
    """Where the sessions of one room stand when some overlap: side by side, each in the first lane that is free."""
    ends: list[int] = []
    found = [Lane(0, alone=True)] * len(spans)
    for at in sorted(range(len(spans)), key=lambda one: spans[one]):
        begin, end = spans[at]
        number = next((lane for lane, free in enumerate(ends) if free <= begin), len(ends))
        ends[number:] = [end, *ends[number + 1 :]]
        beside = any(other != at and b < end and begin < e for other, (b, e) in enumerate(spans))
        found[at] = Lane(number, not beside)
    return found


def shut(opened: Sequence[Span], closed: Sequence[Span], shown: Span) -> list[Span]:
    """The parts of the board in which a room cannot be used; without a span that opens it, it is always open."""
    free = [
        (not opened or any(begin <= at < end for begin, end in opened))
        and not any(begin <= at < end for begin, end in closed)
        for at in range(shown[0], shown[1], STEP)
    ]
    found: list[Span] = []
    for number, is_free in enumerate(free):
        at = shown[0] + number * STEP
        if is_free:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + STEP)
        else:
            found.append((at, at + STEP))
    return found
