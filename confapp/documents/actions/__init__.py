from confapp.documents.actions.blocks import Conflict, add_block, move_block, show_block, write_text, write_texts
from confapp.documents.actions.documents import change_details, create
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
from confapp.documents.actions.versions import adopt, freeze, reason_not_to_adopt

__all__ = [
    "Conflict",
    "abandon",
    "add_block",
    "adopt",
    "change_details",
    "complete_publication",
    "create",
    "draft_record",
    "file_name",
    "freeze",
    "move_block",
    "prepare_publication",
    "reason_not_to_adopt",
    "reason_not_to_publish",
    "resume",
    "show_block",
    "version_to_publish",
    "withdraw",
    "write_text",
    "write_texts",
]
