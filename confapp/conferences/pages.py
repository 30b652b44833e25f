"""What the desk shows of a conference: plain values for the templates, in words of the page's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from confapp.conferences import actions, rules
from confapp.conferences.actions import Counted
from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import LIFE, Phase
from confapp.conferences.templates import all_templates
from confapp.foundation import languages
from confapp.foundation.access import Actor
from confapp.foundation.languages import N_, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move

TABS = (
    ("edit", N_("Settings")),
    ("life", N_("Life cycle")),
    ("page_list", N_("Information pages")),
    ("first_steps", N_("First steps")),
)
STEPS = (Phase.DRAFT, Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED, Phase.RUNNING, Phase.CLOSED)
SHOWN = ("name", "theme", "host", "description", "venue", "city")


@dataclass(frozen=True)
class Line:
    """A page of practical information in the list, or the place of a standard one that is not written yet."""

    name: str
    title: dict[str, str]
    as_of: date | None
    missing: list[str]


def tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": _(label), "url": url_for(f"conferences_desk.{endpoint}"), "current": endpoint == current}
        for endpoint, label in TABS
    ]


def beginnings(current: str) -> list[tuple[str, Any, str, bool]]:
    """(address, name, what it is, whether it is chosen) of each beginning beside the copies."""
    empty = ({languages.current(): _("Empty")}, {languages.current(): _("Nothing but its name, dates and place.")})
    offered: list[tuple[str, Any, Any]] = [("", *empty)]
    offered += [(f"template:{one.key}", one.name, one.lead) for one in all_templates()]
    return [(url_for(".new", begin=name or None), title, lead, name == current) for name, title, lead in offered]


def days_of(begin: Any) -> int:
    return len(begin.days) if isinstance(begin, Conference) else begin.days if begin else 0


def preview(days: int, found: Sequence[tuple[Counted, int]]) -> list[tuple[str, int]]:
    return [(_("Days"), days)] + [(_(one.label), number) for one, number in found]


def waiting(found: Sequence[tuple[Counted, int]]) -> int:
    """How many sessions would stand without a time."""
    numbers = {one.model.__tablename__: number for one, number in found}
    return numbers.get("session", 0) - numbers.get("placement", 0)


def figures(conference: Conference) -> list[tuple[str, str, int]]:
    """(what, where it is looked at, how many) of all that there is."""
    return [(_(one.label), url_for(one.endpoint, **one.values), number) for one, number in actions.figures(conference)]


def first_steps(conference: Conference) -> list[tuple[str, str, str, bool]]:
    """(what to do, a hint, where, whether it is done), in the order in which it is usually done."""
    return [
        (_(one.label), _(one.hint), url_for(one.endpoint), one.is_done(conference)) for one in actions.ordered_steps()
    ]


def missing(conference: Conference) -> list[tuple[str, str]]:
    """(field, languages) of texts that are written in some of the conference's languages but not in all."""
    names = {"name": _("Name"), "theme": _("Theme"), "host": _("Host"), "description": _("Description")}
    names |= {"venue": _("Venue"), "city": _("City")}
    found = []
    for field in SHOWN:
        value = getattr(conference, field)
        if value and (behind := languages.missing(value, conference.languages)):
            found.append((names[field], _names(behind)))
    return found


def life_steps(conference: Conference, at: datetime) -> list[dict[str, str]]:
    """The life of a conference as steps, up to where it stands."""
    shown = (*STEPS, Phase.ARCHIVED)
    here = shown.index(rules.phase(conference, at))
    states = ["done"] * here + ["current"] + ["todo"] * (len(shown) - here - 1)
    return [{"label": _(rules.PHASE_NAMES[phase]), "state": state} for phase, state in zip(shown, states, strict=True)]


def moves(conference: Conference, actor: Actor) -> list[tuple[Move, str, str]]:
    """The moves from here with what they do, and why one is not possible now."""
    return [
        (move, _(rules.EFFECTS[move.verb]), (move.guard(conference) if move.guard else None) or "")
        for move in LIFE
        if conference.status in move.sources and move.permit.allows(actor, conference)
    ]


def page_list(conference: Conference, rows: Sequence[ConferencePage]) -> list[Line]:
    written = {row.name for row in rows}
    lines = [Line(row.name, row.title, row.as_of, _behind(row, conference.languages)) for row in rows]
    lines += [
        Line(name, {languages.current(): _(title)}, None, [])
        for name, title in rules.PAGES.items()
        if name not in written
    ]
    return sorted(lines, key=lambda line: rules.page_position(line.name))


def standard_title(name: str, codes: Sequence[str]) -> dict[str, str]:
    """The usual title of a standard page in each language of the interface that the conference uses."""
    titles = {}
    for code in codes:
        if code in languages.INTERFACE:
            with speaking(code):
                titles[code] = _(rules.PAGES[name])
    return titles


def _behind(row: ConferencePage, codes: list[str]) -> list[str]:
    behind = {*languages.missing(row.title, codes), *languages.missing(row.text, codes)}
    return [languages.language(code).name for code in codes if code in behind]


def _names(codes: Sequence[str]) -> str:
    return languages.joined(languages.language(code).name for code in codes)
