"""The scheduler: what it is asked, how far it is, and its proposal."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for

from confapp.foundation import clock
from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import queries
from confapp.programme.actions import arranging as actions
from confapp.programme.forms.arranging import ArrangeForm
from confapp.programme.models import Arrangement
from confapp.programme.pages import arranging as pages
from confapp.programme.queries import arranging as arranging_queries
from confapp.programme.rules import SCHEDULE
from confapp.programme.rules.arranging import SCOPES, STATES
from confapp.programme.views import Answer, desk


@desk.route("/programme/scheduler", methods=["GET", "POST"])
@requires(SCHEDULE)
def scheduler() -> Answer:
    form = ArrangeForm.of(queries.rooms(with_closed=False), arranging_queries.people(), g.conference.days)
    if form.is_sent():
        row = actions.ask(g.actor, g.conference, form.asked(g.conference))
        return redirect(url_for(".arrangement", ref=row.ref), 303)
    page = render_template(
        "programme/desk/scheduler.html",
        form=form,
        runs=[(row, *_state(row)) for row in arranging_queries.arrangements()],
        unplaced=queries.unplaced_count(),
    )
    return page, 422 if form.errors else 200


@desk.post("/programme/repair")
@requires(SCHEDULE)
def repair() -> Answer:
    """From the page of a room that is lost, or of a session whose person cannot come, straight to a proposal."""
    if request.form.get("room"):
        row = actions.repair(g.actor, g.conference, rooms=[found(queries.room(request.form["room"])).id])
    else:
        session = found(queries.session(request.form.get("session", "")))
        there, person = found(queries.placement(session)), found(queries.person(request.form.get("person", "")))
        day = clock.local(there.starts_at, g.conference.zone).date()
        bounds = [clock.start_of(one, g.conference.zone) for one in (day, day + timedelta(1))]
        row = actions.repair(g.actor, g.conference, away=[(person.id, bounds[0], bounds[1])])
    return redirect(url_for(".arrangement", ref=row.ref), 303)


@desk.get("/programme/scheduler/<ref>")
@requires(SCHEDULE)
def arrangement(ref: str) -> Answer:
    """Renews itself while the work goes on, by a header, so that it needs no script."""
    row = found(arranging_queries.arrangement(ref))
    answer = make_response(_page(row))
    if row.state in actions.WAITING:
        answer.headers["Refresh"] = "3"
    return answer


@desk.post("/programme/scheduler/<ref>/accept")
@requires(SCHEDULE)
def accept_arrangement(ref: str) -> Answer:
    row = found(arranging_queries.arrangement(ref))
    chosen = {int(one) for one in request.form.getlist("session") if one.isdecimal()}
    try:
        command, gone = actions.accept(g.actor, row, chosen)
    except Refused as refusal:
        return _page(row, str(refusal)), refusal.status
    flash(_("The proposal is in the draft. It can be undone as one act."), "good")
    if gone:
        names = joined(best(session.title) for session in gone)
        flash(_("These were moved by somebody meanwhile and left out: %(titles)s.", titles=names), "attention")
    first = datetime.fromisoformat(command.changes[0]["after"]["starts_at"])
    return redirect(url_for(".timetable", day=clock.local(first, g.conference.zone).date()), 303)


@desk.post("/programme/scheduler/<ref>/<any(stop, discard, again, relax):verb>")
@requires(SCHEDULE)
def change_arrangement(ref: str, verb: str) -> Answer:
    row = found(arranging_queries.arrangement(ref))
    if verb == "stop":
        actions.stop(g.actor, row)
    elif verb == "discard":
        actions.discard(g.actor, row)
        return redirect(url_for(".scheduler"), 303)
    else:
        asked = {**row.asked, "from": row.id} if verb == "again" else _relaxed(row)
        row = actions.ask(g.actor, g.conference, asked)
    return redirect(url_for(".arrangement", ref=row.ref), 303)


def _relaxed(row: Arrangement) -> dict[str, Any]:
    """What was asked without one more of the demands that contradicted each other."""
    wanted = [
        [one["kind"], one["one"], one["other"]]
        for one in row.conflict
        if pages.value_of(one) == request.form.get("demand", "")
    ]
    return {**row.asked, "relaxed": [*row.asked.get("relaxed", ()), *wanted]}


def _state(row: Arrangement) -> tuple[str, str]:
    shape, word = STATES[row.state]
    return shape, _(word)


def _page(row: Arrangement, refusal: str = "") -> str:
    names = arranging_queries.names_for(row)
    known = pages.Names(
        names.sessions,
        {one: best(name) for one, name in names.rooms.items()},
        names.people,
        g.conference.zone,
        row.asked.get("rooms", ()),
        {*row.asked.get("people", ()), *(one for one, _from, _to in row.asked.get("away", ()))},
    )
    days: list[tuple[date, list[pages.Move]]] = pages.days_of(row, known)
    return render_template(
        "programme/desk/arrangement.html",
        run=row,
        state=_state(row),
        scope=_(SCOPES.get(row.asked.get("scope", ""), "–")),
        is_waiting=row.state in actions.WAITING,
        is_explaining=row.message == actions.REASONS,
        is_offered=row.state in actions.OFFERED,
        days=days,
        unmet=pages.unmet_of(row, known),
        demands=pages.demands_of(row.conflict, known),
        refusal=refusal,
    )
