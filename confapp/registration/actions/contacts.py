"""The addresses for letters of many delegations at once, and what can be mailed once they are known."""

from collections.abc import Mapping

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.lifecycle import Forbidden
from confapp.registration.actions.undelivered import change_contact
from confapp.registration.queries import letters as queries
from confapp.registration.rules import INVITE


def set_contacts(actor: Actor, conference: Conference, addresses: Mapping[str, str]) -> int:
    """Gives delegations their addresses, by reference; returns how many changed."""
    if not INVITE.allows(actor, conference):
        raise Forbidden
    rows = queries.delegations_of(actor, conference)
    changed = [row for row in rows if addresses.get(row.ref, row.contact_email) != row.contact_email]
    for row in changed:
        change_contact(actor, row, addresses[row.ref])
    return len(changed)
