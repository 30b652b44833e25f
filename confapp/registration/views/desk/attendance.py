"""Noting attendance at a door, one number after another: for those who see no lists of people."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import found, prepare, requires
from confapp.registration import actions, queries
from confapp.registration.forms.attendance import NumberForm
from confapp.registration.models import Registration
from confapp.registration.queries.questions import asked_of
from confapp.registration.rules import LIVING, Status
from confapp.registration.rules.figures import NOTE_ATTENDANCE
from confapp.registration.rules.questions import AskedAt
from confapp.registration.views import questions
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.get("/attendance")
@requires(NOTE_ATTENDANCE)
def attendance() -> Page:
    number = asked("number")
    return _page(number) if number else _page()


@registration_desk.post("/attendance")
@requires(NOTE_ATTENDANCE)
def note_by_number() -> Page:
    form = NumberForm()
    if not form.is_sent():
        return _page(form=form)
    number = form.number.data or ""
    row = queries.numbered(number)
    if row is None:
        return _page(number)
    takes_back = request.form.get("do") == "take_back"
    try:
        (actions.take_back_attended if takes_back else actions.note_attended)(g.actor, [row])
    except Refused as refusal:
        form.refuse(Refused(refusal.message, 422, "number"))
        return _page(number, form)
    flash(_("The attendance was taken back.") if takes_back else _("Attendance was noted."), "good")
    return redirect(url_for(".attendance", number=row.number), 303)


@registration_desk.route("/attendance/<number>/asked/<sheet>", methods=["GET", "POST"])
@requires(NOTE_ATTENDANCE)
@prepare(questions.keep_uploads)
@keeps_draft
def ask_at_gate(number: str, sheet: str) -> Page:
    """What is asked at the door, of the one person whose number was typed there."""
    row = found(queries.numbered(number))
    one = found(next((one for one in asked_of(row, AskedAt.AT_GATE) if one.ref == sheet), None))
    back = url_for(".attendance", number=row.number)
    form, status = questions.sheet_form(one, row), 200
    if form.is_sent():
        try:
            questions.save(form, row, by=g.actor, at_gate=True)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The answers were saved."), "good")
            return redirect(back, 303)
    page = render_template("registration/desk/ask_at_gate.html", registration=row, row=one, form=form, back=back)
    return page, settled(form, status)


def _sheets(row: Registration | None) -> list[Any]:
    """What is asked of somebody at the gate; of those who may pass it."""
    return asked_of(row, AskedAt.AT_GATE) if row is not None and row.status == Status.ACCREDITED else []


def _nobody(number: str) -> str:
    """An old badge is no slip in typing. Whose it was is not said, but under which number somebody came instead."""
    gone = queries.ended(number)
    if gone is None:
        return _("Nobody is registered under this number.")
    came = next((one for one in gone.replaced_by if one.status in LIVING), None)
    if came is None:
        return _("This registration has ended: nobody enters with it.")
    return _("This registration has ended: nobody enters with it. %(number)s came in its place.", number=came.number)


def _page(number: str = "", form: NumberForm | None = None) -> Page:
    """Exactly one person, by the whole number; nothing can be browsed here."""
    row = queries.numbered(number) if number else None
    form = form or NumberForm(formdata=None, number=number)
    if number and row is None:
        form.refuse(Refused(_nobody(number), 422, "number"))
    page = render_template("registration/desk/attendance.html", form=form, registration=row, sheets=_sheets(row))
    return page, 422 if request.method == "POST" else 200
