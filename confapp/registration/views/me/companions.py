"""Persons who accompany a member, and the question what becomes of them when the member withdraws."""

from flask import abort, flash, g, redirect, render_template

from confapp.foundation import clock
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import MemberForm
from confapp.registration.models import Category, Registration
from confapp.registration.views import entering, questions
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me


@registration_me.route("/registrations/<ref>/companions/new", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def new_companion(ref: str) -> Page:
    row = own_registration(ref)
    offered = queries.categories_of_companions(row.delegation) or abort(404)
    form, status = _form(row, offered), 200
    if form.is_sent():
        try:
            waits = entering.wishes_to_wait()
            made = actions.register_companion(g.actor, row, form.entry(), _chosen(form, offered), waits=waits)
            questions.save(form, made, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(entering.said(made), "good")
            return redirect(address(row), 303)
    page = render_template(
        "registration/me/companion.html",
        registration=row,
        form=form,
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
    )
    return page, settled(form, status)


@registration_me.get("/registrations/<ref>/withdraw")
@checks_inside
def ask_withdrawal(ref: str) -> Page:
    """Names what will happen, and asks about those who accompany."""
    row = own_registration(ref)
    if row.status not in rules.LIVING:  # back from the page that says so
        return redirect(address(row), 303)
    companions = [one for one in queries.companions(row) if one.status in rules.LIVING]
    return render_template("registration/me/withdraw.html", registration=row, companions=companions)


def _form(row: Registration, offered: list[Category]) -> MemberForm:
    form = MemberForm(language=row.person.language, country=row.person.country)
    form.offered = offered
    form.word(queries.consent_texts())
    del form.capacity
    del form.rank
    entering.offer_categories(form, [(one.code, one.name) for one in offered])
    questions.ask(form, category=offered[0] if len(offered) == 1 else None, delegation=row.delegation)
    return form


def _chosen(form: MemberForm, offered: list[Category]) -> Category:
    code = form.category.data if "category" in form else offered[0].code
    return next(one for one in offered if one.code == code)
