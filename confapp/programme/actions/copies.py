"""What a copied conference takes of its rooms and sessions, and their times moved to the new days."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from confapp.conferences import actions as conferences
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import N_
from confapp.programme.actions.sessions import index
from confapp.programme.models import (
    ChoiceGroup,
    ClashSetting,
    Debate,
    DebateTopic,
    Item,
    OwnKind,
    Placement,
    PlacementRoom,
    Room,
    RoomPart,
    Schedule,
    Session,
    SideEventCall,
    Theme,
)
from confapp.programme.rules import Kind


def install() -> None:
    conferences.parts |= {
        "rooms": conferences.Part(
            N_("Rooms, kinds and themes"), 40, (Room, RoomPart, OwnKind, Theme, ClashSetting, SideEventCall)
        ),
        "sessions": conferences.Part(
            N_("Sessions, without people"),
            50,
            (ChoiceGroup, Session, Item, Debate, DebateTopic),
            leave_out=_names_somebody,
            then=_make_findable,
        ),
        "times": conferences.Part(
            N_("Times of the sessions, moved to the new days"), 60, then=_place, needs="sessions"
        ),
    }


def _names_somebody(row: Any) -> bool:
    """A meeting of two delegations is theirs, and a point of the order with a holder is about that holder."""
    if isinstance(row, Session):
        return row.kind == Kind.BILATERAL
    return isinstance(row, Item) and (row.person_id is not None or row.delegation_id is not None)


def _make_findable(copy: conferences.Copy) -> int:
    with in_conference(copy.target.id):
        for (table, _id), row in copy.made.items():
            if table == Session.__tablename__:
                index(row)
        db.session.flush()
    return 0


def _place(copy: conferences.Copy) -> int:
    """The draft's hours by the clock on the wall; what would fall outside the new days waits without a place."""
    made = []
    with in_conference(copy.source.id):
        drafts = [one.id for one in copy.rows(Schedule) if one.number is None]
        for row in copy.rows(Placement):
            session = copy.made.get((Session.__tablename__, row.session_id))
            starts_at = _moved(row.starts_at, copy)
            if row.schedule_id in drafts and session is not None and starts_at is not None:
                rooms = [
                    (copy.made[key], one.is_overflow)
                    for one in row.rooms
                    if (key := (Room.__tablename__, one.room_id)) in copy.made
                ]
                made.append((session, starts_at, row.minutes, rooms))
    with in_conference(copy.target.id):
        draft = Schedule(conference_id=copy.target.id)
        db.session.add(draft)
        db.session.flush()
        for session, starts_at, minutes, rooms in made:
            db.session.add(
                Placement(
                    conference_id=copy.target.id,
                    schedule_id=draft.id,
                    session_id=session.id,
                    starts_at=starts_at,
                    minutes=minutes,
                    rooms=[
                        PlacementRoom(
                            conference_id=copy.target.id, room_id=room.id, is_overflow=overflow, position=number
                        )
                        for number, (room, overflow) in enumerate(rooms)
                    ],
                )
            )
        db.session.flush()
    return len(made)


def _moved(moment: datetime, copy: conferences.Copy) -> datetime | None:
    local = moment.astimezone(ZoneInfo(copy.source.zone))
    wall = local.replace(tzinfo=None) + (copy.target.starts_on - copy.source.starts_on)
    if not copy.target.starts_on <= wall.date() <= copy.target.ends_on:
        return None
    return wall.replace(tzinfo=ZoneInfo(copy.target.zone))
