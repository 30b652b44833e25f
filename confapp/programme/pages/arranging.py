"""A run of the scheduler in words: its moves by day, the wishes that are not met, the demands that contradict."""

from collections.abc import Collection, Mapping, Sequence
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
    why: list[str]


class Names(NamedTuple):
    sessions: Mapping[int, Any]
    rooms: Mapping[int, str]
    people: Mapping[int, str]
    zone: str
    lost_rooms: Collection[int] = ()
    absent: Collection[int] = ()

    def title(self, one: int) -> str:
        return best(self.sessions[one].title) if one in self.sessions else "–"


def days_of(row: Arrangement, names: Names) -> list[tuple[date, list[Move]]]:
    """Moves by the day on which they end up."""
    days: dict[date, list[Move]] = {}
    for move in row.moves:
        session = names.sessions.get(move["session"])
        if session is not None:
            day = clock.local(starts_of(move["after"]), names.zone).date()
            places = _where(move["before"], names), _where(move["after"], names)
            one = Move(session.id, session.title, session.ref, *places, why_of(move, names))
            days.setdefault(day, []).append(one)
    return sorted(days.items())


def why_of(move: Mapping[str, Any], names: Names) -> list[str]:
    """Why a session is moved, in sentences; nothing for a run of which that was not kept."""
    why = move.get("why")
    if move["before"] is None:
        return [_("It had no place.")]
    if why is None:
        return []
    if why["forced"]:
        return [_("It cannot stay: %(demand)s", demand=_said(one, names)) for one in why["forced"]]
    if why["made_way"]:
        return [_("It makes way for others: %(demand)s", demand=_said(one, names)) for one in why["made_way"]]
    better = [_(WISHES[wish]) for wish, was, now in why["wishes"] if now < was]
    worse = [_(WISHES[wish]) for wish, was, now in why["wishes"] if now > was]
    told = [_("Better met: %(wishes)s.", wishes=joined(better))] if better else []
    told += [_("Less well met: %(wishes)s.", wishes=joined(worse))] if worse else []
    return told if better else [*told, _("All sessions together meet more wishes so.")]


def _said(demand: Mapping[str, Any], names: Names) -> str:
    """A demand; what is lost in a repair is said as such."""
    kind, one = demand["kind"], demand["one"]
    if kind == "open" and one in names.lost_rooms:
        return _("%(room)s is lost.", room=names.rooms.get(one, "–"))
    if kind == "available" and one in names.absent:
        return _("%(person)s is away.", person=names.people.get(one, "–"))
    return _in_words(demand, names)


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
        found.append((_in_words(demand, names), value_of(demand)))
    return found


def _in_words(demand: Mapping[str, Any], names: Names) -> str:
    kind, one, other = demand["kind"], demand["one"], demand["other"]
    words = {
        "session": names.title(one),
        "other": names.title(other),
        "person": names.people.get(one, "–"),
        "room": names.rooms.get(one, "–"),
    }
    return _(DEMANDS[kind]) % words


def value_of(demand: Mapping[str, Any]) -> str:
    return f"{demand['kind']}:{demand['one']}:{demand['other']}"
