"""Issuing: a letter gets its number, its words are frozen, its file is made, and it is mailed; each step once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, files, jobs, known
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.codes import new_code
from confapp.foundation.db import db
from confapp.foundation.languages import INTERFACE, SOURCE, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Message, outbox
from confapp.registration import queries, states
from confapp.registration.actions.nominations import nomination_address
from confapp.registration.actions.series import next_in_series
from confapp.registration.actions.telling import readers
from confapp.registration.mails import letters as mails
from confapp.registration.models import Delegation, Letter, LetterText, Registration
from confapp.registration.queries import letters as found
from confapp.registration.rules import INVITE
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letter_printing import About, printed, values
from confapp.registration.rules.letters import LetterKind, LetterStatus


def order_invitations(
    actor: Actor, conference: Conference, delegations: Sequence[Delegation], languages: Sequence[str]
) -> jobs.Job:
    """Orders a letter of invitation for each delegation that has none which stands; a job makes and mails them."""
    if not INVITE.allows(actor, conference):
        raise Forbidden
    due = {row.id for row in found.to_invite(actor, conference)}
    chosen = [row for row in delegations if row.id in due]
    if not chosen:
        raise Refused(_("Each of these delegations has a letter of invitation already."))
    for kind in sorted({rules.kind_for(row) for row in chosen}):
        _refuse_unready(conference, kind, languages)
        first = next(row for row in chosen if rules.kind_for(row) == kind)
        text = found.letter_text(kind)
        assert text is not None
        refuse_holes(sample(text, conference, first), languages)
    now = clock.now()
    letters = [
        Letter(
            conference_id=conference.id,
            kind=rules.kind_for(row),
            status=LetterStatus.CHECKED,
            delegation=row,
            languages=[code for code in languages if code in conference.languages],
            requested_by=actor.account_id,
            checked_at=now,
            checked_by=actor.account_id,
        )
        for row in chosen
    ]
    return _order(actor, conference, letters, delegations=[row.ref for row in chosen])


def left_out(
    conference: Conference, registrations: Sequence[Registration], kind: LetterKind, languages: Sequence[str]
) -> dict[int, str]:
    """Who of several gets no letter of a kind, by id, and why."""
    text, have = found.letter_text(kind), found.with_letter(registrations, kind)
    faults = {}
    for one in registrations:
        fault = rules.request_fault(one, kind) or (_("There is such a letter already.") if one.id in have else "")
        if not fault and text is not None and (names := set(holes(sample(text, conference, one), languages))):
            fault = rules.hole_fault(kind, names - {"purpose"}) if names - {"purpose"} else ""
        if fault:
            faults[one.id] = fault
    return faults


def order_for_people(
    actor: Actor,
    conference: Conference,
    registrations: Sequence[Registration],
    kind: LetterKind,
    languages: Sequence[str],
    purpose: str = "",
) -> jobs.Job:
    """Orders a letter of one kind about each of several people, as if each had asked and the office had checked."""
    if not rules.ISSUE_LETTERS.allows(actor, conference):
        raise Forbidden
    _refuse_unready(conference, kind, languages)
    if rules.asks_purpose(kind, found.letter_text(kind)) and not purpose:
        raise Refused(_("Name the consulate and the days of travel."), 422, "purpose")
    if not registrations or left_out(conference, registrations, kind, languages):
        raise Refused(_("The list has changed in the meantime. Look at it again before the letters go out."))
    now = clock.now()
    letters = [
        Letter(
            conference_id=conference.id,
            kind=kind,
            status=LetterStatus.CHECKED,
            registration=row,
            languages=[code for code in conference.languages if code in languages],
            purpose=purpose,
            requested_by=actor.account_id,
            checked_at=now,
            checked_by=actor.account_id,
        )
        for row in registrations
    ]
    return _order(actor, conference, letters, kind=kind, registrations=[row.ref for row in registrations])


def _order(actor: Actor, conference: Conference, letters: Sequence[Letter], **facts: Any) -> jobs.Job:
    try:
        db.session.add_all(letters)
        db.session.flush()
    except IntegrityError:  # two ordered the same at the same moment
        raise Refused(_("Somebody is issuing these letters at this moment. Look at the list of letters.")) from None
    audit.record(actor, "order_letters", conference, number=len(letters), **facts)
    return enqueue_issuing(conference, letters)


def enqueue_issuing(conference: Conference, letters: Sequence[Letter]) -> jobs.Job:
    db.session.flush()
    job = jobs.enqueue(found.ISSUING, conference_id=conference.id)
    job.arguments = {"letters": [letter.id for letter in letters], "job": job.id}
    return job


def _refuse_unready(conference: Conference, kind: LetterKind, languages: Sequence[str]) -> None:
    ready = rules.ready_languages(found.letter_text(kind), conference.languages)
    if not languages or set(languages) - set(ready):
        name = _(rules.LETTER_KIND_NAMES[kind])
        raise Refused(
            _("The text “%(kind)s” is not ready in each of these languages.", kind=name)
            if languages
            else _("Choose at least one language."),
            422,
            "languages",
        )


# --- the steps of one letter ------------------------------------------------------------------------------------------


def freeze(letter: Letter) -> None:
    """Gives a letter its number, date, code and words. What was frozen before stays as it is."""
    if letter.status != LetterStatus.CHECKED or letter.number:
        return
    conference = queries.conference_of(letter)
    text = found.letter_text(letter.kind)
    codes = [code for code in letter.languages if code in rules.ready_languages(text, conference.languages)]
    if text is None or not codes:
        raise Refused(_("The text of this letter is no longer ready in any of its languages."))
    refuse_holes(about(letter, text, conference), codes)
    letter.dated_on, letter.code, letter.reason = clock.today(conference.zone), new_code(), ""
    letter.number = _next_number(conference, letter, text)
    letter.printed = printed(about(letter, text, conference), codes)
    audit.record(SYSTEM, "number_letter", letter, kind=letter.kind, number=letter.number)


def about(letter: Letter, text: LetterText, conference: Conference) -> About:
    return About(
        kind=letter.kind,
        text=text,
        conference=conference,
        number=letter.number,
        dated_on=letter.dated_on or clock.today(conference.zone),
        delegation=letter.delegation,
        registration=letter.registration,
        purpose=letter.purpose,
        country=_names_of(letter.registration.person.country) if letter.registration is not None else {},
    )


def sample(text: LetterText, conference: Conference, owner: Delegation | Registration) -> About:
    """What a letter to a delegation or about a registration would print, without number."""
    person = owner if isinstance(owner, Registration) else None
    return About(
        kind=text.kind,
        text=text,
        conference=conference,
        number="",
        dated_on=clock.today(conference.zone),
        delegation=None if isinstance(owner, Registration) else owner,
        registration=person,
        country=_names_of(person.person.country) if person is not None else {},
    )


def _names_of(country: str) -> Mapping[str, str]:
    return next((party.printed_names for party in states.catalogue() if party.code == country), {})


def holes(about: About, languages: Sequence[str]) -> list[str]:
    """Placeholders that would leave a gap in a sentence of this letter, apart from the number that it will get."""
    text, empty = about.text, set()
    for code in languages:
        texts = [part.get(code, "") for part in (text.subject, text.body, text.signatory)]
        empty |= rules.holes(texts, values(about, code))
    return sorted(empty - {"number"})


def refuse_holes(about: About, languages: Sequence[str]) -> None:
    """What is issued can never be changed, so that a letter with a gap in a sentence does not go out."""
    if names := holes(about, languages):
        raise Refused(rules.hole_fault(about.kind, names), 422)


def letter_holes(letter: Letter) -> str:
    """Why a letter that was asked for cannot be issued as its text stands now, or nothing."""
    conference, text = queries.conference_of(letter), found.letter_text(letter.kind)
    if text is None:
        return ""
    names = holes(about(letter, text, conference), letter.languages)
    return rules.hole_fault(letter.kind, names) if names else ""


def complete(letter: Letter, sha256: str, size: int) -> None:
    """The file is there: the letter is issued, and mailed where there is an address. Run again, it changes nothing."""
    if letter.status != LetterStatus.CHECKED or letter.file_id is not None:
        return
    rules.move_named("made").apply(letter, by=SYSTEM)
    letter.file = files.register(sha256, size, "application/pdf", letter.name, conference_id=letter.conference_id)
    db.session.flush()
    letter.issued_at, letter.issued_by, letter.reason = clock.now(), letter.checked_by, ""
    file = known.File(sha256, size, letter.languages[0] if letter.languages else "", "pdf")
    known.note(known.Kind.LETTER, letter.id, [file], conference_id=letter.conference_id)
    audit.record(SYSTEM, "issue_letter", letter, kind=letter.kind, number=letter.number)
    mail_letter(letter)


def mail_letter(letter: Letter, again: str = "") -> bool:
    """To the delegation's contact address, or the person and who answers for them; False where there is no address.

    With an address the delegation counts as invited from now. `again` makes it a mail beside the one before.
    """
    conference = queries.conference_of(letter)
    delegation = letter.delegation
    if delegation is None:
        assert letter.registration is not None
        told = readers(letter.registration, conference)
        return _sent(letter, [mails.issued(letter, reader, conference, again) for reader in told])
    to = delegation.contact_email or _first_focal_point(delegation)
    if not to:
        return False
    language = spoken(letter.languages[0])
    link = nomination_address(delegation, conference, to, language)
    if delegation.invited_at is None:
        delegation.invited_at, delegation.invited_by = clock.now(), letter.checked_by
    return _sent(letter, [mails.invitation(letter, conference, to, language, link, again)])


def spoken(code: str) -> str:
    """The language in which a mail can be written about a letter in another one."""
    return code if code in INTERFACE else SOURCE


def send_again(actor: Actor, letter: Letter) -> None:
    """The same letter once more, to the address as it is now."""
    if not rules.ISSUE_LETTERS.allows(actor, letter):
        raise Forbidden
    if letter.status != LetterStatus.ISSUED:
        raise Refused(_("Only a letter that was issued can be sent."))
    if not mail_letter(letter, again=f":{clock.now().isoformat()}"):
        raise Refused(_("There is no e-mail address for this letter. Download it and send it another way."))
    audit.record(actor, "send_letter", letter, number=letter.number)


def note_failure(letter: Letter, why: str) -> None:
    """Why its file could not be made; it waits, with its number, until somebody has it tried again."""
    if letter.status == LetterStatus.CHECKED:
        letter.reason = why


def try_again(actor: Actor, conference: Conference, letter: Letter) -> jobs.Job:
    if not rules.ISSUE_LETTERS.allows(actor, letter):
        raise Forbidden
    if letter.status != LetterStatus.CHECKED:
        raise Refused(_("This letter is not waiting for its file."))
    letter.reason = ""
    return enqueue_issuing(conference, [letter])


def _next_number(conference: Conference, letter: Letter, text: LetterText) -> str:
    """A number that no letter of the conference has, also where the form of numbers was changed on the way."""
    year = (letter.dated_on or clock.today(conference.zone)).year
    while True:
        position = next_in_series(conference, f"letter:{letter.kind}")
        number = rules.letter_number(text.number_form, conference.acronym or conference.slug, year, position)
        if not found.is_number_taken(number):
            return number


def _first_focal_point(delegation: Delegation) -> str:
    mandates = queries.focal_point_mandates([delegation.id])
    return mandates[0].account.email if mandates else ""


def _sent(letter: Letter, messages: list[Message]) -> bool:
    ids = [mail_id for message in messages if (mail_id := outbox.queue(message)) is not None]
    if ids:
        letter.sent_at, letter.mail_id = clock.now(), ids[-1]
        letter.sent_to = joined((message.to for message in messages), "en")[:254]
    return bool(ids)
