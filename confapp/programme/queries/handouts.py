"""Links and materials of sessions: what the public finds, what somebody is entitled to, what the desk waits for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.programme.models import (
    Item,
    Material,
    Placement,
    PlacementRoom,
    Schedule,
    Session,
    SessionLink,
    SessionRole,
)
from confapp.programme.queries import newest_release
from confapp.programme.rules import Access
from confapp.programme.rules import handouts as rules
from confapp.programme.rules.handouts import HAND_IN, NOBODY, Standing, Window
from confapp.programme.rules.sign_ups import SESSION
from confapp.programme.rules.speaking import ASKED
from confapp.registration.models import Category, Registration, TrackStep
from confapp.registration.rules import Office, Status
from confapp.speakers.models import Speaker

PRESS_CODES = ("media", "press")
LIVING = Material.removed_at.is_(None)


@dataclass(frozen=True)
class Timed:
    """A link or a material with its time."""

    row: Any
    window: Window

    @property
    def is_open(self) -> bool:
        return self.window.is_open(clock.now())

    @property
    def is_over(self) -> bool:
        return self.window.is_over(clock.now())


@dataclass(frozen=True)
class Handouts:
    """What belongs to a session that is released and not cancelled, as far as it is meant for whoever asks."""

    session: Session
    place: Placement
    links: list[Timed] = field(default_factory=list)
    materials: list[Timed] = field(default_factory=list)
    has_more: bool = False  # for others than whoever asks

    @property
    def title(self) -> dict[str, str]:
        return dict(self.place.printed.get("title", {})) or self.session.title

    @property
    def next_change(self) -> datetime | None:
        return rules.first_change((one.window for one in (*self.links, *self.materials)), clock.now())

    def __bool__(self) -> bool:
        return bool(self.links or self.materials)


def public(ref: str) -> Handouts | None:
    """What everybody may have of a session; with what will be, for the page says when."""
    return next(iter(_handouts(Session.ref == ref, {})), None)


def public_link(ref: str, link: str) -> SessionLink | None:
    row: SessionLink | None = _open(_of(public(ref), "links", link))
    return row


def guarded_link(ref: str, link: str) -> SessionLink | None:
    """One that is not for everybody, whatever its time; who asks for it at the right address is looked at there."""
    return db.session.scalar(
        select(SessionLink)
        .join(Session, Session.id == SessionLink.session_id)
        .where(Session.ref == ref, SessionLink.ref == link, SessionLink.access != Access.OPEN)
    )


def public_material(ref: str, material: str) -> Material | None:
    row: Material | None = _open(_of(public(ref), "materials", material))
    return row


def is_somebody(actor: Actor, conference: Any) -> bool:
    """Whether a record in this conference is the actor's own."""
    return bool(actor.persons(conference.id))


def any_given() -> bool:
    """Whether sessions have links or files at all."""
    wanted = select(SessionLink.id).limit(1), select(Material.id).where(LIVING).limit(1)
    return any(db.session.scalar(one) is not None for one in wanted)


def own(actor: Actor, conference: Any, refs: Collection[str] | None = None) -> list[Handouts]:
    """By time, the sessions of which somebody is given something now or later; `refs` are those asked about."""
    if not is_somebody(actor, conference):
        return []
    standings = _standings(actor, conference)
    wanted = or_(
        exists().where(SessionLink.session_id == Session.id), exists().where(Material.session_id == Session.id, LIVING)
    )
    if refs is not None:
        wanted = wanted & Session.ref.in_(refs)
    return [one for one in _handouts(wanted, standings) if one]


def own_link(actor: Actor, conference: Any, ref: str, link: str) -> SessionLink | None:
    row: SessionLink | None = _open(_of(next(iter(own(actor, conference, [ref])), None), "links", link))
    return row


def own_material(actor: Actor, conference: Any, ref: str, material: str) -> Material | None:
    row: Material | None = _open(_of(next(iter(own(actor, conference, [ref])), None), "materials", material))
    return row


def _of(found: Handouts | None, what: str, ref: str) -> Timed | None:
    rows: list[Timed] = getattr(found, what) if found is not None else []
    return next((one for one in rows if one.row.ref == ref), None)


def _open(found: Timed | None) -> Any:
    return found.row if found is not None and found.is_open else None


def _handouts(wanted: Any, standings: Mapping[int, Standing]) -> list[Handouts]:
    release = newest_release()
    if release is None:
        return []
    rows = db.session.execute(
        select(Placement, Session)
        .join(Session, Session.id == Placement.session_id)
        .where(Placement.schedule_id == release.id, wanted)
        .order_by(Placement.starts_at, Session.code, Session.id)
        .options(selectinload(Placement.rooms).joinedload(PlacementRoom.room))
    ).all()
    living = [(place, session) for place, session in rows if not place.is_cancelled]
    ids = [session.id for _place, session in living]
    links = _by_session(select(SessionLink).where(SessionLink.session_id.in_(ids)).order_by(SessionLink.id))
    materials = _by_session(
        select(Material)
        .where(Material.session_id.in_(ids), Material.checked_at.is_not(None), LIVING)
        .options(joinedload(Material.file), joinedload(Material.person))
        .order_by(Material.position, Material.id)
    )
    return [
        _mine(session, place, links.get(session.id, []), materials.get(session.id, []), standings)
        for place, session in living
    ]


def _mine(
    session: Session,
    place: Placement,
    links: Sequence[SessionLink],
    materials: Sequence[Material],
    standings: Mapping[int, Standing],
) -> Handouts:
    standing = standings.get(session.id, NOBODY)
    given = [Timed(one, rules.window(one, place)) for one in links if rules.is_given(one.access, standing)]
    files = [Timed(one, rules.material_window(one)) for one in materials if rules.is_given(one.access, standing)]
    has_more = len(given) + len(files) < len(links) + len(materials)
    return Handouts(session, place, [one for one in given if not one.is_over], files, has_more)


def _by_session(wanted: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.scalars(wanted):
        found.setdefault(row.session_id, []).append(row)
    return found


# --- how somebody stands to the sessions ------------------------------------------------------------------------------


def _standings(actor: Actor, conference: Any) -> Mapping[int, Standing]:
    """For each session how the persons stand to it whose record is the actor's own."""
    persons = actor.persons(conference.id)
    accredited = db.session.scalars(
        select(Registration).where(Registration.person_id.in_(persons), Registration.status == Status.ACCREDITED)
    ).all()
    named = _named(persons, {row.delegation_id for row in accredited if row.delegation_id})
    is_press = bool(accredited) and _is_press({row.category_id for row in accredited})
    with_places, held = _places([row.id for row in accredited])
    return {
        row.id: Standing(
            row.id in named,
            rules.may_attend(
                row.access,
                is_accredited=bool(accredited),
                has_quota=row.id in with_places,
                has_place=row.id in held,
            ),
            is_press,
        )
        for row in db.session.execute(select(Session.id, Session.access))
    }


def _named(persons: Collection[int], delegations: Collection[int]) -> set[int]:
    """The sessions in which one of these has a part that stands, or a point of the order."""
    parts = select(SessionRole.session_id).where(
        SessionRole.status.in_(ASKED),
        or_(SessionRole.person_id.in_(persons), SessionRole.delegation_id.in_(delegations)),
    )
    points = select(Item.session_id).where(or_(Item.person_id.in_(persons), Item.delegation_id.in_(delegations)))
    return {*db.session.scalars(parts), *db.session.scalars(points)}


def _is_press(category_ids: Collection[int]) -> bool:
    """A category of the press, by its code or by a step that the press desk clears."""
    step = exists().where(
        TrackStep.category_id == Category.id, TrackStep.office == Office.PRESS, TrackStep.retired_at.is_(None)
    )
    wanted = select(Category.id).where(Category.id.in_(category_ids), or_(Category.code.in_(PRESS_CODES), step))
    return db.session.scalar(wanted.limit(1)) is not None


def _places(registration_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """The sessions that give places, and those in which one of these registrations has one."""
    quotas = {
        row.id: row.owner_id
        for row in db.session.execute(select(Quota.id, Quota.owner_id).where(Quota.owner_kind == SESSION))
    }
    held = select(Place.quota_id).where(
        Place.holder_kind == Registration.__tablename__,
        Place.holder_id.in_(registration_ids),
        Place.state == PlaceState.HELD,
    )
    return set(quotas.values()), {quotas[one] for one in db.session.scalars(held) if one in quotas}


# --- the desk ---------------------------------------------------------------------------------------------------------


def link(session: Session, ref: str) -> SessionLink | None:
    return next((one for one in session.links if one.ref == ref), None)


def material(session: Session, ref: str) -> Material | None:
    return next((one for one in session.materials if one.ref == ref), None)


def released_place(session: Session) -> Placement | None:
    """Where the newest release has a session; the draft's readers are shown when its links open."""
    return db.session.scalar(
        select(Placement)
        .join(Placement.schedule)
        .where(Placement.session_id == session.id, Schedule.number.is_not(None))
        .order_by(Schedule.number.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Awaited:
    """Somebody who speaks in a session, and what was handed in for it."""

    part: SessionRole
    speaker: Speaker | None
    materials: list[Material]

    @property
    def is_missing(self) -> bool:
        return not self.materials

    @property
    def can_be_reminded(self) -> bool:
        return self.speaker is not None and bool(self.speaker.person.email) and self.speaker.person.erased_at is None


def awaited() -> list[Awaited]:
    """Those who speak in a living session, by its title's order in the list, each with what they handed in."""
    parts = db.session.scalars(
        select(SessionRole)
        .join(SessionRole.session)
        .where(
            Session.removed_at.is_(None),
            SessionRole.person_id.is_not(None),
            SessionRole.role.in_(HAND_IN),
            SessionRole.status.in_(ASKED),
        )
        .order_by(Session.code, Session.id, SessionRole.position)
        .options(joinedload(SessionRole.session), joinedload(SessionRole.person))
    ).all()
    speakers = _speakers({one.person_id for one in parts})
    handed = _handed_in()
    return [Awaited(one, speakers.get(one.person_id), handed.get((one.session_id, one.person_id), [])) for one in parts]


def slides_owed() -> dict[int, datetime]:
    """By when the next slides or statement is asked of each person who has not handed it in."""
    has_come = exists().where(Material.session_id == Session.id, Material.person_id == SessionRole.person_id, LIVING)
    rows = db.session.execute(
        select(SessionRole.person_id, func.min(Session.slides_until))
        .join(SessionRole.session)
        .where(
            Session.slides_until.is_not(None),
            Session.removed_at.is_(None),
            SessionRole.person_id.is_not(None),
            SessionRole.role.in_(HAND_IN),
            SessionRole.status.in_(ASKED),
            ~has_come,
        )
        .group_by(SessionRole.person_id)
    )
    return {person: by for person, by in rows if person is not None and by is not None}


def to_check() -> Sequence[Material]:
    """What was handed in and nobody has looked at, the oldest first."""
    return db.session.scalars(
        select(Material)
        .join(Session, Session.id == Material.session_id)
        .where(Material.checked_at.is_(None), LIVING, Session.removed_at.is_(None))
        .order_by(Material.handed_in_at, Material.id)
        .options(joinedload(Material.file), joinedload(Material.person))
    ).all()


def sessions_of(materials: Iterable[Material]) -> dict[int, Session]:
    ids = {one.session_id for one in materials}
    return {row.id: row for row in db.session.scalars(select(Session).where(Session.id.in_(ids)))}


def handed_in_by(speaker: Speaker, session_ids: Iterable[int]) -> dict[int, list[Material]]:
    """What a speaker handed in, by session."""
    return _by_session(
        select(Material)
        .where(Material.person_id == speaker.person_id, Material.session_id.in_(list(session_ids)), LIVING)
        .options(joinedload(Material.file))
        .order_by(Material.position, Material.id)
    )


def material_of(speaker: Speaker, ref: str) -> Material | None:
    own = Material.ref == ref, Material.person_id == speaker.person_id, LIVING
    return db.session.scalar(select(Material).where(*own))


def _speakers(person_ids: Collection[int | None]) -> dict[int | None, Speaker]:
    rows = db.session.scalars(
        select(Speaker).where(Speaker.person_id.in_(person_ids)).options(joinedload(Speaker.person))
    )
    return {row.person_id: row for row in rows}


def _handed_in() -> dict[tuple[int, int | None], list[Material]]:
    found: dict[tuple[int, int | None], list[Material]] = {}
    for row in db.session.scalars(
        select(Material)
        .where(Material.person_id.is_not(None), LIVING)
        .options(joinedload(Material.file))
        .order_by(Material.id)
    ):
        found.setdefault((row.session_id, row.person_id), []).append(row)
    return found
