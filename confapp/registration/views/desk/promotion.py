"""A body that registered by its printed name is moved into a delegation."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import best, ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration import actions, queries
from confapp.registration.forms.promotion import PromotionForm
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import INVITE
from confapp.registration.rules.duplicates import LEFT
from confapp.registration.rules.ways import is_nobody
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.route("/registrations/<ref>/promote", methods=["GET", "POST"])
@requires(INVITE)
def promote(ref: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    if row.delegation_id is not None:
        return redirect(url_for(".registration", ref=ref), 303)
    rows = queries.of_organization(g.actor, g.conference, row.organization)
    form, status = _form(row), 200
    ticked = request.form.getlist("with") if request.method == "POST" else [one.ref for one in _likely(row, rows)]
    chosen = [one for one in rows if one.ref in ticked]
    if form.is_sent():
        try:
            delegation = _delegation(form)
            actions.promote(g.actor, chosen, delegation)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            said = ngettext("%(num)d registration was moved.", "%(num)d registrations were moved.", len(chosen))
            flash(said, "good")
            return redirect(url_for(".delegation", ref=delegation.ref), 303)
    page = render_template(
        "registration/desk/promote.html", registration=row, rows=rows, chosen=[one.ref for one in chosen], form=form
    )
    return page, settled(form, 422 if form.form_errors and status == 200 else status)


def _likely(row: Registration, rows: Sequence[Registration]) -> list[Registration]:
    """Who is of the same body: not who merely belongs to none, nor who came for another purpose or has left."""
    is_a_body = not is_nobody(row.organization)
    alike = [one for one in rows if one.category_id == row.category_id and one.status not in LEFT]
    return [one for one in rows if one is row or (is_a_body and one in alike)]


def _form(row: Registration) -> PromotionForm:
    taken = queries.taken_parties()
    form = PromotionForm(
        delegations=[(one.ref, best(one.name)) for one in queries.ordered_delegations()],
        parties=[(one.ref, best(one.printed_names)) for one in queries.parties() if one.id not in taken],
    )
    if request.method != "POST":
        form.name.data = "" if is_nobody(row.organization) else row.organization
    return form


def _delegation(form: PromotionForm) -> Delegation:
    if form.delegation.data:
        return found(queries.delegation(g.actor, g.conference, form.delegation.data))
    if form.party.data:
        (party,) = queries.parties_by_ref([form.party.data])
        return actions.add_delegation(g.actor, g.conference, party, form.places.data)
    languages = g.conference.languages or ["en"]
    name = {languages[0]: form.name.data}
    return actions.add_own_delegation(g.actor, g.conference, name, form.places.data)
