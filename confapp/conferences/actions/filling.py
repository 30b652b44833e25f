"""A new conference begun from a template: each feature fills in its part by its own actions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from confapp.conferences.actions.conferences import create
from confapp.conferences.actions.pages import put_page
from confapp.conferences.actions.parts import Part, ordered_parts
from confapp.conferences.models import Conference
from confapp.conferences.templates import Template
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


@dataclass
class Filling:
    """One filling under way, and what was made of each thing by its kind and its key in the template."""

    actor: Actor
    template: Template
    target: Conference
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def words(self, texts: Mapping[str, str] | None) -> dict[str, str]:
        """A text in the languages of the conference; in English where it is in none of them."""
        texts = texts or {}
        chosen = {code: texts[code] for code in self.target.languages if texts.get(code)}
        return chosen or {code: text for code, text in texts.items() if code == "en"}

    def moment(self, day: int, at: str) -> datetime | None:
        """An hour of the conference's first, second … day by the clock on the wall; none after its last,
        and none where the clocks leave that hour out."""
        on = self.target.starts_on + timedelta(days=day - 1)
        if on > self.target.ends_on:
            return None
        try:
            return clock.instant(datetime.combine(on, time.fromisoformat(at)), self.target.zone, second=False)
        except clock.LocalTimeError:
            return None


def fill_conference(actor: Actor, template: Template, slug: str, chosen: Collection[str], **fields: Any) -> Conference:
    """A new draft with the chosen parts of a template."""
    offered = [name for name, _part in offered_parts(template)]
    if any(name not in offered for name in chosen):
        raise Refused(_("Choose parts from the list."), 422, "taken")
    target = create(actor, slug, **{"languages": list(template.languages)} | fields)
    under_way = Filling(actor, template, target)
    done = []
    with in_conference(target.id):
        for name, part in offered_parts(template):
            if name in chosen and part.fill and (not part.needs or part.needs in chosen):
                part.fill(under_way, template.parts[part.reads or name])
                db.session.flush()
                done.append(name)
        audit.record(actor, "fill", target, template=template.key, parts=done)
    return target


def offered_parts(template: Template) -> list[tuple[str, Part]]:
    """The parts of which a template says something."""
    return [(name, part) for name, part in ordered_parts() if part.fill and (part.reads or name) in template.parts]


def fill_pages(filling: Filling, data: dict[str, Any]) -> None:
    today = clock.today(filling.target.zone)
    for one in data["pages"]:
        title, text = filling.words(one["title"]), filling.words(one["text"])
        put_page(filling.actor, filling.target, one["name"], title=title, text=text, as_of=today)
