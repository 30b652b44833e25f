"""What a copied conference takes of its rooms and sessions, and their times moved to the new days."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from confapp.conferences import actions as conferences
from confapp.conferences.models import Conference
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import N_
from confapp.programme.actions import filling
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
    Precedence,
    Room,
    RoomHours,
    RoomPart,
    Schedule,
    Session,
    SessionRole,
    SideEventCall,
    Theme,
)
from confapp.programme.rules import Kind, RoleStatus

COUNTED: tuple[tuple[str, str, type[Any], str, dict[str, Any]], ...] = (
    ("rooms", N_("Rooms"), Room, "rooms", {}),
    ("kinds", N_("Kinds of sessions"), OwnKind, "kinds", {"subject": "kinds"}),
    ("themes", N_("Themes"), Theme, "kinds", {"subject": "themes"}),
    ("sessions", N_("Sessions"), Session, "sessions", {}),
    ("items", N_("Points of their order"), Item, "sessions", {}),
    ("roles", N_("Parts to fill"), SessionRole, "sessions", {}),
    ("times", N_("Sessions with a time"), Placement, "timetable", {}),
    ("orders", N_("Rules for the order of sessions"), Precedence, "orders", {}),
)


def _all_are_named(conference: Conference) -> bool:
    to_fill = (SessionRole.person_id.is_(None), SessionRole.delegation_id.is_(None), _INVITED)
    return conferences.any_rows(SessionRole) and not conferences.any_rows(SessionRole, *to_fill)


def _all_have_a_time(conference: Conference) -> bool:
    placed = select(Placement.session_id).join(Schedule).where(Schedule.number.is_(None))
    waiting = (Session.removed_at.is_(None), Session.id.not_in(placed))
    return conferences.any_rows(Session) and not conferences.any_rows(Session, *waiting)


_INVITED = SessionRole.status == RoleStatus.INVITED
STEPS: tuple[tuple[str, str, str, str, Callable[[Conference], bool]], ...] = (
    (
        "rooms",
        N_("Give the rooms their names and sizes"),
        N_("Rooms of a template have general names."),
        "rooms",
        lambda conference: conferences.any_rows(Room),
    ),
    (
        "roles",
        N_("Name who chairs, moderates and speaks"),
        N_("Parts to fill stand at the sessions; speakers are asked by mail."),
        "sessions",
        _all_are_named,
    ),
    (
        "times",
        N_("Give each session a time and a room"),
        N_("By hand, or by the scheduler; clashes are shown beside the timetable."),
        "timetable",
        _all_have_a_time,
    ),
    (
        "release",
        N_("Release the programme"),
        N_("The public sees the released one; work goes on in the draft."),
        "releases",
        lambda conference: conferences.any_rows(Schedule, Schedule.number.isnot(None)),
    ),
)
NEVER = {
    "session_role": "who takes part is asked anew",
    "speaker": "nobody goes over",
    **dict.fromkeys(("statement", "statement_file"), "what a delegation said is of its conference"),
    "session_link": "a stream or a recording is of what took place",
    "material": "a file was handed in for one session",
    **dict.fromkeys(("side_event", "side_event_sponsor"), "applications are made anew"),
    **dict.fromkeys(("bilateral", "bilateral_member"), "two delegations asked each other for one meeting"),
    **dict.fromkeys(("agenda", "star"), "stars are those of readers"),
    "booklet": "it was printed from a release",
    "correction": "it was noted at a release",
    "command": "the history of the draft begins anew",
    "accepted_clash": "each clash is looked at anew",
    "arrangement": "a proposal was for one draft",
}


def install() -> None:
    conferences.parts |= {
        "rooms": conferences.Part(
            N_("Rooms, kinds and themes"),
            40,
            (Room, RoomPart, OwnKind, Theme, ClashSetting, SideEventCall),
            then=_move_hours,
            by_hand=(RoomHours,),
            fill=filling.fill_rooms,
        ),
        "sessions": conferences.Part(
            N_("Sessions, without people"),
            50,
            (ChoiceGroup, Session, Item, Debate, DebateTopic, Precedence),
            leave_out=_names_somebody,
            then=_make_findable,
            fill=filling.fill_sessions,
            filled_label=N_("Sessions, with parts to fill"),
        ),
        "times": conferences.Part(
            N_("Times of the sessions, moved to the new days"),
            60,
            then=_place,
            by_hand=(Schedule, Placement, PlacementRoom),
            needs="sessions",
            fill=filling.fill_times,
            reads="sessions",
            filled_label=N_("Times of the sessions"),
        ),
    }
    for order, (key, label, model, page, values) in enumerate(COUNTED, 40):
        conferences.counted[key] = conferences.Counted(label, order, model, f"programme_desk.{page}", values)
    conferences.never_copied.update(NEVER)
    for order, (key, label, hint, page, is_done) in enumerate(STEPS, 50):
        conferences.steps[key] = conferences.Step(label, hint, order, f"programme_desk.{page}", is_done)


def _names_somebody(row: Any) -> bool:
    """A meeting of two delegations is theirs, and a point of the order with a holder is about that holder."""
    if isinstance(row, Session):
        return row.kind == Kind.BILATERAL
    return isinstance(row, Item) and (row.person_id is not None or row.delegation_id is not None)


def _move_hours(copy: conferences.Copy) -> int:
    """When rooms are open or shut, on the new days; what would fall outside is left out."""
    hours = [
        (room, begins, ends, one.is_open)
        for one in copy.rows(RoomHours)
        if (room := copy.made.get((Room.__tablename__, one.room_id))) is not None
        and (begins := copy.moved(one.starts_at)) is not None
        and (ends := copy.moved(one.ends_at)) is not None
    ]
    with in_conference(copy.target.id):
        for room, begins, ends, is_open in hours:
            db.session.add(
                RoomHours(
                    conference_id=copy.target.id, room_id=room.id, starts_at=begins, ends_at=ends, is_open=is_open
                )
            )
        db.session.flush()
    return len(hours)


def _make_findable(copy: conferences.Copy) -> int:
    """Search and wished days are of the new conference."""
    wished = {row.id: row.preferred_days for row in copy.rows(Session)}
    with in_conference(copy.target.id):
        for (table, old), row in copy.made.items():
            if table == Session.__tablename__:
                days = [copy.moved_day(date.fromisoformat(day)) for day in wished[old]]
                row.preferred_days = [day.isoformat() for day in days if day is not None]
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
            starts_at = copy.moved(row.starts_at)
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
