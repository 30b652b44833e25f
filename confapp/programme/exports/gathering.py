"""A released programme, or the draft, as a value that every format writes; in one language."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from confapp.foundation import addresses, clock
from confapp.foundation.db import db
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.models import Schedule, Session
from confapp.programme.rules import KIND_NAMES, RoleStatus
from confapp.programme.rules.changes import Edition
from confapp.programme.rules.exchange import Exchange, Talk, Who, guid_of, number_of
from confapp.speakers.models import Speaker


def gather(conference: Any, schedule: Schedule | None, language: str) -> Exchange:
    """A release, or the draft when there is none; times, rooms and titles as printed, the rest as it is now."""
    with speaking(language):
        editions = queries.editions(schedule) if schedule is not None else queries.draft_editions()
        rooms = {room.id: room for room in queries.rooms()}
        sessions = _sessions(edition.session_id for edition in editions)
        people = _people(sessions.values())
        base = addresses.absolute(f"/{conference.slug}")
        found = Exchange(
            title=best(conference.name, language),
            acronym=conference.acronym or conference.slug,
            zone=conference.zone,
            version=_version(schedule),
            base_url=base,
            starts_on=conference.starts_on,
            ends_on=conference.ends_on,
            venue=best(conference.venue, language),
            city=best(conference.city, language),
            language=language,
        )
        for edition in sorted(editions, key=lambda one: (one.starts_at, one.session_id)):
            session = sessions[edition.session_id]
            found.talks.append(_talk(edition, session, rooms, people, conference, language, base))
        used = {room for talk in found.talks for room in talk.rooms}
        found.rooms = {
            best(room.name, language): room.external_id or guid_of(room.ref)
            for room in rooms.values()
            if best(room.name, language) in used
        }
        found.themes = list(dict.fromkeys(talk.theme for talk in found.talks if talk.theme))
        return found


def _version(schedule: Schedule | None) -> str:
    if schedule is None:
        return _("Draft")
    return f"{schedule.number} {schedule.name}".strip()


def _sessions(ids: Iterable[int]) -> dict[int, Session]:
    wanted = select(Session).where(Session.id.in_(set(ids))).options(*queries.WITH_ITEMS_AND_ROLES)
    return {row.id: row for row in db.session.scalars(wanted)}


def _people(sessions: Iterable[Session]) -> dict[int, str]:
    """What other programs call the persons who take part."""
    ids = {role.person_id for session in sessions for role in session.roles if role.person_id}
    rows = db.session.execute(
        select(Person.id, Person.ref, Speaker.external_id)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .where(Person.id.in_(ids))
    )
    return {row.id: row.external_id or guid_of(row.ref) for row in rows}


def _talk(
    edition: Edition,
    session: Session,
    rooms: dict[int, Any],
    people: dict[int, str],
    conference: Any,
    language: str,
    base: str,
) -> Talk:
    guid = session.external_id or guid_of(session.ref)
    names = dict.fromkeys(best(rooms[one].name, language) for one in edition.room_ids if one in rooms)
    first, *further = names or [""]
    own = session.own_kind
    return Talk(
        guid=guid,
        number=number_of(guid),
        code=session.code,
        title=best(edition.printed["title"], language),
        subtitle=best(edition.printed.get("note", {}), language),
        kind=best(own.name, language) if own else _(KIND_NAMES[session.kind]),
        theme=best(session.theme.name, language) if session.theme else "",
        language=session.languages[0] if session.languages else "",
        description=best(edition.details.get("description", session.description), language),
        starts=clock.local(edition.starts_at, conference.zone),
        minutes=edition.minutes,
        room=first,
        further=tuple(further),
        people=tuple(
            Who(role.person.full_name, people[role.person.id])
            for role in session.roles
            if role.person is not None and role.status not in (RoleStatus.DECLINED, RoleStatus.REPLACED)
        ),
        url=f"{base}/sessions/{session.ref}",
        cancelled=edition.is_cancelled,
    )
