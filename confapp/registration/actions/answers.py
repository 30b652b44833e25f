"""Answers: given, changed and taken back. (They are emptied by actions/privacy.py when their days are over.)"""

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock, sealing, vault
from confapp.foundation.access import Actor, Grant
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.rules import Role
from confapp.registration.actions.registrations import look_again
from confapp.registration.models import Answer, Question, Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules import ACCREDIT, ANSWER_FOR
from confapp.registration.rules.asking import Asked
from confapp.registration.rules.figures import NOTE_ATTENDANCE
from confapp.registration.rules.questions import SEALED, is_closed_to, is_frozen


class Given(Protocol):
    """What a form hands over for one question."""

    @property
    def asked(self) -> Asked: ...
    @property
    def value(self) -> Any: ...
    @property
    def upload(self) -> Any: ...
    @property
    def stays(self) -> bool: ...


def themselves(registration: Registration) -> Actor:
    """Somebody who has just registered: nobody is signed in, and the record is theirs."""
    conference_id, person = registration.conference_id, registration.person
    own = Grant(Role.DELEGATE, conference_id=conference_id, person_id=person.id)
    return Actor(name=person.printed_name, grants=(own,))


def answer(registration: Registration, given: Iterable[Given], *, by: Actor, at_gate: bool = False) -> list[str]:
    """Keeps what was given and deletes what is no longer asked; the codes of the questions that changed.

    `at_gate`: what is asked there, by those at the door. A frozen answer is changed by the office alone, and by no one
    there who may not read it. The record says which questions, never what.
    """
    if not (NOTE_ATTENDANCE if at_gate else ANSWER_FOR).allows(by, registration):
        raise Forbidden
    again: list[Question] = []
    is_office, at = ACCREDIT.allows(by, registration), clock.now()
    kept = queries.kept_answers(registration, fresh=True)
    changed, visible = set(), set()
    for one in sorted(given, key=lambda one: one.value is None and not one.stays):
        question = one.asked.question
        if question.id in visible or (is_frozen(one.asked.item, at) and not is_office):
            continue
        if question.id in kept and is_closed_to(by, registration, question):
            continue
        if one.stays:
            visible.add(question.id)
        elif one.value is not None:
            visible.add(question.id)
            before = kept.get(question.id)
            if _keep(registration, before, one, by):
                changed.add(question.code)
                if before is not None:
                    again.append(question)
        elif question.id in kept:
            _delete(kept.pop(question.id))
            changed.add(question.code)
            again.append(question)
    if changed:
        audit.record(by, "answer", registration, questions=sorted(changed))
        looked_at = [one for one in again if one.looks_again]
        if looked_at:
            flag_modified(registration, "status")  # whoever has the page open decides on what they have not read
        look_again(registration, (), by, looked_at)
    return sorted(changed)


# --- parts ------------------------------------------------------------------------------------------------------------


def _keep(registration: Registration, kept: Answer | None, one: Given, by: Actor) -> bool:
    """Writes an answer; False when it says what was there already under the same words."""
    question = one.asked.question
    version = question.newest
    if question.data_class in SEALED and sealing.is_shredded(question.conference_id, question.data_class.value):
        words = best(version.label)
        raise Refused(_("Answers to “%(question)s” are no longer kept.", question=words), 422, one.asked.name)
    if kept is not None and one.upload is None and kept.version_id == version.id and kept.value == one.value:
        return False
    row = kept
    if row is None:
        row = Answer(conference_id=registration.conference_id, registration_id=registration.id, question=question)
        db.session.add(row)
    row.version, row.answered_at, row.answered_by = version, clock.now(), by.account_id
    if one.upload is None:
        row.value = one.value
    else:
        _forget_file(row)
        row.file = vault.register(one.upload.kept, one.upload.media_type, one.upload.name, by=by.account_id)
    db.session.flush()
    return True


def _delete(row: Answer) -> None:
    _forget_file(row)
    db.session.delete(row)


def _forget_file(row: Answer) -> None:
    """The bytes are deleted by the daily task when no other row refers to them."""
    if row.file is not None:
        row.file.erased_at = clock.now()
        row.file = None
