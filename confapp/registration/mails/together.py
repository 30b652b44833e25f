"""A mail that staff write to many: their words, with each reader's own particulars looked up in a fixed table."""

from typing import Any

from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader
from confapp.registration.models import BulkAct, Registration
from confapp.registration.rules import STATUS_NAMES
from confapp.registration.rules.together import filled


def written(act: BulkAct, registration: Registration, reader: Reader, conference: Any) -> Message:
    """In the reader's language where the text has it, else in the first that it has."""
    with speaking(reader.language):
        values = particulars(registration, reader, conference)
        subject = filled(best(act.subject, reader.language), values)
        text = filled(best(act.text, reader.language), values)
    has_link = "{link}" in best(act.text, reader.language)
    return Message(
        kind=Kind.SECURITY if reader.is_private and has_link else Kind.NOTICE,
        to=reader.email,
        to_name=reader.name,
        subject=subject,
        text=text,
        dedupe_key=f"act:{act.ref}:{registration.ref}",
        language=reader.language,
        conference_id=registration.conference_id,
        reply_to=conference.contact_email,
        topic="bulk",
    )


def particulars(registration: Registration, reader: Reader, conference: Any) -> dict[str, str]:
    """To an address that nobody has confirmed goes no word that a stranger typed."""
    is_confirmed = registration.is_confirmed
    return {
        "name": registration.person.full_name if is_confirmed else registration.number,
        "number": registration.number,
        "delegation": best(registration.body, reader.language) if is_confirmed else "",
        "category": best(registration.category.name, reader.language),
        "status": _(STATUS_NAMES[registration.status]),
        "conference": best(conference.name, reader.language),
        "link": reader.url,
    }
