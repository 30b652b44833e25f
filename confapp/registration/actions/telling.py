"""Who is told about a registration: the focal points who answer for it, and the person where there is an address."""

from collections.abc import Callable, Sequence
from typing import Any

from confapp.foundation.addresses import absolute
from confapp.foundation.mail import Message, outbox
from confapp.people import actions as people
from confapp.registration import queries
from confapp.registration.mails import Reader
from confapp.registration.models import Registration

Letter = Callable[[Registration, Reader, Any], Message]


def tell(registration: Registration, letter: Letter, to: Sequence[Reader] | None = None) -> None:
    """Mails those who should know, or `to`: found before what others wait for."""
    conference = queries.conference_of(registration)
    found = readers(registration, conference) if to is None else to
    outbox.queue_all([letter(registration, reader, conference) for reader in found])


def tell_person(registration: Registration, letter: Letter) -> None:
    conference = queries.conference_of(registration)
    outbox.queue(letter(registration, _person(registration, conference), conference))


def readers(registration: Registration, conference: Any, link: str = "") -> list[Reader]:
    """The focal points of its delegation first, then the person where there is an address of their own.

    For a preview, `link` stands where the person's own link will be; none is made then.
    """
    found = []
    if registration.delegation is not None:
        path = f"/me/{conference.slug}/delegations/{registration.delegation.ref}"
        for email, name, language in queries.focal_points(registration.delegation):
            found.append(Reader(email, name, language, absolute(path, language), is_private=False))
    known = {reader.email.casefold() for reader in found}
    if registration.person.email and registration.person.email.casefold() not in known:
        found.append(_person(registration, conference, link))
    return found


def _person(registration: Registration, conference: Any, link: str = "") -> Reader:
    person = registration.person
    path = f"/me/{conference.slug}/registrations/{registration.ref}"
    url = link or people.record_link(person, conference, next_path=path)
    name = person.full_name if registration.is_confirmed else ""
    return Reader(person.email, name, person.language, url, is_private=True)
