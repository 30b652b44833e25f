"""Rooms, sessions and the timetable of the demonstration: one release, and what was changed in the draft since."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from confapp.conferences.models import Conference
from confapp.demo import content
from confapp.demo.content import Text
from confapp.demo.loading import debates, speakers
from confapp.demo.portraits import Faces
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.programme.actions import rooms as room_actions
from confapp.programme.actions import sessions as session_actions
from confapp.programme.actions import timetable
from confapp.programme.models import ChoiceGroup, Room, Session
from confapp.programme.rules import Access, Details, Kind, SessionRoleKind
from confapp.registration.models import Delegation

Delegations = Mapping[str, Delegation]  # by the party's code
People = Mapping[str, Person]  # by the key in the content

CHOICE: Text = {"en": "Parallel sessions", "id": "Sesi paralel", "ar": "جلسات متوازية"}
CHOICES: dict[str, Text] = {
    "first-afternoon": {
        "en": "First day, afternoon",
        "id": "Hari pertama, sesi siang",
        "ar": "اليوم الأول، بعد الظهر",
    },
    "second-morning": {"en": "Second day, morning", "id": "Hari kedua, sesi pagi", "ar": "اليوم الثاني، صباحًا"},
    "second-afternoon": {
        "en": "Second day, afternoon",
        "id": "Hari kedua, sesi siang",
        "ar": "اليوم الثاني، بعد الظهر",
    },
}
RELEASE = "First programme"
SAMPLE_DEBATE = "debate-1"
REPORTED: Text = {
    "en": "The order of the sessions is as reported; rooms and most hours are illustrative.",
    "id": "Urutan sesi sesuai pemberitaan; ruang dan sebagian besar jam bersifat ilustratif.",
}


def load(
    conference: Conference,
    described: content.Conference,
    delegations: Delegations,
    people: People,
    by: Actor,
    faces: Faces | None = None,
) -> dict[str, Session]:
    """Its sessions, by the key in the content."""
    rooms = {each.key: _add_room(conference, each, by) for each in described.rooms}
    choices: dict[str, ChoiceGroup] = {}
    themes = speakers.add_themes(conference, by) if faces else {}
    own_kinds = speakers.add_own_kinds(conference, by) if faces else {}
    made: dict[str, Session] = {}
    for each in described.sessions:
        if each.choice and each.choice not in choices:
            choices[each.choice] = session_actions.add_choice_group(by, conference, CHOICES.get(each.choice, CHOICE))
        details = replace(_details(each), theme=themes.get(each.key), own_kind=own_kinds.get(each.key))
        session = session_actions.create_session(by, conference, details, choices.get(each.choice or ""))
        session.audience = each.audience
        _add_items(session, each, delegations, people, by)
        _add_parts(session, each, delegations, people, by)
        made[each.key] = session
    db.session.flush()
    _place(conference, rooms, made, (each for each in described.sessions if each.released), by)
    if SAMPLE_DEBATE in made:
        debates.load(conference, made[SAMPLE_DEBATE], delegations, by)
    if faces:
        speakers.load(conference, made, people, faces, by)
    note = REPORTED if all(each.illustrative for each in described.sessions) else {}
    timetable.release(by, conference, RELEASE, note)
    _place(conference, rooms, made, (each for each in described.sessions if not each.released), by)
    _reschedule(conference, described, rooms, made, by)
    return made


def _add_room(conference: Conference, described: content.Room, by: Actor) -> Room:
    room = room_actions.add_room(by, conference, described.name, note=described.note, capacity=described.capacity)
    db.session.flush()
    return room


def _details(described: content.Session) -> Details:
    return Details(
        kind=Kind(described.kind),
        title=described.title,
        minutes=described.minutes,
        description=described.summary,
        note=described.note,
        languages=described.languages,
        access=Access(described.access),
    )


def _add_items(
    session: Session, described: content.Session, delegations: Delegations, people: People, by: Actor
) -> None:
    for item in described.items:
        session_actions.add_item(
            by,
            session,
            item.title,
            minutes=item.minutes,
            delegation=delegations[item.delegation] if item.delegation else None,
            person=people[item.person] if item.person else None,
        )


def _add_parts(
    session: Session, described: content.Session, delegations: Delegations, people: People, by: Actor
) -> None:
    for part in described.parts:
        session_actions.add_role(
            by,
            session,
            SessionRoleKind(part.role),
            person=people[part.person] if part.person else None,
            delegation=delegations[part.delegation] if part.delegation else None,
            printed_function=part.function,
        )


def _place(
    conference: Conference,
    rooms: Mapping[str, Room],
    made: Mapping[str, Session],
    described: Iterable[content.Session],
    by: Actor,
) -> None:
    for each in described:
        starts_at = clock.instant(each.start, conference.zone)
        timetable.place(by, made[each.key], [rooms[key] for key in each.rooms], starts_at)
    db.session.flush()


def _reschedule(
    conference: Conference,
    described: content.Conference,
    rooms: Mapping[str, Room],
    made: Mapping[str, Session],
    by: Actor,
) -> None:
    planned = {each.key: each for each in described.sessions}
    for change in described.rescheduled:
        before = planned[change.session]
        timetable.place(
            by,
            made[change.session],
            [rooms[key] for key in change.rooms or before.rooms],
            clock.instant(change.start or before.start, conference.zone),
            change.minutes or before.minutes,
        )
