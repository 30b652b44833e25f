"""Sessions that participants sign up for, and who did."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from confapp.foundation import clock, places
from confapp.foundation.db import db
from confapp.foundation.places import LIVING, Place, PlaceState, Quota
from confapp.people.models import Person
from confapp.programme.models import ChoiceGroup, Placement, PlacementRoom, Schedule, Session
from confapp.programme.queries import newest_release
from confapp.programme.rules.sign_ups import SESSION, session_fault
from confapp.registration.models import Registration
from confapp.registration.rules.questions import Choice as Wish

HOLDER = Registration.__tablename__


@dataclass(frozen=True)
class Choice:
    """A session open to sign-up as one registration sees it: its place in it or its queue, or none."""

    session: Session
    placement: Placement
    quota: Quota
    place: Place | None = None
    position: int = 0
    fault: str | None = None

    @property
    def is_chosen(self) -> bool:
        return self.place is not None and self.place.state == PlaceState.HELD

    @property
    def waits(self) -> bool:
        return self.place is not None and self.place.state == PlaceState.WAITING

    @property
    def title(self) -> dict[str, str]:
        return dict(self.placement.printed.get("title", {})) or self.session.title


def choices(registration: Registration) -> list[Choice]:
    """What can be chosen, by time, and what has been; as the newest release of the programme has it."""
    own = {one.place.quota_id: one for one in places.of_holder(registration)}
    release = newest_release()
    if release is None:
        return []
    now, found = clock.now(), []
    for placement, quota in db.session.execute(_open_to_sign_up(release.id)):
        mine = own.get(quota.id)
        fault = session_fault(placement.session, placement, quota, now)
        if fault is None or mine is not None:
            place, position = (mine.place, mine.position) if mine else (None, 0)
            found.append(Choice(placement.session, placement, quota, place, position, fault))
    return found


def wishes(conference: Any) -> list[Wish]:
    """For questions: the released sessions that one may wish for while signing up is open; a wish holds no place."""
    release = newest_release()
    if release is None:
        return []
    rows, now = db.session.execute(_open_to_sign_up(release.id)), clock.now()
    return [
        Wish(one.session.ref, dict(one.printed.get("title", {})) or one.session.title)
        for one, quota in rows
        if session_fault(one.session, one, quota, now) is None
    ]


def _open_to_sign_up(schedule_id: int) -> Any:
    return (
        select(Placement, Quota)
        .join(Placement.session)
        .join(Quota, (Quota.owner_kind == SESSION) & (Quota.owner_id == Session.id))
        .where(Placement.schedule_id == schedule_id)
        .order_by(Placement.starts_at, Session.code, Session.id)
        .options(
            contains_eager(Placement.session).joinedload(Session.choice_group),
            selectinload(Placement.rooms).joinedload(PlacementRoom.room),
        )
    )


def any_open() -> bool:
    """Whether there is a session to sign up for at all."""
    wanted = select(Quota.id).where(Quota.owner_kind == SESSION, Quota.closed_at.is_(None))
    return db.session.scalar(wanted.limit(1)) is not None


def released_placement(session: Session) -> Placement | None:
    wanted = (
        select(Placement)
        .join(Placement.schedule)
        .where(Placement.session_id == session.id, Schedule.number.is_not(None))
        .order_by(Schedule.number.desc())
        .limit(1)
    )
    release = newest_release()
    found = db.session.scalar(wanted)
    return found if found is not None and release is not None and found.schedule_id == release.id else None


def hold(registration: Registration) -> None:
    """Whoever holds the same registration waits: two choices of one person come one after the other."""
    db.session.execute(select(Registration.id).where(Registration.id == registration.id).with_for_update())


def quotas_in_group(session: Session) -> Sequence[Quota]:
    """The quotas of the other sessions of a session's choice group."""
    if session.choice_group_id is None:
        return []
    others = select(Session.id).where(Session.choice_group_id == session.choice_group_id, Session.id != session.id)
    return db.session.scalars(
        select(Quota).where(Quota.owner_kind == SESSION, Quota.owner_id.in_(others)).order_by(Quota.id)
    ).all()


def chose_several(refs: Sequence[str]) -> int:
    """How many have chosen, or wait for, more than one of some sessions."""
    sessions = select(Session.id).where(Session.ref.in_(refs))
    twice = (
        select(Place.holder_id)
        .where(Place.quota_id.in_(_quota_ids(sessions)), Place.state.in_(LIVING))
        .group_by(Place.holder_kind, Place.holder_id)
        .having(func.count(Place.quota_id.distinct()) > 1)
    )
    return db.session.scalar(select(func.count()).select_from(twice.subquery())) or 0


def chose_both(session: Session, group: ChoiceGroup) -> int:
    """How many have chosen, or wait for, a session and another one of a group."""
    here, there = aliased(Place), aliased(Place)
    others = select(Session.id).where(Session.choice_group_id == group.id, Session.id != session.id)
    return (
        db.session.scalar(
            select(func.count(here.holder_id.distinct()))
            .join(there, (there.holder_kind == here.holder_kind) & (there.holder_id == here.holder_id))
            .where(
                here.quota_id.in_(_quota_ids(session.id)),
                there.quota_id.in_(_quota_ids(others)),
                here.state.in_(LIVING),
                there.state.in_(LIVING),
            )
        )
        or 0
    )


def _quota_ids(owners: Any) -> Any:
    own = Quota.owner_id == owners if isinstance(owners, int) else Quota.owner_id.in_(owners)
    return select(Quota.id).where(Quota.owner_kind == SESSION, own)


@dataclass(frozen=True)
class SignedUp:
    registration: Registration
    place: Place
    position: int


def signed_up(quota: Quota) -> list[SignedUp]:
    """Those who have a place in a session by name, then those who wait in their order; two queries."""
    rows = db.session.execute(
        select(Registration, Place)
        .join(Place, (Place.holder_kind == HOLDER) & (Place.holder_id == Registration.id))
        .join(Registration.person)
        .where(Place.quota_id == quota.id, Place.state.in_(LIVING))
        .options(contains_eager(Registration.person), joinedload(Registration.delegation))
        .order_by(func.lower(Person.family_name), func.lower(Person.given_name), Registration.id)
    ).all()
    waits = sorted(
        (row for row in rows if row[1].state == PlaceState.WAITING), key=lambda row: (row[1].position, row[1].id)
    )
    held = [SignedUp(row[0], row[1], 0) for row in rows if row[1].state != PlaceState.WAITING]
    return [*held, *(SignedUp(row[0], row[1], number) for number, row in enumerate(waits, 1))]


def session_names(ids: Collection[int]) -> Mapping[int, dict[str, str]]:
    return {
        row.id: row.title for row in db.session.execute(select(Session.id, Session.title).where(Session.id.in_(ids)))
    }


def session_of(quota: Quota) -> Session | None:
    return db.session.get(Session, quota.owner_id)
