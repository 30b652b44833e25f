"""A run of the scheduler in words: its moves by day, the wishes that are not met, the demands that contradict."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from confapp.foundation import clock
from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.programme.models import Arrangement
from confapp.programme.rules.arranging import DEMANDS, WISHES
from confapp.programme.rules.commands import Place, starts_of


class Move(NamedTuple):
    session: int
    title: dict[str, str]
    ref: str
    before: str
    after: str


class Names(NamedTuple):
    sessions: Mapping[int, Any]
    rooms: Mapping[int, str]
    people: Mapping[int, str]
    zone: str

    def title(self, one: int) -> str:
        return best(self.sessions[one].title) if one in self.sessions else "–"


def days_of(row: Arrangement, names: Names) -> list[tuple[date, list[Move]]]:
    """Moves by the day on which they end up."""
    days: dict[date, list[Move]] = {}
    for move in row.moves:
        session = names.sessions.get(move["session"])
        if session is not None:
            day = clock.local(starts_of(move["after"]), names.zone).date()
            one = Move(
                session.id, session.title, session.ref, _where(move["before"], names), _where(move["after"], names)
            )
            days.setdefault(day, []).append(one)
    return sorted(days.items())


def _where(place: Place | None, names: Names) -> str:
    if place is None:
        return _("Without a place")
    starts = clock.local(starts_of(place), names.zone)
    rooms = joined(names.rooms.get(room, "–") for room, _overflow in place["rooms"])
    return " · ".join(filter(None, (f"{filters.short_day(starts.date())}, {starts:%H:%M}", rooms)))


def unmet_of(row: Arrangement, names: Names) -> list[tuple[str, list[str], int]]:
    """For each kind of wish that is not met: its name, the sessions (with whom or how many) and what it costs."""
    found: dict[str, tuple[list[str], int]] = {}
    for one in row.unmet:
        wish, sessions, about, cost = one["wish"], one["sessions"], one["about"], one["cost"]
        lines, so_far = found.get(wish, ([], 0))
        line = joined(names.title(its) for its in sessions)
        who = names.people.get(about, "") if wish in ("changes", "interpreter") else ""
        found[wish] = [*lines, f"{who}: {line}" if who else line], so_far + cost
    return [(_(WISHES[wish]), lines, cost) for wish, (lines, cost) in found.items() if wish in WISHES]


def demands_of(conflict: Sequence[Mapping[str, Any]], names: Names) -> list[tuple[str, str]]:
    """Each with the value that a button sends to relax it."""
    found = []
    for demand in conflict:
        kind, one, other = demand["kind"], demand["one"], demand["other"]
        words = {
            "session": names.title(one),
            "other": names.title(other),
            "person": names.people.get(one, "–"),
            "room": names.rooms.get(one, "–"),
        }
        found.append((_(DEMANDS[kind]) % words, value_of(demand)))
    return found


def value_of(demand: Mapping[str, Any]) -> str:
    return f"{demand['kind']}:{demand['one']}:{demand['other']}"
