"""The blueprint of the own pages, and what several of them need."""

from typing import Any

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from confapp.foundation.web.guard import found
from confapp.registration import queries
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import ACCREDITATION, ANSWER_FOR, NAME_MEMBERS
from confapp.registration.views.marks import words

registration_me = Blueprint("registration_me", __name__, url_prefix="/me/<conference>")
registration_me.context_processor(lambda: words(for_office=False))

Page = Response | str | tuple[str, int]


def own_delegation(ref: str) -> Delegation:
    """A delegation that somebody answers for; the office has its own page at the desk."""
    row = found(queries.delegation(g.actor, g.conference, ref))
    return found(row if NAME_MEMBERS.allows(g.actor, row) else None)


def own_registration(ref: str) -> Registration:
    row = found(queries.registration(g.actor, g.conference, ref))
    return found(row if ANSWER_FOR.allows(g.actor, row) else None)


def move_named(verb: str) -> Any:
    return ACCREDITATION.named(verb) or abort(404)


def address(row: Delegation | Registration) -> str:
    name = "delegation" if isinstance(row, Delegation) else "registration"
    return url_for(f"registration_me.{name}", ref=row.ref)
