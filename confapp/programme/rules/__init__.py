"""Kinds of sessions, roles on them, the states of a placement, and who may change a programme."""

from dataclasses import dataclass, field
from enum import StrEnum

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


class RoleStatus(StrEnum):
    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class PlacementState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


KIND_NAMES: dict[str, str] = {
    Kind.CEREMONY: N_("Ceremony"),
    Kind.GENERAL_DEBATE: N_("General debate"),
    Kind.PLENARY: N_("Plenary"),
    Kind.PANEL: N_("Panel discussion"),
    Kind.WORKSHOP: N_("Workshop"),
    Kind.SIDE_EVENT: N_("Side event"),
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
}

STATUS_NAMES: dict[str, str] = {
    RoleStatus.INVITED: N_("Invited"),
    RoleStatus.CONFIRMED: N_("Confirmed"),
    RoleStatus.DECLINED: N_("Declined"),
}
STATUS_SHAPES: dict[str, str] = {
    RoleStatus.INVITED: "waiting",
    RoleStatus.CONFIRMED: "neutral",
    RoleStatus.DECLINED: "bad",
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
    """What is said of a session; texts by language code."""

    kind: Kind
    title: dict[str, str]
    minutes: int
    code: str = ""
    description: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    access: Access = Access.OPEN
