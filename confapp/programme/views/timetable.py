"""The draft by day and room, and the form that gives a session its day, hour, length and rooms."""

from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import pages, queries
from confapp.programme.actions import timetable as actions
from confapp.programme.forms import PlaceForm
from confapp.programme.models import Session
from confapp.programme.pages import worst_first
from confapp.programme.queries import clashes as clash_queries
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.rules.changes import differences
from confapp.programme.views import Answer, desk

VERBS = {"unplace": actions.unplace, "cancel": actions.cancel, "reinstate": actions.reinstate}


@desk.get("/programme")
@requires(READ)
def timetable() -> str:
    return timetable_page(_chosen(request.args.get("session", "")), request.args.get("day", ""))


@desk.post("/sessions/<ref>/place")
@requires(SCHEDULE)
def place(ref: str) -> Answer:
    session = found(queries.session(ref))
    rooms = queries.rooms()
    form = PlaceForm.of(session, queries.placement(session), rooms)
    status = 422
    if form.is_sent():
        assert form.starts_at is not None
        aside = [room for room in rooms if room.ref in form.overflow.data and room.ref not in form.rooms.data]
        chosen = [*(room for room in rooms if room.ref in form.rooms.data), *aside]
        try:
            actions.place(
                g.actor,
                session,
                chosen,
                form.starts_at,
                form.minutes.data,
                overflow=aside,
                revision=form.revision.data,
            )
            flash(_("The session has its place in the draft."), "good")
            return _back(session, form.day.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return timetable_page(session, form.day.data, form), status


@desk.post("/sessions/<ref>/<any(unplace, cancel, reinstate):verb>")
@requires(SCHEDULE)
def change_place(ref: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    VERBS[verb](g.actor, session)
    return _back(session, request.form.get("day", ""))


def _back(session: Session, day: str) -> Any:
    """To the page from which the session was placed."""
    if request.args.get("from") == "session":
        return redirect(url_for(".session", ref=session.ref, _anchor="place"), 303)
    return redirect(url_for(".timetable", day=day, session=session.ref), 303)


def _chosen(ref: str) -> Session | None:
    if not ref:
        return None
    session = queries.session(ref)
    return session if session is not None and session.removed_at is None else abort(404)


def timetable_page(chosen: Session | None, asked: str, form: PlaceForm | None = None) -> str:
    rooms, placements = queries.rooms(), queries.placements(whole=True)
    laid = pages.Timetable(
        g.conference.zone, g.conference.days, rooms, placements, clash_queries.of_draft(placements), _address
    )
    placement = next((one for one in placements if chosen is not None and one.session_id == chosen.id), None)
    if placement is not None and not asked:
        asked = clock.local(placement.starts_at, g.conference.zone).date().isoformat()
    day = laid.day(asked)
    if chosen is not None and form is None:
        form = PlaceForm.of(chosen, placement, rooms, day.isoformat())
    release = queries.newest_release()
    changed = differences(queries.editions(release), queries.draft_editions(placements))
    return render_template(
        "programme/desk/timetable.html",
        laid=laid,
        day=day,
        tabs=laid.tabs(day, lambda one: url_for(".timetable", day=one)),
        columns=[laid.room_names[room] for room in laid.columns(day)],
        rows=laid.rows(day),
        clashes=worst_first(laid.words.lines()),
        unplaced=queries.unplaced(),
        chosen=chosen,
        placement=placement,
        faults=laid.faults(chosen.id) if chosen else [],
        form=form,
        version=pages.version(release),
        changed=len(changed),
        is_public=release is not None and g.conference.is_public and not changed,
        has_rooms=bool(rooms),
    )


def _address(day: date, ref: str) -> str:
    return f"?day={day}&session={ref}#place"
