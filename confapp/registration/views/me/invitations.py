"""A focal point invites members to fill in themselves; they do, or the focal point does it in their place."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, places
from confapp.foundation.languages import best, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import CompletionForm, InvitationsForm
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.rules import Status
from confapp.registration.rules.photos import is_own_face
from confapp.registration.views import questions
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import (
    Page,
    address,
    own_delegation,
    own_registration,
    registration_me,
)


@registration_me.route("/delegations/<ref>/members/invite", methods=["GET", "POST"])
@checks_inside
def invite(ref: str) -> Page:
    row = own_delegation(ref)
    offered = queries.categories_to_invite_in(row) or abort(404)
    form, status = _invitations_form(offered), 200
    if form.is_sent():
        try:
            made = _invited(row, offered, form)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            sent = ngettext("%(num)d member was invited.", "%(num)d members were invited.", len(made))
            flash(sent + " " + _("A place is held for each until they have filled in."), "good")
            return redirect(address(row), 303)
    page = render_template(
        "registration/me/invite.html",
        delegation=row,
        form=form,
        quota=places.find_quota(row),
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
    )
    return page, settled(form, status)


@registration_me.post("/registrations/<ref>/remind")
@checks_inside
def remind(ref: str) -> Page:
    row = own_registration(ref)
    actions.remind_member(g.actor, row)
    flash(_("A reminder with a new link was mailed to %(address)s.", address=row.person.email), "good")
    return redirect(address(row.delegation or row), 303)


@registration_me.route("/registrations/<ref>/complete", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def complete(ref: str) -> Page:
    row = own_registration(ref)
    if row.status != Status.DRAFT:
        return redirect(address(row), 303)
    form, status, submit = CompletionForm(row), 200, request.form.get("then") != "save"
    form.word(queries.consent_texts())
    part = questions.ask(form, registration=row)
    if not submit:
        form.data_use.validators = []
        if part is not None:
            part.is_draft = True
    if form.is_sent():
        try:
            actions.complete(row, form.entry(), by=g.actor, version=form.version.data, submit=submit)
            questions.save(form, row, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return _completed(row, submit)
    page = render_template(
        "registration/me/complete.html",
        registration=row,
        form=form,
        is_own=is_own_face(g.actor, row),
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
    )
    return page, settled(form, status)


def _completed(row: Registration, submitted: bool) -> Page:
    if not submitted:
        flash(_("Saved. It counts once it is sent."), "good")
        return redirect(url_for(".complete", ref=row.ref), 303)
    flash(_("The registration was sent. Its reference is %(number)s.", number=row.number), "good")
    return redirect(address(row), 303)


def _invitations_form(offered: list[Category]) -> InvitationsForm:
    form = InvitationsForm.of(language=g.language)
    form.category.choices = [(one.code, best(one.name)) for one in offered]
    if len(offered) == 1:
        del form.category
    return form


def _invited(row: Delegation, offered: list[Category], form: InvitationsForm) -> list[Registration]:
    code = form.category.data if "category" in form else offered[0].code
    category = next(one for one in offered if one.code == code)
    return actions.invite_members(g.actor, row, form.lines(), category, form.language.data)
