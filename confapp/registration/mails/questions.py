"""Mails about questions that are asked later."""

from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader
from confapp.registration.models import Questionnaire, Registration


def asked(registration: Registration, reader: Reader, conference: object, sheets: list[Questionnaire]) -> Message:
    """Further questions wait for an answer. Names of people are left out: the number says who is meant."""
    name, address = getattr(conference, "name", {}), getattr(conference, "contact_email", "")
    with speaking(reader.language):
        paragraphs = [
            f"{best(name, reader.language)}\n{registration.number}",
            _("There are further questions about this registration:"),
            "\n".join(f"– {best(one.name, reader.language)}" for one in sheets),
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
