"""Rooms for all agreed meetings at once: which rooms, what the scheduler proposes, and taking it over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for

from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import queries as programme
from confapp.programme.actions import arranging
from confapp.programme.actions import meeting_plans as actions
from confapp.programme.forms.bilaterals import PlanForm
from confapp.programme.models import Arrangement, Bilateral
from confapp.programme.queries import meeting_plans as queries
from confapp.programme.queries.bilaterals import title_of
from confapp.programme.rules.arranging import STATES
from confapp.programme.rules.bilaterals import ARRANGE_BILATERALS
from confapp.programme.views import Answer, desk


@desk.route("/meetings/plan", methods=["GET", "POST"])
@requires(ARRANGE_BILATERALS)
def plan_meetings() -> Answer:
    form, status = PlanForm.of(programme.rooms(with_closed=False)), 200
    if form.is_sent():
        try:
            row = actions.ask(g.actor, g.conference, form.rooms.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".meeting_plan", plan=row.ref), 303)
    page = render_template(
        "programme/desk/plan_meetings.html",
        form=form,
        waiting=len(queries.waiting()),
        runs=[(row, *_state(row)) for row in queries.runs()],
    )
    return page, 422 if form.errors and status == 200 else status


@desk.get("/meetings/plan/<plan>")
@requires(ARRANGE_BILATERALS)
def meeting_plan(plan: str) -> Answer:
    """Renews itself while the work goes on, by a header, so that it needs no script."""
    row = found(queries.run(plan))
    answer = make_response(_page(row))
    if row.state in arranging.WAITING:
        answer.headers["Refresh"] = "3"
    return answer


@desk.post("/meetings/plan/<plan>/accept")
@requires(ARRANGE_BILATERALS)
def accept_meeting_plan(plan: str) -> Answer:
    row = found(queries.run(plan))
    chosen = {int(one) for one in request.form.getlist("meeting") if one.isdecimal()}
    try:
        placed, left_out = actions.accept(g.actor, row, g.conference, chosen)
    except Refused as refusal:
        return _page(row, str(refusal)), refusal.status
    flash(
        _("The meetings have their rooms: %(number)d. Both delegations of each are told.", number=len(placed)), "good"
    )
    if left_out:
        names = joined(best(title_of(one)) for one in left_out)
        flash(_("These changed meanwhile, or their place was taken: %(titles)s.", titles=names), "attention")
    return redirect(url_for(".meetings"), 303)


@desk.post("/meetings/plan/<plan>/<any(stop, discard):verb>")
@requires(ARRANGE_BILATERALS)
def change_meeting_plan(plan: str, verb: str) -> Answer:
    row = found(queries.run(plan))
    try:
        (arranging.stop if verb == "stop" else arranging.discard)(g.actor, row)
    except Refused as refusal:
        return _page(row, str(refusal)), refusal.status
    return redirect(url_for(".plan_meetings") if verb == "discard" else url_for(".meeting_plan", plan=plan), 303)


def _state(row: Arrangement) -> tuple[str, str]:
    shape, word = STATES[row.state]
    return shape, _(word)


def _page(row: Arrangement, refusal: str = "") -> str:
    meetings = queries.named([one["meeting"] for one in (*row.moves, *row.unmet)])
    return render_template(
        "programme/desk/meeting_plan.html",
        run=row,
        state=_state(row),
        is_waiting=row.state in arranging.WAITING,
        is_offered=row.state in arranging.OFFERED,
        moves=_moves(row, meetings),
        unplaced=[meetings[one["meeting"]] for one in row.unmet if one["meeting"] in meetings],
        refusal=refusal,
    )


def _moves(row: Arrangement, meetings: dict[int, Bilateral]) -> Sequence[tuple[Bilateral, datetime, Any]]:
    rooms = {room.id: room.name for room in programme.rooms()}
    return [
        (meetings[one["meeting"]], datetime.fromisoformat(one["starts_at"]), rooms.get(one["room"], {}))
        for one in row.moves
        if one["meeting"] in meetings
    ]
