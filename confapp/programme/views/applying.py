"""Applying for a side event: focal points on the page of their delegation, organizations by a mailed link.

Both use the same pages; a `Way` says who acts, which application it is, and where each page is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from confapp.conferences.rules import FORMAT_NAMES
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.languages import best, language
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, public
from confapp.foundation.web.limits import Limit, by_address, by_field, limited
from confapp.people.rules import token_hash
from confapp.programme import queries as programme
from confapp.programme.actions import side_events as actions
from confapp.programme.forms.side_events import BeginForm, SideEventForm, SponsorForm
from confapp.programme.models import SideEvent
from confapp.programme.queries import side_events as queries
from confapp.programme.rules import LAYOUT_NAMES
from confapp.programme.rules.side_events import (
    LED,
    LINK_AFTER_CONFERENCE,
    SPEAK_FOR,
    STATUS_NAMES,
    STATUS_SHAPES,
    Status,
    closed_fault,
    is_open,
    missing,
)
from confapp.registration import queries as registrations
from confapp.registration.models import Delegation

me = Blueprint("side_events_me", __name__, url_prefix="/me/<conference>/delegations/<ref>")
open_to_all = Blueprint("side_events", __name__, url_prefix="/<conference>/side-events")
Page = Answer | str | tuple[str, int]
HOUR = timedelta(hours=1)
BEGIN = (Limit("side_event_address", 20, HOUR, by_address), Limit("side_event_email", 3, HOUR, by_field("email")))
BY_LINK = Limit("side_event_link", 60, timedelta(minutes=15), by_address)


@me.context_processor
@open_to_all.context_processor
def words() -> dict[str, Any]:
    return {
        "side_event_status": lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        "lead_name": queries.lead_name,
        "sponsor_name": queries.sponsor_name,
        "layout_name": lambda name: _(LAYOUT_NAMES[name]) if name in LAYOUT_NAMES else name,
        "format_name": lambda row: _(FORMAT_NAMES[row.format]),
        "language_name": lambda code: language(code).name,
    }


@dataclass(frozen=True)
class Way:
    """Who acts on which application, the address of each of its pages, and the way back."""

    actor: Actor
    event: SideEvent
    address: Callable[..., str]
    crumbs: list[tuple[str, str]]
    layout: str


# --- focal points -----------------------------------------------------------------------------------------------------


def spoken_for(ref: str) -> Delegation:
    """A delegation in whose name somebody may speak."""
    row = found(registrations.delegation(g.actor, g.conference, ref))
    return found(row if SPEAK_FOR.allows(g.actor, row) else None)


@me.get("/side-events")
@checks_inside
def of_delegation(ref: str) -> str:
    return _list(spoken_for(ref))


@me.route("/side-events/new", methods=["GET", "POST"])
@checks_inside
def new(ref: str) -> Page:
    delegation, call = spoken_for(ref), queries.call()
    form, status = SideEventForm.of(None, call), 200
    if form.is_sent():
        try:
            made = actions.apply_for(g.actor, delegation, form.application())
            return _kept(_own_way(delegation, made))
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    body = render_template(
        "programme/me/side_event_form.html",
        form=form,
        call=call,
        event=None,
        layout="layouts/me.html",
        crumbs=[*_crumbs(delegation), (_("New side event"), "")],
        back=url_for(".of_delegation", ref=ref),
        fault=closed_fault(call, clock.now()),
    )
    return body, 422 if form.errors and status == 200 else status


@me.get("/side-events/<event>")
@checks_inside
def own(ref: str, event: str) -> Page:
    return _page(_own(ref, event))


@me.route("/side-events/<event>/edit", methods=["GET", "POST"])
@checks_inside
def edit_own(ref: str, event: str) -> Page:
    return _edit(_own(ref, event))


@me.post("/side-events/<event>/<any(submit, withdraw):verb>")
@checks_inside
def move_own(ref: str, event: str, verb: str) -> Page:
    return _move(_own(ref, event), verb)


@me.post("/side-events/<event>/sponsors")
@checks_inside
def add_sponsor(ref: str, event: str) -> Page:
    return _add_sponsor(_own(ref, event))


@me.post("/side-events/<event>/sponsors/<sponsor>/remove")
@checks_inside
def remove_sponsor(ref: str, event: str, sponsor: str) -> Page:
    return _remove_sponsor(_own(ref, event), sponsor)


@me.post("/sponsorships/<sponsor>/<any(confirm, decline):verb>")
@checks_inside
def answer_sponsorship(ref: str, sponsor: str, verb: str) -> Page:
    """A delegation says itself whether it stands behind somebody else's side event."""
    delegation = spoken_for(ref)
    row = found(queries.sponsorship(delegation, sponsor))
    event = queries.events_of([row])[row.side_event_id]
    try:
        actions.answer_sponsorship(g.actor, event, row, g.conference, confirms=verb == "confirm")
    except Refused as refusal:
        return _list(delegation, refusal), refusal.status
    flash(_("The answer was recorded, and the lead is told."), "good")
    return redirect(url_for(".of_delegation", ref=ref), 303)


def _list(delegation: Delegation, refusal: Refused | None = None) -> str:
    call, asked = queries.call(), queries.sponsorships_of(delegation)
    return render_template(
        "programme/me/side_events.html",
        delegation=delegation,
        call=call,
        is_open=is_open(call, clock.now()),
        fault=closed_fault(call, clock.now()),
        events=queries.of_delegation(delegation),
        asked=asked,
        events_of=queries.events_of(asked),
        refusal=refusal,
    )


def _crumbs(delegation: Delegation) -> list[tuple[str, str]]:
    return [
        (_("Your pages"), url_for("people.home")),
        (best(delegation.name), url_for("registration_me.delegation", ref=delegation.ref)),
        (_("Side events"), url_for("side_events_me.of_delegation", ref=delegation.ref)),
    ]


def _own(ref: str, event: str) -> Way:
    delegation = spoken_for(ref)
    row = found(queries.event(event))
    return _own_way(delegation, found(row if row.lead_id == delegation.id else None))


def _own_way(delegation: Delegation, event: SideEvent) -> Way:
    names = {"": "own", "edit": "edit_own", "move": "move_own", "sponsors": "add_sponsor", "remove": "remove_sponsor"}

    def address(what: str = "", **values: Any) -> str:
        return url_for(f"side_events_me.{names[what]}", ref=delegation.ref, event=event.ref, **values)

    return Way(g.actor, event, address, _crumbs(delegation), "layouts/me.html")


# --- organizations ----------------------------------------------------------------------------------------------------


@open_to_all.route("", methods=["GET", "POST"])
@public
@limited(*BEGIN)
def begin() -> Page:
    """What the call says, and where an organization gets its link; it is told the same whoever is known already."""
    _refuse_draft()
    call = found(queries.call())
    form, status = BeginForm(), 200
    if form.is_sent():
        try:
            actions.begin(g.conference, form.email.data, g.language)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".sent"), 303)
    body = render_template(
        "programme/public/side_events.html", call=call, form=form, fault=closed_fault(call, clock.now())
    )
    return body, 422 if form.errors and status == 200 else status


@open_to_all.get("/sent")
@public
def sent() -> Page:
    _refuse_draft()
    return render_template("programme/public/side_event_sent.html")


@open_to_all.get("/at/<token>")
@public
def by_link(token: str) -> Page:
    return _private(lambda way: _page(way), token)


@open_to_all.route("/at/<token>/edit", methods=["GET", "POST"])
@public
@limited(BY_LINK)
def edit_by_link(token: str) -> Page:
    return _private(lambda way: _edit(way), token)


@open_to_all.post("/at/<token>/<any(submit, withdraw):verb>")
@public
@limited(BY_LINK)
def move_by_link(token: str, verb: str) -> Page:
    return _private(lambda way: _move(way, verb), token)


@open_to_all.post("/at/<token>/sponsors")
@public
@limited(BY_LINK)
def add_sponsor_by_link(token: str) -> Page:
    return _private(lambda way: _add_sponsor(way), token)


@open_to_all.post("/at/<token>/sponsors/<sponsor>/remove")
@public
@limited(BY_LINK)
def remove_sponsor_by_link(token: str, sponsor: str) -> Page:
    found(queries.event_by_link(token_hash(token)))
    return _private(lambda way: _remove_sponsor(way, sponsor), token)


def _private(work: Callable[[Way], Any], token: str) -> Response:
    """Kept by no cache and found by no search; of a link that works no more nobody learns what it was for."""
    event = queries.event_by_link(token_hash(token))
    if event is None or clock.now() >= g.conference.ends_at + LINK_AFTER_CONFERENCE:
        if not g.conference.is_public:
            abort(404)
        answer = make_response(render_template("programme/public/side_event_spent.html"), 410)
    else:
        answer = make_response(work(_link_way(event, token)))
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _link_way(event: SideEvent, token: str) -> Way:
    names = {
        "": "by_link",
        "edit": "edit_by_link",
        "move": "move_by_link",
        "sponsors": "add_sponsor_by_link",
        "remove": "remove_sponsor_by_link",
    }

    def address(what: str = "", **values: Any) -> str:
        return url_for(f"side_events.{names[what]}", token=token, **values)

    holder = Actor(email=event.contact_email, name=event.contact_name or event.organization)
    return Way(holder, event, address, [], "layouts/public.html")


def _refuse_draft() -> None:
    if not g.conference.is_public:
        abort(404)


# --- the pages of both ------------------------------------------------------------------------------------------------


def _page(way: Way, refusal: Refused | None = None, sponsor_form: SponsorForm | None = None) -> str:
    event, call = way.event, queries.call()
    in_time = is_open(call, clock.now())
    return render_template(
        "programme/me/side_event.html",
        way=way,
        event=event,
        call=call,
        layout=way.layout,
        crumbs=[*way.crumbs, (_("Side event"), "")] if way.crumbs else [],
        may_edit=in_time and event.status in (Status.DRAFT, Status.SUBMITTED),
        may_submit=in_time and event.status == Status.DRAFT,
        may_withdraw=event.status in (Status.DRAFT, *LED),
        may_name=event.status in (Status.DRAFT, *LED),
        owed=missing(event) if event.status == Status.DRAFT else None,
        fault=closed_fault(call, clock.now()),
        form=sponsor_form or SponsorForm.of(event, sent=False),
        released=queries.released(event),
        refusal=refusal,
    )


def _edit(way: Way) -> Page:
    event, call = way.event, queries.call()
    form, status = SideEventForm.of(event, call), 200
    if form.is_sent():
        try:
            actions.change(way.actor, event, form.application(), revision=form.revision.data)
            return _kept(way)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    body = render_template(
        "programme/me/side_event_form.html",
        form=form,
        call=call,
        event=event,
        layout=way.layout,
        crumbs=[*way.crumbs, (_("Side event"), way.address())] if way.crumbs else [],
        back=way.address(),
        fault=closed_fault(call, clock.now()),
    )
    return body, 422 if form.errors and status == 200 else status


def _kept(way: Way) -> Page:
    """Saved; with the button that hands it in, that too: what is missing for it is refused beside its field."""
    if request.form.get("then") == "submit" and way.event.status == Status.DRAFT:
        actions.submit(way.actor, way.event, g.conference)
        flash(_("The application was handed in. A mail confirms it."), "good")
    else:
        flash(_("The application was saved."), "good")
    return redirect(way.address(), 303)


def _move(way: Way, verb: str) -> Page:
    try:
        {"submit": actions.submit, "withdraw": actions.withdraw}[verb](way.actor, way.event, g.conference)
    except Refused as refusal:
        return _page(way, refusal), refusal.status
    flash(
        _("The application was handed in. A mail confirms it.") if verb == "submit" else _("It was withdrawn."), "good"
    )
    return redirect(way.address(), 303)


def _add_sponsor(way: Way) -> Page:
    form, status = SponsorForm.of(way.event), 422
    if form.is_sent():
        chosen = next((one for one in programme.delegations() if one.ref == form.delegation.data), None)
        try:
            actions.add_sponsor(
                way.actor, way.event, g.conference, delegation=chosen, organization=form.organization.data
            )
            return redirect(way.address(_anchor="sponsors"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _page(way, sponsor_form=form), status


def _remove_sponsor(way: Way, ref: str) -> Page:
    sponsor = found(next((one for one in way.event.sponsors if one.ref == ref), None))
    try:
        actions.remove_sponsor(way.actor, way.event, sponsor)
    except Refused as refusal:
        return _page(way, refusal), refusal.status
    return redirect(way.address(_anchor="sponsors"), 303)
