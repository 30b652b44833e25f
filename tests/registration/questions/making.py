"""Plain makers of questions and questionnaires."""

from typing import Any

from flask import Flask  # noqa: F401

from confapp.conferences.models import Conference
from confapp.registration.models import (
    Answer,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
    Registration,
)
from confapp.registration.rules.questions import AskedAt, DataClass, QuestionKind
from tests import build

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


def questionnaire(conference: Conference, *questions: Question | tuple[Question, dict[str, Any]], **changes: Any) -> Any:
    """An open questionnaire with one section; a question may come with what its item says."""
    values: dict[str, Any] = {"code": f"set-{conference.id}-{len(questions)}-{id(questions)}", "is_open": True}
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
    row = Answer(conference_id=registration.conference_id, registration_id=registration.id, question=question)
    row.version = question.newest
    with build.saving():
        from confapp.foundation.db import db

        row = db.session.merge(row)
        row.value = value
    return row
