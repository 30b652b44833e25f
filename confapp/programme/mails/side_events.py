"""Mails about side events, to those who applied and to those who are asked to stand behind one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from confapp.foundation import clock, dates
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, joined, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.programme.models import Placement, SideEvent, SideEventSponsor
from confapp.programme.queries.side_events import lead_name, sponsor_name
from confapp.programme.rules.side_events import Status


@dataclass(frozen=True)
class Reader:
    """Who is written to, in which language; `url` is their page of what the mail is about."""

    email: str
    name: str
    language: str
    url: str = ""


def link(event: SideEvent, reader: Reader, conference: Any) -> Message:
    """To an address that nobody has confirmed: no word that a stranger typed."""
    with speaking(reader.language):
        name = best(conference.name, reader.language)
        paragraphs = [
            name,
            _("Somebody gave this address to apply for a side event. Open this link to write or see the application:"),
            reader.url,
            _("Please keep it to yourself: whoever has it can change the application. If it was not you, do nothing."),
        ]
        subject = _("Your application for a side event: %(conference)s", conference=name)
        return _message(
            event, reader, conference, subject, paragraphs, f"link:{clock.now().isoformat()}", Kind.SECURITY
        )


def handed_in(event: SideEvent, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        said = _("The application has been received. You receive a mail with the decision.")
        return _told(
            event, reader, conference, _("Side event received: %(title)s", title=_title(event, reader)), [said]
        )


def decided(event: SideEvent, reader: Reader, conference: Any, *, placement: Placement | None = None) -> Message:
    """What became of an application, with the reason where there is one."""
    with speaking(reader.language):
        title = _title(event, reader)
        subject, said = {
            Status.ACCEPTED: (
                _("Side event accepted: %(title)s", title=title),
                _("The side event has been accepted. Time and room are printed in the programme once it is published."),
            ),
            Status.WAITING: (
                _("Side event on the waiting list: %(title)s", title=title),
                _("All places are given now. The application is on the waiting list; we write when one is free."),
            ),
            Status.DECLINED: (
                _("Side event not accepted: %(title)s", title=title),
                _("The side event could not be accepted."),
            ),
            Status.WITHDRAWN: (
                _("Side event withdrawn: %(title)s", title=title),
                _("The application has been withdrawn."),
            ),
        }[event.status]
        reason = event.reason if event.status == Status.DECLINED else ""
        when = dates.moment(placement.starts_at, reader.language, conference.zone) if placement is not None else ""
        rooms = (
            joined((best(one.room.name, reader.language) for one in placement.rooms), reader.language)
            if placement
            else ""
        )
        paragraphs = [
            said,
            _("Reason: %(reason)s", reason=reason) if reason else "",
            _("Planned: %(place)s", place=joined(filter(None, (when, rooms)), reader.language)) if when else "",
        ]
        return _told(event, reader, conference, subject, paragraphs)


def merged(event: SideEvent, into: SideEvent, reader: Reader, conference: Any) -> Message:
    """To the lead of an application that is joined with another, and to the lead of that one."""
    with speaking(reader.language):
        leads = joined({lead_name(one, reader.language): None for one in (into, event)}, reader.language)
        said = _(
            "The organizers have joined “%(title)s” with “%(into)s”. It is held together, by %(leads)s.",
            title=_title(event, reader),
            into=_title(into, reader),
            leads=leads,
        )
        subject = _("Side events joined: %(title)s", title=_title(into, reader))
        return _told(into, reader, conference, subject, [said], f"merged:{event.ref}")


def asked_to_sponsor(event: SideEvent, sponsor: SideEventSponsor, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        said = _(
            "%(lead)s names your delegation as co-sponsor of a side event. Please confirm or decline it on your page.",
            lead=lead_name(event, reader.language),
        )
        subject = _("Co-sponsor of a side event? %(title)s", title=_title(event, reader))
        return _told(event, reader, conference, subject, [said], f"sponsor:{sponsor.ref}")


def sponsor_answered(event: SideEvent, sponsor: SideEventSponsor, reader: Reader, conference: Any) -> Message:
    with speaking(reader.language):
        name = sponsor_name(sponsor, reader.language)
        comes = sponsor.confirmed_at is not None
        said = _("%(name)s is a co-sponsor.", name=name) if comes else _("%(name)s does not co-sponsor it.", name=name)
        subject = _("Co-sponsors: %(title)s", title=_title(event, reader))
        return _told(event, reader, conference, subject, [said], f"answer:{sponsor.ref}:{comes}")


# --- parts ------------------------------------------------------------------------------------------------------------


def _title(event: SideEvent, reader: Reader) -> str:
    return best(event.title, reader.language)


def _told(
    event: SideEvent,
    reader: Reader,
    conference: Any,
    subject: str,
    said: Sequence[str],
    what: str = "",
) -> Message:
    heading = f"{best(conference.name, reader.language)}\n{_title(event, reader)}"
    what = what or f"{event.status}:{event.revision}"
    return _message(event, reader, conference, subject, [heading, *said, reader.url], what, Kind.NOTICE)


def _message(
    event: SideEvent, reader: Reader, conference: Any, subject: str, paragraphs: Iterable[str], what: str, kind: Kind
) -> Message:
    address = conference.contact_email
    questions = _("Questions: %(address)s", address=address) if address else ""
    return Message(
        kind=kind,
        to=reader.email,
        to_name=reader.name,
        subject=subject[:300],
        text="\n\n".join(filter(None, [*paragraphs, questions])),
        dedupe_key=f"side:{event.ref}:{what}:{sha256(reader.email.casefold().encode()).hexdigest()[:24]}"[:160],
        language=reader.language,
        conference_id=conference.id,
        reply_to=address,
        topic="side_events",
    )


def page_of(delegation: Any, conference: Any, language: str) -> str:
    """The address of a delegation's own page of side events."""
    return absolute(f"/me/{conference.slug}/delegations/{delegation.ref}/side-events", language)
