"""The rules of clashes once more, slow and plain: every pair against every other and every minute one by one. It shares
nothing with the engine but the values that it is given."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from confapp.programme.rules.clashes import DEFAULTS, Hall, Programme, Rule, Slot

Told = tuple[Rule, frozenset[int], int, str]
MINUTE = timedelta(minutes=1)


def obvious(slots: Sequence[Slot], around: Programme) -> set[Told]:
    """By the rules as they are at first: (rule, sessions, needed, about)."""
    ordered = sorted(slots, key=lambda one: (one.starts, one.session))
    found = {told for slot in ordered for told in _of_one(slot, around)}
    for first, second in combinations(ordered, 2):
        both = frozenset({first.session, second.session})
        found |= {(rule, both, needed, about) for rule, needed, about in _of_two(first, second, around)}
    for order in around.orders:
        at = {slot.session: slot for slot in slots}
        if order.first in at and order.then in at:
            gap = at[order.then].starts - at[order.first].ends
            if gap < timedelta(minutes=order.minutes):
                rule = Rule.ORDER if order.is_rule else Rule.WISHED_ORDER
                found.add((rule, frozenset({order.first, order.then}), 0, str(order.minutes)))
    return found | set(_of_interpreters(ordered, around))


def _of_one(slot: Slot, around: Programme) -> Iterator[Told]:
    me, at = frozenset({slot.session}), slot.starts.isoformat()
    halls = {room: around.rooms[room] for room in slot.rooms | slot.overflow if room in around.rooms}
    for room, hall in halls.items():
        if hall.closed or not _free_throughout(slot, hall.open, hall.shut):
            yield Rule.CLOSED, me, room, at
    seats = [hall.layouts.get(slot.layout, hall.capacity) for hall in halls.values()]
    known = [one for one in seats if one is not None]
    if (
        slot.rooms
        and slot.audience is not None
        and not slot.background
        and len(known) == len(slot.rooms | slot.overflow)
        and sum(known) < slot.audience
    ):
        yield Rule.SIZE, me, min(slot.rooms), str(sum(known))
    own = [hall for room, hall in halls.items() if room in slot.rooms]
    if own:
        yield from ((Rule.NEEDS, me, min(slot.rooms), lack) for lack in _lacks(slot, own))
    for person in slot.people | slot.interpreters:
        if guest := around.people.get(person):
            if not _free_throughout(slot, guest.free, guest.busy):
                yield Rule.ABSENT, me, person, at
            if guest.zone:
                begins, ends = (
                    one.astimezone(ZoneInfo(guest.zone)).replace(tzinfo=None) for one in (slot.starts, slot.ends)
                )
                midnight = begins.replace(hour=0, minute=0)
                if begins < midnight + timedelta(hours=7) or ends > midnight + timedelta(hours=22):
                    yield Rule.WAKING, me, person, f"{begins:%Y-%m-%d %H:%M}"


def _lacks(slot: Slot, halls: list[Hall]) -> Iterator[str]:
    for thing in slot.equipment:
        if not any(thing in hall.equipment for hall in halls):
            yield f"equipment:{thing}"
    if slot.layout and any(hall.layouts and slot.layout not in hall.layouts for hall in halls):
        yield f"layout:{slot.layout}"
    if slot.step_free and any(hall.step_free is False for hall in halls):
        yield "step_free:"
    if sum(hall.booths for hall in halls) < slot.booths:
        yield f"booths:{slot.booths}"


def _minutes(slot: Slot) -> list[datetime]:
    return [slot.starts + MINUTE * n for n in range(int((slot.ends - slot.starts) / MINUTE))]


def _free_throughout(
    slot: Slot, free: Sequence[tuple[datetime, datetime]], busy: Sequence[tuple[datetime, datetime]]
) -> bool:
    def inside(minute: datetime, windows: Sequence[tuple[datetime, datetime]]) -> bool:
        return any(begin <= minute < end for begin, end in windows)

    return all((not free or inside(one, free)) and not inside(one, busy) for one in _minutes(slot))


def _of_two(a: Slot, b: Slot, around: Programme) -> Iterator[tuple[Rule, int, str]]:
    """Of two in order of time."""
    at_once, gap = bool(set(_minutes(a)) & set(_minutes(b))), (b.starts - a.ends) / MINUTE
    people, others = a.people | a.interpreters, b.people | b.interpreters
    shared = {
        hall: max(_buffer(one, hall, around) for one in (a, b)) for hall in _leaves(a, around) & _leaves(b, around)
    }
    quiet = a.background or b.background
    if at_once:
        yield from ((Rule.PERSON, one, "") for one in people & others)
        if shared:
            yield Rule.ROOM, min(shared), ""
        if a.theme is not None and a.theme == b.theme and not quiet:
            yield Rule.THEME, a.theme, ""
        if (a.alone or b.alone) and not quiet:
            yield Rule.ALONE, 0, ""
        for one in (people & b.heads - others) | (others & a.heads - people):
            yield Rule.HEAD, one, ""
        for one in (a.delegations & (b.delegations | b.members)) | (b.delegations & a.members):
            if one in around.single:
                yield Rule.DELEGATION, one, ""
    elif not quiet:
        short = [hall for hall, buffer in shared.items() if 0 <= gap < buffer]
        if short:
            yield Rule.BUFFER, min(short), ""
        if 0 <= gap < (DEFAULTS[Rule.CHANGE].amount or 0) and a.rooms and b.rooms and not a.rooms & b.rooms:
            areas = {around.rooms[room].area if room in around.rooms else "" for room in a.rooms | b.rooms}
            if areas == {""} or len(areas) > 1:
                for one in people & others:
                    if one not in around.people or not around.people[one].zone:
                        yield Rule.CHANGE, one, str(int(gap))


def _leaves(slot: Slot, around: Programme) -> set[int]:
    return {hall for room in slot.rooms | slot.overflow for hall in _below(room, around)}


def _below(room: int, around: Programme) -> set[int]:
    parts = around.rooms[room].parts if room in around.rooms else ()
    return {hall for part in parts for hall in _below(part, around)} if parts else {room}


def _buffer(slot: Slot, hall: int, around: Programme) -> int:
    used = [room for room in slot.rooms | slot.overflow if room in around.rooms and hall in _below(room, around)]
    return max((around.rooms[room].buffer for room in used), default=0)


def _of_interpreters(ordered: list[Slot], around: Programme) -> Iterator[Told]:
    """A day's minutes counted one by one, and every minute after which nothing follows for a quarter of an hour."""
    zone = ZoneInfo(around.zone)
    for person in {one for slot in ordered for one in slot.interpreters}:
        its = [slot for slot in ordered if person in slot.interpreters]
        for day in {slot.starts.astimezone(zone).date() for slot in its}:
            then = [slot for slot in its if slot.starts.astimezone(zone).date() == day]
            minutes = {minute for slot in then for minute in _minutes(slot)}
            if len(minutes) > 6 * 60:
                yield Rule.INTERPRETER_DAY, frozenset({then[-1].session}), person, str(len(minutes))
        worked = {minute for slot in its for minute in _minutes(slot)}
        begun = None
        for minute in sorted(worked):
            begun = begun or minute
            if not any(minute + MINUTE * n in worked for n in range(1, 16)):
                long = int((minute + MINUTE - begun) / MINUTE)
                if long > 180:
                    last = [slot for slot in its if begun <= slot.starts <= minute][-1]
                    yield Rule.INTERPRETER_STRETCH, frozenset({last.session}), person, str(long)
                begun = None
