"""One table of a subject for somebody: loaded through what they may see, with the words that stand around it."""

from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.exporting import Subject, Table
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _


def table(subject: Subject, actor: Actor, conference: Conference, query: dict[str, Any], language: str) -> Table:
    """In a read transaction; what comes out of it outlives the transaction."""
    with speaking(language):
        columns, rows = subject.load(actor, conference, query)
        return Table(
            title=_(subject.label),
            columns=columns,
            rows=rows,
            zone=conference.zone,
            language=language,
            about=best(conference.name),
            taken_by=actor.name or actor.email,
            taken_at=clock.now(),
        )


def name_of(subject: str, conference: Conference, file_format: str) -> str:
    return f"{conference.slug}-{subject}.{file_format}"
