"""Meetings between delegations at the protocol office: the list, the plan of a day, and a room for each."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, text
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import filters
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme import queries as programme
from confapp.programme.actions import bilaterals as actions
from confapp.programme.exports.bilaterals import COLUMNS
from confapp.programme.forms.bilaterals import RoomForm
from confapp.programme.models import Bilateral
from confapp.programme.queries import bilaterals as queries
from confapp.programme.queries.openings import Opening
from confapp.programme.rules import BilateralStatus as Status
from confapp.programme.rules.bilaterals import ARRANGE_BILATERALS, LIFE, SETTLED, STATUS_NAMES, STATUS_SHAPES, windows
from confapp.programme.views import Answer, desk


@desk.context_processor
def meeting_words() -> dict[str, Any]:
    return {
        "meeting_status": lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        "meeting_windows": windows,
        "is_reserved": queries.is_reserved,
        "may_arrange_bilaterals": ARRANGE_BILATERALS.allows(g.actor, g.conference),
    }


@desk.get("/meetings")
@requires(ARRANGE_BILATERALS)
def meetings() -> str:
    asked, counted = _asked(), queries.counts()
    lines = queries.found(asked, g.conference.zone)
    return render_template(
        "programme/desk/meetings.html",
        lines=lines,
        asked=asked,
        filters=_filters(asked, counted),
        days=[(day.isoformat(), filters.short_day(day)) for day in g.conference.days],
        total=sum(counted.values()),
        waiting=counted.get(Status.AGREED, 0),
        clashing=queries.clashing(lines),
        words=_words(asked),
    )


@desk.get("/meetings.<any(csv, xlsx):file_format>")
@requires(ARRANGE_BILATERALS)
@limited(EXPORTS)
def meetings_file(file_format: str) -> Response:
    lines = queries.found(_asked(), g.conference.zone)
    return taken_out(table_of(_("Bilateral meetings"), COLUMNS, lines), "meetings", file_format)


@desk.get("/meetings/<ref>")
@requires(ARRANGE_BILATERALS)
def meeting(ref: str) -> str:
    return _page(found(queries.meeting(ref)))


@desk.post("/meetings/<ref>/place")
@requires(ARRANGE_BILATERALS)
def place_meeting(ref: str) -> Answer:
    """One button of a suggestion, or a day, an hour and a room as chosen."""
    row = found(queries.meeting(ref))
    form, status = _form(row, sent=True), 422
    if form.is_sent():
        assert form.starts_at is not None
        room = found(programme.room(form.room.data))
        try:
            actions.place(g.actor, row, g.conference, room, form.starts_at, revision=form.revision.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The meeting has its time and room. Both delegations are told."), "good")
            return redirect(url_for(".meeting", ref=ref), 303)
    return _page(row, form), status


@desk.post("/meetings/<ref>/cancel")
@requires(ARRANGE_BILATERALS)
def cancel_meeting(ref: str) -> Answer:
    row = found(queries.meeting(ref))
    try:
        actions.cancel(g.actor, row, g.conference)
    except Refused as refusal:
        return _page(row, refusal=refusal), refusal.status
    flash(_("The meeting is cancelled. Both delegations are told."), "good")
    return redirect(url_for(".meeting", ref=ref), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _form(row: Bilateral, *, sent: bool) -> RoomForm:
    rooms = [room for room in programme.rooms() if room.closed_at is None]
    return RoomForm.of(row, rooms, _placement(row), sent=sent)


def _placement(row: Bilateral) -> Any:
    return queries.placements([row]).get(row.session_id or 0)


def _page(row: Bilateral, form: RoomForm | None = None, refusal: Refused | None = None) -> str:
    rooms = programme.rooms()
    most = queries.MORE if request.args.get("more") else queries.OFFERED
    offered = queries.suggestions(row, g.conference, rooms, most=most + 1) if row.status in SETTLED else []
    moves = {move.verb for move in LIFE.open_to(row, g.actor)}
    line = queries.Line(row, _placement(row))
    return render_template(
        "programme/desk/meeting.html",
        meeting=row,
        line=line,
        form=form or _form(row, sent=False),
        refusal=refusal,
        moves=moves,
        is_wrong=bool(queries.clashing([line])),
        openings=_by_room(offered[:most]),
        has_more=len(offered) > most and most == queries.OFFERED,
        failed=queries.mails_that_failed(row),
        rooms={room.id: room for room in rooms},
        local=lambda moment: clock.local(moment, g.conference.zone),
    )


def _by_room(offered: Sequence[Opening]) -> list[tuple[int, list[Opening]]]:
    """The room of the earliest first."""
    rooms: dict[int, list[Opening]] = {}
    for one in offered:
        rooms.setdefault(one.room, []).append(one)
    return list(rooms.items())


def _asked() -> queries.Asked:
    return queries.Asked(
        search=text.clean_name(request.args.get("q", ""))[:100],
        status=request.args.get("status", "")[:20],
        day=request.args.get("day", "")[:10],
    )


def _words(asked: queries.Asked) -> dict[str, Any]:
    words = {"q": asked.search, "status": asked.status, "day": asked.day}
    return {name: word for name, word in words.items() if word}


def _filters(asked: queries.Asked, counted: dict[str, int]) -> list[dict[str, Any]]:
    words = _words(asked)

    def one(label: str, status: str, count: int) -> dict[str, Any]:
        url = url_for(".meetings", **(words | {"status": status or None}))
        return {"label": label, "url": url, "current": asked.status == status, "count": count}

    return [
        one(_("All"), "", sum(counted.values())),
        *(
            one(_(STATUS_NAMES[status]), status.value, counted.get(status, 0))
            for status in Status
            if counted.get(status) or asked.status == status
        ),
    ]
