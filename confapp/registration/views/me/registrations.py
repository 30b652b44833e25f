"""A delegate's own registration."""

from flask import abort, flash, g, redirect, render_template, request

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import ReasonForm
from confapp.registration.models import Registration
from confapp.registration.queries import agreements as consent_queries
from confapp.registration.rules import ConsentKind
from confapp.registration.views import entering, questions
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, move_named, own_registration, registration_me


@registration_me.get("/registrations/<ref>")
@checks_inside
def registration(ref: str) -> Page:
    return registration_page(own_registration(ref))


@registration_me.route("/registrations/<ref>/correct", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def correct(ref: str) -> Page:
    row = own_registration(ref)
    form, status = entering.correction_form(row), 200
    if form.is_sent():
        try:
            entering.correct(form, row)
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
    reason = ReasonForm().reason.data or ""
    try:
        if verb == "withdraw":
            chosen = set(request.form.getlist("with"))
            leaving = [one for one in queries.companions(row) if one.ref in chosen]
            actions.withdraw_with(row, leaving, by=g.actor, reason=reason)
        elif row.status == rules.Status.DRAFT:
            raise Refused(_("Fill in the registration first; it is sent at the end of its form."))
        else:
            actions.change_status(row, move_named(verb), by=g.actor, reason=reason)
    except Refused as refusal:
        return registration_page(row, refusal), refusal.status
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
    try:
        actions.change_consent(row, ConsentKind(kind), request.form.get("given") == "yes", by=g.actor)
    except Refused as refusal:
        return registration_page(row, refusal), refusal.status
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


def registration_page(row: Registration, refusal: Refused | None = None, *, typed: str = "") -> str:
    return render_template(
        "registration/me/registration.html",
        registration=row,
        fault=rules.correction_fault(row, g.conference, g.actor, clock.now()),
        agreements=consent_queries.standing(row.person),
        readings=queries.readings(row.person),
        companions=queries.companions(row),
        unanswered=questions.unanswered([row]).get(row.id, []),
        may_add_companion=_may_add_companion(row),
        refusal=refusal,
        typed=typed,
        conversation=queries.conversation(row),
        ledger=queries.ledger_of(row, for_office=False),
        may_replace=row.status in rules.REGISTERED and rules.SUBSTITUTE.allows(g.actor, row),
    )


def _may_add_companion(row: Registration) -> bool:
    is_open = row.status in rules.LIVING and rules.deadline_fault(g.conference, g.actor, clock.now()) is None
    return is_open and row.accompanies_id is None and bool(queries.categories_of_companions(row.delegation))
