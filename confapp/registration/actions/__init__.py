"""Verbs that change the catalogue, delegations and registrations. Others call these names."""

from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.delegations import (
    accept,
    acknowledge,
    add_delegation,
    add_own_delegation,
    check_credential,
    decline,
    invite_delegation,
    move_delegation,
    note_invited,
    order_by_name,
    receive_credential,
    remove_delegation,
    rename_delegation,
    resend_invitation,
    set_places,
    take_from_focal_point,
)
from confapp.registration.actions.parties import load_catalogue
from confapp.registration.actions.registrations import (
    change_consent,
    confirm,
    correct,
    register_member,
    self_register,
    send_link_again,
)
from confapp.registration.actions.settings import add_category, change_category

__all__ = [
    "accept",
    "acknowledge",
    "add_category",
    "add_delegation",
    "add_own_delegation",
    "change_category",
    "change_consent",
    "change_status",
    "check_credential",
    "confirm",
    "correct",
    "decline",
    "invite_delegation",
    "load_catalogue",
    "move_delegation",
    "note_invited",
    "order_by_name",
    "receive_credential",
    "register_member",
    "remove_delegation",
    "rename_delegation",
    "resend_invitation",
    "self_register",
    "send_link_again",
    "set_places",
    "take_from_focal_point",
]
