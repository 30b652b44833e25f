"""What an issue is to the one before it, the symbol that it bears, and who may let it out."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.foundation.languages import N_

MOST_STARS = 3


class IssueKind(StrEnum):
    """A revision replaces the text; a reissue is the same paper again for technical reasons, marked with a star."""

    ORIGINAL = "original"
    ADVANCE = "advance"
    REVISION = "revision"
    REISSUE = "reissue"


ISSUE_KIND_NAMES: dict[str, str] = {
    IssueKind.ORIGINAL: N_("Edited issue"),
    IssueKind.ADVANCE: N_("Advance unedited copy"),
    IssueKind.REVISION: N_("Revision"),
    IssueKind.REISSUE: N_("Reissue for technical reasons"),
}


def symbol_of(document: str, kind: IssueKind, revisions: int, current: str) -> str:
    """What an issue is called: `revisions` were issued before, `current` is the symbol of the issue it replaces."""
    if kind == IssueKind.REVISION:
        return f"{document}/Rev.{revisions + 1}"
    return current + "*" if kind == IssueKind.REISSUE else document


def is_open(issue: Any, now: datetime) -> bool:
    """Being prepared, waiting for a second person, or released and waiting for its moment: nothing else moves then."""
    waits = issue.state == "published" and issue.published_at is not None and issue.published_at > now
    return waits or issue.state in ("preparing", "prepared")


def may_release(prepared_by: int | None, by: int | None, needs_two: bool) -> bool:
    """Two different people, unless the conference says that only one person is there."""
    return not needs_two or by is None or by != prepared_by
