"""Meetings on the page of a delegation: asking for one, answering, other times, and who comes."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found
from confapp.programme import queries as programme
from confapp.programme.actions import bilaterals as actions
from confapp.programme.forms.bilaterals import AskForm, MembersForm, ProposeForm
from confapp.programme.models import Bilateral
from confapp.programme.queries import bilaterals as queries
from confapp.programme.rules.bilaterals import LIFE, STANDING, STATUS_NAMES, STATUS_SHAPES, windows
from confapp.programme.views.applying import spoken_for
from confapp.registration.models import Delegation

me = Blueprint("meetings_me", __name__, url_prefix="/me/<conference>/delegations/<ref>/meetings")
Page = Response | str | tuple[str, int]
SAID = {
    "accept": lambda: _("Agreed. The protocol office finds a room, and both are told."),
    "decline": lambda: _("The other delegation is told that it cannot take place, without a reason."),
    "call_off": lambda: _("The meeting is called off, and the other delegation is told."),
}


@me.context_processor
def words() -> dict[str, Any]:
    return {
        "meeting_status": lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        "meeting_windows": windows,
    }


@me.get("")
@checks_inside
def of_delegation(ref: str) -> str:
    delegation = spoken_for(ref)
    rows = queries.of_delegation(delegation)
    return render_template(
        "programme/me/meetings.html",
        delegation=delegation,
        standing=[row for row in rows if row.status in STANDING],
        over=[row for row in rows if row.status not in STANDING],
        places=queries.placements(rows),
    )


@me.route("/new", methods=["GET", "POST"])
@checks_inside
def new(ref: str) -> Page:
    delegation = spoken_for(ref)
    others = [one for one in programme.delegations() if one.id != delegation.id]
    form, status = AskForm.of(others), 200
    if form.is_sent():
        chosen = found(next((one for one in others if one.ref == form.asked.data), None))
        values = {name: form[name].data for name in ("subject", "minutes", "people", "wishes")}
        try:
            row = actions.ask(g.actor, g.conference, delegation, chosen, **values)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The request was sent. Nobody else learns of it."), "good")
            return redirect(url_for(".show", ref=ref, meeting=row.ref), 303)
    body = render_template("programme/me/meeting_form.html", delegation=delegation, form=form)
    return body, 422 if form.errors and status == 200 else status


@me.get("/<meeting>")
@checks_inside
def show(ref: str, meeting: str) -> str:
    return _page(*_own(ref, meeting))


@me.post("/<meeting>/<any(accept, decline, call_off):verb>")
@checks_inside
def answer(ref: str, meeting: str, verb: str) -> Page:
    delegation, row = _own(ref, meeting)
    try:
        if verb == "call_off":
            actions.call_off(g.actor, row, delegation, g.conference)
        elif row.awaited_id != delegation.id:
            raise Refused(_("The other delegation has to answer."))
        else:
            {"accept": actions.accept, "decline": actions.decline}[verb](g.actor, row, g.conference)
    except Refused as refusal:
        return _page(delegation, row, refusal), refusal.status
    flash(SAID[verb](), "good")
    return redirect(url_for(".show", ref=ref, meeting=meeting), 303)


@me.post("/<meeting>/times")
@checks_inside
def propose(ref: str, meeting: str) -> Page:
    delegation, row = _own(ref, meeting)
    form, status = ProposeForm.of(row), 422
    if form.is_sent():
        try:
            actions.propose(g.actor, row, delegation, g.conference, form.wishes.data, revision=form.revision.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The other delegation is asked whether these times suit."), "good")
            return redirect(url_for(".show", ref=ref, meeting=meeting), 303)
    return _page(delegation, row, form=form), status


@me.post("/<meeting>/people")
@checks_inside
def name_people(ref: str, meeting: str) -> Page:
    delegation, row = _own(ref, meeting)
    members = queries.members_to_name(delegation)
    form = MembersForm.of(row, members)
    if not form.is_sent():
        return _page(delegation, row, members_form=form), 422
    try:
        actions.name_members(
            g.actor, row, delegation, [one.person_id for one in members if one.ref in (form.people.data or ())]
        )
    except Refused as refusal:
        return _page(delegation, row, refusal), refusal.status
    flash(_("Saved."), "good")
    return redirect(url_for(".show", ref=ref, meeting=meeting, _anchor="people"), 303)


def _own(ref: str, meeting: str) -> tuple[Delegation, Bilateral]:
    delegation, row = spoken_for(ref), found(queries.meeting(meeting))
    return delegation, found(row if delegation.id in (row.asking_id, row.asked_id) else None)


def _page(
    delegation: Delegation,
    row: Bilateral,
    refusal: Refused | None = None,
    *,
    form: ProposeForm | None = None,
    members_form: MembersForm | None = None,
) -> str:
    moves = {move.verb for move in LIFE.open_to(row, g.actor)}
    if row.awaited_id != delegation.id:
        moves -= {"accept", "decline"}
    return render_template(
        "programme/me/meeting.html",
        delegation=delegation,
        meeting=row,
        other=row.other_than(delegation.id),
        placement=queries.placements([row]).get(row.session_id or 0),
        moves=moves,
        refusal=refusal,
        form=form or ProposeForm.of(row, sent=False),
        members_form=members_form or MembersForm.of(row, queries.members_to_name(delegation), sent=False),
        mine=[one for one in row.members if one.delegation_id == delegation.id],
    )
