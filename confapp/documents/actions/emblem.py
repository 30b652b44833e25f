"""The organizer's emblem: set, described and taken away. Papers that were issued keep what they were printed with."""

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.models import Emblem
from confapp.foundation import audit, files
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
Kept = tuple[str, int, str]  # sha256, size, ending of a drawing that was cleaned and kept


def set_emblem(conference: Conference, alt: Texts, kept: Kept | None, *, by: Actor) -> Emblem:
    """With a new drawing, or with other words for the present one."""
    row, said = queries.emblem(), cleaned(alt)
    if row is None and kept is None:
        raise Refused(_("Choose the file of the emblem."), 422, "file")
    if kept is not None:
        sha256, size, ending = kept
        stored = files.register(
            sha256, size, MEDIA_TYPES[ending], f"emblem.{ending}", conference_id=conference.id, by=by.account_id
        )
        if row is None:
            row = Emblem(conference_id=conference.id, file=stored, alt=said)
            db.session.add(row)
        row.file = stored
    assert row is not None
    row.alt = said
    db.session.flush()
    audit.record(by, "documents.emblem", row, file=row.file.sha256, alt=said)
    return row


def remove_emblem(*, by: Actor) -> None:
    row = queries.emblem()
    if row is not None:
        audit.record(by, "documents.remove_emblem", row, file=row.file.sha256)
        db.session.delete(row)
        db.session.flush()
