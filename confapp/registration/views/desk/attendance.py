"""Noting attendance at a door, one number after another: for those who see no lists of people."""

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import requires
from confapp.registration import actions, queries
from confapp.registration.forms.attendance import NumberForm
from confapp.registration.rules.figures import NOTE_ATTENDANCE
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk


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


def _page(number: str = "", form: NumberForm | None = None) -> Page:
    """Exactly one person, by the whole number; nothing can be browsed here."""
    row = queries.numbered(number) if number else None
    form = form or NumberForm(formdata=None, number=number)
    if number and row is None:
        form.refuse(Refused(_("Nobody is registered under this number."), 422, "number"))
    page = render_template("registration/desk/attendance.html", form=form, registration=row)
    return page, 422 if request.method == "POST" else 200
