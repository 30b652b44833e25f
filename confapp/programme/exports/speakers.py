"""The desk's list of speakers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined, language
from confapp.foundation.languages import gettext as _
from confapp.people.queries import agreed
from confapp.programme.queries import speaking as queries
from confapp.programme.rules import ROLE_NAMES
from confapp.speakers.queries import Watched
from confapp.speakers.rules import CONSENT_NAMES, MISSING_NAMES, SpeakerConsent


@dataclass(frozen=True)
class Line:
    watched: Watched
    parts: list[str]
    agreed: set[str]

    @property
    def speaker(self) -> Any:
        return self.watched.speaker


def lines(rows: Sequence[Watched]) -> list[Line]:
    """Plain values but for the speakers themselves; as many queries for one as for all."""
    parts, given = queries.sessions_of_persons(), agreed(list(SpeakerConsent))
    return [
        Line(
            one,
            [f"{best(title)} ({_(ROLE_NAMES[role])})" for role, title in parts.get(one.speaker.person_id, [])],
            {kind for kind, persons in given.items() if one.speaker.person_id in persons},
        )
        for one in rows
    ]


def _agreement(kind: SpeakerConsent) -> Column:
    return Column(kind.value, CONSENT_NAMES[kind], lambda line: kind.value in line.agreed, 14)


COLUMNS = (
    Column("name", N_("Name"), lambda line: line.speaker.person.full_name, 32),
    Column("affiliation", N_("Function or affiliation"), lambda line: best(line.speaker.affiliation), 36),
    Column("email", N_("E-mail"), lambda line: line.speaker.person.email, 30),
    Column("sessions", N_("Sessions"), lambda line: joined(line.parts), 50),
    Column("invited", N_("Invited"), lambda line: line.speaker.invited_at, 17),
    Column("answered", N_("Answered"), lambda line: line.speaker.answered_at, 17),
    Column(
        "biography", N_("Biography"), lambda line: joined(language(code).name for code in line.speaker.biography), 24
    ),
    Column("photo", N_("Photograph"), lambda line: line.speaker.photo_id is not None, 12),
    *(_agreement(kind) for kind in SpeakerConsent),
    Column("missing", N_("Missing"), lambda line: joined(_(MISSING_NAMES[one]) for one in line.watched.lacks), 36),
    Column("slides_by", N_("Slides or a statement by"), lambda line: line.watched.slides_by, 17),
)
