"""Adds a starting set: the questions that the catalogue lacks, and its questionnaires, closed."""

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.registration.actions import questions as actions
from confapp.registration.actions.questions import Keeping, Terms, Wording
from confapp.registration.models import Question, Questionnaire
from confapp.registration.queries import categories
from confapp.registration.queries import questions as queries
from confapp.registration.rules.question_sets import QUESTIONS, Part, QuestionSet, Sheet


def add_set(actor: Actor, conference: Conference, chosen: QuestionSet) -> list[Questionnaire]:
    """A question that is there keeps its words, a questionnaire that is there stays as it is."""
    of_whom = [one.code for one in categories() if one.code in chosen.category_like]
    missing = [sheet for sheet in chosen.sheets if queries.questionnaire_by_code(sheet.code) is None]
    return [_add_sheet(actor, conference, sheet, of_whom) for sheet in missing]


def _add_sheet(actor: Actor, conference: Conference, sheet: Sheet, of_whom: list[str]) -> Questionnaire:
    made = actions.add_questionnaire(actor, conference, dict(sheet.name), sheet.asked_at, of_whom, sheet.code)
    for part in sheet.parts:
        _add_part(actor, conference, made, part)
    return made


def _add_part(actor: Actor, conference: Conference, made: Questionnaire, part: Part) -> None:
    section = actions.add_part(actor, made, dict(part.title), dict(part.help), part.condition)
    for ask in part.asks:
        terms = Terms(is_required=ask.needed, condition=ask.condition)
        actions.add_item(actor, section, _question(actor, conference, ask.code), terms)


def _question(actor: Actor, conference: Conference, code: str) -> Question:
    there = queries.question_by_code(code)
    if there is not None:
        return there
    one = QUESTIONS[code]
    options = [{"code": option, "label": dict(label)} for option, label in one.options]
    wording = Wording(dict(one.label), dict(one.help), options, dict(one.settings))
    keeping = Keeping(one.data_class, one.kept_days, list(one.readers), one.looks_again)
    return actions.add_question(actor, conference, one.kind, wording, keeping, code)
