"""Clashes in words of the page's language, on each session that they concern and in a list of them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confapp.foundation.languages import N_, best, comma, joined, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.programme.models import AcceptedClash
from confapp.programme.queries.clashes import Clashes
from confapp.programme.rules import LAYOUT_NAMES, Severity
from confapp.programme.rules.clashes import OF_ROOMS, RULE_NAMES, Clash, Rule, free_rooms

SHAPES: dict[str, str] = {Severity.BLOCK: "bad", Severity.WARN: "attention", Severity.IGNORE: "neutral"}
MOST_NAMED = 4  # free rooms


@dataclass(frozen=True)
class ShownClash:
    """One line of the list of clashes: when, what is wrong, and its sessions with their addresses."""

    when: str
    what: str
    sessions: list[tuple[dict[str, str], str]]
    rule: str
    shape: str
    severity: str
    day: str
    sentence: str
    advice: str
    clash: Clash


class Words:
    """`placed` are the sessions by id as the table has them: title, hours, starts, room_ids; `address` opens one."""

    def __init__(
        self, clashes: Clashes, placed: Mapping[int, Any], rooms: Mapping[int, str], address: Callable[[Any], str]
    ) -> None:
        self.clashes, self.placed, self.rooms, self.address = clashes, placed, rooms, address

    def by_session(self) -> dict[int, list[tuple[str, str]]]:
        """What is wrong with each session: a shape and a sentence each."""
        found: dict[int, list[tuple[str, str]]] = {}
        for clash in self.clashes.found:
            for one in clash.sessions:
                found.setdefault(one, []).append((SHAPES[clash.severity], self.sentence(clash, one)))
        return found

    def shapes(self) -> dict[int, str]:
        """How the worst of each session's clashes is marked."""
        order = sorted(self.clashes.found, key=lambda clash: clash.severity == Severity.BLOCK)
        return {session: SHAPES[clash.severity] for clash in order for session in clash.sessions}

    def sentence(self, clash: Clash, session: int) -> str:
        """A clash as it is told on one of its sessions."""
        other = next((self.placed[one] for one in clash.sessions if one != session), None)
        return _SENTENCES[clash.rule](self, clash, other, session)

    def lines(self) -> list[ShownClash]:
        return [self.line(clash) for clash in self.clashes.found]

    def accepted(self) -> list[tuple[ShownClash, AcceptedClash]]:
        return [(self.line(clash), kept) for clash, kept in self.clashes.accepted]

    def mend(self, line: ShownClash) -> str:
        """What would mend a clash: for those about rooms with the names of some that are free and would do."""
        rooms = free_rooms(line.clash, self.clashes.slots, self.clashes.around)[:MOST_NAMED]
        if line.clash.rule not in OF_ROOMS:
            return line.advice
        if not rooms:
            return _("%(advice)s No other room would do at this time.", advice=line.advice)
        names = joined(self.room(room) for room in rooms)
        return _("%(advice)s Free then and fitting: %(rooms)s.", advice=line.advice, rooms=names)

    def line(self, clash: Clash) -> ShownClash:
        rows = [self.placed[one] for one in clash.sessions]
        starts = rows[-1].starts
        return ShownClash(
            f"{filters.short_day(starts.date())}{comma()}{starts:%H:%M}",
            self._what(clash),
            [(one.title, self.address(one)) for one in rows],
            clash.rule.value,
            SHAPES[clash.severity],
            clash.severity.value,
            starts.date().isoformat(),
            self.sentence(clash, clash.sessions[-1]),
            _(ADVICE[clash.rule]),
            clash,
        )

    def _what(self, clash: Clash) -> str:
        if clash.rule == Rule.ROOM:
            return _("%(room)s is used twice", room=self.room(clash.needed))
        if clash.rule == Rule.PERSON:
            return _("%(person)s is in two places", person=self.person(clash.needed))
        return _(RULE_NAMES[clash.rule])

    def room(self, room_id: int) -> str:
        return self.rooms.get(room_id, _("No room"))

    def person(self, person_id: int) -> str:
        return self.clashes.people.get(person_id, "")

    def where(self, placed: Any) -> str:
        return joined(self.rooms[room] for room in placed.room_ids) or f"“{self.title(placed)}”"

    @staticmethod
    def title(placed: Any) -> str:
        return best(placed.title)


# --- a sentence for each rule -----------------------------------------------------------------------------------------


def _person(words: Words, clash: Clash, other: Any, session: int) -> str:
    name = words.person(clash.needed)
    return _("%(person)s is also in %(room)s, %(hours)s", person=name, room=words.where(other), hours=other.hours)


def _room(words: Words, clash: Clash, other: Any, session: int) -> str:
    room, title = words.room(clash.needed), words.title(other)
    return _("%(room)s is also used by “%(title)s”, %(hours)s", room=room, title=title, hours=other.hours)


def _closed(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _("%(room)s is not open the whole time", room=words.room(clash.needed))


def _buffer(words: Words, clash: Clash, other: Any, session: int) -> str:
    room, title = words.room(clash.needed), words.title(other)
    return _(
        "Too little time in %(room)s between this and “%(title)s”, %(hours)s", room=room, title=title, hours=other.hours
    )


def _size(words: Words, clash: Clash, other: Any, session: int) -> str:
    wanted = next((slot.audience for slot in words.clashes.slots if slot.session == session), None)
    return ngettext(
        "%(room)s has %(num)d seat, and %(wanted)s are needed",
        "%(room)s has %(num)d seats, and %(wanted)s are needed",
        int(clash.about),
        room=words.room(clash.needed),
        wanted=wanted or 0,
    )


def _needs(words: Words, clash: Clash, other: Any, session: int) -> str:
    what, _colon, name = clash.about.partition(":")
    room = words.room(clash.needed)
    if what == "equipment":
        return _("%(room)s has no %(thing)s", room=room, thing=name)
    if what == "layout":
        layout = _(LAYOUT_NAMES[name]) if name in LAYOUT_NAMES else name
        return _("%(room)s cannot be set up as: %(layout)s", room=room, layout=layout)
    if what == "booths":
        return ngettext(
            "%(room)s has fewer booths than the %(num)d needed",
            "%(room)s has fewer booths than the %(num)d needed",
            int(name),
            room=room,
        )
    return _("%(room)s has no step-free access", room=room)


def _absent(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _("%(person)s is not available at this time", person=words.person(clash.needed))


def _waking(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _("Where %(person)s is, it begins at %(hour)s", person=words.person(clash.needed), hour=clash.about[-5:])


def _change(words: Words, clash: Clash, other: Any, session: int) -> str:
    return ngettext(
        "%(person)s has %(num)d minute to change rooms: “%(title)s”, %(hours)s",
        "%(person)s has %(num)d minutes to change rooms: “%(title)s”, %(hours)s",
        int(clash.about),
        person=words.person(clash.needed),
        title=words.title(other),
        hours=other.hours,
    )


def _theme(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _("“%(title)s” of the same theme runs in parallel, %(hours)s", title=words.title(other), hours=other.hours)


def _interpreter(words: Words, clash: Clash, other: Any, session: int) -> str:
    name, minutes = words.person(clash.needed), int(clash.about)
    long = f"{minutes // 60}:{minutes % 60:02d}"
    if clash.rule == Rule.INTERPRETER_DAY:
        return _("%(person)s interprets %(hours)s hours on this day", person=name, hours=long)
    return _("%(person)s interprets %(hours)s hours without a break", person=name, hours=long)


def _delegation(words: Words, clash: Clash, other: Any, session: int) -> str:
    name, title = best(words.clashes.delegations.get(clash.needed, {})), words.title(other)
    return _(
        "%(delegation)s has one person and is also in “%(title)s”, %(hours)s",
        delegation=name,
        title=title,
        hours=other.hours,
    )


def _head(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _(
        "%(person)s, head of a delegation that has its turn, is also needed in “%(title)s”, %(hours)s",
        person=words.person(clash.needed),
        title=words.title(other),
        hours=other.hours,
    )


def _alone(words: Words, clash: Clash, other: Any, session: int) -> str:
    return _("“%(title)s” runs beside it, %(hours)s", title=words.title(other), hours=other.hours)


def _order(words: Words, clash: Clash, other: Any, session: int) -> str:
    title = words.title(other)
    if session == clash.first:
        return _("It does not end early enough before “%(title)s”, %(hours)s", title=title, hours=other.hours)
    return _("It begins too early after “%(title)s”, %(hours)s", title=title, hours=other.hours)


_SENTENCES: dict[str, Callable[[Words, Clash, Any, int], str]] = {
    Rule.PERSON: _person,
    Rule.ROOM: _room,
    Rule.CLOSED: _closed,
    Rule.BUFFER: _buffer,
    Rule.SIZE: _size,
    Rule.NEEDS: _needs,
    Rule.ABSENT: _absent,
    Rule.WAKING: _waking,
    Rule.CHANGE: _change,
    Rule.THEME: _theme,
    Rule.INTERPRETER_DAY: _interpreter,
    Rule.INTERPRETER_STRETCH: _interpreter,
    Rule.DELEGATION: _delegation,
    Rule.HEAD: _head,
    Rule.ALONE: _alone,
    Rule.ORDER: _order,
    Rule.WISHED_ORDER: _order,
}


_ELSEWHERE, _LATER = N_("Give one of them another time."), N_("Give it another time.")
ADVICE: dict[str, str] = {
    Rule.PERSON: _ELSEWHERE,
    Rule.ROOM: N_("Give one of them another time or room."),
    Rule.CLOSED: N_("Give it another time or room, or change the hours of the room."),
    Rule.BUFFER: N_("Leave more time, or give one of them another room."),
    Rule.SIZE: N_("Give it a larger room, or a second one that follows it on a screen."),
    Rule.NEEDS: N_("Give it another room."),
    Rule.ABSENT: _LATER,
    Rule.WAKING: _LATER,
    Rule.CHANGE: N_("Leave more time, or give both the same room."),
    Rule.THEME: _ELSEWHERE,
    Rule.INTERPRETER_DAY: N_("Name another interpreter for some of these sessions."),
    Rule.INTERPRETER_STRETCH: N_("Plan a break, or name another interpreter."),
    Rule.DELEGATION: _ELSEWHERE,
    Rule.HEAD: N_("Give one of them another time, or name who speaks for the delegation."),
    Rule.ALONE: _ELSEWHERE,
    Rule.ORDER: _ELSEWHERE,
    Rule.WISHED_ORDER: _ELSEWHERE,
}


def worst_first(lines: Sequence[ShownClash]) -> list[ShownClash]:
    return sorted(lines, key=lambda line: (line.severity != Severity.BLOCK, line.day, line.when))
