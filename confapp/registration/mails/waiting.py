"""Mails about the waiting list: where one stands, a place that became free, an offer and its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from confapp.foundation import dates
from confapp.foundation.languages import N_, best, ngettext, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Message
from confapp.registration.mails import Reader, heading, link_of, message
from confapp.registration.models import Registration


def queued(
    registration: Registration,
    reader: Reader,
    conference: Any,
    *,
    event: str,
    queues: Sequence[tuple[dict[str, str], int]],
) -> Message:
    """`queues` are the names of what is full with the position in each."""
    with speaking(reader.language):
        where = [
            _(
                "All places of “%(what)s” are taken. The registration is number %(number)s on the waiting list.",
                what=best(name, reader.language),
                number=position,
            )
            for name, position in queues
        ]
        paragraphs = [
            heading(registration, reader, conference),
            _("The registration has been received. Its reference is %(number)s.", number=registration.number)
            if event == "registered"
            else "",
            "\n".join(where),
            what_happens(registration),
            *link_of(reader),
        ]
        subject = _("On the waiting list: %(number)s", number=registration.number)
        return message(registration, reader, conference, subject, paragraphs, event)


def what_happens(registration: Registration) -> str:
    """When a place becomes free: also said on the own page."""
    hours = registration.category.offer_hours
    if not hours:
        return _(
            "When a place becomes free, the next in the list gets it and is written to at once. "
            "There is nothing else to do."
        )
    return ngettext(
        "When a place becomes free, it is offered to the next in the list for %(num)d hour, by mail. "
        "Who does not accept it in time loses it to the next.",
        "When a place becomes free, it is offered to the next in the list for %(num)d hours, by mail. "
        "Who does not accept it in time loses it to the next.",
        hours,
    )


# What became of a place: the subject, what happened, and what follows from it.
GIVEN = (
    N_("A place is held: %(number)s"),
    N_("A place has become free and is now held for this registration."),
    N_("The accreditation office looks at it next. You receive a mail with its decision."),
)
LAPSED = (
    N_("The offer of a place has ended: %(number)s"),
    N_("The place that was offered was not accepted in time and went to the next in the list."),
    N_("If you still wish to take part, open the link below and ask for a place again."),
)
TAKEN_OFF = (
    N_("Taken off the waiting list: %(number)s"),
    N_("The office has taken the registration off the waiting list. The registration stays, without a place."),
    N_("If you still wish to take part, open the link below and ask for a place again."),
)


def became(
    registration: Registration, reader: Reader, conference: Any, *, event: str, words: tuple[str, str, str]
) -> Message:
    subject, happened, follows = words
    with speaking(reader.language):
        paragraphs = [heading(registration, reader, conference), _(happened), _(follows), *link_of(reader)]
        return message(registration, reader, conference, _(subject, number=registration.number), paragraphs, event)


def offered(registration: Registration, reader: Reader, conference: Any, *, event: str, until: datetime) -> Message:
    with speaking(reader.language):
        end = dates.moment(until, reader.language, conference.zone)
        paragraphs = [
            heading(registration, reader, conference),
            _("A place has become free and is offered to this registration until %(moment)s.", moment=end),
            _("Open the link below to accept or to decline it. After that moment it goes to the next in the list."),
            *link_of(reader),
        ]
        subject = _("A place is offered until %(moment)s: %(number)s", moment=end, number=registration.number)
        return message(registration, reader, conference, subject, paragraphs, event)


def zone_given(
    registration: Registration, reader: Reader, conference: Any, *, event: str, zone: dict[str, str]
) -> Message:
    with speaking(reader.language):
        paragraphs = [
            heading(registration, reader, conference),
            _("Access to the zone “%(zone)s” is now given.", zone=best(zone, reader.language)),
            *link_of(reader),
        ]
        subject = _("Access given: %(number)s", number=registration.number)
        return message(registration, reader, conference, subject, paragraphs, event)
