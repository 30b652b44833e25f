"""Registrations: the list, one registration with its decisions, sealed data, and decisions on several at once."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.sealing import note_reading
from confapp.foundation.web import identity
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.transactions import in_record
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.forms import CorrectionForm, ReasonForm
from confapp.registration.models import Registration
from confapp.registration.rules import (
    ACCREDIT,
    ACCREDITATION,
    OPEN_ACCESS_NEEDS,
    OPEN_PASSPORTS,
    REVIEW,
)
from confapp.registration.views import entering, questions
from confapp.registration.views.desk import accreditation
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import said, settled


@registration_desk.get("/registrations/<ref>")
@requires(SEE_PEOPLE)
def registration(ref: str) -> Page:
    return page_of(_registration(ref))


@registration_desk.route("/registrations/<ref>/correct", methods=["GET", "POST"])
@requires(ACCREDIT)
@prepare(questions.keep_uploads)
@keeps_draft
def correct(ref: str) -> Page:
    row = _registration(ref)
    form, status = entering.correction_form(row), 200
    if form.is_sent():
        try:
            entering.correct(form, row)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The correction was saved."), "good")
            return redirect(_address(row), 303)
    return _correction_page(row, form), settled(form, status)


@registration_desk.post("/registrations/<ref>/link")
@requires(ACCREDIT)
def send_link(ref: str) -> Page:
    row = _registration(ref)
    actions.send_link_again(g.actor, row)
    flash(_("A new link was mailed to %(address)s.", address=row.person.email), "good")
    return redirect(_address(row), 303)


@registration_desk.post("/registrations/<ref>/passport")
@requires(OPEN_PASSPORTS)
def open_passport_number(ref: str) -> Page:
    return _open(ref, "passport_number")


@registration_desk.post("/registrations/<ref>/birth-date")
@requires(OPEN_PASSPORTS)
def open_birth_date(ref: str) -> Page:
    return _open(ref, "birth_date")


@registration_desk.post("/registrations/<ref>/diet")
@requires(OPEN_ACCESS_NEEDS)
def open_diet(ref: str) -> Page:
    return _open(ref, "diet")


@registration_desk.post("/registrations/<ref>/access-needs")
@requires(OPEN_ACCESS_NEEDS)
def open_access_needs(ref: str) -> Page:
    return _open(ref, "access_needs")


@registration_desk.post("/registrations/<ref>/<verb>")
@requires(REVIEW)
def change_status(ref: str, verb: str) -> Page:
    row = _registration(ref)
    move, form = _move(verb), ReasonForm()
    if not form.is_sent():
        return page_of(row, form=form, verb=verb, status=422)
    version = request.form.get("version")
    if version and version != row.version:
        return page_of(row, form=form, verb=verb, refusal=_changed(), status=409)
    try:
        accreditation.decide(row, move, form.reason.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return page_of(row, form=form, verb=verb, refusal=refusal, status=refusal.status)
    return redirect(_address(row), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _registration(ref: str) -> Registration:
    return found(queries.registration(g.actor, g.conference, ref))


def _move(verb: str) -> Any:
    move = ACCREDITATION.named(verb)
    return move if move is not None and move.label else abort(404)


def _changed() -> Refused:
    return Refused(_("Somebody changed this registration since you opened it. Look at it again before you decide."))


def _open(ref: str, field: str) -> Page:
    """Shows one sealed value after its reading was noted; the answer is withheld when the note cannot be written."""
    row, form = _registration(ref), ReasonForm()
    reason = form.reason.data or "" if form.is_sent() else ""
    if not reason:
        refusal = Refused(_("Give the reason for opening it; the person sees it."), 422)
        return page_of(row, refusal=refusal, status=422)
    reading = note_reading(g.actor, row.person, field, reason, identity.address())
    in_record(lambda: db.session.add(reading))
    return page_of(row, opened={field: said(field, getattr(row.person, field))})


def page_of(
    row: Registration,
    *,
    form: ReasonForm | None = None,
    verb: str = "",
    refusal: Refused | None = None,
    opened: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Page:
    """The page of a registration, with what was refused and typed."""
    before, after = queries.next_to_decide(g.actor, g.conference, row)
    page = render_template(
        "registration/desk/registration.html",
        registration=row,
        form=form or ReasonForm(formdata=None),
        verb=verb,
        refusal=refusal,
        opened=opened or {},
        before=before,
        after=after,
        paper=queries.current_credential(row.delegation) if row.delegation else queries.current_credential(row),
        consents=queries.consents_in_force(row.person),
        readings=queries.readings(row.person),
        holds_place=queries.holds_place(row),
        typed=typed or {},
        **accreditation.beside(row),
    )
    return page, status


def _correction_page(row: Registration, form: CorrectionForm) -> str:
    return render_template("registration/desk/correct.html", registration=row, form=form)


def _address(row: Registration) -> str:
    return url_for("registration_desk.registration", ref=row.ref)
