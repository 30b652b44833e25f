"""A delegate's own registration."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, request

from confapp.foundation import clock
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import CorrectionForm, MemberForm, ReasonForm
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.queries import agreements as consent_queries
from confapp.registration.rules import ACCREDIT, ConsentKind
from confapp.registration.rules.asking import PREFIX
from confapp.registration.rules.photos import is_own_face
from confapp.registration.views import questions
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
    form, status = correction_form(row), 200
    if form.is_sent():
        try:
            actions.correct(row, form.entry(), by=g.actor, version=form.version.data, category=chosen_category(form))
            questions.save(form, row, by=g.actor)
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


def member_form(delegation: Delegation) -> MemberForm:
    form = MemberForm(language=g.language, country="")
    offered = form.offered = queries.categories_for(delegation)
    offer_categories(form, [(one.code, one.name) for one in offered])
    questions.ask(form, category=offered[0] if len(offered) == 1 else None, delegation=delegation)
    return form


def correction_form(row: Registration) -> CorrectionForm:
    """Its person alone leaves the address, the language and the rank to other pages and other people."""
    answers = row.delegation_id in g.actor.delegations(row.conference_id) or ACCREDIT.allows(g.actor, row)
    form = CorrectionForm(row, by_person=not answers and is_own_face(g.actor, row))
    offer_categories(form, _categories_of(row))
    questions.ask(form, registration=row)
    _name_defects(form, row.defects)
    return form


def _name_defects(form: Any, defects: dict[str, str]) -> None:
    """What a return asks for, beside the field or the question that it names."""
    for part in filter(None, (form, form.questions)):
        for name, text in defects.items():
            field = part._fields.get(name) or part._fields.get(f"{PREFIX}{name}")
            if field is not None:
                field.defect = text


def _categories_of(row: Registration) -> list[tuple[str, dict[str, str]]]:
    """The categories that a registration may be moved to; its own is one of them."""
    offered: Sequence[Category]
    if row.accompanies_id is not None:
        offered = queries.categories_of_companions(row.delegation)
    elif row.delegation is not None:
        offered = queries.categories_for(row.delegation)
    else:
        offered = queries.categories(open_to_all=True)
    choices = [(one.code, one.name) for one in offered]
    return choices if row.category.code in dict(choices) else [(row.category.code, row.category.name), *choices]


def offer_categories(form: Any, choices: list[tuple[str, dict[str, str]]]) -> None:
    """A choice is offered where there are several."""
    if len(choices) > 1:
        form.category.choices = [(code, best(name)) for code, name in choices]
    else:
        del form.category


def chosen_category(form: Any) -> Any:
    """The category that was chosen, or the only one that the form could offer."""
    if "category" in form:
        return queries.category_by_code(form.category.data)
    offered: Sequence[Category] = getattr(form, "offered", ())
    return offered[0] if len(offered) == 1 else None


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
