"""Verbs that change accounts, mandates and links. Others call these names."""

from confapp.people.actions.accounts import first_administrator_link
from confapp.people.actions.links import record_link, revoke_record_links
from confapp.people.actions.mailboxes import account_for
from confapp.people.actions.mandates import invite, renew_link, revoke_mandate
from confapp.people.actions.merging import merge_into
from confapp.people.actions.sign_in import sign_in_link

__all__ = [
    "account_for",
    "first_administrator_link",
    "invite",
    "merge_into",
    "record_link",
    "renew_link",
    "revoke_mandate",
    "revoke_record_links",
    "sign_in_link",
]
