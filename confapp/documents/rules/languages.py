"""How far each language of a paragraph is, and who may say so. Pure."""

from enum import StrEnum

from confapp.documents.rules import inline
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _


class CheckState(StrEnum):
    """What somebody says of a text that stands."""

    CHECKED = "checked"
    FINAL = "final"


class CellState(StrEnum):
    MISSING = "missing"
    DRAFT = "draft"
    CHECKED = "checked"
    FINAL = "final"
    BEHIND = "behind"


CELL_NAMES: dict[str, str] = {
    CellState.MISSING: N_("No text yet"),
    CellState.DRAFT: N_("Draft, not checked"),
    CellState.CHECKED: N_("Checked"),
    CellState.FINAL: N_("Final"),
    CellState.BEHIND: N_("Behind the original"),
}
CELL_LOOKS: dict[str, str] = {
    CellState.MISSING: "attention",
    CellState.DRAFT: "waiting",
    CellState.CHECKED: "good",
    CellState.FINAL: "neutral",
    CellState.BEHIND: "attention",
}
EMPTY = inline.digest([])


def cell_state(text: str | None, source: str | None, original: str | None, check: CheckState | None) -> CellState:
    """Of hashes: of a text, of the original it follows and of the present one (None for the original itself)."""
    if text is None or text == EMPTY:
        return CellState.MISSING
    if original is not None and source != original:
        return CellState.BEHIND
    return CellState(check.value) if check else CellState.DRAFT


def wants_work(state: CellState, *, is_original: bool, wants_checks: bool) -> bool:
    """Whether somebody has something left to do; a translation that nobody checked only where checks are wanted."""
    return state in (CellState.MISSING, CellState.BEHIND) or (
        wants_checks and not is_original and state == CellState.DRAFT
    )


def reason_not_to_mark(
    state: CellState, to: CheckState, *, is_own: bool, four_eyes: bool, wants_checks: bool
) -> str | None:
    """Why a text cannot be called checked or final by whoever asks; None when it can."""
    if state == CellState.MISSING:
        return _("There is no text to check.")
    if state == CellState.BEHIND:
        return _("The original changed since. Bring the translation in step with it first.")
    if four_eyes and is_own and state not in (CellState.CHECKED, CellState.FINAL):
        return _("This conference wants another person to check what you wrote.")
    if to == CheckState.FINAL and wants_checks and state == CellState.DRAFT:
        return _("It is checked first and made final then.")
    return None
