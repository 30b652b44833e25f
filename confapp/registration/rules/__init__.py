"""Delegations, registrations and accreditation: statuses, legal moves, capacities and who may decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.conferences.rules import letters_of
from confapp.foundation import dates, languages
from confapp.foundation.access import Actor, Permit, by_roles
from confapp.foundation.languages import N_, joined
from confapp.foundation.languages import gettext as _
from confapp.people.rules import Role
from confapp.registration.rules.accreditation import (  # noqa: F401 - others know these names from here
    ACCREDIT,
    ACCREDITATION,
    ANSWER_FOR,
    CLEAR_ACCREDITATION,
    CLEAR_PRESS,
    CLEAR_PROTOCOL,
    CLEAR_SECURITY,
    CLEAR_STEPS,
    CLEARS,
    DECIDING_FIELDS,
    DECISIONS,
    FIELD_NAMES,
    FOUR_EYES,
    INTERNAL,
    LIVING,
    LOOKED_AT,
    OFFICE_NAMES,
    OPEN_TO_DECIDE,
    OUTCOME_NAMES,
    PREPARED,
    REGISTERED,
    REVIEW,
    SENT_BACK,
    STATUS_NAMES,
    SUBSTITUTE,
    SUBSTITUTE_AT_DESK,
    SUBSTITUTE_LATE,
    TRACK_NAMES,
    UNDECIDED,
    UNTOLD,
    Defect,
    Office,
    Outcome,
    Status,
    Track,
    brings_back,
    closed_fault,
    deciding,
    field_name,
    is_field,
    is_own,
    looked_at_again,
    mark_of,
    needs_release,
    offices_of,
    open_steps,
    open_steps_fault,
    question_said,
    said_by,
    step_name,
    waits_for_another,
)
from confapp.registration.rules.privacy import OPEN_ACCESS_NEEDS, OPEN_PASSPORTS  # noqa: F401 - as above


class PartyKind(StrEnum):
    STATE = "state"
    ORGANIZATION = "organization"
    OTHER = "other"


class Capacity(StrEnum):
    """The position in a delegation, in the order of precedence."""

    HEAD = "head"
    DEPUTY = "deputy"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    EXPERT = "expert"
    OBSERVER = "observer"
    INTERPRETER = "interpreter"
    SECURITY = "security"
    STAFF = "staff"


class Rank(StrEnum):
    """The rank of a person for protocol, in the order of precedence."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    DEPUTY = "deputy"
    FOREIGN_MINISTER = "foreign_minister"
    MINISTER = "minister"
    VICE_MINISTER = "vice_minister"
    AMBASSADOR = "ambassador"
    SENIOR_OFFICIAL = "senior_official"
    OTHER = "other"


class PhotoNeed(StrEnum):
    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class HostPlace(StrEnum):
    """Where the host stands in the order of delegations."""

    IN_ORDER = "in_order"
    FIRST = "first"
    LAST = "last"


class CredentialKind(StrEnum):
    NOTE_VERBALE = "note_verbale"
    LETTER = "letter"
    CREDENTIALS = "credentials"


class DelegationStatus(StrEnum):
    """Derived from a delegation's facts, never stored."""

    LISTED = "listed"
    INVITED = "invited"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"


CAPACITY_NAMES: dict[str, str] = {
    Capacity.HEAD: N_("Head of delegation"),
    Capacity.DEPUTY: N_("Deputy head of delegation"),
    Capacity.ALTERNATE: N_("Alternate"),
    Capacity.DELEGATE: N_("Delegate"),
    Capacity.ADVISER: N_("Adviser"),
    Capacity.EXPERT: N_("Expert"),
    Capacity.OBSERVER: N_("Observer"),
    Capacity.INTERPRETER: N_("Interpreter"),
    Capacity.SECURITY: N_("Security officer"),
    Capacity.STAFF: N_("Staff"),
}
RANK_NAMES: dict[str, str] = {
    Rank.HEAD_OF_STATE: N_("Head of state"),
    Rank.HEAD_OF_GOVERNMENT: N_("Head of government"),
    Rank.DEPUTY: N_("Vice-president or deputy head of government"),
    Rank.FOREIGN_MINISTER: N_("Minister for foreign affairs"),
    Rank.MINISTER: N_("Minister"),
    Rank.VICE_MINISTER: N_("Vice-minister"),
    Rank.AMBASSADOR: N_("Ambassador"),
    Rank.SENIOR_OFFICIAL: N_("Senior official"),
    Rank.OTHER: N_("No rank for protocol"),
}
PHOTO_NEED_NAMES: dict[str, str] = {
    PhotoNeed.NONE: N_("No photograph"),
    PhotoNeed.OPTIONAL: N_("May be given"),
    PhotoNeed.REQUIRED: N_("Needed; it stands among what is missing until it is there"),
}
CREDENTIAL_NAMES: dict[str, str] = {
    CredentialKind.NOTE_VERBALE: N_("Note verbale"),
    CredentialKind.LETTER: N_("Letter of nomination"),
    CredentialKind.CREDENTIALS: N_("Credentials"),
}
DELEGATION_STATUS_NAMES: dict[str, str] = {
    DelegationStatus.LISTED: N_("Not invited yet"),
    DelegationStatus.INVITED: N_("Invited"),
    DelegationStatus.ACKNOWLEDGED: N_("Acknowledged"),
    DelegationStatus.ACCEPTED: N_("Accepted"),
    DelegationStatus.DECLINED: N_("Declined"),
}

INVITE = by_roles("invite", N_("Invite states and organizations"), Role.ORGANIZER, Role.PROTOCOL_OFFICER)

EXPORT = by_roles(
    "export_people",
    N_("Take lists of people out as tables; each is recorded"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
)


MANAGE_CATEGORIES = by_roles("manage_categories", N_("Change categories and quotas"), Role.ORGANIZER)


NAME_MEMBERS = Permit(
    "name_members",
    N_("Name members of a delegation"),
    lambda actor, delegation: (
        delegation.id in actor.delegations(delegation.conference_id) or ACCREDIT.allows(actor, delegation)
    ),
)

PRECEDENCE = list(Capacity)
RANKS = list(Rank)

LARGEST_FILE = 5_000_000
FILE_TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
HONORIFICS = (
    "Mr",
    "Ms",
    "Mx",
    "Dr",
    "Prof.",
    "H.E. Mr",
    "H.E. Ms",
    "H.E. Dr",
    "Rev.",
    "Bapak",
    "Ibu",
    "M.",
    "Mme",
    "Sr.",
    "Sra.",
)


class ConsentKind(StrEnum):
    DATA_USE = "data_use"
    LIST_OF_PARTICIPANTS = "list_of_participants"
    PHOTOGRAPHS = "photographs"


CONSENT_NAMES: dict[str, str] = {
    ConsentKind.DATA_USE: N_("Use of my data"),
    ConsentKind.LIST_OF_PARTICIPANTS: N_("List of participants"),
    ConsentKind.PHOTOGRAPHS: N_("Photographs"),
}
# The first version of each text, as people agree to it: data with versions, not words of the interface.
CONSENT_TEXTS: dict[str, dict[str, str]] = {
    ConsentKind.DATA_USE: {
        "en": "I agree that the organizers use these data to decide on the registration, to prepare the badge and "
        "to write to me about the conference.",
        "id": "Saya setuju penyelenggara menggunakan data ini untuk memutuskan pendaftaran, menyiapkan "
        "tanda pengenal, dan menghubungi saya mengenai konferensi.",
        "ar": "أوافق على أن يستخدم المنظمون هذه البيانات للبتّ في التسجيل وإعداد بطاقة التعريف ومراسلتي بشأن المؤتمر.",
    },
    ConsentKind.LIST_OF_PARTICIPANTS: {
        "en": "My name, title and delegation or organization may stand in the published list of participants.",
        "id": "Nama, jabatan, dan delegasi atau organisasi saya boleh dimuat dalam daftar peserta yang diumumkan.",
        "ar": "يجوز إدراج اسمي وصفتي ووفدي أو منظمتي في قائمة المشاركين المنشورة.",
    },
    ConsentKind.PHOTOGRAPHS: {
        "en": "Photographs of the conference in which I can be recognized may be published.",
        "id": "Foto konferensi yang memperlihatkan saya secara dapat dikenali boleh diumumkan.",
        "ar": "يجوز نشر صور للمؤتمر يمكن التعرف عليّ فيها.",
    },
}


@dataclass(frozen=True)
class Entry:
    """What is typed for a registration. Sealed values: None keeps what is there, an empty string deletes it."""

    given_name: str
    family_name: str = ""
    honorific: str = ""
    printed_name: str = ""
    badge_name: str = ""
    email: str = ""
    country: str = ""
    language: str = "en"
    organization: str = ""
    functional_title: str = ""
    capacity: Capacity = Capacity.DELEGATE
    rank: Rank | None = None  # None keeps what is there
    phone: str = ""
    phone_e164: str = ""
    passport_number: str | None = None
    birth_date: str | None = None
    diet: str | None = None
    access_needs: str | None = None
    consents: frozenset[str] = frozenset()

    @property
    def printed(self) -> str:
        return self.printed_name or f"{self.given_name} {self.family_name}".strip()


def sort_name(person: Any) -> str:
    """The family name first, as lists lead with it; a person with one name has that."""
    if not person.family_name:
        return str(person.given_name or person.printed_name)
    first = f"{person.honorific} {person.given_name}".strip()
    return f"{person.family_name}, {first}" if first else str(person.family_name)


def number(acronym: str, year: int, position: int) -> str:
    """SC27-0042: the conference, its year, and the position in its series."""
    return f"{letters_of(acronym)[:6] or 'R'}{year % 100:02d}-{position:04d}"


class ByMoment(str):
    """A question without an answer, in words that say by when it is needed."""


@dataclass(frozen=True)
class Missing:
    """Something a delegation or person still owes: in words, whom it concerns, the page that mends it, and by when."""

    sentence: str
    registration: Any = None
    page: str = ""
    until_opening: bool = False  # otherwise until registration closes
    says_when: bool = False  # in its sentence: another day beside it would only confuse


def missing(
    delegation: Any, members: Sequence[Any], unanswered: Mapping[int, Sequence[str]] | None = None
) -> list[Missing]:
    """What is still missing, from the delegation as a whole and from each member, in the order of the list.

    `unanswered` names, by registration, the questions that have no answer yet.
    """
    found = []
    if delegation.status in (DelegationStatus.INVITED, DelegationStatus.ACKNOWLEDGED):
        found.append(Missing(_("An answer to the invitation")))
    if not delegation.credentials:
        found.append(Missing(_("The note verbale or letter that names the delegation")))
    elif getattr(delegation.credentials[-1], "objected_at", None):
        found.append(Missing(_("A new note verbale or letter: the office cannot take the one it has")))
    living = [member for member in members if member.status in LIVING]
    if living and not any(member.capacity == Capacity.HEAD for member in living):
        found.append(Missing(_("A head of delegation")))
    for member in living:
        found += owed_by(member, (unanswered or {}).get(member.id, ()))
    return found


def owed_by(member: Any, unanswered: Sequence[str] = ()) -> list[Missing]:
    """What one registration still lacks. A draft lacks everything; the rest is asked once it is filled in."""
    if member.status == Status.DRAFT:
        return [Missing(_("The registration, which is not filled in and sent yet"), member, "complete")]
    if member.status not in LIVING:
        return []
    found = []
    if member.status == Status.RETURNED:
        found.append(Missing(_("A correction: %(reason)s", reason=member.reason), member, "correct", True))
    if member.category.photo == PhotoNeed.REQUIRED and member.person.photo_id is None:
        found.append(Missing(_("A photograph"), member, "photo", True))
    if unanswered:
        found.append(
            Missing(
                _("Answers: %(questions)s", questions=joined(unanswered)),
                member,
                "answers",
                True,
                all(isinstance(one, ByMoment) for one in unanswered),
            )
        )
    return found


def said_once(found: Iterable[Missing]) -> list[tuple[Missing, list[Any]]]:
    """What several lack is said once, with those who lack it; in the order given."""
    said: dict[tuple[str, str, bool], tuple[Missing, list[Any]]] = {}
    for one in found:
        whom = said.setdefault((one.sentence, one.page, one.until_opening), (one, []))[1]
        whom.extend([one.registration] if one.registration is not None else [])
    return list(said.values())


def file_type(content: bytes) -> str | None:
    """The media type of an upload by its first bytes; None when it is none that we take."""
    return next((kind for start, kind in FILE_TYPES.items() if content.startswith(start)), None)


def deadline_fault(conference: Any, actor: Actor, at: datetime) -> str | None:
    """Why somebody cannot register or change a registration now; the office is not bound by the deadline."""
    if conference.takes_registrations or ACCREDIT.allows(actor, conference):
        return None
    closes = conference.registration_closes_at
    if closes is not None and closes <= at:
        return _(
            "Registration closed on %(moment)s. Write to %(address)s if something must still change.",
            moment=dates.moment(closes, languages.current(), conference.zone),
            address=conference.contact_email,
        )
    return _("Registration is not open yet.")


def correction_fault(registration: Any, conference: Any, actor: Actor, at: datetime) -> str | None:
    """As above; what was returned for correction can be corrected until the conference ends."""
    if ACCREDIT.allows(actor, registration):
        return None
    if registration.status not in LIVING:
        return _(
            "This registration is closed. Write to %(address)s if it should be taken up again.",
            address=conference.contact_email,
        )
    if registration.status == Status.RETURNED and at < conference.ends_at:
        return None
    return deadline_fault(conference, actor, at)


def photo_fault(registration: Any, conference: Any, actor: Actor, at: datetime) -> str | None:
    """As above; a first photograph is among what is missing until the conference opens, and is taken as long."""
    if registration.status in LIVING and registration.person.photo_id is None and at < conference.ends_at:
        return None
    return correction_fault(registration, conference, actor, at)
