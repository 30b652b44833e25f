"""How a conference begins: empty, from a template, or as a copy of an earlier one."""

from collections.abc import Collection
from typing import Any

from confapp.conferences import queries, templates
from confapp.conferences.actions.conferences import create
from confapp.conferences.actions.copying import copy_conference
from confapp.conferences.actions.filling import fill_conference, offered_parts
from confapp.conferences.actions.parts import Counted, Part, figures, ordered_parts
from confapp.conferences.models import Conference
from confapp.conferences.templates import Template
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

Beginning = Template | Conference | None


def beginning(actor: Actor, named: str) -> Beginning:
    """What a name stands for: nothing, `template:…` or `copy:…`; refused when there is no such thing for the actor."""
    way, _colon, name = named.partition(":")
    if not named:
        return None
    found = templates.named(name) if way == "template" else queries.by_slug(name) if way == "copy" else None
    if found is None or (isinstance(found, Conference) and found not in queries.readable_by(actor)):
        raise Refused(_("Choose a beginning from the list."), 422, "begin")
    return found


def parts_of(begin: Beginning) -> list[tuple[str, Part]]:
    """What can be chosen of a beginning."""
    if begin is None:
        return []
    if isinstance(begin, Conference):
        return [(name, part) for name, part in ordered_parts() if part.is_copied]
    return offered_parts(begin)


def begin_conference(actor: Actor, begin: Beginning, slug: str, chosen: Collection[str], **fields: Any) -> Conference:
    if begin is None:
        return create(actor, slug, **fields)
    if isinstance(begin, Conference):
        return copy_conference(actor, begin, slug, chosen, **fields)[0]
    return fill_conference(actor, begin, slug, chosen, **fields)


def preview(
    actor: Actor, begin: Beginning, slug: str, chosen: Collection[str], **fields: Any
) -> tuple[int, list[tuple[Counted, int]]]:
    """How many days, and of each thing, there would be: it is made and taken back, so the numbers are true."""
    with db.session.begin_nested() as attempt:
        conference = begin_conference(actor, begin, slug, chosen, **fields)
        found = len(conference.days), figures(conference)
        attempt.rollback()
    return found
