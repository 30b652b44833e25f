"""Verbs that change conferences and their pages. Others call these names."""

from confapp.conferences.actions.conferences import change, change_status, create
from confapp.conferences.actions.copying import Copy, Part, copy_conference, ordered_parts, parts
from confapp.conferences.actions.pages import put_page, remove_page

__all__ = [
    "Copy",
    "Part",
    "change",
    "change_status",
    "copy_conference",
    "create",
    "ordered_parts",
    "parts",
    "put_page",
    "remove_page",
]
