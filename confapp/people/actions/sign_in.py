"""Sign-ins: a browser is signed in by a random token of which only the hash is kept."""

import secrets

from confapp.foundation import audit, clock, text
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people import mails, queries, rules
from confapp.people.actions import links
from confapp.people.models import Account, MailedLink, SignIn
from confapp.people.rules import LinkPurpose


def ask_link(email: str, next_path: str = "") -> None:
    """Mails a link that signs in once. An unknown mailbox gets nothing, and the page says the same for both.

    For an unknown one the same is done and taken back: the time of the answer tells nobody who has an account.
    """
    found = queries.account_by_email(email)
    is_known = found is not None and found.disabled_at is None
    account = found if found is not None and is_known else Account(email=email, name="", language="en")
    step = db.session.begin_nested()
    token, link = _issue(account, next_path)
    outbox.add(mails.sign_in(account, link, token))
    if is_known:
        step.commit()
    else:
        step.rollback()


def sign_in_link(account: Account, next_path: str = "") -> str:
    """The address of a link that signs in once, within 15 minutes, without a mail (the demonstration prints it)."""
    return absolute(f"/sign-in/{_issue(account, next_path)[0]}")


def use_link(link: MailedLink, *, name: str = "", address: str = "", agent: str = "") -> tuple[str, SignIn]:
    """Signs in by a link; returns the browser's token and the sign-in. A record's link works again, others once."""
    account = link.account
    if account is None or not queries.can_be_used(link, clock.now()):
        raise Refused(_("This link cannot be used any more. Ask for a new one."), 410)
    name = text.clean_name(name)[:200]
    if account.is_shared and not name:
        raise Refused(_("Several people use this mailbox. Please say who you are."), 422, "name")
    if not account.is_shared:
        account.name = account.name or name
    links.spend(link)
    if link.purpose == LinkPurpose.RECORD and link.person_id and link.conference_id:
        with in_conference(link.conference_id):
            for reached in links.record_reached:
                reached(link.person_id)
    return begin(
        account,
        acting_name=name if account.is_shared else "",
        address=address,
        agent=agent,
        person_id=link.person_id if link.purpose == LinkPurpose.RECORD else None,
    )


def use_again(link: MailedLink, *, address: str = "", agent: str = "") -> tuple[str, SignIn] | None:
    """The second half of a double click: the same form of the same page, a moment after it signed in."""
    before = queries.newest_sign_in(link.account_id) if link.account_id and link.used_at else None
    if before is None or link.account is None or link.account.disabled_at is not None:
        return None
    if before.ended_at is not None or before.created_at + rules.REPEATED_CLICK < clock.now():
        return None
    before.ended_at = clock.now()
    return begin(link.account, acting_name=before.acting_name, address=address, agent=agent, person_id=before.person_id)


def begin(
    account: Account, *, acting_name: str = "", address: str = "", agent: str = "", person_id: int | None = None
) -> tuple[str, SignIn]:
    """A new sign-in and its token; staff get a shorter one, and a record's link one that reaches this record only."""
    token, now = secrets.token_urlsafe(32), clock.now()
    actor = queries.actor_of(account, acting_name, person_id)
    is_staff = any(grant.role in rules.POWERFUL for grant in actor.grants)
    sign_in = SignIn(
        account_id=account.id,
        token_hash=rules.token_hash(token),
        acting_name=acting_name,
        is_staff=is_staff,
        created_at=now,
        seen_at=now,
        expires_at=now + rules.ABSOLUTE[is_staff],
        person_id=person_id,
        address=address,
        agent=agent[:200],
    )
    db.session.add(sign_in)
    account.confirmed_at = account.confirmed_at or now
    if person_id is None:
        _accept_what_waits(account)
    db.session.flush()
    audit.record(actor, "sign_in", account, sign_in=sign_in.ref)
    return token, sign_in


def end(sign_in: SignIn) -> None:
    sign_in.ended_at = sign_in.ended_at or clock.now()


def end_all(account: Account) -> None:
    """Signs the account out everywhere."""
    db.session.execute(
        db.update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )


def end_unguarded(account: Account) -> None:
    """Ends the long sign-ins of an account that becomes powerful: staff are signed in for less time."""
    db.session.execute(
        db.update(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ended_at.is_(None), SignIn.is_staff.is_(False))
        .values(ended_at=clock.now())
    )


def _accept_what_waits(account: Account) -> None:
    """Who signs in has reached the mailbox that was invited, and sees the roles on the first page."""
    for mandate in queries.unaccepted(account.id):
        mandate.accepted_at = clock.now()
        audit.record(queries.actor_of(account), "accept_invitation", mandate, role=mandate.role)


def _issue(account: Account, next_path: str) -> tuple[str, MailedLink]:
    return links.issue(
        LinkPurpose.SIGN_IN,
        account.email,
        clock.now() + rules.SIGN_IN_LINK,
        account=account,
        next_path=rules.safe_path(next_path),
    )
