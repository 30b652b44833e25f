from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.text import like
from confapp.people.models import Person
from confapp.people.queries import Standing, consent_texts, standings, unanswered
from confapp.speakers.models import Speaker
from confapp.speakers.rules import CONSENT_TEXTS, Missing, SpeakerConsent, missing

# Filled by the programme: by when slides are asked of persons who have handed in nothing.
slides_owed: list[Callable[[], Mapping[int, datetime]]] = []


@dataclass(frozen=True)
class Watched:
    """A speaker, what is still to come from them, and by when slides are."""

    speaker: Speaker
    lacks: list[Missing]
    slides_by: datetime | None

    @property
    def can_be_reminded(self) -> bool:
        """Was asked, has an address, and something is still to come."""
        return bool(self.lacks) and self.speaker.invited_at is not None and bool(self.speaker.person.email)


def speakers(search: str = "") -> Sequence[Speaker]:
    """The speakers of the conference in scope with their persons, by family name."""
    wanted = (
        select(Speaker)
        .join(Speaker.person)
        .options(joinedload(Speaker.person), joinedload(Speaker.photo))
        .where(Person.erased_at.is_(None))
    )
    if search:
        wanted = wanted.where(Person.folded.like(like(search), escape="\\"))
    return db.session.scalars(wanted.order_by(Person.family_name, Person.printed_name, Speaker.id)).all()


def speaker(ref: str) -> Speaker | None:
    return db.session.scalar(select(Speaker).where(Speaker.ref == ref).options(joinedload(Speaker.person)))


def speaker_of(person: Person) -> Speaker | None:
    return db.session.scalar(select(Speaker).where(Speaker.person_id == person.id))


def rows_about(person: Person) -> list[Speaker | StoredFile]:
    """What is erased with a person: the profile and its photo. A released programme keeps the printed name."""
    profile = speaker_of(person)
    if profile is None:
        return []
    return [profile, *photos(profile)]


def photos(speaker: Speaker) -> list[StoredFile]:
    return [one for one in (speaker.photo, speaker.small_photo) if one is not None]


def standing(speaker: Speaker) -> dict[str, Standing]:
    """What somebody is asked to agree to, and to what they do."""
    return standings(speaker.person, CONSENT_TEXTS)


def watched(rows: Iterable[Speaker]) -> list[Watched]:
    """Each with what is still to come; as many queries for one as for all."""
    since, owed = asked_again_since(), {person: by for each in slides_owed for person, by in each().items()}
    return [
        Watched(one, missing(one, since, owes_slides=one.person_id in owed), owed.get(one.person_id)) for one in rows
    ]


def texts() -> dict[str, Standing]:
    """The present texts of what speakers are asked, standing for nobody."""
    return unanswered(CONSENT_TEXTS)


def asked_again_since() -> datetime | None:
    """When the newest text of these consents was written; what was said before is asked again."""
    texts = consent_texts()
    later = [one.created_at for kind in SpeakerConsent if (one := texts.get(kind)) is not None and one.version > 1]
    return max(later, default=None)


def printed_words(person_ids: Collection[int]) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, str]]]:
    """What is printed below the names of these persons, and what their own pages tell, where they are speakers."""
    if not person_ids:
        return {}, {}
    wanted = select(Speaker.person_id, Speaker.affiliation, Speaker.biography)
    rows = db.session.execute(wanted.where(Speaker.person_id.in_(person_ids))).all()
    return {row.person_id: row.affiliation for row in rows}, {row.person_id: row.biography for row in rows}
