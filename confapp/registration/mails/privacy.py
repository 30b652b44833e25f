"""Mails about consents and about the own data. What was erased is not written again: they name no person."""

from datetime import datetime
from typing import Any

from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.foundation.web.filters import moment
from confapp.people.models import ConsentText
from confapp.registration.mails import Reader
from confapp.registration.models import Registration
from confapp.registration.rules import CONSENT_NAMES


def agree_again(text: ConsentText, registration: Registration, reader: Reader, conference: Any) -> Message:
    """The text of a consent has changed: what was agreed before stays as it was until it is answered."""
    with speaking(reader.language):
        about = _(CONSENT_NAMES[text.kind])
        paragraphs = [
            f"{best(conference.name, reader.language)}\n{registration.number}",
            _("A text that you agreed to has changed: %(about)s.", about=about),
            best(text.text, reader.language),
            _("Please open your page and say whether you agree. Until then the earlier text holds."),
            reader.url,
        ]
        subject = _("A changed text: please look at it (%(number)s)", number=registration.number)
        event = f"agree:{text.ref}"
        return _message(registration, reader.email, reader.language, conference, subject, paragraphs, event)


def erasure_asked(due: datetime, registration: Registration, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        paragraphs = [
            f"{best(conference.name, reader.language)}\n{registration.number}",
            _("The erasure of your data was asked for."),
            _("It is done by %(moment)s at the latest.", moment=moment(due, conference.zone)),
            _("If you did not ask for it, or changed your mind, open your page before then and take it back:"),
            reader.url,
        ]
        subject = _("Erasure of your data: %(number)s", number=registration.number)
        event = f"erasure:{due.isoformat()}"
        return _message(registration, reader.email, reader.language, conference, subject, paragraphs, event)


def erased(registration: Registration, email: str, language: str, conference: Any) -> Message:
    """The last mail: to an address that is forgotten once it was sent."""
    with speaking(language):
        paragraphs = [
            f"{best(conference.name, language)}\n{registration.number}",
            _("Your data were erased as asked. The number alone stays in the record of the conference."),
            _("Links that were sent to you no longer work. This is the last mail; your address is forgotten after it."),
        ]
        subject = _("Your data were erased: %(number)s", number=registration.number)
        return _message(registration, email, language, conference, subject, paragraphs, "erased")


def _message(
    registration: Registration,
    email: str,
    language: str,
    conference: Any,
    subject: str,
    paragraphs: list[str],
    event: str,
) -> Message:
    address = conference.contact_email
    questions = _("Questions: %(address)s", address=address) if address else ""
    return Message(
        kind=Kind.SECURITY,
        to=email,
        subject=subject,
        text="\n\n".join([*paragraphs, questions]).strip(),
        dedupe_key=f"registration:{registration.ref}:{event}",
        language=language,
        conference_id=registration.conference_id,
        reply_to=address,
        topic="registration",
    )
