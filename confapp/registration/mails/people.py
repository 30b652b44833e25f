"""Mails to a person about filling in and about the own address. Each carries a link of its own."""

from typing import Any

from confapp.foundation import clock
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.foundation.web.filters import moment
from confapp.registration.mails import Reader, link_of
from confapp.registration.models import Registration


def invited(registration: Registration, reader: Reader, conference: Any, *, by: str, again: bool = False) -> Message:
    """Somebody is asked to fill in the own registration; `again` is the reminder."""
    with speaking(reader.language):
        name = best(conference.name, reader.language)
        until = conference.registration_closes_at
        paragraphs = [
            f"{registration.person.full_name},",
            _(
                "%(focal_point)s has named you as a member of the delegation of %(delegation)s to %(conference)s.",
                focal_point=by,
                delegation=best(registration.body, reader.language),
                conference=name,
            ),
            _("A place is held for you. Please open this link, fill in what is asked and send it:"),
            reader.url,
            _("Until %(moment)s.", moment=moment(until, conference.zone)) if until else "",
            _("What you agree to is for you alone to say. If you cannot take part, withdraw on the same page."),
            _("Please keep this link to yourself: whoever has it can read and change the registration."),
        ]
        subject = (
            _("Reminder, please fill in: %(conference)s", conference=name)
            if again
            else _("Please fill in your registration: %(conference)s", conference=name)
        )
        event = f"remind:{clock.now().isoformat()}" if again else "invited"
        return _message(registration, conference, reader.email, reader.language, subject, paragraphs, event)


def new_address(registration: Registration, conference: Any, email: str, url: str, event: str) -> Message:
    """To the new address: it holds once the link was opened."""
    language = registration.person.language
    with speaking(language):
        paragraphs = [
            best(conference.name, language),
            _("This address was given for the registration %(number)s.", number=registration.number),
            _("Open this link and press the button, and the address holds:"),
            url,
            _("It can be used for three days. If you did not ask for it you need do nothing."),
        ]
        subject = _("Confirm your new address: %(number)s", number=registration.number)
        return _message(registration, conference, email, language, subject, paragraphs, f"address:{event}")


def address_changed(registration: Registration, conference: Any, email: str, event: str) -> Message:
    """To the address before: so that nobody loses a registration without knowing."""
    language = registration.person.language
    with speaking(language):
        paragraphs = [
            best(conference.name, language),
            _(
                "The address of the registration %(number)s was changed. Its links no longer come here.",
                number=registration.number,
            ),
            _("If this was not you, please answer this mail."),
        ]
        subject = _("Address changed: %(number)s", number=registration.number)
        return _message(registration, conference, email, language, subject, paragraphs, f"changed:{event}")


def merged(registration: Registration, reader: Reader, conference: Any, *, ended: str) -> Message:
    """Two registrations are one from now on; to whom the other one was known as well, without its link."""
    with speaking(reader.language):
        number = registration.number
        paragraphs = [
            best(conference.name, reader.language),
            _(
                "The registrations %(ended)s and %(number)s are of one person. They were brought together: "
                "everything goes on under %(number)s, and links to %(ended)s work no more.",
                ended=ended,
                number=number,
            ),
            *(
                link_of(reader)
                if reader.url
                else [_("Mails and links go to the address that %(number)s gives.", number=number)]
            ),
            _("If these are two different people, please answer this mail."),
        ]
        subject = _("Brought together: %(number)s", number=number)
        return _message(registration, conference, reader.email, reader.language, subject, paragraphs, f"merged:{ended}")


def _message(
    registration: Registration,
    conference: Any,
    to: str,
    language: str,
    subject: str,
    paragraphs: list[str],
    event: str,
) -> Message:
    contact = conference.contact_email
    questions = _("Questions: %(address)s", address=contact) if contact else ""
    return Message(
        kind=Kind.SECURITY,
        to=to,
        subject=subject,
        text="\n\n".join(filter(None, [*paragraphs, questions])),
        dedupe_key=f"registration:{registration.ref}:{event}:{to.casefold()}",
        language=language,
        conference_id=registration.conference_id,
        reply_to=contact,
        topic="registration",
    )
