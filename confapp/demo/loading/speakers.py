"""Themes and own kinds of the sample conference, and what its speakers told on their pages before the first release."""

from collections.abc import Mapping
from typing import Any

from confapp.conferences.models import Conference
from confapp.conferences.rules import Format
from confapp.demo import speakers2027
from confapp.demo.portraits import Faces
from confapp.foundation import images, vault
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.people.models import Person
from confapp.programme.actions import kinds, speaking
from confapp.programme.models import OwnKind, Session, SessionRole, Theme
from confapp.programme.rules import Kind, RoleStatus
from confapp.speakers import actions

Row = Any


def add_themes(conference: Conference, by: Actor) -> dict[str, Row]:
    """By the key of each of their sessions."""
    rows = [(one, kinds.add(by, conference, Theme, name=one.name, code=one.code)) for one in speakers2027.THEMES]
    return {key: row for one, row in rows for key in one.sessions}


def add_own_kinds(conference: Conference, by: Actor) -> dict[str, Row]:
    rows = [
        (one, kinds.add(by, conference, OwnKind, name=one.name, nature=Kind(one.nature), minutes=one.minutes))
        for one in speakers2027.OWN_KINDS
    ]
    return {key: row for one, row in rows for key in one.sessions}


def load(
    conference: Conference, made: Mapping[str, Session], people: Mapping[str, Person], faces: Faces, by: Actor
) -> None:
    """Profiles with portrait and consents; one who declined, and one whose part was handed on."""
    for each in speakers2027.PROFILES:
        speaker = actions.make_speaker(by, people[each.key])
        db.session.flush()
        about = {"affiliation": each.affiliation, "biography": each.biography}
        place = {"mode": Format.IN_PERSON, "zone": "", "needs": "", "free": (), "busy": ()}
        speaking.tell_about(by, speaker, **about, **place)  # type: ignore[arg-type]
        large, small = (_kept(conference, face) for face in faces[each.key])
        actions.set_photo(by, speaker, large, small)
        actions.say_consents(by, speaker, each.consents)
    session, key, reason = speakers2027.DECLINED
    _decline(conference, _part(made[session], people[key]), reason, by)
    session, key, other = speakers2027.REPLACED
    speaking.replace(by, _part(made[session], people[key]), people[other])
    db.session.flush()


def _decline(conference: Conference, part: SessionRole, reason: str, by: Actor) -> None:
    part.status = RoleStatus.INVITED
    speaking.answer(by, conference, actions.make_speaker(by, part.person), part, comes=False, reason=reason)


def _part(session: Session, person: Person) -> SessionRole:
    return next(one for one in session.roles if one.person is person)


def _kept(conference: Conference, face: bytes) -> StoredFile:
    return vault.store(face, images.MEDIA_TYPE, "photo.jpg", conference_id=conference.id)
