"""Kinds of sessions, roles on them, the states of a placement, and who may change a programme."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.conferences.rules import Format
from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role


class Kind(StrEnum):
    CEREMONY = "ceremony"
    GENERAL_DEBATE = "general_debate"
    PLENARY = "plenary"
    PANEL = "panel"
    WORKSHOP = "workshop"
    SIDE_EVENT = "side_event"
    BILATERAL = "bilateral"
    EXHIBITION = "exhibition"
    PRESS_CONFERENCE = "press_conference"
    BREAK = "break"
    SOCIAL = "social"


class Access(StrEnum):
    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"
    PRESS = "press"


class SessionRoleKind(StrEnum):
    CHAIR = "chair"
    MODERATOR = "moderator"
    KEYNOTE = "keynote"
    SPEAKER = "speaker"
    PANELLIST = "panellist"
    RAPPORTEUR = "rapporteur"
    INTERPRETER = "interpreter"


class RoleStatus(StrEnum):
    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPLACED = "replaced"


class PlacementState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class LinkKind(StrEnum):
    JOIN = "join"
    STREAM = "stream"
    RECORDING = "recording"


class MaterialKind(StrEnum):
    SLIDES = "slides"
    STATEMENT = "statement"
    DOCUMENT = "document"


class Mode(StrEnum):
    """How a statement is given."""

    IN_PERSON = "in_person"
    LIVE = "live"
    RECORDED = "recorded"


class Ordering(StrEnum):
    """What puts a list of speakers in order."""

    RANK = "rank"
    REQUEST = "request"
    CONFERENCE = "conference"


class Severity(StrEnum):
    """How grave a clash is: it is not looked for, it is shown, or it keeps the programme from being released."""

    IGNORE = "ignore"
    WARN = "warn"
    BLOCK = "block"


class PrintKind(StrEnum):
    """What is made of a release as a file."""

    BOOKLET = "booklet"
    PLAN = "plan"
    TABLE = "table"

    @property
    def file_format(self) -> str:
        return "xlsx" if self == PrintKind.TABLE else "pdf"


PRINT_NAMES: dict[str, str] = {
    PrintKind.BOOKLET: N_("Booklet"),
    PrintKind.PLAN: N_("Plan for the wall"),
    PrintKind.TABLE: N_("Workbook"),
}


class ArrangementState(StrEnum):
    """How far a run of the scheduler is."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    IMPOSSIBLE = "impossible"
    STOPPED = "stopped"
    FAILED = "failed"
    ACCEPTED = "accepted"


class SideEventStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class BilateralStatus(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"


KIND_NAMES: dict[str, str] = {
    Kind.CEREMONY: N_("Ceremony"),
    Kind.GENERAL_DEBATE: N_("General debate"),
    Kind.PLENARY: N_("Plenary"),
    Kind.PANEL: N_("Panel discussion"),
    Kind.WORKSHOP: N_("Workshop"),
    Kind.SIDE_EVENT: N_("Side event"),
    Kind.BILATERAL: N_("Bilateral meeting"),
    Kind.EXHIBITION: N_("Exhibition"),
    Kind.PRESS_CONFERENCE: N_("Press conference"),
    Kind.BREAK: N_("Break"),
    Kind.SOCIAL: N_("Social event"),
}
ACCESS_NAMES: dict[str, str] = {
    Access.OPEN: N_("Open to all participants"),
    Access.INVITATION: N_("By invitation"),
    Access.CLOSED: N_("Closed"),
    Access.PRESS: N_("For the press"),
}
ROLE_NAMES: dict[str, str] = {
    SessionRoleKind.CHAIR: N_("Chair"),
    SessionRoleKind.MODERATOR: N_("Moderator"),
    SessionRoleKind.KEYNOTE: N_("Keynote speaker"),
    SessionRoleKind.SPEAKER: N_("Speaker"),
    SessionRoleKind.PANELLIST: N_("Panellist"),
    SessionRoleKind.RAPPORTEUR: N_("Rapporteur"),
    SessionRoleKind.INTERPRETER: N_("Interpreter"),
}

STATUS_NAMES: dict[str, str] = {
    RoleStatus.INVITED: N_("Invited"),
    RoleStatus.CONFIRMED: N_("Confirmed"),
    RoleStatus.DECLINED: N_("Declined"),
    RoleStatus.REPLACED: N_("Replaced"),
}
STATUS_SHAPES: dict[str, str] = {
    RoleStatus.INVITED: "waiting",
    RoleStatus.CONFIRMED: "neutral",
    RoleStatus.DECLINED: "bad",
    RoleStatus.REPLACED: "neutral",
}

LAYOUT_NAMES: dict[str, str] = {
    "theatre": N_("Theatre"),
    "classroom": N_("Classroom"),
    "boardroom": N_("Boardroom"),
    "u_shape": N_("U-shape"),
    "hollow_square": N_("Hollow square"),
    "round_tables": N_("Round tables"),
    "plenary": N_("Plenary with nameplates"),
}

SEVERITY_NAMES: dict[str, str] = {
    Severity.IGNORE: N_("Ignore"),
    Severity.WARN: N_("Warn"),
    Severity.BLOCK: N_("Block the release"),
}

SEVERITY_MARKS: dict[str, str] = {
    Severity.IGNORE: N_("Ignored"),
    Severity.WARN: N_("Warning"),
    Severity.BLOCK: N_("Blocks"),
}

LONGEST_SESSION = 24 * 60  # minutes

READ = by_roles(
    "read_programme",
    N_("See the draft of the programme"),
    Role.ORGANIZER,
    Role.PROGRAMME_OFFICER,
    Role.SECRETARIAT_EDITOR,
    Role.PROTOCOL_OFFICER,
    Role.PRESS_DESK,
    Role.VIEWER,
)
SCHEDULE = by_roles("schedule", N_("Change rooms, sessions and the timetable"), Role.ORGANIZER, Role.PROGRAMME_OFFICER)
RELEASE = by_roles("release", N_("Release the programme to the public"), Role.ORGANIZER, Role.PROGRAMME_OFFICER)


@dataclass(frozen=True)
class Details:
    """What is said of a session and what it needs; texts by language code, days as ISO dates.

    `own_kind` and `theme` are rows, `languages` are spoken on the floor, `interpretation` are those interpreted into.
    """

    kind: Kind
    title: dict[str, str]
    minutes: int
    code: str = ""
    description: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    access: Access = Access.OPEN
    own_kind: Any = None
    theme: Any = None
    format: Format = Format.IN_PERSON
    interpretation: tuple[str, ...] = ()
    audience: int | None = None
    layout: str = ""
    equipment: tuple[str, ...] = ()
    needs_step_free: bool = False
    is_alone: bool = False
    preferred_days: tuple[str, ...] = ()
    slides_until: datetime | None = None
