"""The own address and language of somebody who is registered. A new address holds once its link was opened."""

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.lifecycle import Forbidden
from confapp.foundation.mail import outbox
from confapp.people import actions as people
from confapp.people import queries as people_queries
from confapp.people.actions import links
from confapp.people.models import MailedLink
from confapp.people.rules import ADDRESS_LINK, LinkPurpose
from confapp.registration import mails, queries
from confapp.registration.actions.registrations import confirm, folded
from confapp.registration.actions.telling import tell_person
from confapp.registration.mails import people as letters
from confapp.registration.models import Registration
from confapp.registration.rules import ANSWER_FOR


def change_language(registration: Registration, language: str, *, by: Actor) -> None:
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    if registration.person.language != language:
        registration.person.language = language
        audit.record(by, "change_language", registration, language=language)


def ask_address(registration: Registration, email: str, *, by: Actor) -> bool:
    """Mails a link to the new address; until it is opened the one before holds. False when it is the same."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    person, conference = registration.person, queries.conference_of(registration)
    if email.casefold() == person.email.casefold():
        return False
    for earlier in people_queries.open_links(person_id=person.id, purpose=LinkPurpose.ADDRESS):
        earlier.revoked_at = clock.now()
    token, link = links.issue(
        LinkPurpose.ADDRESS, email, clock.now() + ADDRESS_LINK, person=person, conference=conference
    )
    url = absolute(f"/{conference.slug}/register/address/{token}", person.language)
    outbox.add(letters.new_address(registration, conference, email, url, link.ref))
    audit.record(by, "ask_address", registration)
    return True


def take_address(link: MailedLink, registration: Registration, conference: Conference) -> None:
    """The link to a new address was opened: it holds from now on, and the mailbox before is told."""
    links.spend(link)
    person = registration.person
    was, person.email = person.email, link.email
    by = Actor(name=person.printed_name)
    people.revoke_record_links(by, person)
    person.folded = folded(registration)
    audit.record(by, "change_address", registration)
    if was:
        outbox.add(letters.address_changed(registration, conference, was, link.ref))
    confirm(registration)
    tell_person(registration, mails.link)
