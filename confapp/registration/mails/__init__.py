"""Mails about a registration: what happened, what to do, and the link to do it with. In the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confapp.conferences.rules import Format
from confapp.foundation import clock
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.foundation.web.filters import day, moment
from confapp.registration.models import Registration
from confapp.registration.queries.questions import labels
from confapp.registration.rules import Status, Track, field_name, is_field


@dataclass(frozen=True)
class Reader:
    """Who is written to, in which language, and the address of the record; a private one signs in by itself."""

    email: str
    name: str
    language: str
    url: str
    is_private: bool


def registered(registration: Registration, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        number = registration.number
        paragraphs = [
            heading(registration, reader, conference),
            _("The registration has been received. Its reference is %(number)s.", number=number),
            *_what_next(registration, reader),
            *link_of(reader),
            _calendar(reader, conference),
        ]
        subject = _("Registration received: %(number)s", number=number)
        return message(registration, reader, conference, subject, paragraphs, "registered")


def link(registration: Registration, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        paragraphs = [heading(registration, reader, conference), _("Here is the link again."), *link_of(reader)]
        event = f"link:{clock.now().isoformat()}"
        return message(
            registration, reader, conference, _("Your link: %(number)s", number=registration.number), paragraphs, event
        )


def status_changed(
    registration: Registration,
    reader: Reader,
    conference: Any,
    event: str,
    reason: str,
    defects: Sequence[dict[str, str]] = (),
) -> Message:
    with speaking(reader.language):
        subject, sentences = _decision(registration, conference)
        paragraphs = [
            heading(registration, reader, conference),
            *sentences,
            _("Reason: %(reason)s", reason=reason) if reason else "",
            *_named(registration, defects),
            *_to_do(registration, conference),
            *link_of(reader),
        ]
        return message(registration, reader, conference, subject, paragraphs, event)


def heading(registration: Registration, reader: Reader, conference: Any) -> str:
    """Whom and what it is about: a focal point answers for several people.

    To an address that nobody has confirmed goes no word that a stranger typed: it may be anybody's, the name a trap.
    """
    if not registration.is_confirmed:
        return f"{best(conference.name, reader.language)}\n{registration.number}"
    lines = [best(conference.name, reader.language), f"{registration.person.full_name} ({registration.number})"]
    body = best(registration.body, reader.language)
    return "\n".join([*lines, body])


def _calendar(reader: Reader, conference: Any) -> str:
    """The days of the conference for the reader's own calendar; a focal point of many has them once."""
    if not reader.is_private:
        return ""
    url = absolute(f"/{conference.slug}/register/conference.ics", reader.language)
    return _("Add the conference to your calendar: %(url)s", url=url)


def _what_next(registration: Registration, reader: Reader) -> list[str]:
    if registration.is_confirmed:
        return [_("The accreditation office looks at it next. You receive a mail with its decision.")]
    if registration.category.track == Track.ADMISSION:
        return [_("Please open the link below: it confirms your address, and a place is then held for you.")]
    return [
        _("Please open the link below: it confirms your address. The registration counts from then on."),
        _("The accreditation office looks at it next. You receive a mail with its decision."),
    ]


def after_acceptance(registration: Registration, conference: Any) -> str:
    """What remains to be done: who follows from afar fetches no badge. Also said on the own page."""
    is_public = registration.category.track == Track.ADMISSION and conference.format == Format.HYBRID
    if is_public or conference.format == Format.ONLINE:
        return _("Nothing else needs to be done. How to follow stands on the pages of the conference.")
    return _("The badge is handed out at the venue; please bring a passport or identity card.")


def _decision(registration: Registration, conference: Any) -> tuple[str, list[str]]:
    number = registration.number
    if registration.status == Status.ACCREDITED:
        said = _("The registration has been accepted.")
        return _("Accredited: %(number)s", number=number), [f"{said} {after_acceptance(registration, conference)}"]
    if registration.status == Status.RETURNED:
        return _("Please correct: %(number)s", number=number), [
            _("The accreditation office needs a correction before it can decide.")
        ]
    if registration.status == Status.REFUSED:
        return _("Not accepted: %(number)s", number=number), [_("The registration could not be accepted.")]
    if registration.status == Status.WITHDRAWN:
        return _("Withdrawn: %(number)s", number=number), [_("The registration has been withdrawn.")]
    if registration.status == Status.REVOKED:
        return _("Accreditation revoked: %(number)s", number=number), [
            _("The accreditation has been revoked. A badge that was issued is no longer valid.")
        ]
    return _("In review: %(number)s", number=number), [_("The registration is with the accreditation office again.")]


def _named(registration: Registration, defects: Sequence[dict[str, str]]) -> list[str]:
    """What is to be corrected, field by field."""
    if registration.status != Status.RETURNED or not defects:
        return []
    known = {} if all(is_field(one["field"]) for one in defects) else labels()
    return ["\n".join(f"- {_said(one['field'], known)}: {one['text']}" for one in defects)]


def _said(field: str, known: Mapping[str, dict[str, str]]) -> str:
    return field_name(field) if is_field(field) else best(known.get(field)) or field


def _to_do(registration: Registration, conference: Any) -> list[str]:
    if registration.status == Status.RETURNED:
        return [
            _(
                "What to do: open the link below, correct what is named above, and submit again. "
                "Nothing typed before is lost."
            ),
            by_when(conference, until_opening=True),
        ]
    return []


def by_when(conference: Any, *, until_opening: bool = False) -> str:
    """As the pages say it: until registration closes; until the opening where that is over, or taken so long."""
    closes = conference.registration_closes_at
    if not until_opening and closes is not None and closes > clock.now():
        return _("By %(moment)s", moment=moment(closes, conference.zone))
    if clock.today(conference.zone) > conference.starts_on:
        return ""
    return _("By the opening of the conference, %(day)s", day=day(conference.starts_on))


def link_of(reader: Reader) -> list[str]:
    if not reader.is_private:
        return [reader.url]
    return [reader.url, _("Please keep this link to yourself: whoever has it can read and change the registration.")]


def message(
    registration: Registration, reader: Reader, conference: Any, subject: str, paragraphs: list[str], event: str
) -> Message:
    address = conference.contact_email
    questions = _("Questions: %(address)s", address=address) if address else ""
    return Message(
        kind=Kind.SECURITY if reader.is_private else Kind.NOTICE,
        to=reader.email,
        to_name=reader.name,
        subject=subject,
        text="\n\n".join(filter(None, [*paragraphs, questions])),
        dedupe_key=f"registration:{registration.ref}:{event}:{reader.email.casefold()}",
        language=reader.language,
        conference_id=registration.conference_id,
        reply_to=address,
        topic="registration",
    )
