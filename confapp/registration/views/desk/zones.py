"""Zones of the venue, and giving or taking one by hand."""

from flask import flash, g, redirect, render_template, request, url_for

from confapp.conferences.models import Zone
from confapp.foundation import places as foundation
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import queries
from confapp.registration.actions import zones as actions
from confapp.registration.forms.places import OverrideForm, ZoneForm
from confapp.registration.queries import places as place_queries
from confapp.registration.rules.places import MANAGE_PLACES, ZONE
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled

VERBS = {"close": actions.close_zone, "reopen": actions.reopen_zone}


@registration_desk.get("/zones")
@requires(SEE_PEOPLE)
def zones() -> str:
    rows = place_queries.zones(with_closed=True)
    quotas = {quota.owner_id: quota for quota in queries.quotas_of(ZONE, (row.id for row in rows))}
    return render_template(
        "registration/desk/zones.html",
        zones=rows,
        quotas=quotas,
        figures=foundation.figures(quota.id for quota in quotas.values()),
        names={one.code: one.name for one in queries.categories()},
    )


@registration_desk.route("/zones/new", methods=["GET", "POST"])
@requires(MANAGE_PLACES)
def new_zone() -> Page:
    form = ZoneForm(offered=list(queries.categories()), colour="#5b5b55")
    if form.is_sent():
        try:
            actions.add_zone(
                g.actor,
                g.conference,
                form.code.data or "",
                name=form.name.data,
                colour=form.colour.data or "",
                categories=form.categories.data or [],
                capacity=form.capacity.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The zone was added."), "good")
            return redirect(url_for(".zones"), 303)
    return render_template("registration/desk/zone.html", form=form, zone=None, quota=None), settled(form)


@registration_desk.route("/zones/<ref>", methods=["GET", "POST"])
@requires(MANAGE_PLACES)
def zone(ref: str) -> Page:
    row = found(place_queries.zone(ref))
    form = _form(row)
    if form.is_sent():
        try:
            actions.change_zone(
                g.actor,
                row,
                name=form.name.data,
                colour=form.colour.data or "",
                categories=form.categories.data or [],
                capacity=form.capacity.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The zone was changed."), "good")
            return redirect(url_for(".zones"), 303)
    quota = foundation.find_quota(row)
    return render_template("registration/desk/zone.html", form=form, zone=row, quota=quota), settled(form)


@registration_desk.post("/zones/<ref>/<any(close,reopen):verb>")
@requires(MANAGE_PLACES)
def change_zone(ref: str, verb: str) -> Page:
    VERBS[verb](g.actor, found(place_queries.zone(ref)))
    flash(_("The zone was closed.") if verb == "close" else _("The zone is open again."), "good")
    return redirect(url_for(".zones"), 303)


@registration_desk.post("/registrations/<ref>/zones")
@requires(MANAGE_PLACES)
def zone_by_hand(ref: str) -> Page:
    """Gives one registration a zone, or takes it; each with a reason in the ledger."""
    registration = found(queries.registration(g.actor, g.conference, ref))
    row, form = found(place_queries.zone(request.form.get("zone", ""))), OverrideForm()
    if not form.is_sent():
        raise Refused(_("Please give a reason."), 422)
    reason = form.reason.data or ""
    if request.form.get("do") == "withdraw":
        actions.withdraw_zone(registration, row, by=g.actor, reason=reason)
        flash(_("The zone was taken away."), "good")
    elif actions.grant_zone(registration, row, by=g.actor, reason=reason):
        flash(_("The zone was given."), "good")
    else:
        flash(_("The zone is full: the person waits for it."), "attention")
    return redirect(url_for(".registration", ref=ref), 303)


def _form(row: Zone) -> ZoneForm:
    quota = foundation.find_quota(row)
    form = ZoneForm(
        offered=list(queries.categories()),
        data={
            "name": row.name,
            "colour": row.colour,
            "categories": list(row.categories),
            "capacity": quota.capacity if quota is not None else None,
        },
    )
    del form.code
    return form
