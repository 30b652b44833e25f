"""Telling those who are accredited that something is asked of them."""

from functools import partial

from confapp.foundation import audit, jobs
from confapp.foundation.access import Actor
from confapp.registration.actions.telling import tell
from confapp.registration.mails import questions as mails
from confapp.registration.models import Questionnaire, Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules import Status
from confapp.registration.rules.questions import AskedAt

AT_ONCE = 50


def tell_asked(registration: Registration, sheet: Questionnaire | None = None) -> None:
    """Mails the open questionnaires after accreditation, or the one named, to whoever answers; once each."""
    if registration.status != Status.ACCREDITED:
        return
    asked = queries.asked_of(registration, AskedAt.AFTER_ACCREDITATION)
    wanted = [one for one in asked if sheet is None or one.id == sheet.id]
    if wanted:
        tell(registration, partial(mails.asked, sheets=wanted))


def notify(actor: Actor, sheet: Questionnaire) -> int:
    """Tells everybody whom an open questionnaire concerns by now, in jobs of fifty; how many they are."""
    concerned = queries.concerned(sheet)
    for start in range(0, len(concerned), AT_ONCE):
        ids = concerned[start : start + AT_ONCE]
        arguments = {"sheet_id": sheet.id, "registration_ids": ids}
        jobs.enqueue("registration.tell_asked", arguments, conference_id=sheet.conference_id)
    audit.record(actor, "notify_questionnaire", sheet, code=sheet.code, number=len(concerned))
    return len(concerned)
