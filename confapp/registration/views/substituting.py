"""Putting somebody in another's place, from the focal point's page and from the desk: the same form, the same list."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration import actions, rules
from confapp.registration.actions.substitution import offered
from confapp.registration.forms.substitution import SubstitutionForm
from confapp.registration.models import Registration
from confapp.registration.rules.substitution import is_late, substitution_fault
from confapp.registration.views import questions
from confapp.registration.views.marks import settled


def page(row: Registration, template: str, address: Callable[[Registration], str]) -> Any:
    """The form with what would be taken over; when it was sent, the new registration."""
    is_after = is_late(g.conference, clock.now())
    form, status = SubstitutionForm.of(row, offered(row), needs_reason=is_after), 200
    questions.ask(form, category=row.category, delegation=row.delegation)
    if form.is_sent():
        try:
            made = actions.substitute(row, form.entry(), by=g.actor, taken_over=form.chosen(), reason=form.why())
            questions.save(form, made, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            words = _("%(new)s has taken the place of %(old)s.", new=made.person.full_name, old=row.person.full_name)
            flash(words, "good")
            return redirect(address(made), 303)
    fault = substitution_fault(row, g.conference, g.actor, clock.now(), "-")
    shown = render_template(
        template,
        registration=row,
        form=form,
        fault=fault.message if fault is not None else "",
        capacity_name=_(rules.CAPACITY_NAMES[row.capacity]) if row.delegation_id is not None else "",
    )
    return shown, settled(form, status)
