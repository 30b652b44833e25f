"""Questions: their types, when they are asked, and what kind of data an answer is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor, by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role
from confapp.registration.rules.accreditation import is_own


class QuestionKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    LANGUAGE = "language"
    TELEPHONE = "telephone"
    EMAIL = "email"
    FILE = "file"
    PHOTO = "photo"
    CONSENT = "consent"
    SESSION_CHOICE = "session_choice"
    TRAVEL_LEG = "travel_leg"


class AskedAt(StrEnum):
    REGISTRATION = "registration"
    AFTER_ACCREDITATION = "after_accreditation"
    AT_GATE = "at_gate"


class DataClass(StrEnum):
    """The data classes that an answer can have; high and special ones are sealed."""

    PERSONAL = "personal"
    HIGH = "high"
    SPECIAL = "special"


QUESTION_KIND_NAMES: dict[str, str] = {
    QuestionKind.TEXT: N_("One line of text"),
    QuestionKind.LONG_TEXT: N_("Longer text"),
    QuestionKind.ONE_OF: N_("One of a list"),
    QuestionKind.SEVERAL_OF: N_("Several of a list"),
    QuestionKind.NUMBER: N_("Number"),
    QuestionKind.DATE: N_("Date"),
    QuestionKind.COUNTRY: N_("Country"),
    QuestionKind.LANGUAGE: N_("Language"),
    QuestionKind.TELEPHONE: N_("Telephone number"),
    QuestionKind.EMAIL: N_("E-mail address"),
    QuestionKind.FILE: N_("File"),
    QuestionKind.PHOTO: N_("Photo"),
    QuestionKind.CONSENT: N_("Consent"),
    QuestionKind.SESSION_CHOICE: N_("Choice of sessions"),
    QuestionKind.TRAVEL_LEG: N_("Travel leg"),
}
ASKED_AT_NAMES: dict[str, str] = {
    AskedAt.REGISTRATION: N_("At registration"),
    AskedAt.AFTER_ACCREDITATION: N_("After accreditation"),
    AskedAt.AT_GATE: N_("At the gate"),
}
DATA_CLASS_NAMES: dict[str, str] = {
    DataClass.PERSONAL: N_("Personal"),
    DataClass.HIGH: N_("Highly protected (passport, birth date, travel): sealed"),
    DataClass.SPECIAL: N_("Special (health, diet, access): sealed"),
}

MANAGE_QUESTIONS = by_roles("manage_questions", N_("Change questions and questionnaires"), Role.ORGANIZER)
USUAL_READERS = (Role.ORGANIZER, Role.ACCREDITATION_OFFICER)
READERS = (
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.PRESS_DESK,
    Role.PROGRAMME_OFFICER,
    Role.GATE_STAFF,
    Role.VIEWER,
)

SEALED = (DataClass.HIGH, DataClass.SPECIAL)
WITH_OPTIONS = (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF)
WITH_FILE = (QuestionKind.FILE, QuestionKind.PHOTO)
SEVERAL = (QuestionKind.SEVERAL_OF, QuestionKind.SESSION_CHOICE)
# What a travel leg says is a movement: never kept in the open.
LEAST_CLASS = {QuestionKind.TRAVEL_LEG: DataClass.HIGH, QuestionKind.PHOTO: DataClass.HIGH}

FILE_KINDS: dict[str, str] = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
LARGEST_UPLOAD, LARGEST_PHOTO = 5_000_000, 10 * 1024 * 1024  # a photograph is kept much smaller than it comes
MOST_UPLOADED = 30 * 1024 * 1024  # with one form
LONGEST_KEPT = 3650
MOST_OPTIONS, MOST_ITEMS = 60, 200


@dataclass(frozen=True)
class Choice:
    """A session that can be chosen: its reference, its words, and why it cannot be chosen now where it cannot."""

    code: str
    label: dict[str, str]
    why_not: str = ""


# The sessions that one may choose, of a conference: the programme fills it.
session_choices: list[Callable[[Any], Sequence[Choice]]] = []


def choices_of(conference: Any) -> list[Choice]:
    return [choice for provide in session_choices for choice in provide(conference)]


def largest_file(kind: str) -> int:
    """In bytes, as it comes: a photograph as cameras make it, a scan as a telephone does."""
    return LARGEST_PHOTO if kind == QuestionKind.PHOTO else LARGEST_UPLOAD


def is_frozen(item: Any, at: datetime) -> bool:
    """From then on the answer is shown, and only the office changes it."""
    return item.frozen_from is not None and item.frozen_from <= at


def is_needed(item: Any, at: datetime) -> bool:
    """Whether an answer must be given now; what can no longer be answered is asked of nobody."""
    due = item.required_from is None or item.required_from <= at
    return bool(item.is_required) and due and not is_frozen(item, at)


def may_read(actor: Actor, question: Any) -> bool:
    """Whether somebody at the desk reads its answers; sealed ones only by a role that is named, never by office."""
    conference_id = question.conference_id
    if actor.holds(conference_id, *question.readers):
        return True
    return question.data_class == DataClass.PERSONAL and actor.is_administrator


def is_closed_to(actor: Actor, registration: Any, question: Any) -> bool:
    """Whether an answer that is kept stays shut for somebody at the desk: neither shown nor written over."""
    return not is_own(actor, registration) and not may_read(actor, question)


def is_protected_enough(question: Any, by: Any) -> bool:
    """Whether a question may depend on another: what is asked next tells what the answer was."""
    return by.data_class not in SEALED or question.data_class in SEALED
