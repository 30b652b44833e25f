"""A mail to somebody who waited for a session and has a place now."""

from typing import Any

from confapp.foundation import dates
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Message
from confapp.programme.models import Placement, Session
from confapp.registration.mails import Reader, heading, link_of, message
from confapp.registration.models import Registration


def place_given(
    registration: Registration,
    reader: Reader,
    conference: Any,
    *,
    event: str,
    session: Session,
    placement: Placement | None,
) -> Message:
    with speaking(reader.language):
        title = best(session.title, reader.language)
        when = dates.moment(placement.starts_at, reader.language, conference.zone) if placement is not None else ""
        paragraphs = [
            heading(registration, reader, conference),
            _("A place has become free in the session “%(title)s”, and it is yours now.", title=title),
            when,
            _("If you cannot come, please give it to the next: open the link below and leave the session."),
            *link_of(reader),
        ]
        subject = _("A place in the session: %(title)s", title=title)
        return message(registration, reader, conference, subject[:300], paragraphs, event)
