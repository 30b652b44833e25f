"""Mails about questions that are asked later."""

from typing import Any

from confapp.foundation import dates
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader, heading
from confapp.registration.models import Questionnaire, Registration


def asked(registration: Registration, reader: Reader, conference: Any, sheets: list[Questionnaire]) -> Message:
    """Further questions wait for an answer: of whom, for a focal point answers for several, and by when."""
    address = conference.contact_email
    with speaking(reader.language):
        paragraphs = [
            heading(registration, reader, conference),
            _("There are further questions about this registration:"),
            "\n".join(f"– {_said(one, reader.language, conference.zone)}" for one in sheets),
            _("What to do: open the link below and choose “Answer questions”."),
            reader.url,
            _("Please keep this link to yourself: whoever has it can read and change the registration.")
            if reader.is_private
            else "",
            _("Questions: %(address)s", address=address) if address else "",
        ]
        refs = ",".join(sorted(one.ref[:8] for one in sheets))
        return Message(
            kind=Kind.SECURITY if reader.is_private else Kind.NOTICE,
            to=reader.email,
            to_name=reader.name,
            subject=_("Further questions: %(number)s", number=registration.number),
            text="\n\n".join(filter(None, paragraphs)),
            dedupe_key=f"questions:{registration.ref}:{refs}:{reader.email.casefold()}",
            language=reader.language,
            conference_id=registration.conference_id,
            reply_to=address,
            topic="registration",
        )


def _said(sheet: Questionnaire, language: str, zone: str) -> str:
    """Its name, and the first moment from which an answer is needed."""
    moments = [item.required_from for part in sheet.parts for item in part.items if item.is_required]
    name, first = best(sheet.name, language), min(filter(None, moments), default=None)
    if first is None:
        return name
    return _("%(question)s (by %(moment)s)", question=name, moment=dates.moment(first, language, zone))
