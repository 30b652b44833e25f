"""The journal of a day, drafted from the released programme and the register."""

from collections.abc import Sequence
from datetime import date, timedelta

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions.records import drafted
from confapp.documents.actions.register import take_symbol
from confapp.documents.models import Document, SymbolSeries
from confapp.documents.rules import DocumentKind, journal
from confapp.documents.rules.journal import Day, Meeting, Paper
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries as programme
from confapp.programme.rules import Kind


def draft_journal(
    conference: Conference, on: date, series: SymbolSeries, *, languages: Sequence[str], by: Actor
) -> Document:
    """A journal as a draft with the next symbol of a series; refused for days that are not the conference's."""
    if on not in conference.days:
        raise Refused(_("This is not a day of the conference."), 422, "on")
    found = day_of(conference, on, languages)
    about = {"kind": DocumentKind.JOURNAL, "access": series.access, "series": series}
    made = drafted(journal, found, conference, languages, by, symbol=take_symbol(series), **about)
    audit.record(by, "documents.draft_journal", made, day=on, meetings=len(found.meetings), papers=len(found.papers))
    return made


def day_of(conference: Conference, on: date, languages: Sequence[str]) -> Day:
    """What the released programme and the register say of a day in the conference's zone."""
    release = programme.newest_release()
    rooms = {room.id: dict(room.name) for room in programme.rooms()}
    first, end = (clock.start_of(day, conference.zone) for day in (on, on + timedelta(days=1)))
    editions = [one for one in programme.editions(release) if first <= one.starts_at < end]
    return Day(
        on=on,
        zone=conference.zone,
        release=release.name if release is not None else "",
        meetings=[
            Meeting(
                one.printed["title"],
                one.starts_at,
                one.starts_at + timedelta(minutes=one.minutes),
                [rooms[number] for number in one.room_ids if number in rooms and number not in one.overflow],
                one.is_cancelled,
            )
            for one in sorted(editions, key=lambda one: (one.starts_at, one.session_id))
            if one.printed["kind"] != Kind.BREAK
        ],
        papers=[
            Paper(
                issue.symbol or issue.document.symbol,
                dict(issue.title or issue.document.title),
                issue.languages or issue.document.languages,
                issue.kind,
            )
            for issue in queries.issued_between(first, end)
        ],
    )
