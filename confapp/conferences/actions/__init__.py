"""Verbs that change conferences and their pages. Others call these names."""

from confapp.conferences.actions.beginning import begin_conference, beginning, parts_of, preview
from confapp.conferences.actions.conferences import change, change_status, create
from confapp.conferences.actions.copying import Copy, copy_conference
from confapp.conferences.actions.filling import Filling
from confapp.conferences.actions.pages import put_page, remove_page
from confapp.conferences.actions.parts import (
    Counted,
    Part,
    Step,
    any_rows,
    counted,
    figures,
    never_copied,
    ordered_parts,
    ordered_steps,
    parts,
    steps,
)

__all__ = [
    "Copy",
    "Counted",
    "Filling",
    "Part",
    "Step",
    "any_rows",
    "begin_conference",
    "beginning",
    "change",
    "change_status",
    "copy_conference",
    "counted",
    "create",
    "figures",
    "never_copied",
    "ordered_parts",
    "ordered_steps",
    "parts",
    "parts_of",
    "preview",
    "put_page",
    "remove_page",
    "steps",
]
