"""Mails about letters and invitations: the letter itself, reminders, the handing over of a focal point's role."""

import re
from datetime import datetime
from typing import Any

from confapp.foundation import clock, dates
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Attachment, Kind, Message
from confapp.registration.mails import Reader
from confapp.registration.models import Delegation, Letter
from confapp.registration.queries.letters import reminder_text
from confapp.registration.rules.letters import LETTER_KIND_NAMES, filled

TOPIC = "letter"


def invitation(letter: Letter, conference: Any, to: str, language: str, link: str, again: str = "") -> Message:
    """The letter to a delegation, with the link by which it answers and names its focal points."""
    delegation = letter.delegation
    assert delegation is not None
    with speaking(language):
        name = best(conference.name, language)
        paragraphs = [
            best(delegation.name, language),
            _("Please find attached the invitation to %(conference)s:", conference=name),
            f"{_(LETTER_KIND_NAMES[letter.kind])} {letter.number}",
            _("To answer it and to name the focal point of the delegation, open this link and follow the page:"),
            link,
            *_about_link(),
            _("Whether the letter is genuine can be checked with the code that it carries."),
        ]
        subject = _("Invitation: %(conference)s (%(number)s)", conference=name, number=letter.number)
        return _message(
            conference,
            to,
            subject,
            paragraphs,
            language,
            f"letter:{letter.ref}:{to.casefold()}{again}",
            (_enclosed(letter),),
        )


def nomination(delegation: Delegation, conference: Any, to: str, language: str, link: str, event: str) -> Message:
    """The link alone, renewed by the office."""
    with speaking(language):
        name = best(conference.name, language)
        paragraphs = [
            best(delegation.name, language),
            _("This is the link by which the delegation answers the invitation and names its focal point:"),
            link,
            *_about_link(),
        ]
        subject = _("Your answer to the invitation: %(conference)s", conference=name)
        return _message(conference, to, subject, paragraphs, language, event)


def reminder_words(what: str, language: str) -> tuple[str, str]:
    """Our subject and text, with the placeholders that the organizers' own words may use. `what` names what is owed:
    the answer, a focal point, or members."""
    with speaking(language):
        name = "{conference}"
        sentence = {
            "answer": _("Your answer to the invitation to %(conference)s has not reached us yet.", conference=name),
            "focal_point": _("No focal point has been named yet for %(conference)s.", conference=name),
            "members": _("Nobody has been registered yet for %(conference)s.", conference=name),
        }[what]
        crossed = _("If this crossed with your answer, please disregard it.")
        body = ("{delegation}", sentence, "{deadline}", _("Please open:"), "{link}", crossed)
        return _("Reminder: %(conference)s", conference=name), "\n\n".join(body)


def reminder(
    delegation: Delegation, conference: Any, to: str, language: str, what: str, url: str, *, is_link: bool
) -> Message:
    """In the organizers' words where they wrote some in this language."""
    subject, body = reminder_words(what, language)
    if (own := reminder_text(what)) is not None:
        subject, body = own.subject.get(language) or subject, own.body.get(language) or body
    with speaking(language):
        values = {
            "delegation": best(delegation.name, language),
            "conference": best(conference.name, language),
            "deadline": _until(conference.registration_closes_at, language, conference.zone),
            "link": url,
            "contact": conference.contact_email,
        }
        written = (filled(one, values).strip() for one in re.split(r"\n\s*\n", body))
        paragraphs = [*written, *(_about_link() if is_link else ())]
        subject = " ".join(filled(subject, values).split())
        event = f"reminder:{delegation.ref}:{delegation.reminders}:{to.casefold()}"
        return _message(conference, to, subject, paragraphs, language, event)


def issued(letter: Letter, reader: Reader, conference: Any, again: str = "") -> Message:
    """A letter about a person, to that person and whoever answers for them."""
    registration = letter.registration
    assert registration is not None
    with speaking(reader.language):
        paragraphs = [
            f"{best(conference.name, reader.language)}\n{registration.person.full_name} ({registration.number})",
            _("The letter that was asked for is attached:"),
            f"{_(LETTER_KIND_NAMES[letter.kind])} {letter.number}",
            _("It can also be downloaded from the page of the registration:"),
            reader.url,
        ]
        subject = _("Your letter: %(number)s", number=letter.number)
        event = f"letter:{letter.ref}:{reader.email.casefold()}{again}"
        return _message(conference, reader.email, subject, paragraphs, reader.language, event, (_enclosed(letter),))


def refused(letter: Letter, reader: Reader, conference: Any, *, reason: str, withdrawn: bool = False) -> Message:
    registration = letter.registration
    assert registration is not None
    with speaking(reader.language):
        kind = _(LETTER_KIND_NAMES[letter.kind])
        sentence = (
            _("This letter was withdrawn and is no longer valid: %(letter)s", letter=f"{kind} {letter.number}")
            if withdrawn
            else _("This letter could not be issued: %(letter)s", letter=kind)
        )
        paragraphs = [
            f"{best(conference.name, reader.language)}\n{registration.person.full_name} ({registration.number})",
            sentence,
            _("Reason: %(reason)s", reason=reason) if reason else "",
            reader.url,
        ]
        subject = _("Letter withdrawn: %(number)s", number=letter.number) if withdrawn else _("Letter not issued")
        event = f"letter:{letter.ref}:{'withdrawn' if withdrawn else 'refused'}:{reader.email.casefold()}"
        return _message(conference, reader.email, subject, paragraphs, reader.language, event)


def handed_over(
    delegation: Delegation, conference: Any, to: str, language: str, colleague: str, mandate_ref: str, *, keeps: bool
) -> Message:
    """To whoever handed the role over: that it was done, and by whom, so that nobody else can have done it unseen."""
    with speaking(language):
        name = best(delegation.name, language)
        paragraphs = [
            best(conference.name, language),
            _("%(colleague)s has been invited to answer for %(delegation)s.", colleague=colleague, delegation=name),
            _("You keep the role as well.") if keeps else _("Your own role has ended."),
            _("If you did not do this, write to the organizers at once."),
        ]
        subject = _("Focal point of %(delegation)s", delegation=name)
        return _message(conference, to, subject, paragraphs, language, f"handover:{mandate_ref}")


def test(conference: Any, to: str, language: str, enclosed: Attachment, kind: str, event: str) -> Message:
    """A preview, mailed to whoever wrote the text."""
    with speaking(language):
        paragraphs = [
            best(conference.name, language),
            _("This is the test of a text that you asked for: %(kind)s.", kind=_(LETTER_KIND_NAMES[kind])),
            _("Nothing was issued and no number was used."),
        ]
        return _message(
            conference,
            to,
            _("Test: %(kind)s", kind=_(LETTER_KIND_NAMES[kind])),
            paragraphs,
            language,
            event,
            (enclosed,),
        )


def _about_link() -> tuple[str, ...]:
    return (_("The link can be used for 30 days. Whoever has it can answer for the delegation; pass it on with care."),)


def _until(closes: datetime | None, language: str, zone: str) -> str:
    if closes is None or closes <= clock.now():
        return ""
    return _("Registration closes on %(moment)s.", moment=dates.moment(closes, language, zone))


def _enclosed(letter: Letter) -> Attachment:
    assert letter.file is not None
    return Attachment(letter.file, letter.name)


def _message(
    conference: Any,
    to: str,
    subject: str,
    paragraphs: list[str],
    language: str,
    event: str,
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    """These mails may hold a link that answers for somebody: their text is removed once they are sent."""
    address = conference.contact_email
    questions = _("Questions: %(address)s", address=address) if address else ""
    return Message(
        kind=Kind.SECURITY,
        to=to,
        subject=subject,
        text="\n\n".join(filter(None, [*paragraphs, questions])),
        dedupe_key=event,
        language=language,
        conference_id=conference.id,
        reply_to=address,
        topic=TOPIC,
        attachments=attachments,
    )
