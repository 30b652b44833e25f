"""Which questions a page asks, in which sections, and under which conditions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.registration.rules import answers, conditions
from confapp.registration.rules.conditions import Condition, Place, Value
from confapp.registration.rules.privacy import answer_kept
from confapp.registration.rules.questions import is_frozen

PREFIX = "q-"


@dataclass(frozen=True)
class Asked:
    """A question where a page asks it."""

    name: str
    item: Any
    condition: Condition  # everything that must hold: of the questionnaire, the section and the question
    own_condition: Condition

    @property
    def question(self) -> Any:
        return self.item.question

    @property
    def code(self) -> str:
        return str(self.question.code)

    @property
    def place(self) -> Place:
        return Place(self.name, self.code, self.condition)


@dataclass(frozen=True)
class Section:
    part: Any
    condition: Condition
    asked: list[Asked] = field(default_factory=list)


def sections(questionnaires: Iterable[Any], category: str = "", offered: Iterable[str] = ()) -> list[Section]:
    """The sections of a page: of one category, or of those offered, each under the condition of its categories."""
    possible = {category} if category else set(offered)
    found, seen = [], Counter[str]()
    for questionnaire in questionnaires:
        wanted = [code for code in questionnaire.categories if not possible or code in possible]
        if questionnaire.categories and not wanted:
            continue
        of_category = {} if category else _of_categories(wanted)
        for part in questionnaire.parts:
            section = Section(part, conditions.both(of_category, part.condition))
            for item in part.items:
                if item.question.retired_at is None:
                    section.asked.append(_asked(item, section.condition, seen))
            if section.asked:
                found.append(section)
    return found


def _of_categories(codes: list[str]) -> Condition:
    if len(codes) == 1:
        return {"field": "category", "operator": "equals", "value": codes[0]}
    return {"field": "category", "operator": "one_of", "value": codes} if codes else {}


def _asked(item: Any, around: Condition, seen: Counter[str]) -> Asked:
    code = item.question.code
    seen[code] += 1
    name = f"{PREFIX}{code}" if seen[code] == 1 else f"{PREFIX}{code}.{seen[code]}"
    return Asked(name, item, conditions.both(around, item.condition), item.condition)


def facts(registration: Any) -> dict[str, Value]:
    """The built-in fields of somebody who is registered."""
    person, delegation = registration.person, registration.delegation
    return {
        "category": registration.category.code,
        "delegation_kind": delegation.kind.value if delegation is not None else "none",
        "capacity": registration.capacity.value,
        "country": person.country,
        "rank": registration.rank.value,
        "language": person.language,
    }


def deleted_at(ends_at: datetime, question: Any) -> datetime:
    """When the answers to a question are emptied."""
    return ends_at + answer_kept(question.data_class, question.kept_days, question.kind)


@dataclass(frozen=True)
class Unanswered:
    """A question that somebody still has to answer, and from when the answer is needed."""

    asked: Asked
    registration: Any
    by: datetime | None

    @property
    def sentence(self) -> str:
        return _("An answer: %(question)s", question=best(self.asked.question.newest.label))


def unanswered(
    questionnaires: Sequence[Any], registration: Any, given: Mapping[int, Any], at: datetime, zone: str
) -> list[Unanswered]:
    """Required questions without an answer, also those that are required from a later moment; given by question."""
    asked = [one for section in sections(questionnaires, registration.category.code) for one in section.asked]
    if not any(one.item.is_required and one.question.id not in given for one in asked):
        return []
    wanted = {code for one in asked for code in conditions.fields(one.condition)}
    compared = given_values(given, wanted, zone)
    values = {one.name: compared.get(one.code, "") for one in asked}
    visible = conditions.shown([one.place for one in asked], values, {**facts(registration), **compared})
    return [
        Unanswered(one, registration, one.item.required_from)
        for one in asked
        if one.name in visible and one.item.is_required and one.question.id not in given and not is_frozen(one.item, at)
    ]


def given_values(given: Mapping[int, Any], wanted: set[str], zone: str) -> dict[str, Value]:
    """Kept answers as conditions see them; what is sealed is opened only where a condition asks for it."""
    return {
        one.question.code: answers.KEPT
        if one.file_id is not None
        else answers.compared(one.question.kind, one.known_value, zone)
        for one in given.values()
        if one.question.code in wanted
    }
