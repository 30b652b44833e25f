"""Mails of the conversation on a registration: a question to the office, and what an office asks or answers."""

from typing import Any

from confapp.foundation.addresses import absolute
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.foundation.mail import Message
from confapp.registration.mails import Reader, heading, link_of, message
from confapp.registration.models import Registration, Remark


def desk_reader(registration: Registration, conference: Any, email: str, name: str, language: str) -> Reader:
    """Somebody of an office, who reads the record at the desk."""
    language = language or next(iter(conference.languages), "en")
    url = absolute(f"/desk/{conference.slug}/registrations/{registration.ref}", language)
    return Reader(email, name, language, url, is_private=False)


def asked(registration: Registration, reader: Reader, conference: Any, remark: Remark) -> Message:
    """To the office. The words of somebody whose address nobody has confirmed stay on the page."""
    with speaking(reader.language):
        words = remark.text if registration.is_confirmed else _("The question stands on the page of the registration.")
        subject = _("Question: %(number)s", number=registration.number)
        paragraphs = [heading(registration, reader, conference), words, reader.url]
        return message(registration, reader, conference, subject, paragraphs, f"asked:{remark.ref}")


def answered(registration: Registration, reader: Reader, conference: Any, remark: Remark) -> Message:
    """To the person and the focal point."""
    with speaking(reader.language):
        subject = _("A message about %(number)s", number=registration.number)
        paragraphs = [
            heading(registration, reader, conference),
            remark.text,
            _("What to do: open the link below; you can answer there."),
            *link_of(reader),
        ]
        return message(registration, reader, conference, subject, paragraphs, f"answered:{remark.ref}")
