"""Links and materials of sessions: who is given them, and when. Plain values only."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.programme.rules import Access, LinkKind, MaterialKind, SessionRoleKind
from confapp.programme.rules.speaking import ASKED
from confapp.speakers.rules import SpeakerConsent

LONGEST_URL = 1000
LARGEST_FILE = 25_000_000
AROUND = timedelta(minutes=15)  # before and after a session, when a link has no times of its own

LINK_NAMES: dict[str, str] = {
    LinkKind.JOIN: N_("Join the session"),
    LinkKind.STREAM: N_("Watch the stream"),
    LinkKind.RECORDING: N_("Watch the recording"),
}
MATERIAL_NAMES: dict[str, str] = {
    MaterialKind.SLIDES: N_("Slides"),
    MaterialKind.STATEMENT: N_("Statement"),
    MaterialKind.DOCUMENT: N_("Document"),
}
AUDIENCE_NAMES: dict[str, str] = {
    Access.OPEN: N_("Everybody, on the public page"),
    Access.INVITATION: N_("Participants who may be in the session"),
    Access.PRESS: N_("The press, and those who take part"),
    Access.CLOSED: N_("Those who take part, nobody else"),
}
NEEDS_CONSENT = {LinkKind.STREAM: SpeakerConsent.STREAMED, LinkKind.RECORDING: SpeakerConsent.RECORDED}
HAND_IN = (SessionRoleKind.KEYNOTE, SessionRoleKind.SPEAKER, SessionRoleKind.PANELLIST)  # who is expected to


PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
OFFICE = "application/vnd.openxmlformats-officedocument."
PPTX, DOCX = OFFICE + "presentationml.presentation", OFFICE + "wordprocessingml.document"
ODP = "application/vnd.oasis.opendocument.presentation"
ENDINGS = {PDF: "pdf", PPTX: "pptx", DOCX: "docx", ODP: "odp", PNG: "png", JPEG: "jpg"}
FILE_KINDS = "PDF, PPTX, DOCX, ODP, PNG, JPEG"
BY_START = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}


@dataclass(frozen=True)
class Standing:
    """How somebody stands to one session."""

    takes_part: bool = False  # named in it, or a member of a delegation that is
    may_attend: bool = False  # accredited, and with a place where places are given
    is_press: bool = False


NOBODY = Standing()


def is_given(access: Access, standing: Standing) -> bool:
    """Whether somebody is among those for whom a link or a file is meant, whatever the time."""
    if access == Access.OPEN or standing.takes_part:
        return True
    return standing.may_attend if access == Access.INVITATION else access == Access.PRESS and standing.is_press


def may_attend(session_access: Access, *, is_accredited: bool, has_quota: bool, has_place: bool) -> bool:
    """Where places are given, those who have one; else everybody accredited, when the session is open to all."""
    return is_accredited and (has_place if has_quota else session_access == Access.OPEN)


@dataclass(frozen=True)
class Window:
    """From an instant on, up to and without another; None is never."""

    opens_at: datetime | None
    closes_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        return self.opens_at is not None and self.opens_at <= at and (self.closes_at is None or at < self.closes_at)

    def is_over(self, at: datetime) -> bool:
        return self.opens_at is None or (self.closes_at is not None and self.closes_at <= at)

    def next_change(self, at: datetime) -> datetime | None:
        return min((one for one in (self.opens_at, self.closes_at) if one is not None and one > at), default=None)


def window(link: Any, place: Any) -> Window:
    """The time of a link: its own, or around its session as released; a recording begins when the session has ended."""
    is_recording = link.kind == LinkKind.RECORDING
    opens = link.opens_at or (place.ends_at if is_recording else place.starts_at - AROUND)
    closes = link.closes_at or (None if is_recording else place.ends_at + AROUND)
    return Window(opens, closes)


def material_window(material: Any) -> Window:
    """From the end of the embargo, never before the desk has looked at it."""
    if material.checked_at is None:
        return Window(None)
    return Window(max(material.checked_at, material.embargo_until or material.checked_at))


def may_hand_in(part: Any) -> bool:
    """Whoever has a part that stands, but the interpreters."""
    return part.status in ASKED and part.role != SessionRoleKind.INTERPRETER


def url_fault(url: str) -> str | None:
    """Why an address cannot be a link of a session."""
    try:
        parts = urlsplit(url)
        is_sound = (
            parts.scheme == "https" and bool(parts.hostname) and "." in (parts.hostname or "") and not parts.username
        )
    except ValueError:
        is_sound = False
    if not is_sound or any(one.isspace() or not one.isprintable() for one in url):
        return _("Write a whole address that begins with https://.")
    return None


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def times_fault(opens_at: datetime | None, closes_at: datetime | None) -> str | None:
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        return _("The end must be after the start.")
    return None


def material_type(content: bytes) -> str | None:
    """The media type of an upload by what is in it; None when it is none that we take, such as one with macros."""
    if (plain := next((kind for start, kind in BY_START.items() if content.startswith(start)), None)) is not None:
        return plain
    return _packed(content) if content.startswith(b"PK\x03\x04") else None


def _packed(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "ppt/presentation.xml" in names:
                return PPTX
            if "word/document.xml" in names:
                return DOCX
            if "mimetype" in names:
                with packed.open("mimetype") as opened:
                    return ODP if opened.read(100).decode("ascii", "replace").strip() == ODP else None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    return None


def file_fault(content: bytes) -> str | None:
    if not content:
        return _("This file is empty.")
    if len(content) > LARGEST_FILE:
        return _("This file is larger than %(size)s MB.", size=f"{LARGEST_FILE / 1_000_000:g}")
    if material_type(content) is None:
        return _("This file is none of these kinds: %(kinds)s.", kinds=FILE_KINDS)
    return None


def first_change(windows: Iterable[Window], at: datetime) -> datetime | None:
    """When what readers see next changes by itself."""
    return min((one for each in windows if (one := each.next_change(at)) is not None), default=None)
