"""Verbs that change the catalogue, delegations and registrations. Others call these names."""

from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.addresses import ask_address, change_language, take_address
from confapp.registration.actions.answering import decline_with_members
from confapp.registration.actions.attendance import note_attended, take_back_attended
from confapp.registration.actions.clearances import clear
from confapp.registration.actions.companions import register_companion, withdraw_companions, withdraw_with
from confapp.registration.actions.consents import change_consent, word_consent
from confapp.registration.actions.conversation import ask_office, assign, write_note, write_to_person
from confapp.registration.actions.credentials import (
    check_credential,
    object_to_credential,
    receive_credential,
    take_back_check,
)
from confapp.registration.actions.decisions import Line, drop, prepare, preview, release, release_several
from confapp.registration.actions.delegations import (
    accept,
    acknowledge,
    add_delegation,
    add_own_delegation,
    decline,
    describe_delegation,
    invite_delegation,
    note_invited,
    remove_delegation,
    rename_delegation,
    resend_invitation,
    set_places,
    tag_delegations,
    take_back_answer,
    take_from_focal_point,
)
from confapp.registration.actions.erasing import ask_erasure, erase_now, keep_after_all
from confapp.registration.actions.invitations import complete, invite_members, remind_member
from confapp.registration.actions.lists import delete_view, save_view, view_query
from confapp.registration.actions.merging import merge, versions
from confapp.registration.actions.order import (
    apply_order,
    draw_first_seat,
    move_delegation,
    note_draw,
    order_by_name,
    place_delegation,
    preview_order,
    undo_order,
)
from confapp.registration.actions.parties import add_party, change_party, import_parties, load_catalogue, remove_party
from confapp.registration.actions.photos import remove_photo, set_photo
from confapp.registration.actions.places import hold_places
from confapp.registration.actions.privacy import purge_early
from confapp.registration.actions.promotion import promote
from confapp.registration.actions.registrations import (
    confirm,
    correct,
    register_member,
    self_register,
    send_link_again,
)
from confapp.registration.actions.settings import add_category, change_category
from confapp.registration.actions.substitution import substitute
from confapp.registration.actions.tracks import add_step, move_step, retire_step, set_four_eyes
from confapp.registration.actions.vetting import findings, record_results
from confapp.registration.actions.ways import close_link, make_link, reopen_link, set_ways

__all__ = [
    "Line",
    "accept",
    "acknowledge",
    "add_category",
    "add_delegation",
    "add_own_delegation",
    "add_party",
    "add_step",
    "apply_order",
    "ask_address",
    "ask_erasure",
    "ask_office",
    "assign",
    "change_category",
    "change_consent",
    "change_language",
    "change_party",
    "change_status",
    "check_credential",
    "clear",
    "close_link",
    "complete",
    "confirm",
    "correct",
    "decline",
    "decline_with_members",
    "delete_view",
    "describe_delegation",
    "draw_first_seat",
    "drop",
    "erase_now",
    "findings",
    "hold_places",
    "import_parties",
    "invite_delegation",
    "invite_members",
    "keep_after_all",
    "load_catalogue",
    "make_link",
    "merge",
    "move_delegation",
    "move_step",
    "note_attended",
    "note_draw",
    "note_invited",
    "object_to_credential",
    "order_by_name",
    "place_delegation",
    "prepare",
    "preview",
    "preview_order",
    "promote",
    "purge_early",
    "receive_credential",
    "record_results",
    "register_companion",
    "register_member",
    "release",
    "release_several",
    "remind_member",
    "remove_delegation",
    "remove_party",
    "remove_photo",
    "rename_delegation",
    "reopen_link",
    "resend_invitation",
    "retire_step",
    "save_view",
    "self_register",
    "send_link_again",
    "set_four_eyes",
    "set_photo",
    "set_places",
    "set_ways",
    "substitute",
    "tag_delegations",
    "take_address",
    "take_back_answer",
    "take_back_attended",
    "take_back_check",
    "take_from_focal_point",
    "undo_order",
    "versions",
    "view_query",
    "withdraw_companions",
    "withdraw_with",
    "word_consent",
    "write_note",
    "write_to_person",
]
