"""What administrators do with accounts, and how the first one comes to be."""

from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import INTERFACE
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.transactions import writing
from confapp.people import queries, rules
from confapp.people.actions import links
from confapp.people.actions.mailboxes import account_for
from confapp.people.actions.sign_in import end_all, end_unguarded
from confapp.people.models import Account, MailedLink, Mandate
from confapp.people.rules import LinkPurpose, Role


def first_administrator_link() -> str | None:
    """On an installation without administrator, the address of a page that makes one, once; earlier ones stop working.

    Called outside requests; it commits.
    """
    with writing():
        if queries.administrators(clock.now()):
            return None
        for earlier in queries.open_links(purpose=LinkPurpose.SETUP):
            earlier.revoked_at = clock.now()
        token, _link = links.issue(LinkPurpose.SETUP, "", clock.now() + rules.SETUP_LINK)
    return absolute(f"/setup/{token}")


def make_first_administrator(link: MailedLink, email: str, name: str) -> Account:
    if not link.is_open(clock.now()) or queries.administrators(clock.now()):
        raise Refused(_("This link cannot be used any more."), 410)
    links.spend(link)
    account = account_for(email, name)
    link.account_id, link.email = account.id, account.email
    _give(SYSTEM, account)
    return account


def make_administrator(actor: Actor, account: Account) -> None:
    if queries.administrator_mandate(account.id) is None:
        _give(actor, account)


def disable(actor: Actor, account: Account) -> None:
    """Nobody signs in to this mailbox any more; whoever is signed in is signed out."""
    if account.id == actor.account_id:
        raise Refused(_("You cannot disable your own account."))
    if account.disabled_at is None:
        account.disabled_at = clock.now()
        end_all(account)
        audit.record(actor, "disable", account)


def enable(actor: Actor, account: Account) -> None:
    if account.disabled_at is not None:
        account.disabled_at = None
        audit.record(actor, "enable", account)


def share(actor: Actor, account: Account, is_shared: bool) -> None:
    """Whether several people use the mailbox; if so, each says who is acting when signing in."""
    if not actor.is_administrator and queries.administrator_mandate(account.id) is not None:
        raise Forbidden(_("This is an administrator's mailbox; only an administrator changes it."))
    if account.is_shared != is_shared:
        account.is_shared = is_shared
        if is_shared:
            end_all(account)
        audit.record(actor, "share", account, is_shared=is_shared)


def choose_language(account: Account, code: str) -> None:
    if code not in INTERFACE:
        raise Refused(_("Choose one of the languages on the page."), 422)
    account.language = code


def _give(actor: Actor, account: Account) -> None:
    mandate = Mandate(role=Role.ADMINISTRATOR, account_id=account.id, given_by=actor.account_id, starts_at=clock.now())
    db.session.add(mandate)
    db.session.flush()
    end_unguarded(account)
    audit.record(actor, "make_administrator", account)
