"""The life of a conference, its pages, and what may be typed for it."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from confapp.foundation import clock
from confapp.foundation.access import ADMINISTER, by_roles
from confapp.foundation.colour import NIGHT, PAPER, READABLE, at_night, contrast
from confapp.foundation.languages import INTERFACE, N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role

RESERVED = {
    "verify",
    "sign-in",
    "sign-out",
    "me",
    "desk",
    "api",
    "static",
    "healthz",
    "readyz",
    "metrics",
    "invitations",
    "links",
    "mailbox",
    "accent",
    "setup",
    "_ui",
    "accounts",
    "audit",
    "jobs",
    "mail",
    "new",
    "catalogue",
    "favicon.ico",
    "robots.txt",
    "sitemap.xml",
}


class Status(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Phase(StrEnum):
    """What the public sees: the status, refined by the dates."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    REGISTRATION_OPEN = "registration_open"
    REGISTRATION_CLOSED = "registration_closed"
    RUNNING = "running"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Format(StrEnum):
    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


PHASE_NAMES: dict[str, str] = {
    Phase.DRAFT: N_("Draft"),
    Phase.ANNOUNCED: N_("Announced"),
    Phase.REGISTRATION_OPEN: N_("Registration open"),
    Phase.REGISTRATION_CLOSED: N_("Registration closed"),
    Phase.RUNNING: N_("Running"),
    Phase.CLOSED: N_("Closed"),
    Phase.ARCHIVED: N_("Archived"),
}
FORMAT_NAMES: dict[str, str] = {
    Format.IN_PERSON: N_("In person"),
    Format.HYBRID: N_("Hybrid"),
    Format.ONLINE: N_("Online"),
}

PAGES: dict[str, str] = {
    "venue": N_("Venue"),
    "visa": N_("Visa"),
    "hotels": N_("Hotels"),
    "contacts": N_("Contacts"),
    "code-of-conduct": N_("Code of conduct"),
    "privacy": N_("Privacy"),
    "accessibility": N_("Accessibility"),
}

MANAGE_CONFERENCE = by_roles("manage_conference", N_("Change the conference and its pages"), Role.ORGANIZER)


def _has_what_readers_need(conference: Any) -> str | None:
    if not conference.name.get("en") and not conference.name.get("id"):
        return _("The conference needs a name first.")
    if not conference.contact_email:
        return _("The conference needs a contact address first.")
    return None


def _is_over(conference: Any) -> str | None:
    if clock.now() < conference.ends_at:
        return _("The conference is not over yet.")
    return None


LIFE = Lifecycle(
    Move("announce", {Status.DRAFT}, Status.ANNOUNCED, MANAGE_CONFERENCE, N_("Announce"), guard=_has_what_readers_need),
    Move("close", {Status.ANNOUNCED}, Status.CLOSED, MANAGE_CONFERENCE, N_("Close")),
    Move("withdraw", {Status.ANNOUNCED}, Status.DRAFT, MANAGE_CONFERENCE, N_("Back to draft")),
    Move("reopen", {Status.CLOSED}, Status.ANNOUNCED, MANAGE_CONFERENCE, N_("Open again")),
    Move("archive", {Status.CLOSED}, Status.ARCHIVED, ADMINISTER, N_("Archive"), guard=_is_over),
)


EFFECTS: dict[str, str] = {
    "announce": N_("Everybody can read the title page, the information and the released programme."),
    "withdraw": N_("The public pages disappear. Only staff see them; nothing is lost."),
    "close": N_("Registration ends whatever its dates say. The public pages stay."),
    "reopen": N_("Registration follows its dates again."),
    "archive": N_("Everything becomes read-only and personal data are removed. This cannot be undone."),
}
STATUS_NAMES: dict[str, str] = {
    Status.DRAFT: N_("Draft"),
    Status.ANNOUNCED: N_("Announced"),
    Status.CLOSED: N_("Closed"),
    Status.ARCHIVED: N_("Archived"),
}
LANGUAGES = ("en", "id", "ar", "es", "fr", "ms", "pt", "ru", "zh")

LONGEST = 92  # days
SEALED_KEPT = timedelta(days=30)  # after the conference

# What archiving removes beside all sealed values: the ways to reach people. Names, functions and delegations stay, for
# the list of participants is part of the record.
PURGED: dict[str, tuple[str, ...]] = {
    "person": ("email", "phone", "phone_e164", "folded", "photo_id"),
    "delegation": ("contact_email",),
    "credential": ("file_id", "objection"),
    "speaker": ("photo_id", "small_photo_id", "zone", "needs", "availability"),
    "session_role": ("reason",),
    "side_event": ("contact_name", "contact_email"),
    "mailed_link": ("email",),
    "mail": ("recipient", "recipient_name", "subject", "text"),
    "registration_move": ("reason", "defects"),
    "clearance": ("note",),
    "prepared_decision": ("reason", "defects"),
    "remark": ("text",),
    "answer": ("plain", "file_id"),
    "letter": ("printed", "purpose", "reason", "file_id", "sent_to"),
    "import_batch": ("file_id", "source", "report"),
    "bulk_act": ("report",),
    "download": ("query", "file_id"),
    "form_draft": ("content",),
    "block_draft": ("texts",),
    "subscriber": ("email",),
}
KEPT: dict[str, tuple[str, ...]] = {
    "person": ("honorific", "given_name", "family_name", "printed_name", "badge_name", "country"),
    "registration": ("organization", "functional_title", "capacity", "rank"),
    "speaker": ("affiliation", "biography", "country", "printed"),
    "statement": ("speaker_name", "speaker_title", "rank"),
    "stored_file": ("name",),
    "reservation": ("handed_in_by",),
    "endorsement": ("authority", "file_id"),
}


def zones() -> tuple[str, ...]:
    """The IANA zones named after a region and a place."""
    return tuple(name for name in clock.zones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))


def accent_contrasts(colour: str) -> list[tuple[str, float]]:
    """How well a colour reads where it is used, as contrast ratios."""
    return [
        (_("On paper, by day"), contrast(colour, PAPER)),
        (_("White on it, by day"), contrast(colour, "#ffffff")),
        (_("Its lighter twin, at night"), contrast(at_night(colour), NIGHT)),
    ]


def phase(conference: Any, at: datetime) -> Phase:
    """Where a conference stands at an instant; registration opens and closes, and the conference runs, by its dates."""
    if conference.status != Status.ANNOUNCED:
        return Phase(conference.status.value)
    if conference.starts_at <= at < conference.ends_at:
        return Phase.RUNNING
    if at >= conference.ends_at:
        return Phase.CLOSED
    opens, closes = conference.registration_opens_at, conference.registration_closes_at
    if opens is None or at < opens:
        return Phase.ANNOUNCED
    return Phase.REGISTRATION_OPEN if closes is None or at < closes else Phase.REGISTRATION_CLOSED


def takes_registrations(conference: Any, at: datetime) -> bool:
    """Registration is governed by its own dates alone, also while the conference runs."""
    opens, closes = conference.registration_opens_at, conference.registration_closes_at
    return (
        conference.status == Status.ANNOUNCED and opens is not None and opens <= at and (closes is None or at < closes)
    )


def purge_moment(conference: Any) -> datetime:
    """When passport numbers and access needs are deleted."""
    ends: datetime = conference.ends_at
    return ends + SEALED_KEPT


def next_change(conference: Any, at: datetime) -> datetime | None:
    """The next instant at which the phase changes by itself; a cached page is not valid beyond it."""
    moments = (
        conference.registration_opens_at,
        conference.registration_closes_at,
        conference.starts_at,
        conference.ends_at,
    )
    return min((moment for moment in moments if moment and moment > at), default=None)


def letters_of(acronym: str) -> str:
    """The capitals that numbers and symbols of a conference begin with; empty when there are none."""
    return "".join(c for c in acronym.upper() if c.isascii() and c.isalpha())


def slug_fault(slug: str) -> str | None:
    """Why an address part cannot be used, or None."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]", slug):
        return _("Use 3 to 60 small letters, digits and hyphens, such as rcdd-2027.")
    if slug in RESERVED or slug in INTERFACE or len(slug) == 2:
        return _("This address is used by the program itself; choose another.")
    return None


def page_name_fault(name: str) -> str | None:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", name) or name == "new":
        return _("Use small letters, digits and hyphens, such as side-events.")
    return None


def page_position(name: str) -> int:
    """Standard pages stand in their order, others after them."""
    return list(PAGES).index(name) if name in PAGES else len(PAGES)


MOST_ORIGINS = 20


def embed_origins(typed: str) -> list[str]:
    """The sites that may frame the programme, one on each line, as browsers spell them."""
    return list(dict.fromkeys(line.strip().lower().rstrip("/") for line in typed.split() if line.strip(" /")))


def embed_origins_fault(origins: list[str]) -> str | None:
    """Why these cannot be the sites; what they are goes into a header, so nothing but plain hosts is taken."""
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    for one in origins:
        if len(one) > 200 or not re.fullmatch(rf"https://{label}(?:\.{label})+(?::[1-9][0-9]{{0,4}})?", one):
            return _("“%(site)s” is no site: write it as https://www.ministry.example, without a path.", site=one[:80])
    if len(origins) > MOST_ORIGINS:
        return _("At most %(number)d sites.", number=MOST_ORIGINS)
    return None


def accent_fault(colour: str) -> str | None:
    """Why a colour cannot be the accent: it must read on paper, and white must read on it."""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        return _("Write a colour as # and six digits or letters, such as #0b5a6f.")
    reached = min(contrast(colour, PAPER), contrast(colour, "#ffffff"))
    if reached < READABLE:
        return _(
            "This colour is too light to read on paper: %(ratio).1f to 1; at least 4.5 to 1 is needed.", ratio=reached
        )
    return None
