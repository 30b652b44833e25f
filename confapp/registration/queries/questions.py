"""Questions, questionnaires and answers: each with one statement for every table, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.registration.models import (
    Answer,
    Category,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
    Registration,
)
from confapp.registration.rules import Status, asking, questions
from confapp.registration.rules.asking import Unanswered
from confapp.registration.rules.questions import AskedAt

WHOLE = (
    selectinload(Questionnaire.parts)
    .selectinload(QuestionnairePart.items)
    .joinedload(QuestionnaireItem.question)
    .selectinload(Question.versions)
)
ANSWERED = (
    joinedload(Answer.question).selectinload(Question.versions),
    joinedload(Answer.version),
    joinedload(Answer.file),
)


def questionnaires(asked_at: AskedAt | None = None, *, only_open: bool = False) -> Sequence[Questionnaire]:
    """In their order, with their sections and questions."""
    return db.session.scalars(_questionnaires(asked_at, only_open)).all()


@cache
def _questionnaires(asked_at: AskedAt | None, only_open: bool) -> Any:
    wanted = select(Questionnaire).options(WHOLE).order_by(Questionnaire.position, Questionnaire.id)
    if asked_at is not None:
        wanted = wanted.where(Questionnaire.asked_at == asked_at)
    return wanted.where(Questionnaire.is_open) if only_open else wanted


def questionnaire(ref: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).where(Questionnaire.ref == ref).options(WHOLE))


def part(ref: str) -> QuestionnairePart | None:
    """A section with its questionnaire."""
    wanted = select(QuestionnairePart).where(QuestionnairePart.ref == ref)
    return db.session.scalar(wanted.options(joinedload(QuestionnairePart.questionnaire)))


def questionnaire_by_code(code: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))


def hold_questionnaire(of: Questionnaire) -> Questionnaire:
    """As it is now; whoever changes it at the same time waits until this transaction is over."""
    wanted = select(Questionnaire).where(Questionnaire.id == of.id).options(WHOLE).with_for_update(of=Questionnaire)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def hold_question(of: Question) -> Question:
    wanted = select(Question).where(Question.id == of.id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def catalogue() -> Sequence[Question]:
    """All questions, those out of use last."""
    wanted = select(Question).options(selectinload(Question.versions))
    return db.session.scalars(wanted.order_by(Question.retired_at.is_not(None), Question.position, Question.id)).all()


def labels() -> dict[str, dict[str, str]]:
    """What each question of the catalogue says at present, by its code."""
    return {one.code: one.newest.label for one in catalogue() if one.versions}


def question(ref: str) -> Question | None:
    return db.session.scalar(select(Question).where(Question.ref == ref).options(selectinload(Question.versions)))


def question_by_code(code: str) -> Question | None:
    return db.session.scalar(select(Question).where(Question.code == code).options(selectinload(Question.versions)))


def numbers_of_answers() -> dict[int, int]:
    counted = select(Answer.question_id, func.count()).group_by(Answer.question_id)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def number_of_answers(of: Question, version: QuestionVersion | None = None) -> int:
    counted = select(func.count()).select_from(Answer).where(Answer.question_id == of.id)
    if version is not None:
        counted = counted.where(Answer.version_id == version.id)
    return db.session.scalar(counted) or 0


# --- answers ----------------------------------------------------------------------------------------------------------


def answers_of(registration: Registration) -> Sequence[Answer]:
    """With their questions and versions, in the order of the catalogue."""
    return answers_of_all([registration.id]).get(registration.id, [])


def answers_of_all(registration_ids: Iterable[int]) -> dict[int, list[Answer]]:
    """Those of several registrations, for lists and exports: three statements for every five hundred."""
    ids, found = list(registration_ids), defaultdict[int, list[Answer]](list)
    for start in range(0, len(ids), 500):
        wanted = (
            select(Answer)
            .join(Answer.question)
            .where(Answer.registration_id.in_(ids[start : start + 500]))
            .options(*ANSWERED)
            .order_by(Question.position, Question.id)
        )
        for answer in db.session.scalars(wanted):
            found[answer.registration_id].append(answer)
    return dict(found)


def answer(registration: Registration, ref: str) -> Answer | None:
    wanted = select(Answer).where(Answer.registration_id == registration.id, Answer.ref == ref)
    return db.session.scalar(wanted.options(*ANSWERED))


def kept_answers(registration: Registration, *, fresh: bool = False) -> dict[int, Answer]:
    """By question; fresh, to be changed: whoever answers for the same registration waits."""
    if fresh:
        held = select(Registration.id).where(Registration.id == registration.id).with_for_update()
        db.session.execute(held)
    wanted = select(Answer).where(Answer.registration_id == registration.id).options(*ANSWERED)
    rows = db.session.scalars(wanted.execution_options(populate_existing=fresh))
    return {row.question_id: row for row in rows}


def readable(answers: Iterable[Answer], actor: Actor) -> list[Answer]:
    """Those that somebody at the desk may read."""
    return [one for one in answers if questions.may_read(actor, one.question)]


def asked_of(registration: Registration, *moments: AskedAt) -> list[Questionnaire]:
    """The open questionnaires of some moments that concern a registration."""
    return [
        one
        for one in questionnaires(only_open=True)
        if one.asked_at in moments and (not one.categories or registration.category.code in one.categories)
    ]


def unanswered(registrations: Sequence[Registration], conference: Conference, at: datetime) -> list[Unanswered]:
    """What several people still have to answer, in the order given."""
    moments = {AskedAt.REGISTRATION, AskedAt.AFTER_ACCREDITATION}
    asking_now = [one for one in questionnaires(only_open=True) if one.asked_at in moments]
    if not asking_now or not registrations:
        return []
    kept = answers_of_all(one.id for one in registrations)
    found: list[Unanswered] = []
    for registration in registrations:
        due = [one for one in asking_now if is_due(one, registration)]
        given = {answer.question_id: answer for answer in kept.get(registration.id, ())}
        found += asking.unanswered(due, registration, given, at, conference.zone)
    return found


def is_due(questionnaire: Questionnaire, registration: Registration) -> bool:
    """Questions after accreditation are asked of those who are accredited."""
    return questionnaire.asked_at != AskedAt.AFTER_ACCREDITATION or registration.status == Status.ACCREDITED


def concerned(sheet: Questionnaire) -> list[int]:
    """Those who are accredited and of whom a questionnaire asks something."""
    wanted = select(Registration.id).where(Registration.status == Status.ACCREDITED).order_by(Registration.id)
    if sheet.categories:
        wanted = wanted.join(Registration.category).where(Category.code.in_(sheet.categories))
    return list(db.session.scalars(wanted))


def of_ids(ids: Sequence[int]) -> Sequence[Registration]:
    wanted = select(Registration).where(Registration.id.in_(ids)).order_by(Registration.id)
    return db.session.scalars(
        wanted.options(
            joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.delegation)
        )
    ).all()


def by_id(sheet_id: int) -> Questionnaire | None:
    return db.session.get(Questionnaire, sheet_id)
