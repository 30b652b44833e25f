"""Mail that a server refused for good: the address is corrected where it stands, and the mail goes out again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail, outbox
from confapp.people import actions as people
from confapp.people.models import Mandate
from confapp.people.rules import Role
from confapp.registration.actions.issuing import mail_letter
from confapp.registration.actions.registrations import address_changed, folded
from confapp.registration.mails.letters import TOPIC as LETTER
from confapp.registration.models import Delegation, Registration
from confapp.registration.queries import letters as queries
from confapp.registration.rules.letters import ISSUE_LETTERS


@dataclass(frozen=True)
class Holder:
    """Somebody or something that has an address in a conference."""

    key: str
    words: str
    row: Any


def holders(conference: Conference, addresses: Iterable[str]) -> dict[str, list[Holder]]:
    """Whoever is reached by some addresses, by the address in small letters: delegations, focal points, persons."""
    found: dict[str, list[Holder]] = {}
    wanted = list(addresses)
    for delegation in queries.delegations_reached_by(wanted):
        words = _("Contact address of %(name)s", name=best(delegation.name))
        _note(found, delegation.contact_email, f"delegation:{delegation.ref}", words, delegation)
    for mandate in queries.focal_points_reached_by(conference, wanted):
        words = _("Focal point of %(name)s", name=best(mandate.delegation.name))
        _note(found, mandate.account.email, f"mandate:{mandate.ref}", words, mandate)
    for registration in queries.registrations_reached_by(wanted):
        words = f"{registration.person.full_name} ({registration.number})"
        _note(found, registration.person.email, f"registration:{registration.ref}", words, registration)
    return found


def holders_of(conference: Conference, address: str) -> list[Holder]:
    return holders(conference, [address]).get(address.lower(), [])


def _note(found: dict[str, list[Holder]], address: str, key: str, words: str, row: Any) -> None:
    found.setdefault(address.lower(), []).append(Holder(key, words, row))


def correct_address(actor: Actor, conference: Conference, mail: Mail, address: str, keys: list[str]) -> None:
    """Gives the holders that were named the new address, and sends again what could not be delivered.

    Only a letter to a delegation goes out as it was. Whatever else was refused may hold a link that signs somebody in,
    and is never sent elsewhere: focal points and persons get a new link, the refused mail is settled.
    """
    if not ISSUE_LETTERS.allows(actor, conference):
        raise Forbidden
    if address.casefold() == mail.recipient.casefold():
        words = _("This is the address that was refused. To try it once more, choose to send again.")
        raise Refused(words, 422, "email")
    chosen = [one for one in holders_of(conference, mail.recipient) if one.key in keys]
    if not chosen:
        raise Refused(_("Choose whose address it is."), 422, "holders")
    for one in chosen:
        _CORRECTIONS[type(one.row)](actor, conference, one.row, address)
    if any(not isinstance(one.row, Delegation) for one in chosen):
        outbox.give_up(mail)
        for letter in queries.letters_mailed_by(mail):
            mail_letter(letter)
    elif mail.topic == LETTER:
        mail.recipient = address
        outbox.resend(mail)
    audit.record(actor, "correct_address", mail, holders=len(chosen))


def send_again(actor: Actor, conference: Conference, mail: Mail) -> None:
    if not ISSUE_LETTERS.allows(actor, conference):
        raise Forbidden
    outbox.resend(mail)
    audit.record(actor, "resend", mail)


def settle(actor: Actor, conference: Conference, mail: Mail) -> None:
    """Somebody was told another way, by telephone, say."""
    if not ISSUE_LETTERS.allows(actor, conference):
        raise Forbidden
    outbox.give_up(mail)
    audit.record(actor, "settle_mail", mail)


def change_contact(actor: Actor, delegation: Delegation, address: str) -> None:
    """The address to which the letters and reminders of a delegation go."""
    if not ISSUE_LETTERS.allows(actor, delegation):
        raise Forbidden
    if delegation.contact_email == address:
        return
    delegation.contact_email = address
    audit.record(actor, "change_contact", delegation, fields=["contact_email"])


def _delegation(actor: Actor, conference: Conference, row: Delegation, address: str) -> None:
    change_contact(actor, row, address)
    for link in queries.open_nomination_links(row):
        link.email = address


def _focal_point(actor: Actor, conference: Conference, row: Mandate, address: str) -> None:
    """The same role for the right mailbox, with its own invitation."""
    people.revoke_mandate(actor, row)
    people.invite(
        actor,
        address,
        Role.FOCAL_POINT,
        conference,
        name=row.account.name,
        delegation=row.delegation,
        language=row.account.language,
    )


def _person(actor: Actor, conference: Conference, row: Registration, address: str) -> None:
    row.person.email = address
    row.person.folded = folded(row)
    db.session.flush()
    audit.record(actor, "correct", row, fields=["email"])
    address_changed(row, actor)


_CORRECTIONS: dict[type, Any] = {Delegation: _delegation, Mandate: _focal_point, Registration: _person}
