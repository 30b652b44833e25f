"""Links sent by mail: a random token of which only the hash is kept, with a purpose and an end."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.people import queries, rules
from confapp.people.actions.mailboxes import account_for, new_account_id
from confapp.people.models import MailedLink, Mandate, Person
from confapp.people.rules import LinkPurpose, Role

# What other features do when somebody opened the link to a record, and so reached its mailbox; called in its scope.
record_reached: list[Callable[[int], None]] = []


NAMED = ("account", "mandate", "person", "delegation", "conference")


def issue(purpose: LinkPurpose, email: str, expires_at: datetime, **about: Any) -> tuple[str, MailedLink]:
    """A new link and its token; `about` is what it is for: one of NAMED or several, and next_path."""
    token, values = _new(purpose, email, expires_at, **about)
    return token, _added(values)


def spend(link: MailedLink) -> None:
    """Uses a link up. Of two browsers that open it at the same moment one is refused."""
    now = clock.now()
    free = MailedLink.revoked_at.is_(None) & (MailedLink.expires_at > now)
    if link.purpose != LinkPurpose.RECORD:
        free &= MailedLink.used_at.is_(None)
    spent = db.session.execute(
        update(MailedLink)
        .where(MailedLink.id == link.id, free)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if not spent.rowcount:  # type: ignore[attr-defined]
        raise Refused(_("This link cannot be used any more. Ask for a new one."), 410)
    db.session.refresh(link)


def record_link(person: Person, conference: Any, *, role: Role = Role.DELEGATE, next_path: str = "") -> str:
    """The address of a new link to one person's own record, until 30 days after the conference.

    Signing in by it gives what the person's own mandate gives and nothing else that the mailbox may do. Earlier links
    stay valid; `revoke_record_links` ends them all (after a change of the address, say).
    """
    token, values = _new_to_record(person, conference, role, next_path)
    db.session.connection().execute(_LINK, values)
    return absolute(f"/links/{token}", person.language)


def issue_record_link(person: Person, conference: Any, *, role: Role = Role.DELEGATE) -> tuple[str, MailedLink]:
    """As `record_link`: its token, and the row."""
    token, values = _new_to_record(person, conference, role)
    return token, _added(values)


def revoke_record_links(actor: Actor, person: Person) -> None:
    """Ends all links to a person's record and the sign-ins begun by them, and the mandates over it."""
    now = clock.now()
    for mandate in queries.mandates_over(person.id):
        mandate.revoked_at, mandate.revoked_by = now, actor.account_id
    for link in queries.open_links(person_id=person.id):
        link.revoked_at = now
    audit.record(actor, "revoke_links", person)


# --- parts ------------------------------------------------------------------------------------------------------------

# Built once, and executed without the unit of work: every registration asks both.
_LINK = insert(MailedLink.__table__)
_MANDATE = insert(Mandate.__table__)


def _new_to_record(person: Person, conference: Any, role: Role, next_path: str = "") -> tuple[str, dict[str, Any]]:
    if not person.email:
        raise Refused(_("There is no e-mail address for this person, so no link can be sent."), 422, "email")
    account_id = new_account_id(person.email, person.printed_name, person.language)
    is_new = account_id is not None
    account_id = account_id or account_for(person.email, person.printed_name).id
    if is_new or queries.own_mandate(account_id, person.id, role) is None:
        own = {"role": role, "account_id": account_id, "conference_id": conference.id, "person_id": person.id}
        db.session.connection().execute(_MANDATE, own)
    token, values = _new(
        LinkPurpose.RECORD,
        person.email,
        conference.ends_at + rules.RECORD_LINK_AFTER_CONFERENCE,
        person=person,
        conference=conference,
        next_path=next_path or f"/me/{conference.slug}/",
    )
    return token, values | {"account_id": account_id}


def _new(purpose: LinkPurpose, email: str, expires_at: datetime, **about: Any) -> tuple[str, dict[str, Any]]:
    """A token, and the row that keeps its hash."""
    token = secrets.token_urlsafe(32)
    ids = {f"{name}_id": row.id for name in NAMED if (row := about.get(name))}
    return token, ids | {
        "purpose": purpose,
        "token_hash": rules.token_hash(token),
        "email": email,
        "expires_at": expires_at,
        "next_path": about.get("next_path", ""),
    }


def _added(values: dict[str, Any]) -> MailedLink:
    link = MailedLink(**values)
    db.session.add(link)
    db.session.flush()
    return link
