"""Who speaks. Being a speaker is a row beside the person; it adds what the public may read of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.speakers import queries
from confapp.speakers.models import Speaker

Texts = dict[str, str]


def add_speaker(
    actor: Actor,
    conference: Any,
    printed_name: str,
    *,
    affiliation: Texts | None = None,
    biography: Texts | None = None,
    **person: str,
) -> Speaker:
    """A new person of the conference who speaks; `person` are further columns of Person, such as the honorific."""
    row = Person(conference_id=conference.id, printed_name=printed_name, **person)
    row.folded = folded(row)
    db.session.add(row)
    db.session.flush()
    return make_speaker(actor, row, affiliation=affiliation, biography=biography)


def make_speaker(
    actor: Actor, person: Person, *, affiliation: Texts | None = None, biography: Texts | None = None
) -> Speaker:
    """Somebody who is in the conference already speaks; a second call changes nothing."""
    if (known := queries.speaker_of(person)) is not None:
        return known
    speaker = Speaker(
        conference_id=person.conference_id, person=person, affiliation=affiliation or {}, biography=biography or {}
    )
    db.session.add(speaker)
    audit.record(actor, "add_speaker", speaker, person=person.ref)
    return speaker


def change_speaker(
    actor: Actor, speaker: Speaker, *, affiliation: Texts, biography: Texts, revision: int | None = None, **person: str
) -> None:
    """What is printed of a speaker; `person` are columns of Person. Any change makes a page opened before it old."""
    if revision is not None and speaker.revision != revision:
        raise Refused(_("Somebody changed this while your page was open. Look at it again and decide anew."))
    speaker.affiliation, speaker.biography = affiliation, biography
    if any(getattr(speaker.person, name) != value for name, value in person.items()):
        _rename(speaker.person, person)
    flag_modified(speaker, "affiliation")
    # Names stay out of the audit record, so that they can be erased.
    audit.record(actor, "change_speaker", speaker, fields=[*audit.changes(speaker), *audit.changes(speaker.person)])


def print_profiles(sessions: Mapping[str, list[dict[str, str]]]) -> None:
    """What the public reads of speakers from a release on; `sessions` are those of each person in it, by the person's
    reference. Whoever stands in no session has no page."""
    for speaker in queries.speakers():
        found, person = sessions.get(speaker.person.ref), speaker.person
        profile = {
            "name": person.full_name,
            "sort": f"{person.family_name} {person.printed_name}".strip(),
            "affiliation": speaker.affiliation,
            "biography": speaker.biography,
            "sessions": found,
        }
        if speaker.printed != (profile if found else {}):
            speaker.printed = profile if found else {}


def follow_person(actor: Actor, ended: Person, living: Person) -> None:
    """Two rows were one person: what the public reads of a speaker goes on under the one that lives on."""
    speaker = queries.speaker_of(ended)
    if speaker is None:
        return
    if queries.speaker_of(living) is not None:
        raise Refused(_("Both are speakers. Take one of them off the list of speakers first."))
    speaker.person = living
    db.session.flush()
    audit.record(actor, "follow_person", speaker, person=living.ref)


def _rename(person: Person, values: dict[str, str]) -> None:
    """Who is registered was accredited under a name and is reached at an address: the office answers for both."""
    if person.registration is not None:
        raise Refused(_("This person is registered: name and address are corrected in the registration."), 409)
    for name, value in values.items():
        setattr(person, name, value)
    person.folded = folded(person)


def folded(person: Person) -> str:
    return fold(person.honorific, person.printed_name, person.given_name, person.family_name, person.email)[:600]
