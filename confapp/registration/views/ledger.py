"""The lines of a registration's ledger in words, for the desk and for the person's own page."""

from flask import g

from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.registration.queries import Line
from confapp.registration.queries.questions import labels
from confapp.registration.rules import ACCREDITATION, OFFICE_NAMES, field_name, is_field, question_said

VERBS: dict[str, str] = {
    "cleared": N_("Cleared"),
    "objected": N_("Objected"),
    "ask_again": N_("Asked again after a correction"),
    "prepare_decision": N_("Decision prepared"),
    "drop_decision": N_("Prepared decision taken out"),
    "release_decision": N_("Prepared decision released"),
    "assign": N_("Given to somebody, or to nobody"),
    "ask": N_("Asked by the person or the focal point"),
    "answer": N_("Written by the office"),
    "note": N_("Note of the office"),
    "take_over": N_("Registered in somebody's place"),
    "replace": N_("Replaced by somebody else"),
    "issue_letter": N_("Letter issued"),
    "answer_questions": N_("Questions answered"),
}


def field_said(name: str, *, with_code: bool = True) -> str:
    """A field in words; a question by its label, for the office with the code by which it knows it."""
    if is_field(name):
        return field_name(name)
    if "question_labels" not in g:
        g.question_labels = labels()
    return question_said(name, g.question_labels) if with_code else best(g.question_labels.get(name)) or name


def about(line: Line) -> str:
    """The step, the decision or the office that a line is about, in words."""
    if line.verb in ("prepare_decision", "drop_decision", "release_decision"):
        move = ACCREDITATION.named(line.about)
        return _(move.label) if move is not None and move.label else ""
    if line.verb == "ask_again":
        return _(OFFICE_NAMES[line.about]) if line.about in OFFICE_NAMES else ""
    return line.about


def fields(line: Line, *, with_code: bool = True) -> str:
    """The fields that were corrected, or that brought it back to review; each once."""
    return ", ".join(dict.fromkeys(field_said(one, with_code=with_code) for one in line.fields))


def defects(line: Line, *, with_code: bool = True) -> list[tuple[str, str]]:
    return [(field_said(field, with_code=with_code), text) for field, text in line.defects]
