"""Keeping the promise printed where sealed data are asked for: they are deleted a month after the conference."""

from confapp.conferences.actions.archive import SEALED, sealed_tables
from confapp.conferences.models import Conference
from confapp.foundation import audit, erasure, sealing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db


def purge_sealed(conference: Conference) -> None:
    """Empties every sealed column of a conference and destroys its keys, so that no backup can be read either."""
    for data_class in SEALED:
        sealing.shred(conference.id, data_class.value)
    erasure.purge(conference.id, sealed_tables(), SEALED)
    db.session.expire_all()
    audit.record(SYSTEM, "purge_sealed", conference)
