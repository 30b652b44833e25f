"""One language of a version as plain values."""

from confapp.conferences.models import Conference
from confapp.documents.models import (
    Adoption,
    Document,
    Issue,
    Version,
)
from confapp.documents.queries.adoption import beside
from confapp.documents.queries.references import plain_texts
from confapp.documents.queries.text import place_rows, places, texts
from confapp.documents.rules import (
    BlockKind,
    composition,
)
from confapp.documents.rules.reading import AdoptionFacts, Emblem, IssueFacts, Masthead, Reading
from confapp.foundation import clock, languages
from confapp.foundation.db import db


def reading(
    document: Document,
    version: Version,
    language: str,
    issue: Issue | None = None,
    emblem: Emblem | None = None,
    *,
    is_live: bool = False,
) -> Reading:
    """One language of a version as plain values, for the files and for the pages that show it.

    What stands beside an adopted text is as it was when its issue was prepared, so that an issue stays what it is;
    `is_live` takes it as it is now.
    """
    conference = db.session.get_one(Conference, document.conference_id)
    found = texts(version)
    composed = composition.paragraphs(
        places(place_rows(version)), plain_texts(found), language, document.original_language
    )
    title = next((p.plain for p in composed if p.kind == BlockKind.TITLE), "")
    said = (issue.title if issue else None) or document.title
    return Reading(
        symbol=(issue.symbol if issue else "") or document.symbol,
        kind=document.kind,
        nature=document.nature,
        title=title or languages.best(said, language, (document.original_language,)),
        language=language,
        languages=tuple((issue.languages if issue else None) or document.languages),
        original_language=document.original_language,
        authentic_languages=tuple(document.authentic_languages),
        paragraphs=tuple(p for p in composed if p.kind != BlockKind.TITLE),
        conference=dict(conference.name),
        conference_slug=conference.slug,
        city=dict(conference.city),
        held=(conference.starts_on, conference.ends_on),
        zone=conference.zone,
        submitted_by=dict(document.submitted_by),
        masthead=Masthead(
            document.access,
            dict(document.body),
            dict(document.session),
            document.agenda_item,
            document.job_number,
        ),
        version=version.number,
        adoption=_adoption(version.adoption),
        beside=beside(version.adoption, issue.prepared_at if issue and not is_live else None),
        issue=_issued(issue, conference.zone) if issue else None,
        layout=document.layout,
        emblem=emblem,
    )


def _adoption(row: Adoption | None) -> AdoptionFacts | None:
    if row is None:
        return None
    return AdoptionFacts(
        row.manner,
        row.adopted_on,
        dict(row.meeting),
        dict(row.presiding),
        row.meeting_number,
        row.symbol_of_record,
        row.present,
        row.quorum,
    )


def _issued(row: Issue, zone: str) -> IssueFacts:
    """Files bear the day for which they were made, which may be after the one on which they were made."""
    day, made = row.dated_on, row.prepared_at
    issued_at = made if day is None or clock.local(made, zone).date() == day else clock.start_of(day, zone)
    return IssueFacts(row.number, row.code, row.fingerprint, issued_at, row.kind)
