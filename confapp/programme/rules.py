"""Kinds of sessions, roles on them, the states of a placement, and arithmetic on times of a programme."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

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

SCHEDULE = by_roles("schedule", N_("Change rooms, sessions and the timetable"), Role.ORGANIZER, Role.PROGRAMME_OFFICER)
RELEASE = by_roles("release", N_("Release the programme to the public"), Role.ORGANIZER, Role.PROGRAMME_OFFICER)


class Placed(Protocol):
    """Anything with a start and a length."""

    starts_at: datetime
    minutes: int


def ends_at(placed: Placed) -> datetime:
    return placed.starts_at + timedelta(minutes=placed.minutes)


def overlaps(one: Placed, other: Placed) -> bool:
    return one.starts_at < ends_at(other) and other.starts_at < ends_at(one)


def clashes(placed: Placed, others: Iterable[Placed]) -> list[Placed]:
    return [other for other in others if overlaps(placed, other)]
