"""Deleting protected data: each kind on its day by the daily job, or before it by the organizers."""

from confapp.conferences.actions.archive import shred
from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, erasure, jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import Data, db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.actions import purging
from confapp.registration.queries import privacy as kept
from confapp.registration.rules.privacy import (
    FIELDS,
    PURGE,
    DataClass,
    Kept,
    answer_kept,
    is_past,
    last_of_class,
    tables_of,
)

SEALED = (DataClass.HIGH, DataClass.SPECIAL)
ANSWER_COLUMNS = ("plain", "high_sealed", "special_sealed", "file_id")


def purge_due(conference: Conference) -> list[str]:
    """Deletes every kind whose day has come and of which something is left; destroys the key of a class at its end."""
    now = clock.now()
    _purge_answers(conference)
    purged = [field.name for field in FIELDS if is_past(field, conference, now) and kept.left_of(field)]
    for name in purged:
        _purge(SYSTEM, conference, next(field for field in FIELDS if field.name == name))
    for data_class in SEALED:
        if last_of_class(data_class, conference) <= now:
            _shred(SYSTEM, conference, data_class)
    return purged


def purge_early(actor: Actor, conference: Conference, field: Kept, *, typed: str) -> None:
    """Before its day, but not before the conference is over: until then it is needed. The address is typed."""
    if not PURGE.allows(actor, conference):
        raise Forbidden
    if typed.strip() != conference.slug:
        raise Refused(_("Type %(name)s to confirm.", name=conference.slug), 422, "typed")
    if clock.now() < conference.ends_at:
        raise Refused(_("The conference is not over yet. A person can have the own values deleted at any time."))
    _purge(actor, conference, field)
    if field.is_sealed and not any(kept.left_of(one) for one in FIELDS if one.data_class == field.data_class):
        _shred(actor, conference, field.data_class)


def _purge(actor: Actor, conference: Conference, field: Kept) -> None:
    erasure.erase(kept.files_behind(field.columns))
    db.session.flush()
    for table, columns in tables_of(field.columns).items():
        erasure.purge(conference.id, [table], only=columns)
    jobs.enqueue("conferences.forget_files")
    db.session.expire_all()
    if field.name == "contact":
        purging.fold_names()
    audit.record(actor, "purge", conference, what=field.name)


def _purge_answers(conference: Conference) -> None:
    """Each question says how long its answers are kept, up to what their class allows."""
    for question in kept.questions():
        if conference.ends_at + answer_kept(question.data_class, question.kept_days, question.kind) > clock.now():
            continue
        if not kept.answered(question):
            continue
        erasure.erase(kept.answer_files(question))
        db.session.flush()
        erasure.purge(conference.id, ["answer"], only=ANSWER_COLUMNS, where={"question_id": question.id})
        db.session.expire_all()
        audit.record(SYSTEM, "purge", conference, what="answers", question=question.code)


def _shred(actor: Actor, conference: Conference, data_class: DataClass) -> None:
    if shred(conference.id, Data(data_class.value)):
        audit.record(actor, "shred", conference, what=data_class.value)
