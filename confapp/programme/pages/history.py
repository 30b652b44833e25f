"""Acts on the draft, in words of the page's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined, ngettext
from confapp.foundation.web import filters
from confapp.programme.models import Command, Session
from confapp.programme.rules import PlacementState
from confapp.programme.rules.commands import VERB_NAMES, Place, starts_of

MOST_NAMED = 5


@dataclass(frozen=True)
class ShownAct:
    ref: str
    number: int
    at: datetime
    who: str
    verb: str
    sessions: list[tuple[dict[str, str], str, str, str]]  # title, ref, before, after
    more: int


def acts(
    commands: Sequence[Command], sessions: Mapping[int, Session], rooms: Mapping[int, str], zone: str
) -> list[ShownAct]:
    return [_act(one, sessions, rooms, zone) for one in commands]


def _act(command: Command, sessions: Mapping[int, Session], rooms: Mapping[int, str], zone: str) -> ShownAct:
    named = [change for change in command.changes if change["session"] in sessions][:MOST_NAMED]
    return ShownAct(
        command.ref,
        command.number,
        command.made_at,
        command.acting_name,
        _(VERB_NAMES.get(command.verb, command.verb)),
        [
            (
                sessions[one["session"]].title,
                sessions[one["session"]].ref,
                place_words(one["before"], rooms, zone),
                place_words(one["after"], rooms, zone),
            )
            for one in named
        ],
        len(command.changes) - len(named),
    )


def place_words(place: Place | None, rooms: Mapping[int, str], zone: str) -> str:
    if place is None:
        return _("Without a place")
    starts = starts_of(place)
    where = joined(rooms.get(room, "?") for room, _overflow in place["rooms"]) or _("No room")
    when = f"{filters.short_day(starts, zone)}, {filters.period(starts, place['minutes'], zone)}, {where}"
    return f"{when} ({_('Cancelled')})" if place["state"] == PlacementState.CANCELLED else when


def said(command: Command, sessions: Mapping[int, Session]) -> str:
    """One line for those who look at the same draft."""
    verb = _(VERB_NAMES.get(command.verb, command.verb))
    named = [sessions[one["session"]] for one in command.changes if one["session"] in sessions]
    if len(named) != 1:
        what = ngettext("%(num)d session", "%(num)d sessions", len(command.changes))
    else:
        what = f"“{languages.best(named[0].title)}”"
    return _("%(name)s: %(verb)s %(what)s", name=command.acting_name or _("Somebody"), verb=verb, what=what)
