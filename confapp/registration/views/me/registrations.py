"""A delegate's own registration."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request

from confapp.foundation import clock
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside
from confapp.registration import actions, queries, rules
from confapp.registration.forms import CorrectionForm, MemberForm, ReasonForm
from confapp.registration.models import Registration
from confapp.registration.rules import ConsentKind
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, move_named, own_registration, registration_me


@registration_me.get("/registrations/<ref>")
@checks_inside
def registration(ref: str) -> Page:
    return _registration_page(own_registration(ref))


@registration_me.route("/registrations/<ref>/correct", methods=["GET", "POST"])
@checks_inside
def correct(ref: str) -> Page:
    row = own_registration(ref)
    form, status = correction_form(row), 200
    if form.is_sent():
        try:
            actions.correct(row, form.entry(), by=g.actor, version=form.version.data, category=chosen_category(form))
            if request.form.get("then") == "submit" and row.status == rules.Status.RETURNED:
                actions.change_status(row, move_named("submit"), by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The correction was saved."), "good")
            return redirect(address(row), 303)
    fault = rules.correction_fault(row, g.conference, g.actor, clock.now())
    page = render_template("registration/me/correct.html", registration=row, form=form, fault=fault)
    return page, settled(form, status)


@registration_me.post("/registrations/<ref>/<any(submit,withdraw):verb>")
@checks_inside
def change_status(ref: str, verb: str) -> Page:
    row = own_registration(ref)
    try:
        actions.change_status(row, move_named(verb), by=g.actor, reason=ReasonForm().reason.data or "")
    except Refused as refusal:
        return _registration_page(row, refusal), refusal.status
    flash(
        _("The registration was submitted again.") if verb == "submit" else _("The registration was withdrawn."), "good"
    )
    return redirect(address(row), 303)


@registration_me.post("/registrations/<ref>/consents/<kind>")
@checks_inside
def consent(ref: str, kind: str) -> Page:
    row = own_registration(ref)
    if kind not in set(ConsentKind):
        abort(404)
    actions.change_consent(row, ConsentKind(kind), request.form.get("given") == "yes", by=g.actor)
    flash(_("Your choice was recorded."), "good")
    return redirect(address(row), 303)


@registration_me.post("/registrations/<ref>/link")
@checks_inside
def send_link(ref: str) -> Page:
    row = own_registration(ref)
    actions.send_link_again(g.actor, row)
    flash(_("A new link was mailed to %(address)s.", address=row.person.email), "good")
    return redirect(address(row), 303)


# --- parts ---


def member_form() -> MemberForm:
    form = MemberForm(language=g.language, country="")
    form.word(queries.consent_texts())
    _offer_categories(form, [(one.code, one.name) for one in queries.categories(for_delegations=True)])
    return form


def correction_form(row: Registration) -> CorrectionForm:
    form = CorrectionForm(row)
    offered = queries.categories(for_delegations=True) if row.delegation_id else queries.categories(open_to_all=True)
    choices = [(one.code, one.name) for one in offered]
    if row.category.code not in dict(choices):
        choices.insert(0, (row.category.code, row.category.name))
    _offer_categories(form, choices)
    return form


def _offer_categories(form: Any, choices: list[tuple[str, dict[str, str]]]) -> None:
    """A choice is offered where there are several."""
    if len(choices) > 1:
        form.category.choices = [(code, best(name)) for code, name in choices]
    else:
        del form.category


def chosen_category(form: Any) -> Any:
    return queries.category_by_code(form.category.data) if "category" in form else None


def _registration_page(row: Registration, refusal: Refused | None = None) -> str:
    return render_template(
        "registration/me/registration.html",
        registration=row,
        fault=rules.correction_fault(row, g.conference, g.actor, clock.now()),
        texts=queries.consent_texts(),
        consents=queries.consents_in_force(row.person),
        readings=queries.readings(row.person),
        refusal=refusal,
    )
