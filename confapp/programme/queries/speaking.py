"""What speakers find on their own page, and whom the desk still has to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.people.queries import agreed
from confapp.programme.models import Placement, PlacementRoom, Session, SessionRole
from confapp.programme.queries import newest_release
from confapp.programme.rules import RoleStatus
from confapp.programme.rules.speaking import ASKED
from confapp.speakers.models import Speaker
from confapp.speakers.rules import IN_THE_ROOM, SpeakerConsent


@dataclass(frozen=True)
class Part:
    """A part of somebody in a session, with the session as readers find it; None before it is released."""

    role: SessionRole
    released: Placement | None

    @property
    def others(self) -> list[dict[str, Any]]:
        """Those who are printed beside them."""
        mine = self.role.person.full_name
        return [one for one in (self.released.details["roles"] if self.released else []) if one["name"] != mine]


def own(actor: Actor, conference: Any) -> Sequence[Speaker]:
    """The speakers whose page this is: those over whose record somebody has a mandate."""
    return db.session.scalars(
        select(Speaker)
        .join(Speaker.person)
        .options(joinedload(Speaker.person))
        .where(Speaker.person_id.in_(actor.persons(conference.id)), Person.erased_at.is_(None))
        .order_by(Speaker.id)
    ).all()


def parts(speaker: Speaker) -> list[Part]:
    """The parts of a speaker in living sessions, in order of the released time; those handed over are left out."""
    rows = db.session.scalars(
        select(SessionRole)
        .join(SessionRole.session)
        .options(joinedload(SessionRole.session), joinedload(SessionRole.person))
        .where(
            SessionRole.person_id == speaker.person_id,
            SessionRole.status != RoleStatus.REPLACED,
            Session.removed_at.is_(None),
        )
        .order_by(SessionRole.id)
    ).all()
    known = _released([row.session_id for row in rows])
    found = [Part(row, known.get(row.session_id)) for row in rows]
    return sorted(found, key=lambda one: (one.released is None, one.released.starts_at if one.released else 0))


def sessions_of_persons() -> dict[int | None, list[tuple[str, dict[str, str]]]]:
    """Of everybody with a part that stands: role and title, in the order of the list of sessions."""
    rows = db.session.execute(
        select(SessionRole.person_id, SessionRole.role, Session.title)
        .join(SessionRole.session)
        .where(SessionRole.person_id.is_not(None), SessionRole.status.in_(ASKED), Session.removed_at.is_(None))
        .order_by(Session.code, Session.id, SessionRole.position)
    )
    found: dict[int | None, list[tuple[str, dict[str, str]]]] = {}
    for person_id, role, title in rows:
        found.setdefault(person_id, []).append((role, title))
    return found


def _released(session_ids: Sequence[int]) -> dict[int, Placement]:
    newest = newest_release() if session_ids else None
    if newest is None:
        return {}
    rows = db.session.scalars(
        select(Placement)
        .where(Placement.schedule_id == newest.id, Placement.session_id.in_(session_ids))
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    )
    return {row.session_id: row for row in rows}


@dataclass(frozen=True)
class Agreement:
    """How those who take part in a session stand to one of the things that speakers are asked to agree to."""

    kind: SpeakerConsent
    asked: int
    missing: list[Person]

    @property
    def agreed(self) -> int:
        return self.asked - len(self.missing)


def agreement_in(session: Session) -> dict[str, Agreement]:
    """By kind, for the persons whose part stands; nothing where nobody is named."""
    people = list({one.person_id: one.person for one in session.roles if one.person and one.status in ASKED}.values())
    given = agreed(IN_THE_ROOM) if people else {}
    return {
        kind.value: Agreement(kind, len(people), [one for one in people if one.id not in given[kind]])
        for kind in IN_THE_ROOM
        if people
    }


def part_of(speaker: Speaker, ref: str) -> SessionRole | None:
    return db.session.scalar(
        select(SessionRole)
        .join(SessionRole.session)
        .where(SessionRole.ref == ref, SessionRole.person_id == speaker.person_id, Session.removed_at.is_(None))
    )


def not_invited(session: Session | None = None, most: int = 50) -> Sequence[Speaker]:
    """Speakers with an address and a part who have not been asked, in the whole conference or in one session."""
    part = _part(session) & SessionRole.status.in_(ASKED)
    unasked = part & (SessionRole.status == RoleStatus.INVITED) & SessionRole.invited_at.is_(None)
    wanted = Speaker.invited_at.is_(None) & exists().where(part)
    return _reachable(wanted if session is None else wanted | exists().where(unasked), most)


def silent(most: int = 50) -> Sequence[Speaker]:
    """Speakers who were asked and owe an answer, those asked longest ago first."""
    part = _part(None) & (SessionRole.status == RoleStatus.INVITED) & SessionRole.answered_at.is_(None)
    return _reachable(Speaker.invited_at.is_not(None) & exists().where(part), most)


def _part(session: Session | None) -> ColumnElement[bool]:
    where = (SessionRole.person_id == Speaker.person_id) & (Session.id == SessionRole.session_id)
    return where & (Session.removed_at.is_(None) if session is None else Session.id == session.id)


def _reachable(wanted: ColumnElement[bool], most: int) -> Sequence[Speaker]:
    return db.session.scalars(
        select(Speaker)
        .join(Speaker.person)
        .options(joinedload(Speaker.person))
        .where(wanted, Person.email != "", Person.erased_at.is_(None))
        .order_by(Speaker.invited_at, Speaker.id)
        .limit(most)
    ).all()
