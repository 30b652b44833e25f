"""What archiving removes: sealed values with their keys, the ways to reach people, and all links. Documents stay."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, union

from confapp.conferences.models import Conference
from confapp.conferences.rules import PURGED
from confapp.foundation import audit, erasure, jobs, sealing
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail, MailState
from confapp.people.actions import purging

SEALED = (Data.HIGH, Data.SPECIAL)
ON_THEIR_WAY = (MailState.QUEUED, MailState.LEASED, MailState.HANDING_OVER)


def purge(actor: Actor, conference: Conference) -> dict[str, Any]:
    """Removes personal data of a conference in the present transaction; returns counts for the audit record."""
    counts = purging.end_participants(actor, conference.id)
    purge_sealed(actor, conference)
    papers = _personal_files(conference.id)
    for table, columns in PURGED.items():
        erasure.purge(conference.id, [table], (Data.PERSONAL,), only=columns)
    erasure.erase(papers)
    jobs.enqueue("conferences.forget_files")
    db.session.expire_all()
    purging.fold_names()
    return counts | {"files": len(papers)}


def purge_sealed(actor: Actor, conference: Conference) -> None:
    """Passport numbers, access needs and whatever else is sealed: the values go, and their keys. In its scope."""
    for data_class in SEALED:
        shred(conference.id, data_class)
    erasure.purge(conference.id, sealed_tables(), SEALED)
    audit.record(actor, "purge_sealed", conference)


def shred(conference_id: int, data_class: Data) -> bool:
    """Destroys the key of a class, and notes it for a restore: an old backup has the wrapped key still."""
    if not sealing.shred(conference_id, data_class.value):
        return False
    erasure.purge(conference_id, ["data_key"], (), where={"data_class": data_class.value}, instead={"wrapped": None})
    return True


def _personal_files(conference_id: int) -> Sequence[StoredFile]:
    """The files behind personal columns: letters that name people, photographs. Published documents are none."""
    pointers = [
        select(column).where(column.is_not(None), table.c.conference_id == conference_id)
        for table in db.metadata.sorted_tables
        if "conference_id" in table.c
        for column in erasure.erased_columns(table)
        if column.references(StoredFile.__table__.c.id)
    ]
    return db.session.scalars(select(StoredFile).where(StoredFile.id.in_(union(*pointers)))).all()


def sealed_tables() -> list[str]:
    return [
        table.name
        for table in db.metadata.sorted_tables
        if "conference_id" in table.c and erasure.erased_columns(table, SEALED)
    ]


def refuse_waiting_mail(conference: Conference) -> None:
    waiting = db.session.scalar(
        select(func.count(Mail.id)).where(Mail.conference_id == conference.id, Mail.state.in_(ON_THEIR_WAY))
    )
    if waiting:
        raise Refused(_("Mails are still on their way. Archive the conference when they have been sent."))
