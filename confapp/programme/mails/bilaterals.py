"""Mails about a meeting of two delegations, to their focal points alone. The subject names nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from confapp.foundation import clock, dates
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
    ends = placement.starts_at + timedelta(minutes=placement.minutes)
    rooms = ", ".join(best(one.room.name, language) for one in placement.rooms)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//confapp//meetings//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{row.ref}@confapp",
        f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{row.revision}",
        f"DTSTART:{_utc(placement.starts_at)}",
        f"DTEND:{_utc(ends)}",
        f"SUMMARY:{_escaped(best(title_of(row), language))}",
        f"LOCATION:{_escaped(', '.join(filter(None, (rooms, best(conference.venue, language)))))}",
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


# --- parts ------------------------------------------------------------------------------------------------------------


def _utc(moment: datetime) -> str:
    return f"{clock.local(moment, 'UTC'):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, broken between characters."""
    parts, room = [""], 75
    for character in line:
        size = len(character.encode())
        if len(parts[-1].encode()) + size > room:
            parts.append("")
            room = 74
        parts[-1] += character
    return "\r\n ".join(parts)


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
