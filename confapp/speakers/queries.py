from collections.abc import Collection, Iterable, Sequence
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


def missing_of(rows: Iterable[Speaker]) -> list[tuple[Speaker, list[Missing]]]:
    """Each with what is still to come; two queries at most."""
    since = asked_again_since()
    return [(one, missing(one, since)) for one in rows]


def can_be_reminded(speaker: Speaker, lacks: Collection[Missing]) -> bool:
    """Was asked, has an address, and something is still to come."""
    return bool(lacks) and speaker.invited_at is not None and bool(speaker.person.email)


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
