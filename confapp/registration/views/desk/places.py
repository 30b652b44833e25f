"""Every quota of the conference with its waiting list, and what the office does by hand."""

from itertools import groupby
from typing import Any

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation import places as foundation
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Quota
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import queries
from confapp.registration.actions import waiting as actions
from confapp.registration.forms.places import CapacityForm, OverrideForm, WaitingForm
from confapp.registration.models import Registration
from confapp.registration.queries import places as place_queries
from confapp.registration.rules import MANAGE_CATEGORIES
from confapp.registration.rules.places import MANAGE_PLACES, STATE_NAMES, STATE_SHAPES, is_open_now
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.context_processor
def place_words() -> dict[str, Any]:
    return {
        "may_manage_places": MANAGE_PLACES.allows(g.actor, g.conference),
        "place_mark": lambda place: (STATE_SHAPES[place.state], _(STATE_NAMES[place.state])),
        "turn_of": place_queries.turn,
        "zones_for": place_queries.zones_for,
        "zones_open": is_open_now,
        "owner_name": place_queries.owner_name,
        "waiting_form": lambda category: WaitingForm.of(category, sent=False),
        "override_form": lambda: OverrideForm(formdata=None),
    }


@registration_desk.get("/places")
@requires(SEE_PEOPLE)
def places() -> str:
    rows = [one for one in foundation.quotas() if one.owner_kind in foundation.kinds]
    return render_template(
        "registration/desk/places.html",
        groups=_groups(rows),
        figures=foundation.figures(one.id for one in rows),
    )


@registration_desk.get("/places/<ref>")
@requires(SEE_PEOPLE)
def quota(ref: str) -> Page:
    return _page(_quota(ref))


@registration_desk.post("/places/<ref>/capacity")
@requires(MANAGE_PLACES)
def set_capacity(ref: str) -> Page:
    row, form = _quota(ref), CapacityForm()
    if form.is_sent():
        try:
            actions.set_capacity(g.actor, row, form.capacity.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The number of places was changed."), "good")
            return _to(row)
    return _page(row, form), 422


@registration_desk.post("/places/<ref>/waiting/<place>/<any(give,move,remove):verb>")
@requires(MANAGE_PLACES)
def override(ref: str, place: str, verb: str) -> Page:
    row = _quota(ref)
    waits, registration = found(place_queries.waiting_place(row, place))
    found(queries.registration(g.actor, g.conference, registration.ref))
    form, status = OverrideForm(), 422
    if form.is_sent():
        try:
            said = _override(verb, waits, registration, form)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(said, "good")
            return _to(row)
    return _page(row, override=form, chosen=place, verb=verb), status


@registration_desk.post("/registrations/<ref>/place")
@requires(MANAGE_PLACES)
def give_place(ref: str) -> Page:
    """A place for one registration above the queue; what is full grows by one."""
    registration = found(queries.registration(g.actor, g.conference, ref))
    form = OverrideForm()
    if not form.is_sent():
        raise Refused(_("Please give a reason."), 422)
    grown = actions.give_place(registration, by=g.actor, reason=form.reason.data or "")
    flash(_given(registration, grown), "good")
    return redirect(url_for(".registration", ref=ref), 303)


@registration_desk.post("/categories/<ref>/waiting")
@requires(MANAGE_CATEGORIES)
def set_waiting(ref: str) -> Page:
    row = found(queries.category(ref))
    form = WaitingForm.of(row)
    if form.is_sent():
        actions.set_waiting(g.actor, row, takes_waiting=form.takes_waiting.data, offer_hours=form.offer_hours.data or 0)
        flash(_("The waiting list was changed."), "good")
        return redirect(url_for(".category", ref=ref), 303)
    return render_template("registration/desk/waiting_list.html", form=form, category=row), settled(form)


# --- parts ------------------------------------------------------------------------------------------------------------


def _quota(ref: str) -> Quota:
    row = found(place_queries.quota_by_ref(ref))
    return found(row if row.owner_kind in foundation.kinds else None)


def _groups(rows: list[Quota]) -> list[tuple[str, list[tuple[Quota, dict[str, str]]]]]:
    """The headings in their order, each with its quotas by name."""
    by_order = sorted(rows, key=lambda one: (foundation.kinds[one.owner_kind].order, one.owner_id))
    groups = []
    for kind, members in groupby(by_order, key=lambda one: one.owner_kind):
        quotas = list(members)
        names = foundation.kinds[kind].names([one.owner_id for one in quotas])
        named = [(one, names[one.owner_id]) for one in quotas if one.owner_id in names]
        groups.append((_(foundation.kinds[kind].label), sorted(named, key=lambda pair: best(pair[1]).casefold())))
    return groups


def _page(
    row: Quota,
    form: CapacityForm | None = None,
    *,
    override: OverrideForm | None = None,
    chosen: str = "",
    verb: str = "",
) -> str:
    return render_template(
        "registration/desk/quota.html",
        quota=row,
        name=place_queries.owner_name(row),
        heading=_(foundation.kinds[row.owner_kind].label),
        figures=foundation.figures([row.id])[row.id],
        queue=place_queries.queue(g.actor, g.conference, row),
        form=form or CapacityForm(formdata=None, data={"capacity": row.capacity}),
        override=override or OverrideForm(formdata=None),
        chosen=chosen,
        verb=verb,
    )


def _override(verb: str, place: Any, registration: Registration, form: OverrideForm) -> str:
    reason, name = form.reason.data or "", registration.person.full_name
    if verb == "give":
        actions.give_waiting_place(place, registration, by=g.actor, reason=reason)
        return _("%(name)s has a place now.", name=name)
    if verb == "remove":
        actions.take_off_queue(place, registration, by=g.actor, reason=reason)
        return _("%(name)s was taken off the waiting list.", name=name)
    if form.position.data is None:
        raise Refused(_("Write a position, such as 1."), 422, "position")
    now = actions.change_position(place, registration, form.position.data, by=g.actor, reason=reason)
    return _("%(name)s is number %(number)s now.", name=name, number=now)


def _given(registration: Registration, grown: Any) -> str:
    if not grown:
        return _("%(name)s has a place now.", name=registration.person.full_name)
    return _("%(name)s has a place now; one was added where it was full.", name=registration.person.full_name)


def _to(row: Quota) -> Any:
    return redirect(url_for(".quota", ref=row.ref), 303)
