"""The draft by day and room, and the form that gives a session its day, hour, length and rooms.

The editor's script sends the same forms as the page and draws what is answered, so nothing is decided twice.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, flash, g, jsonify, redirect, render_template, request, url_for

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import pages, queries
from confapp.programme.actions import commands
from confapp.programme.actions import timetable as actions
from confapp.programme.forms.timetable import PlaceForm
from confapp.programme.models import Command, Schedule, Session
from confapp.programme.pages import worst_first
from confapp.programme.queries import board, drafts
from confapp.programme.queries import clashes as clash_queries
from confapp.programme.queries import commands as command_queries
from confapp.programme.queries.clashes import Clashes
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.rules.changes import differences
from confapp.programme.rules.commands import VERB_NAMES
from confapp.programme.views import Answer, desk

VERBS = {
    "unplace": actions.unplace,
    "cancel": actions.cancel,
    "reinstate": actions.reinstate,
    "pin": actions.pin,
    "unpin": actions.unpin,
}
MOST_TOLD = 20
ZOOMS = ("normal", "compact", "large")


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
                revision=None if request.form.get("anyway") else form.revision.data,
            )
            flash(_("The session has its place in the draft."), "good")
            return _back(session, form.day.data)
        except Refused as refusal:
            form.refuse(refusal)
            status, form.is_old = refusal.status, refusal.status == 409
    return timetable_page(session, form.day.data, form), status


@desk.post("/sessions/<ref>/swap")
@requires(SCHEDULE)
def swap(ref: str) -> Answer:
    session, other = found(queries.session(ref)), queries.session(request.form.get("with", ""))
    day = request.form.get("day", "")
    try:
        if other is None:
            raise Refused(_("Choose another session."), 422)
        revisions = [request.form.get(name, type=int) for name in ("revision", "other_revision")]
        actions.swap(g.actor, session, other, revision=revisions[0], other_revision=revisions[1])
    except Refused as refusal:
        return timetable_page(session, day, refusal=refusal.message), refusal.status
    flash(_("The two sessions have changed places."), "good")
    return _back(session, day)


@desk.post("/sessions/<ref>/<any(unplace, cancel, reinstate, pin, unpin):verb>")
@requires(SCHEDULE)
def change_place(ref: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    VERBS[verb](g.actor, session)
    return _back(session, request.form.get("day", ""))


@desk.post("/programme/<any(undo, redo):verb>")
@requires(SCHEDULE)
def undo(verb: str) -> Answer:
    """Takes back the person's own last act, or does it again."""
    try:
        command = (commands.undo if verb == "undo" else commands.redo)(g.actor, g.conference)
    except Refused as refusal:
        return timetable_page(None, request.args.get("day", ""), refusal=refusal.message), refusal.status
    flash(_words_of([command])[0], "good")
    return redirect(url_for(".timetable", **_kept(), day=request.args.get("day", "")), 303)


@desk.get("/programme/changes")
@requires(READ)
def changes() -> Answer | Response:
    """What was done to the draft after the act with the number `after`; empty (204) when nothing was."""
    after = request.args.get("after", type=int, default=0)
    number = command_queries.newest_number()
    if number <= after:
        return Response(status=204)
    rows = command_queries.after(max(after, number - MOST_TOLD))
    others = [row for row in rows if row.made_by != g.actor.account_id]
    return jsonify(number=number, said=_words_of(others))


@desk.get("/programme/history")
@requires(READ)
def history() -> str:
    rows = command_queries.history(before=request.args.get("before", type=int))
    rooms = {room.id: languages.best(room.name) for room in queries.rooms()}
    sessions = command_queries.sessions_of({change["session"] for row in rows for change in row.changes})
    return render_template(
        "programme/desk/history.html",
        acts=pages.acts(rows, sessions, rooms, g.conference.zone),
        earlier=rows[-1].number if rows and rows[-1].number > 1 else None,
        is_first="before" not in request.args,
    )


@desk.post("/programme/history/<ref>/undo")
@requires(SCHEDULE)
def take_back(ref: str) -> Answer:
    command = commands.take_back(g.actor, g.conference, found(command_queries.command(ref)))
    flash(_words_of([command])[0], "good")
    return redirect(url_for(".history"), 303)


def _words_of(rows: Sequence[Command]) -> list[str]:
    sessions = command_queries.sessions_of({change["session"] for row in rows for change in row.changes})
    return [pages.said(row, sessions) for row in rows]


def _back(session: Session, day: str) -> Any:
    """To the page from which the session was placed; its form opens, but for what was moved on the board, where the
    list of those without a place stays in view for the next."""
    if request.args.get("from") == "session":
        return redirect(url_for(".session", ref=session.ref, _anchor="place"), 303)
    chosen = None if request.form.get("board") else session.ref
    return redirect(url_for(".timetable", day=day, session=chosen, **_kept()), 303)


def _kept() -> dict[str, Any]:
    """How somebody looks at the board: it goes on from page to page."""
    zoom, rooms = request.args.get("zoom", ""), request.args.getlist("room")
    return ({"zoom": zoom} if zoom in ZOOMS[1:] else {}) | ({"room": rooms[:100]} if rooms else {})


def _chosen(ref: str) -> Session | None:
    if not ref:
        return None
    session = queries.session(ref)
    return session if session is not None and session.removed_at is None else abort(404)


def timetable_page(chosen: Session | None, asked: str, form: PlaceForm | None = None, refusal: str = "") -> str:
    rooms, placements = queries.rooms(with_hours=True), board.placed()
    zone, kept = g.conference.zone, _kept()
    number = command_queries.newest_number()
    release = queries.newest_release()
    clashes, changed = _found(placements, release)
    laid = pages.Timetable(zone, g.conference.days, rooms, placements, clashes, _address(kept))
    placement = next((one for one in placements if chosen is not None and one.session_id == chosen.id), None)
    if placement is not None and not asked:
        asked = clock.local(placement.starts_at, zone).date().isoformat()
    day = laid.day(asked)
    if chosen is not None and form is None:
        form = PlaceForm.of(chosen, placement, rooms, day.isoformat())
    done, undone = command_queries.latest(g.actor.account_id)
    return render_template(
        "programme/desk/timetable.html",
        laid=laid,
        board=pages.Board(laid, day, zone, kept.get("room", ())),
        day=day,
        kept=kept,
        zooms=[(one, url_for(".timetable", day=day, **(kept | {"zoom": one}))) for one in ZOOMS],
        zoom=kept.get("zoom", ZOOMS[0]),
        room_choices=pages.names_of(rooms),
        others=pages.others_of(laid, day, chosen.id) if chosen is not None and placement is not None else [],
        number=number,
        done=done,
        undone=undone,
        verb_name=lambda verb: _(VERB_NAMES[verb]),
        refusal=refusal,
        tabs=laid.tabs(day, lambda one: url_for(".timetable", day=one, **kept)),
        clashes=worst_first(laid.words.lines()),
        unplaced=board.waiting(),
        chosen=chosen,
        placement=placement,
        faults=laid.faults(chosen.id) if chosen else [],
        form=form,
        version=pages.version(release),
        changed=changed,
        is_public=release is not None and g.conference.is_public and not changed,
        has_rooms=bool(rooms),
    )


def _found(rows: Sequence[board.Placed], release: Schedule | None) -> tuple[Clashes, int]:
    """What is wrong in the draft, and how many sessions readers have otherwise. A page that follows a refused change
    looks anew: it may stand in the middle of what is rolled back."""
    if request.method != "POST":
        return drafts.found_clashes(rows), drafts.number_of_changes(rows)
    clashes = clash_queries.of_draft(queries.placements())
    return clashes, len(differences(queries.editions(release), queries.draft_editions()))


def _address(kept: dict[str, Any]) -> Callable[[date, str], str]:
    more = urlencode(kept, doseq=True)
    return lambda day, ref: f"?day={day}&session={ref}{'&' + more if more else ''}#place"
