"""Plain makers of questions and questionnaires."""

from itertools import count
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.registration.models import (
    Answer,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
    Registration,
)
from confapp.registration.queries import questions as queries
from confapp.registration.rules.questions import LEAST_CLASS, AskedAt, DataClass, QuestionKind
from tests import build

_numbers = count(1)
OPTIONS = [
    {"code": "a", "label": {"en": "Apple", "id": "Apel"}},
    {"code": "b", "label": {"en": "Banana", "id": "Pisang"}},
]


def question(conference: Conference, code: str, kind: QuestionKind = QuestionKind.TEXT, **changes: Any) -> Question:
    """A question with its first version."""
    of_version = {name: changes.pop(name) for name in ("label", "help", "options", "settings") if name in changes}
    if kind in (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF):
        of_version.setdefault("options", OPTIONS)
    of_version.setdefault("label", {"en": f"Question {code}", "id": f"Pertanyaan {code}"})
    values: dict[str, Any] = {"data_class": DataClass.PERSONAL, "readers": ["organizer"], "kept_days": 30}
    row = Question(conference_id=conference.id, code=code, kind=kind, **(values | changes))
    row.versions = [QuestionVersion(conference_id=conference.id, number=1, **of_version)]
    return build.save(row)


def questionnaire(
    conference: Conference, *questions: Question | tuple[Question, dict[str, Any]], **changes: Any
) -> Any:
    """An open questionnaire with one section; a question may come with what its item says."""
    values: dict[str, Any] = {"code": f"sheet-{next(_numbers)}", "is_open": True}
    values |= {"name": {"en": "Questions"}, "asked_at": AskedAt.REGISTRATION} | changes
    condition = values.pop("condition", {})
    row = Questionnaire(conference_id=conference.id, **values)
    part = QuestionnairePart(conference_id=conference.id, title={"en": "Section", "id": "Bagian"}, condition=condition)
    row.parts = [part]
    for position, one in enumerate(questions):
        asked, about = one if isinstance(one, tuple) else (one, {})
        part.items.append(
            QuestionnaireItem(conference_id=conference.id, question_id=asked.id, position=position, **about)
        )
    return build.save(row)


def answer(registration: Registration, question: Question, value: Any) -> Answer:
    with in_conference(registration.conference_id), writing():
        kept = db.session.get_one(Question, question.id)
        row = Answer(conference_id=registration.conference_id, registration_id=registration.id, question=kept)
        row.version, row.value = kept.newest, value
        db.session.add(row)
    return row


def answers(registration: Registration) -> dict[str, Any]:
    """What is kept of somebody, by the code of the question; of a file its name."""
    with in_conference(registration.conference_id):
        rows = queries.answers_of(db.session.get_one(Registration, registration.id))
        found = {one.question.code: one.file.name if one.file is not None else one.value for one in rows}
    db.session.rollback()
    return found


def every_kind(conference: Conference, **item: Any) -> tuple[dict[str, Question], Any]:
    """An open questionnaire that asks one question of each kind."""
    made = {}
    for kind in QuestionKind:
        sealed = kind in LEAST_CLASS
        data_class = DataClass.HIGH if sealed else DataClass.PERSONAL
        made[kind.value] = question(conference, kind.value.replace("_", "-"), kind, data_class=data_class)
    return made, questionnaire(conference, *((one, item) for one in made.values()))
