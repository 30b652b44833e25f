from confapp.documents.actions.adoption import (
    add_oral_revision,
    confirm_endorsement,
    correct_adoption,
    decline_endorsement,
    endorse,
    follow_statement,
    hand_in_statement,
    record_vote,
    set_terms,
    withdraw_endorsement,
    withdraw_own_statement,
)
from confapp.documents.actions.blocks import Conflict, add_block, move_block, show_block, write_text, write_texts
from confapp.documents.actions.checking import pass_gate, serious
from confapp.documents.actions.claims import claim
from confapp.documents.actions.documents import change_details, create
from confapp.documents.actions.emblem import remove_emblem, set_emblem
from confapp.documents.actions.endorsement_lists import draft_endorsements
from confapp.documents.actions.glossary import add_term, bring_in_terms, cells, change_term, outcomes, remove_term
from confapp.documents.actions.importing import forget_import, keep_import, take_import
from confapp.documents.actions.journals import draft_journal
from confapp.documents.actions.languages import Marked, mark, take_back_check, want_of_translations
from confapp.documents.actions.publication import (
    abandon,
    complete_publication,
    file_name,
    prepare_publication,
    reason_not_to_publish,
    resume,
    version_to_publish,
    withdraw,
)
from confapp.documents.actions.records import draft_record
from confapp.documents.actions.register import (
    add_series,
    add_usual_series,
    change_register,
    change_series,
    create_in_series,
    extend,
    hand_in,
    set_work,
    take_symbol,
)
from confapp.documents.actions.replacing import ChangedMeanwhile, replace, take_back
from confapp.documents.actions.silence import object_to_text, start_silence, stop_silence, tell_silence
from confapp.documents.actions.structure import change_kind, divide, indent, join, outdent, parts_of
from confapp.documents.actions.translations import bring_in_translation, plan_translation
from confapp.documents.actions.unsaved import forget_typed, keep_typed
from confapp.documents.actions.versions import adopt, freeze, reason_not_to_adopt

__all__ = [
    "ChangedMeanwhile",
    "Conflict",
    "Marked",
    "abandon",
    "add_block",
    "add_oral_revision",
    "add_series",
    "add_term",
    "add_usual_series",
    "adopt",
    "bring_in_terms",
    "bring_in_translation",
    "cells",
    "change_details",
    "change_kind",
    "change_register",
    "change_series",
    "change_term",
    "claim",
    "complete_publication",
    "confirm_endorsement",
    "correct_adoption",
    "create",
    "create_in_series",
    "decline_endorsement",
    "divide",
    "draft_endorsements",
    "draft_journal",
    "draft_record",
    "endorse",
    "extend",
    "file_name",
    "follow_statement",
    "forget_import",
    "forget_typed",
    "freeze",
    "hand_in",
    "hand_in_statement",
    "indent",
    "join",
    "keep_import",
    "keep_typed",
    "mark",
    "move_block",
    "object_to_text",
    "outcomes",
    "outdent",
    "parts_of",
    "pass_gate",
    "plan_translation",
    "prepare_publication",
    "reason_not_to_adopt",
    "reason_not_to_publish",
    "record_vote",
    "remove_emblem",
    "remove_term",
    "replace",
    "resume",
    "serious",
    "set_emblem",
    "set_terms",
    "set_work",
    "show_block",
    "start_silence",
    "stop_silence",
    "take_back",
    "take_back_check",
    "take_import",
    "take_symbol",
    "tell_silence",
    "version_to_publish",
    "want_of_translations",
    "withdraw",
    "withdraw_endorsement",
    "withdraw_own_statement",
    "write_text",
    "write_texts",
]
