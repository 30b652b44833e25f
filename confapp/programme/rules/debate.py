"""Lists of speakers and statements: what puts them in order, their times, what is missing, and who may do what.

The order of a list is by rank and then by the moment of the request, unless the organizers choose otherwise; states
come before organizations where they say so. The rule gives a place once, when a request arrives; the place is stored,
and whatever was moved by hand stays where it was put until the rule is applied anew.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.people.rules import Role
from confapp.programme.rules import Kind, Mode, Ordering
from confapp.registration.rules import RANKS, PartyKind, Rank

KEEP_LIST = by_roles(
    "keep_speakers_list",
    N_("Keep lists of speakers, and run a debate"),
    Role.ORGANIZER,
    Role.PROGRAMME_OFFICER,
    Role.SECRETARIAT_EDITOR,
    Role.PROTOCOL_OFFICER,
)

TAKES_LIST = (Kind.GENERAL_DEBATE, Kind.PLENARY)  # kinds of sessions that can have a list of speakers
LARGEST_STATEMENT = 5_000_000
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", DOCX: "docx"}
PAUSE = timedelta(hours=20)  # nobody is reminded twice in a day, by two colleagues or by two clicks

MODE_NAMES: dict[str, str] = {
    Mode.IN_PERSON: N_("In person"),
    Mode.LIVE: N_("By live connection"),
    Mode.RECORDED: N_("Recorded"),
}
ORDERING_NAMES: dict[str, str] = {
    Ordering.RANK: N_("By rank, then by the moment of the request"),
    Ordering.REQUEST: N_("By the moment of the request alone"),
    Ordering.CONFERENCE: N_("In the conference's order of delegations"),
}


class Missing(StrEnum):
    """What a delegation owes."""

    REQUEST = "request"
    SPEAKER = "speaker"
    TOPIC = "topic"
    STATEMENT = "statement"
    RECORDING = "recording"


MISSING_NAMES: dict[str, str] = {
    Missing.REQUEST: N_("Request for a place"),
    Missing.SPEAKER: N_("Name of the speaker"),
    Missing.TOPIC: N_("Topic"),
    Missing.STATEMENT: N_("Text of the statement"),
    Missing.RECORDING: N_("Recording"),
}

# --- the order --------------------------------------------------------------------------------------------------------

Key = tuple[int, int, datetime, int, int]
LAST = datetime(9999, 1, 1, tzinfo=UTC)


def key(statement: Any, debate: Any) -> Key:
    """By what a statement stands in a list: smaller comes first. Who asked for nothing yet comes last of its rank."""
    delegation = statement.delegation
    group = 0 if not debate.states_first or delegation.kind == PartyKind.STATE else 1
    rank = rank_place(statement.rank) if debate.ordering == Ordering.RANK else 0
    asked = statement.requested_at or LAST
    if debate.ordering == Ordering.CONFERENCE:
        asked = LAST
    return group, rank, asked, delegation.position, delegation.id


def rank_place(rank: str) -> int:
    """0 for a head of state; unknown ranks come last."""
    return RANKS.index(Rank(rank)) if rank in RANKS else len(RANKS)


def place_for(new: Key, there: Sequence[tuple[Key, bool]]) -> int:
    """Where a new entry goes among (key, was it moved by hand), as an index: before the first that the rule put there
    and that comes after it, else at the end."""
    return next((at for at, (one, by_hand) in enumerate(there) if not by_hand and one > new), len(there))


# --- times ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """When something begins and ends, as far as that can be told."""

    starts_at: datetime | None
    ends_at: datetime | None
    is_actual: bool = False


@dataclass(frozen=True)
class Point:
    """A point of a session's order for reckoning its time."""

    minutes: int
    started_at: datetime | None = None
    ended_at: datetime | None = None


def slots(points: Iterable[Point], starts_at: datetime | None) -> list[Slot]:
    """The hours of each point: those that were held as they were, the others one after another from the session's start
    or from when the newest one that was held ended or has to end."""
    points = list(points)
    held = [point.ended_at or _until(point) for point in points if point.started_at is not None]
    at = max(held, default=starts_at)
    found = []
    for point in points:
        if point.started_at is not None:
            found.append(Slot(point.started_at, point.ended_at or _until(point), is_actual=True))
        elif at is None:
            found.append(Slot(None, None))
        else:
            until = at + timedelta(minutes=point.minutes)
            found.append(Slot(at, until))
            at = until
    return found


def _until(point: Point) -> datetime:
    assert point.started_at is not None
    return point.started_at + timedelta(minutes=point.minutes)


def used(statement: Any, at: datetime) -> int:
    """Seconds that a statement has taken."""
    if statement.started_at is None:
        return 0
    return max(0, int(((statement.ended_at or at) - statement.started_at).total_seconds()))


# --- what is asked of a delegation ------------------------------------------------------------------------------------


def missing(statement: Any, debate: Any) -> list[Missing]:
    """What a delegation still owes for its statement; nothing for one that was withdrawn, and a reply is free."""
    if statement.withdrawn_at is not None or statement.is_reply:
        return []
    owed = []
    if statement.requested_at is None:
        owed.append(Missing.REQUEST)
    if not statement.speaker:
        owed.append(Missing.SPEAKER)
    if debate.topics and statement.topic_id is None:
        owed.append(Missing.TOPIC)
    if statement.file_id is None:
        owed.append(Missing.STATEMENT)
    if statement.mode == Mode.RECORDED and not statement.recording_url:
        owed.append(Missing.RECORDING)
    return owed


def due_at(statement: Any, debate: Any) -> datetime | None:
    due: datetime | None = statement.due_at or debate.due_at
    return due


def is_late(statement: Any, debate: Any, at: datetime) -> bool:
    due = due_at(statement, debate)
    return due is not None and at > due


def is_open(debate: Any, at: datetime) -> bool:
    return window_fault(debate, at) is None


def window_fault(debate: Any, at: datetime) -> str | None:
    """Why no delegation can ask for a place now."""
    if debate.opens_at is None or at < debate.opens_at:
        return _("The list of speakers is not open yet.")
    if debate.closes_at is not None and at >= debate.closes_at:
        return _("The list of speakers is closed. Please write to the secretariat.")
    return None


def may_remind(last: str | None, at: datetime) -> bool:
    """Whether the last reminder, as an ISO moment, is long enough ago."""
    return last is None or datetime.fromisoformat(last) < at - PAUSE


def change_fault(statement: Any) -> str | None:
    """Why a delegation cannot change its statement any more."""
    if statement.withdrawn_at is not None:
        return _("This statement was withdrawn.")
    if statement.started_at is not None:
        return _("This statement has been delivered.")
    return None


def delegation_fault(delegation: Any) -> str | None:
    if delegation.declined_at is not None and delegation.status == "declined":
        return _("This delegation has declined the invitation.")
    return None


# --- what is handed in ------------------------------------------------------------------------------------------------


def statement_type(content: bytes) -> str | None:
    """The media type of a statement's text: PDF or DOCX, by what is in it and not by its name."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as pack:
                names = set(pack.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            return None
        if {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names:
            return DOCX
    return None


def file_fault(content: bytes) -> str | None:
    if len(content) > LARGEST_STATEMENT:
        return _("This file is larger than 5 MB.")
    if statement_type(content) is None:
        return _("This file is not a PDF or a Word document (DOCX) without macros.")
    return None


def address_fault(url: str) -> str | None:
    """Why something is not the address of a recording."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and " " not in url
    except ValueError:
        is_good = False
    return None if is_good else _("Write an address that begins with https://.")


def is_public(statement: Any, at: datetime) -> bool:
    """Whether everybody may read the text: agreed to, delivered, past its embargo, and not withdrawn."""
    return (
        statement.may_publish
        and statement.file_id is not None
        and statement.withdrawn_at is None
        and statement.ended_at is not None
        and (statement.embargo_until is None or statement.embargo_until <= at)
    )
