"""Giving and taking rights: a mandate is made at once and told by mail; taking it away is one step."""

from datetime import datetime
from typing import Any

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people import mails, queries, rules
from confapp.people.actions import links
from confapp.people.actions.mailboxes import account_for
from confapp.people.actions.sign_in import ask_link, end_unguarded
from confapp.people.models import Mandate, Person
from confapp.people.rules import LinkPurpose, Role


def invite(
    actor: Actor,
    email: str,
    role: Role,
    conference: Any,
    *,
    name: str = "",
    delegation: Any = None,
    person: Person | None = None,
    ends_at: datetime | None = None,
    language: str = "en",
) -> Mandate:
    """Gives a role in a conference to a mailbox and mails an invitation that is valid for 30 days.

    The caller has checked that the actor may give it. Refused when the mailbox holds the same role already.
    """
    if role == Role.ADMINISTRATOR:
        raise Refused(_("Administrators are named on the page of accounts."), 422, "role")
    account = account_for(email, name, language)
    if account.disabled_at is not None:
        raise Refused(_("This mailbox was disabled by an administrator."), 422, "email")
    if queries.same_mandate(account.id, role, conference.id, delegation, person) is not None:
        raise Refused(_("This mailbox holds this role already. You can send the invitation once more."), 409, "email")
    mandate = Mandate(
        role=role,
        account=account,
        conference_id=conference.id,
        delegation_id=delegation.id if delegation is not None else None,
        person_id=person.id if person is not None else None,
        given_by=actor.account_id,
        starts_at=clock.now(),
        ends_at=ends_at,
    )
    db.session.add(mandate)
    db.session.flush()
    if role in rules.POWERFUL:
        end_unguarded(account)
    audit.record(actor, "invite", mandate, role=role, account=account.ref, ends_at=ends_at)
    _send_invitation(mandate, conference, language)
    return mandate


def renew_link(actor: Actor, mandate: Mandate, conference: Any) -> None:
    """Mails a new invitation; the links sent before stop working."""
    if mandate.accepted_at is not None:
        raise Refused(_("This invitation was accepted already; its holder can sign in."))
    if mandate.revoked_at is not None:
        raise Refused(_("This role was removed. Invite the person again."))
    resend_invitation(mandate, conference)
    audit.record(actor, "renew_invitation", mandate)


def resend_invitation(mandate: Mandate, conference: Any) -> None:
    before = queries.open_links(mandate_id=mandate.id)
    link = _send_invitation(mandate, conference, mandate.account.language)
    for earlier in before:
        earlier.revoked_at, earlier.replaced_by_id = clock.now(), link.id


def revoke_mandate(actor: Actor, mandate: Mandate) -> None:
    """Takes a role away at once: rights are read in each request, so no sign-in keeps it. Twice is as good as once."""
    if mandate.revoked_at is not None:
        return
    if mandate.role == Role.ADMINISTRATOR and len(queries.administrators(clock.now())) < 2:
        raise Refused(_("This is the last administrator. Name another one first."))
    mandate.revoked_at, mandate.revoked_by = clock.now(), actor.account_id
    links_of_it = [*queries.open_links(mandate_id=mandate.id)]
    if mandate.person_id is not None:
        links_of_it += queries.open_links(person_id=mandate.person_id, account_id=mandate.account_id)
    for link in links_of_it:
        link.revoked_at = clock.now()
    audit.record(actor, "revoke_mandate", mandate, role=mandate.role, account=mandate.account.ref)


def send_links_again(email: str) -> None:
    """Renews a mailbox's waiting invitations and links to its records; when there is none, a link to sign in."""
    account = queries.account_by_email(email)
    if account is None or account.disabled_at is not None:
        ask_link(email)  # nothing is sent, and it takes about as long
        return
    waiting = [m for m in queries.unaccepted(account.id) if m.person_id is None and m.conference is not None]
    for mandate in waiting:
        resend_invitation(mandate, mandate.conference)
    records = queries.records_of(account.id, clock.now())
    for person, role in records:
        token, link = links.issue_record_link(person, person.conference, role=role)
        outbox.add(mails.record(person, link, token, person.conference))
    if not waiting and not records:
        ask_link(email)


def _send_invitation(mandate: Mandate, conference: Any, language: str) -> Any:
    account = mandate.account
    token, link = links.issue(
        LinkPurpose.INVITATION,
        account.email,
        clock.now() + rules.INVITATION_LINK,
        account=account,
        mandate=mandate,
        conference=conference,
    )
    outbox.add(mails.invitation(mandate, link, token, conference, language))
    return link
