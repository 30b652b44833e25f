"""One mailbox for each role, so that a visitor can look at the demonstration from every side."""

from collections.abc import Sequence

from confapp.conferences.models import Conference
from confapp.foundation.access import SYSTEM, Actor
from confapp.people import actions, queries
from confapp.people.actions import accounts
from confapp.people.models import Account, Person
from confapp.people.rules import ROLE_NAMES, STAFF, Role

# Made-up people of the sample conference whose mail goes to the mailbox of a role.
PERSON_OF = {Role.FOCAL_POINT: "haruka-rei", Role.DELEGATE: "yui-mihon", Role.SPEAKER: "sora-gyeonbon"}
ROLES = (Role.ORGANIZER, *(role for role in STAFF if role != Role.ORGANIZER), *PERSON_OF, Role.ADMINISTRATOR)


def mailbox(role: Role) -> str:
    return f"{role.value.replace('_', '-')}@demo.example"


def mailboxes() -> dict[str, str]:
    """The addresses of the people who stand for a role, by their key in the content."""
    return {key: mailbox(role) for role, key in PERSON_OF.items()}


def make_administrator() -> Actor:
    account = actions.account_for(mailbox(Role.ADMINISTRATOR), _name(Role.ADMINISTRATOR))
    accounts.make_administrator(SYSTEM, account)
    return queries.actor_of(account)


def appoint(conference: Conference, roles: Sequence[Role], by: Actor) -> None:
    for role in roles:
        actions.invite(by, mailbox(role), role, conference, name=_name(role))


def appoint_speaker(conference: Conference, person: Person, by: Actor) -> None:
    role = Role.SPEAKER
    actions.invite(by, mailbox(role), role, conference, name=person.printed_name, person=person)


def actor(role: Role) -> Actor:
    return queries.actor_of(_account(role))


def links() -> list[tuple[str, str]]:
    """(role, address of a page that signs in once), made anew at each call."""
    return [(ROLE_NAMES[role], actions.sign_in_link(_account(role))) for role in ROLES]


def _account(role: Role) -> Account:
    account = queries.account_by_email(mailbox(role))
    if account is None:
        raise LookupError(mailbox(role))
    return account


def _name(role: Role) -> str:
    return f"Sample {ROLE_NAMES[role]}"
