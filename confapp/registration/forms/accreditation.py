"""What the offices type: what stands against somebody, what is to be corrected, messages, notes and steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import wtforms
from flask import request
from wtforms import validators

from confapp.foundation.languages import best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import Form, LongTextField, TextField, TranslatedField, labelled, required
from confapp.registration import rules
from confapp.registration.models import Registration
from confapp.registration.rules import Defect, Outcome


class ClearanceForm(Form):
    outcome = wtforms.RadioField(lazy("Outcome"), [required()])
    note = LongTextField(lazy("Note for the deciding office"), longest=2000)
    version = wtforms.HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = labelled(rules.OUTCOME_NAMES)

    def said(self) -> Outcome:
        return Outcome(self.outcome.data)


class RemarkForm(Form):
    text = LongTextField(lazy("Message"), [required(lazy("Write something first."))], longest=4000)


class StepForm(Form):
    office = wtforms.SelectField(lazy("Office"), [required()])
    name = TranslatedField(lazy("Name of the step"), longest=120, description=lazy("Left empty: the office."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office.choices = labelled(rules.OFFICE_NAMES)


class DefectForm(wtforms.Form):
    """One field of the registration: ticked when it must be corrected, with a sentence that says how."""

    wrong = wtforms.BooleanField()
    text = TextField(longest=300)

    def validate_text(self, field: Any) -> None:
        if self.wrong.data and not field.data:
            raise validators.ValidationError(_("Say what should be corrected."))


@dataclass(frozen=True)
class Line:
    """A field that can be named, its label, and the two inputs for it."""

    field: str
    label: str
    form: DefectForm


class ReturnForm(Form):
    """What is sent back: a box and a sentence for each field and for each answer, and a word on the whole."""

    reason = LongTextField(
        lazy("A word on the whole"), longest=2000, description=lazy("The person and the focal point read it.")
    )
    version = wtforms.HiddenField()

    def __init__(self, registration: Registration, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = request.form if request.method == "POST" else None
        self.lines = [
            Line(field, label, DefectForm(sent, prefix=f"d-{field}-")) for field, label in returnable(registration)
        ]
        for line in self.lines:
            line.form.wrong.label.text = line.form.text.label.text = line.label
        self.parts = [line.form for line in self.lines]

    def defects(self) -> list[Defect]:
        """What was ticked; a sentence without a tick counts as ticked."""
        return [
            {"field": line.field, "text": line.form.text.data}
            for line in self.lines
            if line.form.wrong.data or line.form.text.data
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and not self.defects() and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Please give a reason.")]
            good = False
        return good


def returnable(registration: Registration) -> Iterable[tuple[str, str]]:
    """The fields of a registration that can be named, and the answers of its questionnaires by their codes."""
    left_out = {"organization"} if registration.delegation_id is not None else {"capacity", "rank"}
    for field, name in rules.FIELD_NAMES.items():
        if field not in left_out:
            yield field, _(name)
    for answer in registration.answers:
        yield answer.question.code, best(answer.question.newest.label) or answer.question.code
