"""The list of sessions narrowed by what they are and by where they stand in the draft."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import g, request

from confapp.conferences.rules import FORMAT_NAMES
from confapp.foundation import clock
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.programme import queries
from confapp.programme.models import OwnKind, Session, Theme
from confapp.programme.queries import kinds
from confapp.programme.queries.board import Placed
from confapp.programme.rules import ACCESS_NAMES, KIND_NAMES

Words = list[tuple[str, str]]
Values = Callable[[Session], Iterable[str]]


class Narrowing:
    """What the address asks for; a value that nobody offers narrows nothing."""

    def __init__(self, places: Mapping[int, Placed]) -> None:
        rooms = {room.id: room for room in queries.rooms()}
        days = sorted({self._day(place) for place in places.values()})

        def stands(session: Session) -> Iterable[str]:
            place = places.get(session.id)
            return ["unplaced"] if place is None else ["cancelled"] if place.is_cancelled else []

        def day(session: Session) -> Iterable[str]:
            return [self._day(places[session.id]).isoformat()] if session.id in places else []

        def room(session: Session) -> Iterable[str]:
            return [rooms[one].ref for one in places[session.id].room_ids] if session.id in places else []

        own: Words = [(one.ref, best(one.name)) for one in kinds.rows(OwnKind)]
        offered: list[tuple[str, str, Words, Values]] = [
            ("kind", _("Kind"), [*own, *((str(one), _(name)) for one, name in KIND_NAMES.items())], _kinds),
            ("theme", _("Theme"), [(one.ref, best(one.name)) for one in kinds.rows(Theme)], _theme),
            ("day", _("Day"), [(one.isoformat(), filters.short_day(one)) for one in days], day),
            ("room", _("Room"), [(one.ref, best(one.name)) for one in rooms.values() if one.removed_at is None], room),
            ("state", _("Status"), [("unplaced", _("Without a place")), ("cancelled", _("Cancelled"))], stands),
            ("format", _("Format"), [(str(one), _(name)) for one, name in FORMAT_NAMES.items()], _format),
            ("access", _("Access"), [(str(one), _(name)) for one, name in ACCESS_NAMES.items()], _access),
        ]
        self.filters = [(name, label, words) for name, label, words, _values in offered if words]
        self.chosen = {name: request.args.get(name, "") for name, _label, _words in self.filters}
        self._asked = [
            (self.chosen[name], values)
            for name, _label, words, values in offered
            if self.chosen.get(name) in dict(words)
        ]

    @staticmethod
    def _day(place: Placed) -> Any:
        return clock.local(place.starts_at, g.conference.zone).date()

    def __bool__(self) -> bool:
        return bool(self._asked)

    def fits(self, session: Session) -> bool:
        return all(wanted in values(session) for wanted, values in self._asked)


def _kinds(session: Session) -> Iterable[str]:
    return [session.kind.value, *([session.own_kind.ref] if session.own_kind else [])]


def _theme(session: Session) -> Iterable[str]:
    return [session.theme.ref] if session.theme else []


def _format(session: Session) -> Iterable[str]:
    return [session.format.value]


def _access(session: Session) -> Iterable[str]:
    return [session.access.value]
