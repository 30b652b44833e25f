"""Translators and revisers: they reach the languages of papers that were given to them, and nothing else. Pure."""

from enum import StrEnum
from typing import Any

from confapp.documents.rules import READ, Status, WorkState
from confapp.documents.rules.languages import CheckState
from confapp.foundation.access import Permit, conference_of
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.people.rules import Role


class Part(StrEnum):
    """What somebody does for a language."""

    TRANSLATE = "translate"
    REVISE = "revise"


TRANSLATE = Permit(
    "translate",
    N_("Translate or check the texts given to one"),
    lambda actor, subject: actor.holds(conference_of(subject), Role.TRANSLATOR),
)
READ_TERMS = Permit(
    "read_glossary",
    N_("Read the glossary"),
    lambda actor, subject: READ.allows(actor, subject) or TRANSLATE.allows(actor, subject),
)


def reason_not_to_write(status: Status, state: WorkState) -> str | None:
    """Why a text that was given to somebody cannot be changed by them now; None when it can."""
    if status == Status.WITHDRAWN:
        return _("This document is withdrawn.")
    if state == WorkState.FINAL:
        return _("The secretariat called this language final. Ask it to open the work again.")
    return None


def reason_not_to_say(check: CheckState | None, *, revises: bool) -> str | None:
    """Why somebody cannot call a text checked, or a draft again."""
    if not revises:
        return _("Another person checks this text.")
    if check == CheckState.FINAL:
        return _("The secretariat made this text final.")
    return None


def is_given(work: Any, account_id: int | None, original: str) -> bool:
    """Whether a language of a paper was given to somebody; the original never is: it is the editors'."""
    return account_id is not None and work.language != original and account_id in (work.assignee_id, work.reviser_id)
