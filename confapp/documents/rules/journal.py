"""The standard words of a conference's journal for one day: its meetings as released, and the papers issued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from confapp.documents.rules import BlockKind
from confapp.documents.rules.inline import to_markup
from confapp.documents.rules.issuing import ISSUE_KIND_NAMES, IssueKind
from confapp.documents.rules.wording import language_name
from confapp.foundation import clock
from confapp.foundation.dates import day
from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _

Texts = dict[str, str]


@dataclass(frozen=True)
class Meeting:
    """A session of the released programme. `rooms` are those it takes place in."""

    title: Texts
    starts_at: datetime
    ends_at: datetime
    rooms: Sequence[Texts]
    is_cancelled: bool = False


@dataclass(frozen=True)
class Paper:
    """What was issued: its symbol with `/Rev.1` or a star, its languages, and if it is an advance copy or again."""

    symbol: str
    title: Texts
    languages: Sequence[str]
    kind: str = IssueKind.ORIGINAL


@dataclass(frozen=True)
class Day:
    on: date
    zone: str
    release: str
    meetings: Sequence[Meeting]
    papers: Sequence[Paper]


def title(found: Day, code: str) -> str:
    return _("Journal, %(day)s", day=day(found.on, code))


def blocks(found: Day, code: str) -> list[tuple[BlockKind, str]]:
    """The paragraphs in the language that is spoken now, always the same number and kinds in every language."""
    told = [(BlockKind.HEADING, _("Meetings of %(day)s", day=day(found.on, code)))]
    if found.release:
        told.append((BlockKind.NOTE, _("As released in “%(release)s”.", release=_plain(found.release))))
    told += _listed(
        (_meeting(one, found.zone, code) for one in found.meetings), _("There are no meetings on this day.")
    )
    told.append((BlockKind.HEADING, _("Documents issued on this day")))
    told += _listed((_paper(one, code) for one in found.papers), _("None."))
    return told


def _listed(lines: Iterable[str], nothing: str) -> list[tuple[BlockKind, str]]:
    return [(BlockKind.PARAGRAPH, line) for line in lines] or [(BlockKind.PARAGRAPH, nothing)]


def _meeting(one: Meeting, zone: str, code: str) -> str:
    starts, ends = (clock.local(moment, zone) for moment in (one.starts_at, one.ends_at))
    hours = f"{starts:%H:%M}–{ends:%H:%M} {clock.zone_label(zone, one.starts_at)}"
    where = joined((best(room, code) for room in one.rooms), code)
    line = " · ".join(_plain(part) for part in (hours, best(one.title, code), where) if part)
    return _("%(meeting)s: cancelled", meeting=line) if one.is_cancelled else line


def _paper(one: Paper, code: str) -> str:
    said = "" if one.kind == IssueKind.ORIGINAL else _(ISSUE_KIND_NAMES[IssueKind(one.kind)])
    parts = (
        one.symbol,
        best(one.title, code),
        said,
        joined((language_name(each, code) for each in one.languages), code),
    )
    return " · ".join(_plain(part) for part in parts if part)


def _plain(words: str) -> str:
    return to_markup([{"t": words}])
