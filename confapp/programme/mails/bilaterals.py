"""Mails about a meeting of two delegations, to their focal points alone. The subject names nobody."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from confapp.foundation import calendars, dates
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, joined, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Attachment, Kind, Message
from confapp.programme.mails.side_events import Reader
from confapp.programme.models import Bilateral, Placement
from confapp.programme.queries.bilaterals import title_of
from confapp.programme.rules.bilaterals import TOPIC, Status


def asked(row: Bilateral, mine: Any, reader: Reader, conference: Any) -> Message:
    """To the one that has to answer, for the first time or because other times were proposed."""
    with speaking(reader.language):
        other = best(row.other_than(mine.id).name, reader.language)
        is_first = row.proposed_by_id == row.asking_id and row.answered_at is None
        said = (
            _("%(delegation)s asks your delegation for a meeting.", delegation=other)
            if is_first
            else _("%(delegation)s proposes other times for your meeting.", delegation=other)
        )
        about = _("Subject: %(subject)s", subject=row.subject) if row.subject else ""
        length = _("Length: %(number)d minutes", number=row.minutes)
        ask = _(
            "Please answer on the page of your delegation. Nobody but the two of you and the protocol office knows."
        )
        return _message(row, reader, conference, _("A request for a meeting"), [said, about, length, ask])


def answered(row: Bilateral, mine: Any, reader: Reader, conference: Any) -> Message:
    """To the other one: agreed, or that it does not take place, without a reason."""
    with speaking(reader.language):
        other = best(row.other_than(mine.id).name, reader.language)
        said = {
            Status.AGREED: _(
                "%(delegation)s agrees to the meeting. The protocol office finds a room.", delegation=other
            ),
            Status.DECLINED: _("The meeting with %(delegation)s cannot take place.", delegation=other),
            Status.WITHDRAWN: _("The meeting with %(delegation)s is called off.", delegation=other),
        }[row.status]
        return _message(row, reader, conference, _("Your meeting"), [said])


def placed(
    row: Bilateral, placement: Placement, mine: Any, reader: Reader, conference: Any, attached: Attachment
) -> Message:
    """To both: when and where, with the file for a calendar; a later one takes the place of an earlier."""
    with speaking(reader.language):
        other = best(row.other_than(mine.id).name, reader.language)
        rooms = joined((best(one.room.name, reader.language) for one in placement.rooms), reader.language)
        paragraphs = [
            _("Your meeting with %(delegation)s has its time and room:", delegation=other),
            "\n".join([dates.moment(placement.starts_at, reader.language, conference.zone), rooms]),
            _("Length: %(number)d minutes", number=placement.minutes),
            _("The attached file puts it into a calendar."),
        ]
        return _message(row, reader, conference, _("Time and room of your meeting"), paragraphs, (attached,))


def calendar(row: Bilateral, placement: Placement, conference: Any, language: str, *, cancelled: bool = False) -> bytes:
    """One event (RFC 5545) in UTC; its UID stays, its SEQUENCE grows."""
    rooms = ", ".join(best(one.room.name, language) for one in placement.rooms)
    return calendars.event(
        "meetings",
        row.ref,
        placement.starts_at,
        placement.starts_at + timedelta(minutes=placement.minutes),
        method="PUBLISH",
        sequence=row.revision,
        summary=best(title_of(row), language),
        location=", ".join(filter(None, (rooms, best(conference.venue, language)))),
        status="CANCELLED" if cancelled else "CONFIRMED",
        **{"class": "PRIVATE"},
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def _message(
    row: Bilateral,
    reader: Reader,
    conference: Any,
    subject: str,
    paragraphs: Iterable[str],
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    address = conference.contact_email
    name = best(conference.name, reader.language)
    questions = _("Questions: %(address)s", address=address) if address else ""
    key = sha256(reader.email.casefold().encode()).hexdigest()[:24]
    return Message(  # goes again after a crash by itself: no list shows it to whoever could send it once more
        kind=Kind.SECURITY,
        to=reader.email,
        to_name=reader.name,
        subject=f"{subject}: {name}"[:300],
        text="\n\n".join(filter(None, [name, *paragraphs, reader.url, questions])),
        dedupe_key=f"meeting:{row.ref}:{row.status}:{row.revision}:{key}",
        language=reader.language,
        conference_id=conference.id,
        reply_to=address,
        topic=TOPIC,
        attachments=attachments,
    )


def page_of(delegation: Any, conference: Any, language: str) -> str:
    """The address of a delegation's own page of meetings."""
    return absolute(f"/me/{conference.slug}/delegations/{delegation.ref}/meetings", language)
