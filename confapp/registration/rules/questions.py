"""Questions: their types, when they are asked, and what kind of data an answer is."""

from enum import StrEnum

from confapp.foundation.languages import N_


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
