"""Erasing one person's data because they asked: the request with its clock, and what then goes and what stays.

The number, the status, the ledger and the seat stay: the record of the conference adds up without a name.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from confapp.foundation import audit, clock, erasure, jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import Data, db, inserting, new_ref
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.people import queries as people
from confapp.people.actions import forgetting
from confapp.people.models import ErasureRequest, Person
from confapp.registration import queries
from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.telling import tell_person
from confapp.registration.mails import privacy as mails
from confapp.registration.models import BulkAct, Import, Registration
from confapp.registration.queries import privacy as kept
from confapp.registration.rules import ACCREDITATION, LIVING
from confapp.registration.rules.privacy import ANSWERED_WITHIN, ERASE, is_own_record


def ask_erasure(registration: Registration, *, by: Actor, typed: str) -> ErasureRequest:
    """The person asks, or the office notes that it was asked; the number is typed so that nobody slips. Asked once."""
    if not (is_own_record(by, registration) or ERASE.allows(by, registration)):
        raise Forbidden
    if typed.strip().casefold() != registration.number.casefold():
        raise Refused(_("Type %(number)s to confirm.", number=registration.number), 422, "typed")
    if registration.person.erased_at is not None:
        raise Refused(_("These data were erased already."))
    now = clock.now()
    made = db.session.scalar(
        inserting(ErasureRequest)
        .values(
            ref=new_ref(),
            conference_id=registration.conference_id,
            person_id=registration.person_id,
            asked_at=now,
            asked_by=by.account_id,
            due_at=now + ANSWERED_WITHIN,
        )
        .on_conflict_do_nothing()
        .returning(ErasureRequest)
    )
    if made is not None:
        audit.record(by, "ask_erasure", registration)
        if registration.person.email:
            tell_person(registration, lambda *about: mails.erasure_asked(made.due_at, *about))
    request = made or kept.open_request(registration.person)
    assert request is not None
    return request


def keep_after_all(registration: Registration, *, by: Actor) -> None:
    """Takes the request back, while there is time."""
    if not (is_own_record(by, registration) or ERASE.allows(by, registration)):
        raise Forbidden
    request = kept.open_request(registration.person)
    if request is not None:
        request.cancelled_at = clock.now()
        audit.record(by, "keep_data", registration)


def erase_now(registration: Registration, *, by: Actor) -> None:
    """Does what was asked. Twice is as good as once."""
    request = kept.open_request(registration.person)
    if request is None:
        if registration.person.erased_at is not None:
            return
        raise Refused(_("Nobody asked for this, or it was taken back."))
    if not ERASE.allows(by, registration):
        raise Forbidden
    request.done_at, request.done_by = clock.now(), by.account_id
    erase_person(registration, by=by)


def erase_person(registration: Registration, *, by: Actor) -> None:
    """Empties all that tells of somebody, in the present transaction. The place of who is still to come is free."""
    person, conference = registration.person, queries.conference_of(registration)
    if clock.now() < conference.ends_at and registration.status in LIVING:
        withdraw = ACCREDITATION.named("withdraw")
        assert withdraw is not None
        change_status(registration, withdraw, by=SYSTEM)
    if person.email:
        outbox.queue(mails.erased(registration, person.email, person.language, conference))
    _empty(registration)
    for double in people.doubles(person):
        if double.registration is not None:
            _empty(double.registration)
        forgetting.forget_person(by, double, registration.number)
    forgetting.forget_person(by, person, registration.number)
    jobs.enqueue("conferences.forget_files")
    audit.record(by, "erase_person", registration)


def leave_after_restore(registration: Registration) -> None:
    """A restore brings back that somebody takes part, and the list of erasures empties the data alone."""
    if registration.person.erased_at is not None and registration.status in LIVING:
        withdraw = ACCREDITATION.named("withdraw")
        assert withdraw is not None
        change_status(registration, withdraw, by=SYSTEM)


def _empty(registration: Registration) -> None:
    """What a registration keeps of its person; the same for one that was merged into another."""
    person = registration.person
    names = {person.printed_name, person.full_name, person.email} - {""}
    erasure.erase(_files_of(registration))
    erasure.erase(registration.answers)
    erasure.erase(kept.letters_of(registration))
    erasure.erase(registration.credentials, only=("file_id", "objection"))
    erasure.erase(_own_lines(registration.remarks, names), (), instead={"acting_name": registration.number})
    erasure.erase(registration.remarks)
    erasure.erase([*registration.all_clearances, *registration.all_prepared])
    _forget_ledger(registration, names)
    forget_mails(registration)
    _forget_reports(person)
    organization = {} if registration.delegation_id else {"organization": "–"}
    erasure.erase([registration], only=("organization", "functional_title"), instead=organization)


def forget_mails(registration: Registration) -> None:
    """Mails about a registration name it in their event; those on their way are emptied by a later run."""
    for mail in kept.mails_about(registration):
        if mail.state not in kept.ON_THEIR_WAY:
            erasure.erase([mail], instead={"dedupe_key": f"erased:{mail.ref}"})


def sweep_mails(conference_id: int) -> None:
    """The last mails of those whose data were erased."""
    done = db.session.scalars(
        select(Registration)
        .join(ErasureRequest, ErasureRequest.person_id == Registration.person_id)
        .where(ErasureRequest.conference_id == conference_id, ErasureRequest.done_at.is_not(None))
    )
    for registration in done:
        forget_mails(registration)


def _files_of(registration: Registration) -> Sequence[StoredFile]:
    """The photo, answers, own papers and letters, as files."""
    person = registration.person
    ids = {person.photo_id, *(one.file_id for one in registration.answers)}
    ids |= {one.file_id for one in registration.credentials} | {one.file_id for one in kept.letters_of(registration)}
    return db.session.scalars(select(StoredFile).where(StoredFile.id.in_({one for one in ids if one}))).all()


def _own_lines(rows: Iterable[Any], names: set[str]) -> list[Any]:
    """Lines that the person wrote, by name or as the other side of a conversation."""
    return [row for row in rows if row.acting_name in names or getattr(row, "from_office", None) is False]


def _forget_ledger(registration: Registration, names: set[str]) -> None:
    """The ledger stays with its verbs and times; reasons go, and so does the person's own name."""
    own = _own_lines(registration.moves, names)
    for companion in queries.companions(registration):
        own += [row for row in companion.moves if row.acting_name in names]
    erasure.erase(own, (), instead={"acting_name": registration.number})
    erasure.erase(registration.moves, (Data.PERSONAL,))


def _forget_reports(person: Person) -> None:
    """Reports of imports and of what was done for many repeat names: they go wherever one names the person."""
    marks = [mark.casefold() for mark in (person.email, person.printed_name) if mark]
    reports: list[Any] = [*db.session.scalars(select(Import)), *db.session.scalars(select(BulkAct))]
    named = [row for row in reports if any(mark in str(row.report).casefold() for mark in marks)]
    erasure.erase(named, only=("report",))
