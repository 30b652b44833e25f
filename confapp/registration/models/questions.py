"""The catalogue of questions, the questionnaires that ask them, and the answers."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
    personal,
)
from confapp.foundation.files import StoredFile
from confapp.foundation.sealing import Sealed, Unreadable, sealed
from confapp.registration.models.registrations import Registration
from confapp.registration.rules.questions import AskedAt, DataClass, QuestionKind


class Question(Referenced, Revised, InConference, db.Model):
    """A field of the catalogue: its type, its data class, who reads it and how long it is kept. Words are versions."""

    __public__ = True

    __table_args__ = (
        one_of(QuestionKind, "kind"),
        one_of(DataClass, "data_class"),
        UniqueConstraint("conference_id", "code"),
    )

    code: Mapped[str] = column(String(60), nullable=False, copy=True)
    kind: Mapped[QuestionKind] = choice(QuestionKind, "kind", nullable=False, copy=True)
    data_class: Mapped[DataClass] = choice(
        DataClass, "data_class", nullable=False, default=DataClass.PERSONAL, copy=True
    )
    kept_days: Mapped[int] = column(Integer, nullable=False, default=90, copy=True)
    readers: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    looks_again: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    retired_at: Mapped[datetime | None] = evidence(Moment)

    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number"
    )

    @property
    def newest(self) -> "QuestionVersion":
        return self.versions[-1]


class QuestionVersion(Referenced, InConference, db.Model):
    """One wording of a question with its options and limits; answers point at the one they were given under."""

    __public__ = True

    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[int] = link("question", nullable=False)
    number: Mapped[int] = column(Integer, nullable=False, copy=True)
    label: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    help: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    options: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list, copy=True)
    settings: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict, copy=True)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    question: Mapped[Question] = relationship(back_populates="versions")


class Questionnaire(Referenced, Revised, InConference, db.Model):
    """What is asked at one moment of one or more categories (none named: of all)."""

    __public__ = True

    __table_args__ = (one_of(AskedAt, "asked_at"), UniqueConstraint("conference_id", "code"))

    code: Mapped[str] = column(String(60), nullable=False, copy=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    asked_at: Mapped[AskedAt] = choice(AskedAt, "asked_at", nullable=False, default=AskedAt.REGISTRATION, copy=True)
    categories: Mapped[list[str]] = column(JSON, nullable=False, default=list, copy=True)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    is_open: Mapped[bool] = column(Boolean, nullable=False, default=False)
    taken_out: Mapped[list[dict[str, Any]]] = column(JSON, nullable=False, default=list)

    parts: Mapped[list["QuestionnairePart"]] = relationship(
        back_populates="questionnaire", order_by="QuestionnairePart.position", cascade="all, delete-orphan"
    )


class QuestionnairePart(Referenced, InConference, db.Model):
    """A section of a questionnaire, with a condition under which it is shown."""

    __public__ = True

    questionnaire_id: Mapped[int] = link("questionnaire", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    title: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    help: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    condition: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict, copy=True)

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="parts")
    items: Mapped[list["QuestionnaireItem"]] = relationship(
        back_populates="part", order_by="QuestionnaireItem.position", cascade="all, delete-orphan"
    )


class QuestionnaireItem(Referenced, InConference, db.Model):
    """A question as one section asks it: whether an answer is needed, from when, and until when it may change."""

    __public__ = True

    part_id: Mapped[int] = link("questionnaire_part", nullable=False)
    question_id: Mapped[int] = link("question", nullable=False)
    position: Mapped[int] = column(Integer, nullable=False, default=0, copy=True)
    is_required: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    required_from: Mapped[datetime | None] = column(Moment)
    frozen_from: Mapped[datetime | None] = column(Moment)
    condition: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict, copy=True)

    part: Mapped[QuestionnairePart] = relationship(back_populates="items")
    question: Mapped[Question] = relationship()


class Answer(Referenced, InConference, db.Model):
    """What was answered to one version of a question: in the column that its data class asks for."""

    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    registration_id: Mapped[int] = link("registration", nullable=False)
    question_id: Mapped[int] = link("question", nullable=False)
    version_id: Mapped[int] = link("question_version", nullable=False)
    plain: Mapped[Any] = personal(JSON(none_as_null=True), nullable=True)
    high_sealed: Mapped[bytes | None] = sealed(Data.HIGH)
    special_sealed: Mapped[bytes | None] = sealed(Data.SPECIAL)
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    answered_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    answered_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    high = Sealed("high_sealed")
    special = Sealed("special_sealed")

    registration: Mapped[Registration] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()
    version: Mapped[QuestionVersion] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def is_gone(self) -> bool:
        """It was given once; its words were deleted on their day, or before it."""
        return self.plain is None and self.file_id is None and not self.is_sealed

    @property
    def is_sealed(self) -> bool:
        return self.high_sealed is not None or self.special_sealed is not None

    @property
    def value(self) -> Any:
        """What was answered; opens it where it is sealed, and the caller sees to it that the opening is recorded."""
        sealed_text = self.high or self.special
        return json.loads(sealed_text) if sealed_text else self.plain

    @value.setter
    def value(self, value: Any) -> None:
        written = json.dumps(value, ensure_ascii=False)
        self.plain = value if self.question.data_class == DataClass.PERSONAL else None
        self.high = written if self.question.data_class == DataClass.HIGH else None
        self.special = written if self.question.data_class == DataClass.SPECIAL else None

    @property
    def known_value(self) -> Any:
        """The same where it is asked in passing: nothing, when its key was destroyed."""
        try:
            return self.value
        except Unreadable:
            return None
