"""What would be wrong with a session at a place, and where it could be: asked of the rules of clashes themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from confapp.foundation import clock
from confapp.programme import queries
from confapp.programme.queries import clashes
from confapp.programme.rules import Severity
from confapp.programme.rules.clashes import Clash, Programme, Rule, Setting, Slot, Window, find

STEP = timedelta(minutes=15)
NOWHERE = -1  # the number of a session that does not exist yet
PEOPLE = frozenset({Rule.PERSON, Rule.HEAD, Rule.DELEGATION, Rule.ABSENT, Rule.CHANGE, Rule.ALONE})
ROOMS = frozenset({Rule.ROOM, Rule.CLOSED, Rule.BUFFER, Rule.SIZE, Rule.NEEDS})


@dataclass(frozen=True)
class Standing:
    """The draft as it stands, but for one session."""

    slots: Sequence[Slot]
    around: Programme
    titles: dict[int, dict[str, str]]
    settings: dict[Rule, Setting]

    def wrong(self, slot: Slot, rules: frozenset[Rule] | None = None) -> list[Clash]:
        """What is wrong with a session there: by the organizers' rules what blocks, or everything under some rules."""
        settings = self.settings if rules is None else _only(rules, self.settings)
        found = find([*self._near(slot), slot], self.around, settings)
        mine = [one for one in found if slot.session in one.sessions]
        return [one for one in mine if rules is not None or one.severity == Severity.BLOCK]

    def _near(self, slot: Slot) -> list[Slot]:
        """Those that can matter: at the same time, or within the longest turnover or walk."""
        longest = max((hall.buffer for hall in self.around.rooms.values()), default=0)
        walk = (self.settings.get(Rule.CHANGE) or clashes.DEFAULTS[Rule.CHANGE]).amount or 0
        margin = timedelta(minutes=max(longest, walk) + 1)
        return [one for one in self.slots if one.starts < slot.ends + margin and slot.starts < one.ends + margin]


def _only(rules: frozenset[Rule], own: dict[Rule, Setting]) -> dict[Rule, Setting]:
    """These rules, with the organizers' amounts, also where they are only warned of; no others."""
    known = clashes.DEFAULTS | own
    return {rule: Setting(Severity.BLOCK if rule in rules else Severity.IGNORE, known[rule].amount) for rule in Rule}


def standing(session_id: int | None = None, *, quiet: bool = False) -> Standing:
    """`quiet` looks also at who is in the meetings of delegations: for the protocol office."""
    rows = queries.placements()
    slots = [one for one in clashes.slots_of(rows, clashes.needed(quiet=quiet)) if one.session != session_id]
    titles = {row.session_id: row.session.title for row in rows}
    return Standing(slots, clashes.around(), titles, clashes.settings())


@dataclass(frozen=True)
class Opening:
    """A time and a room that would do."""

    starts: datetime
    room: int


def openings(
    now: Standing, slot: Slot, windows: Sequence[Window], rooms: Sequence[Any], *, most: int = 6, apart: bool = False
) -> list[Opening]:
    """The next free places within some windows, the earliest first; at each time the smallest room that does.

    Exact: nothing is offered that the rules of people or rooms would object to, and nothing earlier is left out, but
    with `apart` what would overlap with an earlier one in its room.
    """
    found: list[Opening] = []
    length, taken = slot.ends - slot.starts, dict[int, datetime]()
    by_size = sorted(rooms, key=lambda room: (room.capacity is None, room.capacity or 0, room.position, room.id))
    for starts in _starts(windows, length):
        there = replace(slot, starts=starts, ends=starts + length, rooms=frozenset(), overflow=frozenset())
        if now.wrong(there, PEOPLE - {Rule.CHANGE}):
            continue
        for room in by_size:
            inside = replace(there, rooms=frozenset({room.id}))
            if not now.wrong(inside, PEOPLE | ROOMS):
                if not apart or taken.get(room.id, starts) <= starts:
                    found.append(Opening(starts, room.id))
                    taken[room.id] = starts + length
                break
        if len(found) >= most:
            break
    return found


def _starts(windows: Sequence[Window], length: timedelta) -> Iterator[datetime]:
    """Quarters of an hour at which something of that length lies wholly in a window, each once, in order."""
    seen: set[datetime] = set()
    for begins, ends in windows:
        at = begins
        while at + length <= ends:
            seen.add(at)
            at += STEP
    yield from sorted(one for one in seen if one > clock.now())
