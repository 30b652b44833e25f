"""The track of a category: its steps in their order, and whether two persons decide."""

from flask import flash, g, redirect, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration import actions, queries
from confapp.registration.forms.accreditation import StepForm
from confapp.registration.models import Category
from confapp.registration.rules import MANAGE_CATEGORIES, Office
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.post("/categories/<ref>/steps")
@requires(MANAGE_CATEGORIES)
def add_step(ref: str) -> Page:
    row, form = found(queries.category(ref)), StepForm()
    if not form.is_sent():
        raise Refused(_("Choose an office from the list, and a name of at most 120 characters."), 422)
    actions.add_step(g.actor, row, Office(form.office.data), form.name.data)
    flash(_("The step was added. It applies to everybody about whom nothing is decided yet."), "good")
    return _back(row)


@registration_desk.post("/categories/<ref>/steps/<step>/<any(up,down,retire):verb>")
@requires(MANAGE_CATEGORIES)
def change_step(ref: str, step: str, verb: str) -> Page:
    row = found(queries.category(ref))
    one = found(queries.step(row, step))
    if verb == "retire":
        actions.retire_step(g.actor, one)
        flash(_("The step was taken out. What was cleared at it stays on record."), "good")
    else:
        actions.move_step(g.actor, one, -1 if verb == "up" else 1)
    return _back(row)


@registration_desk.post("/categories/<ref>/four-eyes")
@requires(MANAGE_CATEGORIES)
def four_eyes(ref: str) -> Page:
    row = found(queries.category(ref))
    actions.set_four_eyes(g.actor, row, request.form.get("needed") == "yes")
    flash(_("The category was changed."), "good")
    return _back(row)


def _back(row: Category) -> Page:
    return redirect(url_for(".category", ref=row.ref, _anchor="track"), 303)
