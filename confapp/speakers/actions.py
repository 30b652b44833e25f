"""Who speaks. Being a speaker is a row beside the person; it adds what the public may read of them."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock, erasure, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import fold
from confapp.people.actions import consents
from confapp.people.models import ConsentText, Person
from confapp.people.queries import agreed
from confapp.speakers import queries
from confapp.speakers.models import Speaker
from confapp.speakers.rules import CONSENT_TEXTS, SpeakerConsent

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


def set_photo(actor: Actor, speaker: Speaker, photo: StoredFile, small: StoredFile) -> None:
    """The photograph in force; the one before is erased. Where readers see it already, they see this one at once."""
    erasure.erase(queries.photos(speaker))
    speaker.photo, speaker.small_photo = photo, small
    db.session.flush()
    if speaker.printed.get("photo"):
        speaker.printed = speaker.printed | {"photo": photo_mark(photo)}
    audit.record(actor, "set_speaker_photo", speaker)
    jobs.enqueue("conferences.forget_files")


def remove_photo(actor: Actor, speaker: Speaker) -> None:
    """Readers see it no longer. Twice is as good as once."""
    if speaker.photo_id is None:
        return
    erasure.erase(queries.photos(speaker))
    speaker.photo = speaker.small_photo = None
    _take_photo_off(speaker)
    audit.record(actor, "remove_speaker_photo", speaker)
    jobs.enqueue("conferences.forget_files")


def photo_mark(photo: StoredFile) -> str:
    """Part of the address of a photograph that readers see: another photograph has another."""
    return photo.sha256[:16]


def _take_photo_off(speaker: Speaker) -> None:
    if "photo" in speaker.printed:
        speaker.printed = {name: value for name, value in speaker.printed.items() if name != "photo"}


def say_consents(actor: Actor, speaker: Speaker, given: Collection[str]) -> None:
    """To what somebody agrees from now on, and to what no longer. A portrait goes from the public pages at once."""
    person, standing = speaker.person, queries.standing(speaker)
    changed: dict[str, bool] = {}
    for kind, one in standing.items():
        if kind in given and (not one.agreed or one.is_outdated):
            text = consents.text_in_force(speaker.conference_id, kind, CONSENT_TEXTS[kind])
            consents.agree(person, [text], by=actor, via="speaker's page")
            changed[kind] = True
        elif kind not in given and one.agreed:
            consents.take_back(one)
            changed[kind] = False
    if SpeakerConsent.PORTRAIT not in given:
        _take_photo_off(speaker)
    if changed or speaker.consents_at is None or _is_asked_again(speaker):
        speaker.consents_at = clock.now()
        db.session.flush()
        audit.record(actor, "say_consents", speaker, consents=changed)


def _is_asked_again(speaker: Speaker) -> bool:
    since = queries.asked_again_since()
    return since is not None and speaker.consents_at is not None and speaker.consents_at < since


def word_consent(actor: Actor, conference_id: int, kind: str, words: Texts) -> ConsentText:
    """A changed text is a new version, which asks again: speakers who said something before count as missing."""
    return consents.reword(actor, conference_id, kind, CONSENT_TEXTS[kind], words)


def print_profiles(sessions: Mapping[str, list[dict[str, str]]]) -> None:
    """What the public reads of speakers from a release on; `sessions` are those of each person in it, by the person's
    reference. Whoever stands in no session has no page."""
    may_show = agreed([SpeakerConsent.PORTRAIT])[SpeakerConsent.PORTRAIT]
    for speaker in queries.speakers():
        found, person = sessions.get(speaker.person.ref), speaker.person
        profile = {
            "name": person.full_name,
            "sort": f"{person.family_name} {person.printed_name}".strip(),
            "affiliation": speaker.affiliation,
            "biography": speaker.biography,
            "sessions": found,
        }
        if speaker.photo is not None and speaker.person_id in may_show:
            profile["photo"] = photo_mark(speaker.photo)
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
