"""Roles, mandates, links and how long they last."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from confapp.foundation.access import ADMINISTRATOR, Actor, Grant, Permit, by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _


class Role(StrEnum):
    ADMINISTRATOR = ADMINISTRATOR
    ORGANIZER = "organizer"
    ACCREDITATION_OFFICER = "accreditation_officer"
    PROGRAMME_OFFICER = "programme_officer"
    SECRETARIAT_EDITOR = "secretariat_editor"
    TRANSLATOR = "translator"
    PROTOCOL_OFFICER = "protocol_officer"
    SECURITY_OFFICER = "security_officer"
    GATE_STAFF = "gate_staff"
    PRESS_DESK = "press_desk"
    VIEWER = "viewer"
    FOCAL_POINT = "focal_point"
    DELEGATE = "delegate"
    SPEAKER = "speaker"


ROLE_NAMES: dict[str, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.ORGANIZER: N_("Organizer"),
    Role.ACCREDITATION_OFFICER: N_("Accreditation officer"),
    Role.PROGRAMME_OFFICER: N_("Programme officer"),
    Role.SECRETARIAT_EDITOR: N_("Secretariat editor"),
    Role.TRANSLATOR: N_("Translator or reviser"),
    Role.PROTOCOL_OFFICER: N_("Protocol officer"),
    Role.SECURITY_OFFICER: N_("Security officer"),
    Role.GATE_STAFF: N_("Gate staff"),
    Role.PRESS_DESK: N_("Press desk"),
    Role.VIEWER: N_("Viewer"),
    Role.FOCAL_POINT: N_("Focal point of a delegation"),
    Role.DELEGATE: N_("Delegate"),
    Role.SPEAKER: N_("Speaker"),
}

# What people agree to, by kind: each feature that asks puts the names of its kinds here.
consent_names: dict[str, str] = {}

PERMIT_OF_THE_INSTALLATION = N_("Administer the installation")  # marked here: foundation.access knows no languages
STAFF = (
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROGRAMME_OFFICER,
    Role.SECRETARIAT_EDITOR,
    Role.TRANSLATOR,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.GATE_STAFF,
    Role.PRESS_DESK,
    Role.VIEWER,
)
POWERFUL = frozenset({*STAFF, Role.ADMINISTRATOR})
OWN_RECORD = (Role.DELEGATE, Role.SPEAKER)
PARTICIPANTS = (Role.FOCAL_POINT, Role.DELEGATE, Role.SPEAKER)


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RECORD = "record"
    SETUP = "setup"
    NOMINATION = "nomination"
    ADDRESS = "address"


SIGN_IN_LINK = timedelta(minutes=15)
INVITATION_LINK = timedelta(days=30)
ADDRESS_LINK = timedelta(days=3)
RECORD_LINK_AFTER_CONFERENCE = timedelta(days=30)
SETUP_LINK = timedelta(days=1)
REPEATED_CLICK = timedelta(minutes=1)

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
IDLE = {True: timedelta(minutes=30), False: timedelta(hours=12)}  # by whether staff
ABSOLUTE = {True: timedelta(hours=12), False: timedelta(days=14)}

WORK_AT_DESK = by_roles("work_at_desk", N_("See the organizers' side"), *STAFF)
SEE_PEOPLE = by_roles(
    "see_people",
    N_("See people and delegations"),
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.SECURITY_OFFICER,
    Role.PRESS_DESK,
    Role.VIEWER,
)
MANAGE_STAFF = by_roles("manage_staff", N_("Give and remove roles"), Role.ORGANIZER)
WORD_CONSENTS = by_roles("word_consents", N_("Change the texts that people agree to"), Role.ORGANIZER)
READ_AUDIT = by_roles("read_audit", N_("Read the audit record"), Role.ORGANIZER)


GROUPS: dict[str, str] = {
    "staff": N_("Staff"),
    "focal_points": N_("Focal points"),
    "participants": N_("Delegates and speakers"),
    "ended": N_("Ended"),
}


def group_named(name: str) -> str:
    return name if name in GROUPS else "staff"


def is_in(group: str, mandate: Any, at: datetime) -> bool:
    """Whether a mandate stands in this list of the people page."""
    if not mandate.is_in_force(at):
        return group == "ended"
    if mandate.role == Role.FOCAL_POINT:
        return group == "focal_points"
    return group == ("participants" if mandate.role in OWN_RECORD else "staff")


def order(mandate: Any) -> tuple[int, str]:
    """By role, and by name within one."""
    return list(Role).index(mandate.role), (mandate.account.name or mandate.account.email).casefold()


def named(role: Role) -> str:
    """A role in words, with what its rights are limited to."""
    name = _(ROLE_NAMES[role])
    if role in OWN_RECORD:
        return _("%(role)s (own record)", role=name)
    return _("%(role)s (own delegation)", role=name) if role == Role.FOCAL_POINT else name


def holders(permit: Permit) -> list[Role]:
    """The roles that a permit is given to, each tried on what is its own: its conference, delegation or record."""
    subject = SimpleNamespace(id=1, conference_id=1, delegation_id=1, person_id=1)
    return [role for role in Role if permit.allows(Actor(1, grants=(_sample(role),)), subject)]


def _sample(role: Role) -> Grant:
    if role == Role.ADMINISTRATOR:
        return Grant(role)
    delegation, person = (1 if role == Role.FOCAL_POINT else None), (1 if role in OWN_RECORD else None)
    return Grant(role, 1, delegation, person)


def by_conference(mandates: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """Mandates under their conference, in the order given; those of the installation come first, under None."""
    found: dict[Any, list[Any]] = {}
    for mandate in sorted(mandates, key=lambda m: m.conference_id is not None):
        found.setdefault(mandate.conference, []).append(mandate)
    return list(found.items())


def is_staff(mandates: Iterable[Any]) -> bool:
    return any(mandate.role in POWERFUL for mandate in mandates)


def browser(agent: str) -> str:
    """The name of a browser, so that somebody recognizes an own sign-in; the rest of the line helps nobody."""
    known = (name for mark, name in BROWSERS if mark in agent)
    return next(known, agent.partition(" ")[0][:40])


def token_hash(token: str) -> str:
    """What is kept of a random token; it has 256 bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def safe_path(path: str) -> str:
    """A path of this site to go on to after signing in, or nothing: never another host."""
    if len(path) > 300 or not re.fullmatch(r"/[!-~]*", path) or "\\" in path or "//" in path.partition("?")[0]:
        return ""
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else path
