"""The one list of personal data: what is kept, of which class, why, for how long, and who reads it.

Forms say from it when something is deleted, the privacy notice prints it, the daily job purges by it, and a test makes
every personal column of the program stand in exactly one entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from confapp.foundation.access import Actor, Permit, by_roles, conference_of
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.people.rules import Role
from confapp.registration.rules.questions import DataClass, QuestionKind


class Ground(StrEnum):
    CONSENT = "consent"
    TASK = "task"
    RECORD = "record"
    SECURITY = "security"


GROUND_NAMES: dict[str, str] = {
    Ground.CONSENT: N_("Consent, which can be taken back"),
    Ground.TASK: N_("Needed to hold the conference and admit people to it"),
    Ground.RECORD: N_("The public record of the conference"),
    Ground.SECURITY: N_("Security of the program and proof of what was done"),
}
CLASS_NAMES: dict[str, str] = {
    DataClass.PERSONAL: N_("Personal"),
    DataClass.HIGH: N_("Highly protected: encrypted"),
    DataClass.SPECIAL: N_("Special, for it can tell of health or belief: encrypted"),
}
EVERY_OFFICE = (
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.PRESS_DESK,
    Role.VIEWER,
)


@dataclass(frozen=True)
class Kept:
    """One kind of personal data. `kept` counts from the end of the conference; None stays with the public record.

    `columns` are "table.column". Of answers, each question says itself how long they are kept, at most this long.
    """

    name: str
    label: str
    data_class: DataClass
    purpose: str
    ground: Ground
    kept: timedelta | None
    readers: tuple[Role, ...]
    columns: tuple[str, ...]
    rolling: bool = False  # counts from the last use instead

    @property
    def is_sealed(self) -> bool:
        return self.data_class != DataClass.PERSONAL

    def purged_at(self, conference: Any) -> datetime | None:
        """When it is deleted for good; None where it stays, or goes by its own age."""
        if self.kept is None or self.rolling:
            return None
        ends: datetime = conference.ends_at
        return ends + self.kept


def _of(table: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"{table}.{column}" for column in columns)


FIELDS: tuple[Kept, ...] = (
    Kept(
        "passport_number",
        N_("Passport number"),
        DataClass.HIGH,
        N_("Access lists of the venue"),
        Ground.TASK,
        timedelta(days=30),
        (Role.ACCREDITATION_OFFICER,),
        _of("person", "passport_number_sealed"),
    ),
    Kept(
        "birth_date",
        N_("Date of birth"),
        DataClass.HIGH,
        N_("Access lists of the venue"),
        Ground.TASK,
        timedelta(days=30),
        (Role.ACCREDITATION_OFFICER,),
        _of("person", "birth_date_sealed"),
    ),
    Kept(
        "photo",
        N_("Photo"),
        DataClass.HIGH,
        N_("The badge; of those who speak and agreed, the published programme"),
        Ground.TASK,
        timedelta(days=30),
        (Role.ACCREDITATION_OFFICER,),
        (*_of("person", "photo_id"), *_of("speaker", "photo_id", "small_photo_id")),
    ),
    Kept(
        "high_answers",
        N_("Travel and other answers that are highly protected"),
        DataClass.HIGH,
        N_("Transfers, lodging and what the question says"),
        Ground.TASK,
        timedelta(days=30),
        (Role.PROTOCOL_OFFICER,),
        _of("answer", "high_sealed"),
    ),
    Kept(
        "diet",
        N_("Diet"),
        DataClass.SPECIAL,
        N_("Catering, which is told numbers only"),
        Ground.CONSENT,
        timedelta(days=7),
        (Role.PROTOCOL_OFFICER,),
        _of("person", "diet_sealed"),
    ),
    Kept(
        "access_needs",
        N_("Access needs"),
        DataClass.SPECIAL,
        N_("Step-free ways, interpretation into sign language and the like"),
        Ground.CONSENT,
        timedelta(days=7),
        (Role.PROTOCOL_OFFICER,),
        _of("person", "access_needs_sealed"),
    ),
    Kept(
        "special_answers",
        N_("Other answers that are special"),
        DataClass.SPECIAL,
        N_("What the question says"),
        Ground.CONSENT,
        timedelta(days=7),
        (Role.PROTOCOL_OFFICER,),
        _of("answer", "special_sealed"),
    ),
    Kept(
        "contact",
        N_("E-mail address and telephone number"),
        DataClass.PERSONAL,
        N_("Writing about the registration and the conference"),
        Ground.TASK,
        timedelta(days=90),
        EVERY_OFFICE,
        (*_of("person", "email", "phone", "phone_e164"), *_of("delegation", "contact_email")),
    ),
    Kept(
        "answers",
        N_("Answers to the other questions"),
        DataClass.PERSONAL,
        N_("What the question says"),
        Ground.TASK,
        timedelta(days=90),
        EVERY_OFFICE,
        _of("answer", "plain", "file_id"),
    ),
    Kept(
        "correspondence",
        N_("Letters, mails and what was written about a registration"),
        DataClass.PERSONAL,
        N_("Deciding on the registration, invitation and visa letters"),
        Ground.TASK,
        timedelta(days=90),
        EVERY_OFFICE,
        (
            *_of("mail", "recipient", "recipient_name", "subject", "text"),
            *_of("letter", "printed", "purpose", "reason", "file_id", "sent_to"),
            *_of("credential", "file_id", "objection"),
            *_of("registration_move", "reason", "defects"),
            *_of("clearance", "note"),
            *_of("prepared_decision", "reason", "defects"),
            *_of("remark", "text"),
            *_of("import_batch", "file_id", "source", "report"),
            *_of("bulk_act", "report"),
        ),
    ),
    Kept(
        "taking_part",
        N_("What speakers and applicants for side events told the organizers"),
        DataClass.PERSONAL,
        N_("Finding a time and a room that suit, and reaching those who applied"),
        Ground.TASK,
        timedelta(days=90),
        (Role.ORGANIZER, Role.PROGRAMME_OFFICER),
        (
            *_of("speaker", "zone", "needs", "availability"),
            *_of("session_role", "reason"),
            *_of("side_event", "contact_name", "contact_email"),
        ),
    ),
    Kept(
        "names",
        N_("Name, title, organization and delegation"),
        DataClass.PERSONAL,
        N_("Accreditation, the badge, the list of participants for those who agreed to stand in it"),
        Ground.RECORD,
        None,
        EVERY_OFFICE,
        (
            *_of("person", "honorific", "given_name", "family_name", "printed_name", "badge_name", "country", "folded"),
            *_of("registration", "organization", "functional_title", "capacity", "rank"),
            *_of("speaker", "affiliation", "biography", "country", "printed"),
            *_of("statement", "speaker_name", "speaker_title", "rank"),
            *_of("stored_file", "name"),
            *_of("reservation", "handed_in_by"),
            *_of("endorsement", "authority", "file_id"),
        ),
    ),
    Kept(
        "downloads",
        N_("Lists that the offices ordered as files"),
        DataClass.PERSONAL,
        N_("Handing them to whoever ordered them"),
        Ground.TASK,
        timedelta(days=1),
        EVERY_OFFICE,
        _of("download", "file_id", "query"),
        rolling=True,
    ),
    Kept(
        "subscriptions",
        N_("Mailboxes that asked to be told of new documents"),
        DataClass.PERSONAL,
        N_("Writing to them when something is issued; each mail has a link that ends it and deletes the mailbox"),
        Ground.CONSENT,
        timedelta(days=365),
        (Role.ORGANIZER, Role.SECRETARIAT_EDITOR),
        _of("subscriber", "email"),
    ),
    Kept(
        "drafts",
        N_("Forms that were sent when the sign-in had ended"),
        DataClass.PERSONAL,
        N_("Giving back to you alone what you typed, after you sign in again; kept sealed"),
        Ground.TASK,
        timedelta(days=1),
        (),
        _of("form_draft", "content"),
        rolling=True,
    ),
    Kept(
        "unsaved_texts",
        N_("Paragraphs of documents that you typed and have not saved"),
        DataClass.PERSONAL,
        N_("Giving back to you alone what you typed when you open the paragraph again"),
        Ground.TASK,
        timedelta(days=30),
        (),
        _of("block_draft", "texts"),
        rolling=True,
    ),
    Kept(
        "account",
        N_("Mailbox and name of an account that signs in"),
        DataClass.PERSONAL,
        N_("Signing in by a mailed link"),
        Ground.SECURITY,
        None,
        (Role.ADMINISTRATOR,),
        _of("account", "email", "email_folded", "name"),
    ),
    Kept(
        "sign_ins",
        N_("Network and browser of sign-ins, and mailed links"),
        DataClass.PERSONAL,
        N_("Showing you where you are signed in, and stopping abuse"),
        Ground.SECURITY,
        timedelta(days=30),
        (Role.ADMINISTRATOR,),
        (*_of("sign_in", "acting_name", "address", "agent"), *_of("mailed_link", "email")),
        rolling=True,
    ),
)
BY_NAME: dict[str, Kept] = {field.name: field for field in FIELDS}
OF_PERSON = ("passport_number", "birth_date", "diet", "access_needs")  # what the forms ask and seal
TRAVEL_KEPT = timedelta(days=14)
EVIDENCE_KEPT = timedelta(days=5 * 365)  # consents and the audit record


def sealed_of_person() -> tuple[Kept, ...]:
    return tuple(BY_NAME[name] for name in OF_PERSON)


def _open_permit(name: str, label: str, field: str) -> Permit:
    """Of the readers in the list alone: an administrator has it only by taking the role, which is on record."""
    readers = BY_NAME[field].readers
    return Permit(name, label, lambda actor, subject: actor.holds(conference_of(subject), *readers))


OPEN_PASSPORTS = _open_permit(
    "open_passports", N_("Open passport numbers and dates of birth; each look is recorded"), "passport_number"
)
OPEN_ACCESS_NEEDS = _open_permit(
    "open_access_needs", N_("Open access needs, diets and travel; each look is recorded"), "access_needs"
)
OPENED_BY: dict[str, Permit] = {
    "passport_number": OPEN_PASSPORTS,
    "birth_date": OPEN_PASSPORTS,
    "diet": OPEN_ACCESS_NEEDS,
    "access_needs": OPEN_ACCESS_NEEDS,
}
COUNT_DIETS = by_roles(
    "count_diets", N_("See how many meals of each kind are needed"), Role.ORGANIZER, Role.PROTOCOL_OFFICER
)
ERASE = by_roles("erase", N_("Erase people's data as they ask"), Role.ORGANIZER, Role.ACCREDITATION_OFFICER)
PURGE = by_roles("purge", N_("Delete protected data before its day"), Role.ORGANIZER)

ANSWERED_WITHIN = timedelta(hours=72)  # what an erasure that was asked for may take


def is_own_record(actor: Actor, registration: Any) -> bool:
    """Its person, and nobody for them: what is sealed is handed out to its subject only."""
    return registration.person_id in actor.persons(registration.conference_id)


def may_read_reasons(actor: Actor, registration: Any) -> bool:
    """Why sealed data were opened: its subject, and whoever may open such data. Others see that they were, and when."""
    return is_own_record(actor, registration) or any(
        actor.holds(registration.conference_id, *field.readers) for field in FIELDS if field.is_sealed
    )


def is_past(field: Kept, conference: Any, at: datetime) -> bool:
    moment = field.purged_at(conference)
    return moment is not None and moment <= at


def gone(names: Iterable[str]) -> str:
    return _("No longer kept for this conference: %(what)s.", what=", ".join(_(BY_NAME[name].label) for name in names))


def sealing_fault(names: Iterable[str], conference: Any, at: datetime) -> str | None:
    """Why something sealed cannot be taken any more: what was deleted for good is not collected again."""
    past = [name for name in names if is_past(BY_NAME[name], conference, at)]
    return gone(past) if past else None


def answer_kept(data_class: str, days: int, kind: str = "") -> timedelta:
    """How long answers to a question are kept: as it says, and no longer than its class allows; travel even less."""
    field = BY_NAME[{"high": "high_answers", "special": "special_answers"}.get(data_class, "answers")]
    assert field.kept is not None
    longest = TRAVEL_KEPT if kind == QuestionKind.TRAVEL_LEG else field.kept
    return min(timedelta(days=days), longest)


def last_of_class(data_class: DataClass, conference: Any) -> datetime:
    """When the last field of a class is due, and the key of the class with it."""
    moments = [field.purged_at(conference) for field in FIELDS if field.data_class == data_class]
    return max(moment for moment in moments if moment is not None)


def tables_of(columns: Sequence[str]) -> dict[str, list[str]]:
    """The columns of an entry by their table."""
    found: dict[str, list[str]] = {}
    for name in columns:
        table, _dot, column = name.partition(".")
        found.setdefault(table, []).append(column)
    return found


# --- diet -------------------------------------------------------------------------------------------------------------


class Diet(StrEnum):
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    GLUTEN_FREE = "gluten_free"
    LACTOSE_FREE = "lactose_free"
    OTHER = "other"


DIET_NAMES: dict[str, str] = {
    Diet.VEGETARIAN: N_("Vegetarian"),
    Diet.VEGAN: N_("Vegan"),
    Diet.HALAL: N_("Halal"),
    Diet.KOSHER: N_("Kosher"),
    Diet.GLUTEN_FREE: N_("Without gluten"),
    Diet.LACTOSE_FREE: N_("Without lactose"),
    Diet.OTHER: N_("Another diet or an allergy"),
}


def written_diet(kind: str, note: str) -> str:
    """A diet as it is sealed: the kind, and on the next line what was added in words."""
    if not kind and note:
        kind = Diet.OTHER
    return f"{kind}\n{note}".strip()


def read_diet(sealed: str) -> tuple[str, str]:
    """(kind, words); what was never written by us counts as another diet."""
    kind, _line, note = sealed.partition("\n")
    return (kind, note) if kind in set(Diet) else (Diet.OTHER.value, sealed)


def diet_said(sealed: str) -> str:
    kind, note = read_diet(sealed)
    return f"{_(DIET_NAMES[kind])}: {note}" if note else _(DIET_NAMES[kind])
