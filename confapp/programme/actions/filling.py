"""What a template says of rooms, kinds, themes and sessions, done as somebody at the desk would do it."""

from collections.abc import Mapping
from typing import Any

from confapp.conferences.actions import Filling
from confapp.conferences.rules import Format
from confapp.foundation.db import db
from confapp.programme.actions import clashes, debate, kinds, orders, rooms, sessions, side_events, timetable
from confapp.programme.models import ChoiceGroup, OwnKind, Session, Theme
from confapp.programme.rules import Access, Details, Kind, Mode, RoleStatus, SessionRoleKind, Severity
from confapp.programme.rules.clashes import Rule, Setting

Data = dict[str, Any]
KEPT = ("capacity", "layouts", "equipment", "booths", "is_step_free", "buffer_minutes", "area")


def fill_rooms(filling: Filling, data: Data) -> None:
    for one in data.get("rooms", ()):
        _add_room(filling, one)
    for one in data.get("kinds", ()):
        filling.made["kind", one["key"]] = kinds.add(
            filling.actor,
            filling.target,
            OwnKind,
            name=filling.words(one["name"]),
            nature=Kind(one["nature"]),
            minutes=one["minutes"],
            is_alone=one.get("is_alone", False),
        )
    for one in data.get("themes", ()):
        filling.made["theme", one["key"]] = kinds.add(
            filling.actor, filling.target, Theme, name=filling.words(one["name"]), code=one.get("code", "")
        )
    db.session.flush()
    if wanted := data.get("clashes"):
        settings = {Rule(name): Setting(Severity(how), *amount) for name, (how, *amount) in wanted.items()}
        clashes.change_settings(filling.actor, filling.target, settings)
    if call := data.get("side_events"):
        _write_call(filling, call)


def _add_room(filling: Filling, one: Data) -> None:
    """Its hours are those of each day of the conference."""
    days = range(1, len(filling.target.days) + 1)
    windows = [[filling.moment(day, at) for at in one["open"]] for day in days] if "open" in one else []
    room = rooms.add_room(
        filling.actor,
        filling.target,
        filling.words(one["name"]),
        note=filling.words(one.get("note")),
        parts=[filling.made["room", key] for key in one.get("parts", ())],
        open=[tuple(window) for window in windows if all(window)],
        **{name: one[name] for name in KEPT if name in one},
    )
    db.session.flush()
    filling.made["room", one["key"]] = room


def _write_call(filling: Filling, call: Data) -> None:
    """The call is written and not open: its moments are for the organizers to set."""
    side_events.set_call(
        filling.actor,
        filling.target,
        opens_at=None,
        closes_at=None,
        guidance=filling.words(call["guidance"]),
        each_may_lead=call["each_may_lead"],
        longest_minutes=call["longest_minutes"],
        places=call.get("places"),
    )


def fill_sessions(filling: Filling, data: Data) -> None:
    for one in data.get("groups", ()):
        group = kinds.add(filling.actor, filling.target, ChoiceGroup, name=filling.words(one["name"]))
        filling.made["group", one["key"]] = group
    for one in data["sessions"]:
        _add_session(filling, one)
    db.session.flush()
    for one in data.get("orders", ()):
        first, then = (filling.made["session", one[name]] for name in ("first", "then"))
        rule = one.get("is_rule", False)
        orders.add(filling.actor, filling.target, first, then, one.get("minutes", 0), is_rule=rule)


def _add_session(filling: Filling, one: Data) -> None:
    group = filling.made.get(("group", one.get("group", "")))
    session = sessions.create_session(filling.actor, filling.target, _details(filling, one), group)
    filling.made["session", one["key"]] = session
    for item in one.get("items", ()):
        sessions.add_item(filling.actor, session, filling.words(item["title"]), minutes=item.get("minutes"))
    for role in one.get("roles", ()):
        sessions.add_role(
            filling.actor,
            session,
            SessionRoleKind(role["role"]),
            printed_function=filling.words(role["function"]),
            status=RoleStatus.INVITED,
        )
    if "debate" in one:
        _set_up_debate(filling, session, one["debate"])


def _details(filling: Filling, one: Data) -> Details:
    """Without its kind a session keeps the nature, without its theme it has none."""
    return Details(
        kind=Kind(one["nature"]),
        title=filling.words(one["title"]),
        minutes=one["minutes"],
        description=filling.words(one.get("description")),
        languages=tuple(one.get("languages", ())),
        access=Access(one.get("access", Access.OPEN)),
        own_kind=filling.made.get(("kind", one.get("kind", ""))),
        theme=filling.made.get(("theme", one.get("theme", ""))),
        format=_format(filling, one),
        interpretation=tuple(one.get("interpretation", ())),
        audience=one.get("audience"),
        layout=one.get("layout", ""),
        equipment=tuple(one.get("equipment", ())),
        is_alone=one.get("is_alone", False),
    )


def _format(filling: Filling, one: Mapping[str, Any]) -> Format:
    """A conference that is held in one way alone has sessions of that way alone."""
    held = Format(filling.target.format)
    return Format(one.get("format", held)) if held == Format.HYBRID else held


def _set_up_debate(filling: Filling, session: Session, said: Data) -> None:
    db.session.flush()
    wanted = debate.Wanted(
        minutes=said["minutes"],
        modes=tuple(Mode(mode) for mode in said["modes"]),
        guidance=filling.words(said["guidance"]),
    )
    made = debate.set_up(filling.actor, session, wanted)
    for topic in said.get("topics", ()):
        debate.add_topic(filling.actor, made, filling.words(topic))


def fill_times(filling: Filling, data: Data) -> None:
    """Each session at its hour; one whose day the conference does not have waits without a time."""
    for one in data["sessions"]:
        starts_at = filling.moment(one["day"], one["at"]) if "day" in one else None
        if starts_at is not None:
            session = filling.made["session", one["key"]]
            there = [filling.made[key] for name in one.get("rooms", ()) if (key := ("room", name)) in filling.made]
            timetable.place(filling.actor, session, there, starts_at)
