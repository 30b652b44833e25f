"""The texts of letters, and the letters that are asked for: requested, checked, refused, withdrawn."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db
from confapp.foundation.jobs import Job
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.registration import queries
from confapp.registration.actions.issuing import enqueue_issuing, letter_holes
from confapp.registration.actions.telling import readers
from confapp.registration.mails import letters as mails
from confapp.registration.models import Letter, LetterText, Registration
from confapp.registration.queries import letters as found
from confapp.registration.rules import ANSWER_FOR, INVITE
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letter_texts import starting
from confapp.registration.rules.letters import LetterKind, LetterStatus


def start_text(actor: Actor, conference: Conference, kind: LetterKind) -> LetterText:
    """The text of a kind, begun with the neutral words of the program; as it is where it was begun before."""
    known = found.letter_text(kind)
    if known is not None:
        return known
    if not INVITE.allows(actor, conference):
        raise Forbidden
    text = LetterText(
        conference_id=conference.id,
        kind=kind,
        number_form=rules.usual_form(kind),
        **starting(kind, conference.languages),
    )
    db.session.add(text)
    _flush()
    audit.record(actor, "start_letter_text", text, kind=kind)
    return text


def write_text(
    actor: Actor,
    text: LetterText,
    *,
    subject: dict[str, str],
    body: dict[str, str],
    signatory: dict[str, str],
    number_form: str,
    revision: int,
) -> None:
    """Changes a text. Letters that were issued keep the words they were printed with."""
    if not INVITE.allows(actor, text):
        raise Forbidden
    if revision != text.revision:
        raise Refused(_("Somebody changed this text in the meantime. Open it again; what you typed is still here."))
    _refuse_unknown(text.kind, subject=subject, body=body, signatory=signatory)
    others = [row.number_form for row in found.letter_texts().values() if row.id != text.id]
    if fault := rules.form_fault(number_form, others):
        raise Refused(fault, 422, "number_form")
    text.subject, text.body, text.signatory, text.number_form = subject, body, signatory, number_form
    if changed := audit.changes(text):
        audit.record(actor, "write_letter_text", text, kind=text.kind, fields=sorted(changed))


def _refuse_unknown(kind: LetterKind, **parts: dict[str, str]) -> None:
    known = rules.placeholders(kind)
    for name, words in parts.items():
        for text in words.values():
            if fault := rules.text_fault(text, known):
                raise Refused(fault, 422, name)


# --- on demand --------------------------------------------------------------------------------------------------------


def request_letter(
    actor: Actor, registration: Registration, kind: LetterKind, languages: Sequence[str], purpose: str = ""
) -> Letter:
    """Asks for a letter about a person; the office checks it. Asked again before that, it says what was asked last."""
    if not (ANSWER_FOR.allows(actor, registration) or rules.ISSUE_LETTERS.allows(actor, registration)):
        raise Forbidden
    if fault := rules.request_fault(registration, kind):
        raise Refused(fault)
    if kind in rules.NEEDS_PURPOSE and not purpose:
        raise Refused(_("Name the consulate and the days of travel."), 422, "purpose")
    ready = rules.ready_languages(found.letter_text(kind), queries.conference_of(registration).languages)
    chosen = [code for code in ready if code in languages]
    if not chosen:
        raise Refused(_("Choose at least one language."), 422, "languages")
    if (open_one := found.open_request(registration, kind)) is not None:
        return _asked_again(actor, open_one, chosen, purpose)
    letter = Letter(
        conference_id=registration.conference_id,
        kind=kind,
        registration=registration,
        languages=chosen,
        purpose=purpose,
        requested_by=actor.account_id,
    )
    db.session.add(letter)
    _flush()
    audit.record(actor, "request_letter", letter, kind=kind, registration=registration.ref)
    return letter


def _asked_again(actor: Actor, letter: Letter, languages: list[str], purpose: str) -> Letter:
    if (letter.languages, letter.purpose) == (languages, purpose):
        return letter
    if letter.status != LetterStatus.REQUESTED:
        raise Refused(_("This letter is being issued at this moment, as it was asked for before."))
    letter.languages, letter.purpose = languages, purpose
    audit.record(actor, "change_letter_request", letter, kind=letter.kind)
    return letter


def issue_letters(actor: Actor, conference: Conference, letters: Sequence[Letter]) -> Job:
    """Decides to issue what was asked for; a job makes the files and mails them."""
    for letter in letters:
        if fault := letter_holes(letter):
            raise Refused(fault, 422)
        rules.move_named("issue").apply(letter, by=actor)
        letter.checked_at, letter.checked_by = clock.now(), actor.account_id
        audit.record(actor, "check_letter", letter, kind=letter.kind)
    return enqueue_issuing(conference, letters)


def refuse_letter(actor: Actor, letter: Letter, reason: str) -> None:
    rules.move_named("refuse").apply(letter, by=actor, reason=reason)
    letter.reason, letter.checked_at, letter.checked_by = reason, clock.now(), actor.account_id
    audit.record(actor, "refuse_letter", letter, kind=letter.kind)
    _tell(letter, reason=reason)


def withdraw_letter(actor: Actor, letter: Letter, reason: str) -> None:
    """The letter stays on record and is said to be withdrawn to whoever verifies it."""
    was = rules.move_named("withdraw").apply(letter, by=actor, reason=reason)
    letter.reason, letter.withdrawn_at = reason, clock.now()
    audit.record(actor, "withdraw_letter", letter, kind=letter.kind, number=letter.number)
    if was == LetterStatus.ISSUED:
        _tell(letter, reason=reason, withdrawn=True)


def withdraw_letters_about(registration: Registration, *, by: Actor) -> None:
    """A registration has ended, and with it the letters that speak of it."""
    for letter in found.letters_of(registration):
        if letter.status not in found.ENDED:
            rules.move_named("withdraw").apply(letter, by=SYSTEM, reason="-")
            letter.withdrawn_at = clock.now()
            audit.record(by, "withdraw_letter", letter, kind=letter.kind, number=letter.number)


def move_letters(left: Registration, kept: Registration, *, by: Actor) -> None:
    """Two registrations became one: the letters go on under the one that lives on, none of a kind asked for twice."""
    open_kinds = {letter.kind for letter in found.letters_of(kept) if letter.status in found.IN_WORK}
    for letter in found.letters_of(left):
        if kept.status in rules.LIVE and not (letter.status in found.IN_WORK and letter.kind in open_kinds):
            letter.registration = kept
    db.session.flush()
    withdraw_letters_about(left, by=by)


def _flush() -> None:
    """The database lets one of two who do the same at the same moment go first."""
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("Somebody did the same at this moment. Look at the page again.")) from None


def _tell(letter: Letter, **words: Any) -> None:
    if letter.registration is None:
        return
    conference = queries.conference_of(letter)
    for reader in readers(letter.registration, conference):
        outbox.queue(mails.refused(letter, reader, conference, **words))
