"""What is said on a registration's record: questions and answers, notes of the offices, and who looks after it."""

from functools import partial

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.people.models import Account
from confapp.registration import queries
from confapp.registration.actions.telling import tell
from confapp.registration.mails import Reader, conversation
from confapp.registration.models import Registration, Remark
from confapp.registration.rules import LIVING, REVIEW, closed_fault, is_own


def ask_office(registration: Registration, words: str, *, by: Actor) -> Remark:
    """A question or an answer of the person or the focal point, as long as the registration lives."""
    if not is_own(by, registration):
        raise Forbidden
    if registration.status not in LIVING:
        raise Refused(_("This registration is closed. Write to the organizers if something is still open."))
    remark = _say(registration, words, by=by, from_office=False)
    conference = queries.conference_of(registration)
    if (reader := _who_looks_after(registration, conference)) is not None:
        outbox.add(conversation.asked(registration, reader, conference, remark))
    return remark


def write_to_person(registration: Registration, words: str, *, by: Actor) -> Remark:
    """A question or an answer of an office; the person and the focal point get it by mail."""
    if not REVIEW.allows(by, registration):
        raise Forbidden
    if fault := closed_fault(registration):
        raise Refused(fault)
    remark = _say(registration, words, by=by, from_office=True)
    tell(registration, partial(conversation.answered, remark=remark))
    return remark


def write_note(registration: Registration, words: str, *, by: Actor) -> Remark:
    """A note for the offices alone."""
    if not REVIEW.allows(by, registration):
        raise Forbidden
    return _say(registration, words, by=by, from_office=True, is_internal=True)


def assign(registration: Registration, account: Account | None, *, by: Actor) -> bool:
    """Names who looks after a registration, or nobody; False when it is so already."""
    if not REVIEW.allows(by, registration):
        raise Forbidden
    if account is not None and account.id not in {one.id for one in queries.reviewers()}:
        raise Refused(_("This person works for no office that looks at registrations."), 422, "assignee")
    if registration.assignee_id == (account.id if account is not None else None):
        return False
    registration.assignee_id = account.id if account is not None else None
    audit.record(by, "assign", registration, account=account.ref if account is not None else None)
    return True


def _say(registration: Registration, words: str, *, by: Actor, from_office: bool, is_internal: bool = False) -> Remark:
    if not words.strip():
        raise Refused(_("Write something first."), 422, "text")
    remark = Remark(
        conference_id=registration.conference_id,
        text=words.strip(),
        is_internal=is_internal,
        from_office=from_office,
        account_id=by.account_id,
        acting_name=by.name or by.email,
    )
    remark.registration = registration
    db.session.add(remark)
    db.session.flush()
    audit.record(by, "note" if is_internal else "answer" if from_office else "ask", registration)
    return remark


def _who_looks_after(registration: Registration, conference: object) -> Reader | None:
    """The assignee, or the office's own address where there is one."""
    account = registration.assignee
    if account is not None and account.disabled_at is None:
        return conversation.desk_reader(registration, conference, account.email, account.name, account.language)
    address = getattr(conference, "contact_email", "")
    return conversation.desk_reader(registration, conference, address, "", "") if address else None
