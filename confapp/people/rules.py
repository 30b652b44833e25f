"""Roles, mandates, links and how long they last."""

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from confapp.foundation.access import ADMINISTRATOR, SIGNED_IN, Actor, by_roles, conference_of  # noqa: F401
from confapp.foundation.languages import N_


class Role(StrEnum):
    ADMINISTRATOR = ADMINISTRATOR
    ORGANIZER = "organizer"
    ACCREDITATION_OFFICER = "accreditation_officer"
    PROGRAMME_OFFICER = "programme_officer"
    SECRETARIAT_EDITOR = "secretariat_editor"
    PROTOCOL_OFFICER = "protocol_officer"
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
    Role.PROTOCOL_OFFICER: N_("Protocol officer"),
    Role.GATE_STAFF: N_("Gate staff"),
    Role.PRESS_DESK: N_("Press desk"),
    Role.VIEWER: N_("Viewer"),
    Role.FOCAL_POINT: N_("Focal point of a delegation"),
    Role.DELEGATE: N_("Delegate"),
    Role.SPEAKER: N_("Speaker"),
}

STAFF = (
    Role.ORGANIZER,
    Role.ACCREDITATION_OFFICER,
    Role.PROGRAMME_OFFICER,
    Role.SECRETARIAT_EDITOR,
    Role.PROTOCOL_OFFICER,
    Role.GATE_STAFF,
    Role.PRESS_DESK,
    Role.VIEWER,
)
POWERFUL = frozenset({*STAFF, Role.ADMINISTRATOR})
PARTICIPANTS = (Role.FOCAL_POINT, Role.DELEGATE, Role.SPEAKER)


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RECORD = "record"
    SETUP = "setup"


SIGN_IN_LINK = timedelta(minutes=15)
INVITATION_LINK = timedelta(days=30)
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
    Role.PRESS_DESK,
    Role.VIEWER,
)
MANAGE_STAFF = by_roles("manage_staff", N_("Give and remove roles"), Role.ORGANIZER)
READ_AUDIT = by_roles("read_audit", N_("Read the audit record"), Role.ORGANIZER)


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
