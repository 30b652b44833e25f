"""Side events at the desk: the call, the list, and what becomes of each application."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, text
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme import queries as programme
from confapp.programme.actions import side_events as actions
from confapp.programme.actions import timetable
from confapp.programme.exports.side_events import COLUMNS
from confapp.programme.forms.side_events import CallForm, DeclineForm, MergeForm
from confapp.programme.forms.timetable import PlaceForm
from confapp.programme.models import SideEvent
from confapp.programme.queries import openings
from confapp.programme.queries import side_events as queries
from confapp.programme.rules.clashes import RULE_NAMES, Slot
from confapp.programme.rules.side_events import (
    LIFE,
    MANAGE_SIDE_EVENTS,
    OPEN,
    STATUS_NAMES,
    STATUS_SHAPES,
    Status,
    closed_fault,
    is_open,
    shares,
)
from confapp.programme.views import Answer, desk, page
from confapp.programme.views.clashes import laid_out


@desk.context_processor
def side_event_words() -> dict[str, Any]:
    return {
        "may_decide_side_events": MANAGE_SIDE_EVENTS.allows(g.actor, g.conference),
        "side_event_status": lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        "lead_name": queries.lead_name,
    }


@desk.get("/side-events")
@requires(MANAGE_SIDE_EVENTS)
def side_events() -> str:
    asked, call = _asked(), queries.call()
    rows = queries.found(g.actor, asked)
    counted = queries.counts()
    return render_template(
        "programme/desk/side_events.html",
        rows=rows,
        asked=asked,
        call=call,
        is_open=is_open(call, clock.now()),
        closed=closed_fault(call, clock.now()),
        filters=_filters(asked, counted),
        is_narrowed=asked != queries.Asked(sort=asked.sort),
        total=sum(counted.values()),
        accepted=counted.get(Status.ACCEPTED, 0),
        places=queries.placed(rows),
        rooms={room.id: room.name for room in programme.rooms()},
        sorts=_sorts(),
        mergeable=OPEN,
        shared=_shared(),
        words=_words(asked),
    )


@desk.get("/side-events.<any(csv, xlsx):file_format>")
@requires(MANAGE_SIDE_EVENTS)
@limited(EXPORTS)
def side_events_file(file_format: str) -> Response:
    rows = queries.found(g.actor, _asked())
    return taken_out(table_of(_("Side events"), COLUMNS, rows), "side-events", file_format)


@desk.route("/side-events/call", methods=["GET", "POST"])
@requires(MANAGE_SIDE_EVENTS)
def side_event_call() -> Answer:
    call = queries.call()
    form, status = CallForm.of(call), 200
    if form.is_sent():
        try:
            actions.set_call(g.actor, g.conference, **form.values(), revision=form.revision.data if call else None)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The call was saved."), "good")
            return redirect(url_for(".side_events"), 303)
    return page("side_event_call", form=form, call=call)[0], 422 if form.errors and status == 200 else status


@desk.route("/side-events/merge", methods=["GET", "POST"])
@requires(MANAGE_SIDE_EVENTS)
def merge_side_events() -> Answer:
    """Shows what is joined with what before anything happens."""
    refs = (request.form if request.method == "POST" else request.args).getlist("event")[:20]
    events = [one for one in queries.events_named(refs) if one.status in OPEN]
    form, status = MergeForm.of(events, sent=request.method == "POST"), 200
    if form.is_sent():
        main = found(next((one for one in events if one.ref == form.main.data), None))
        try:
            actions.merge(g.actor, main, [one for one in events if one is not main], g.conference)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The applications were joined, and their leads are told."), "good")
            return redirect(url_for(".side_event", ref=main.ref), 303)
    body = render_template("programme/desk/side_event_merge.html", form=form, events=events)
    return body, 422 if form.errors and status == 200 else status


@desk.get("/side-events/<ref>")
@requires(MANAGE_SIDE_EVENTS)
def side_event(ref: str) -> str:
    return _page(found(queries.event(ref)))


@desk.post("/side-events/<ref>/<any(accept, wait, up, down):verb>")
@requires(MANAGE_SIDE_EVENTS)
def decide_side_event(ref: str, verb: str) -> Answer:
    event = found(queries.event(ref))
    try:
        if verb in ("up", "down"):
            actions.move_in_queue(g.actor, event, -1 if verb == "up" else 1)
            return redirect(url_for(".side_events", status=Status.WAITING.value, sort="waiting"), 303)
        {"accept": actions.accept, "wait": actions.wait}[verb](g.actor, event, g.conference)
    except Refused as refusal:
        return _page(event, refusal=refusal), refusal.status
    flash(_("Decided. A mail tells the applicant."), "good")
    return redirect(url_for(".side_event", ref=ref), 303)


@desk.post("/side-events/<ref>/decline")
@requires(MANAGE_SIDE_EVENTS)
def decline_side_event(ref: str) -> Answer:
    event, form, status = found(queries.event(ref)), DeclineForm(), 422
    if form.is_sent():
        try:
            actions.decline(g.actor, event, g.conference, form.reason.data)
            flash(_("Decided. A mail tells the applicant."), "good")
            return redirect(url_for(".side_event", ref=ref), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _page(event, form), status


@desk.post("/side-events/<ref>/place")
@requires(MANAGE_SIDE_EVENTS)
def place_side_event(ref: str) -> Answer:
    """Accepts it where that is still to be done, and gives it its time and room; what blocks is refused."""
    event = found(queries.event(ref))
    rooms = programme.rooms()
    form, status = _place_form(event, rooms, sent=True), 422
    if form.is_sent():
        assert form.starts_at is not None
        chosen = [room for room in rooms if room.ref in form.rooms.data]
        try:
            _require_no_clash(event, chosen, form.starts_at, form.minutes.data or event.minutes)
            if event.session is None:
                actions.accept(g.actor, event, g.conference)
            timetable.place(g.actor, found(event.session), chosen, form.starts_at, form.minutes.data)
            flash(_("The session has its place in the draft."), "good")
            return redirect(url_for(".side_event", ref=ref), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _page(event, place=form), status


# --- parts ------------------------------------------------------------------------------------------------------------


def _require_no_clash(event: SideEvent, rooms: Sequence[Any], starts_at: datetime, minutes: int) -> None:
    """What would keep the programme from being released is refused at once, in words."""
    now = openings.standing(event.session_id)
    slot = Slot(
        event.session_id or openings.NOWHERE,
        starts_at,
        starts_at + timedelta(minutes=minutes),
        rooms=frozenset(room.id for room in rooms),
        delegations=frozenset({event.lead_id} if event.lead_id else ()),
        audience=event.audience,
        layout=event.layout,
        equipment=frozenset(event.equipment),
    )
    for clash in now.wrong(slot):
        other = next((best(now.titles[one]) for one in clash.sessions if one in now.titles), "")
        raise Refused(": ".join(filter(None, (_(RULE_NAMES[clash.rule]), other))), 409, "rooms")


class _Unsent(PlaceForm):
    def __init__(self, **known: Any) -> None:
        super().__init__(formdata=None, **known)


def _place_form(event: SideEvent, rooms: Any, *, sent: bool = False) -> PlaceForm:
    session: Any = event.session or event  # both have a length and a revision
    placement = programme.placement(event.session) if event.session else None
    return (PlaceForm if sent else _Unsent).of(session, placement, rooms, g.conference.days[0].isoformat())


def _page(
    event: SideEvent, form: DeclineForm | None = None, *, place: PlaceForm | None = None, refusal: Refused | None = None
) -> str:
    placement = programme.placement(event.session) if event.session else None
    moves = {move.verb for move in LIFE.open_to(event, g.actor)}
    return render_template(
        "programme/desk/side_event.html",
        event=event,
        form=form or DeclineForm(formdata=None),
        place=place or (_place_form(event, programme.rooms()) if event.session or "accept" in moves else None),
        placement=placement,
        moves=moves,
        refusal=refusal,
        others=[one for one in queries.found(g.actor, queries.Asked(status=Status.MERGED)) if one.merged_into is event],
        faults=laid_out().faults(event.session_id) if placement and event.session_id else [],
        share=_shared().get(event.lead_id or event.organization),
    )


def _shared() -> Any:
    return shares(queries.found(g.actor, queries.Asked()))


def _asked() -> queries.Asked:
    sort = request.args.get("sort", "")
    return queries.Asked(
        search=text.clean_name(request.args.get("q", ""))[:100],
        status=request.args.get("status", "")[:20],
        by=request.args.get("by", "")[:20],
        sort=sort if sort in queries.SORTS else queries.SORTS[0],
    )


def _words(asked: queries.Asked) -> dict[str, Any]:
    words: dict[str, Any] = {"q": asked.search, "status": asked.status, "by": asked.by}
    sort = {"sort": asked.sort} if asked.sort != queries.SORTS[0] else {}
    return {name: word for name, word in words.items() if word} | sort


def _sorts() -> Sequence[tuple[str, str]]:
    return [
        ("handed_in", _("When handed in")),
        ("title", _("Title")),
        ("lead", _("Order of the delegations")),
        ("waiting", _("Waiting list")),
    ]


def _filters(asked: queries.Asked, counted: dict[str, int]) -> list[dict[str, Any]]:
    words = _words(asked)
    every = {
        "label": _("All handed in"),
        "url": url_for(".side_events", **(words | {"status": None})),
        "current": not asked.status,
        "count": sum(number for status, number in counted.items() if status != Status.DRAFT),
    }
    return [
        every,
        *(
            {
                "label": _(STATUS_NAMES[status]),
                "url": url_for(".side_events", **(words | {"status": status.value})),
                "current": asked.status == status,
                "count": counted.get(status, 0),
            }
            for status in Status
            if counted.get(status) or asked.status == status
        ),
    ]


def lines_of_shares() -> list[tuple[Any, Any]]:
    """Each delegation and organization with what it leads and stands behind, the most first."""
    found_shares = _shared()
    names = {one.id: one.name for one in programme.delegations()}
    lines = [(names.get(who, who) if isinstance(who, int) else who, share) for who, share in found_shares.items()]
    return sorted(lines, key=lambda line: (-line[1].led, -line[1].sponsored))


@desk.get("/side-events/shares")
@requires(MANAGE_SIDE_EVENTS)
def side_event_shares() -> str:
    return render_template("programme/desk/side_event_shares.html", lines=lines_of_shares())
