"""Photographs of those who are registered: taken from whoever answers for them, every look of another recorded."""

from flask import Response, g, request

from confapp.foundation.db import Data, db
from confapp.foundation.languages import gettext as _
from confapp.foundation.sealing import note_reading
from confapp.foundation.web import identity, photographs
from confapp.foundation.web.guard import found
from confapp.foundation.web.photographs import Sent
from confapp.foundation.web.transactions import in_record
from confapp.registration import queries
from confapp.registration.models import Registration
from confapp.registration.rules import ANSWER_FOR
from confapp.registration.rules.photos import is_own_face, may_see


def keep_photo() -> Sent | None:
    """For @prepare: the photograph of a registration that the asker answers for, sealed."""
    row = queries.registration(g.actor, g.conference, (request.view_args or {}).get("ref", ""))
    if row is None or not ANSWER_FOR.allows(g.actor, row):
        return None
    return photographs.sent_photo(g.conference.id)


def shown(row: Registration) -> Response:
    """The photograph itself. It is withheld when the look at it cannot be recorded."""
    stored = found(row.person.photo if may_see(g.actor, row) else None)
    content = found(photographs.content_of(stored))
    if not is_own_face(g.actor, row):
        reading = note_reading(
            g.actor, row.person, "photo", _("Looked at the photograph"), identity.address(), Data.HIGH.value
        )
        in_record(lambda: db.session.add(reading))
    return photographs.shown(content)
