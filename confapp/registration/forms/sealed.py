"""What is asked and then sealed. Kept values are never shown in a form: left empty they stay, a tick deletes them."""

from datetime import date
from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import DayField, Form, LongTextField, NameField, TextField, labelled
from confapp.registration.rules.privacy import DIET_NAMES, OF_PERSON, written_diet

FORGET = {
    "passport_number": "forget_passport",
    "birth_date": "forget_birth",
    "diet": "forget_diet",
    "access_needs": "forget_access",
}


class SealedForm(Form):
    passport_number = NameField(lazy("Passport number"), longest=40, render_kw={"autocomplete": "off"})
    birth_date = DayField(lazy("Date of birth"), [validators.Optional()], render_kw={"autocomplete": "off"})
    diet = wtforms.SelectField(lazy("Diet"), default="")
    diet_note = TextField(
        lazy("Diet in your words"), longest=300, description=lazy("Such as an allergy that the kitchen must know of.")
    )
    access_needs = LongTextField(lazy("Access needs"), longest=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.diet.choices = [("", _("No special diet")), *labelled(DIET_NAMES)]

    def validate_birth_date(self, field: DayField) -> None:
        if isinstance(field.data, date) and field.data > clock.now().date():
            raise validators.ValidationError(_("This day is still to come."))

    def sealed_values(self) -> dict[str, str | None]:
        """What was typed, as it is sealed; None where nothing was."""
        born = self.birth_date.data
        return {
            "passport_number": self.passport_number.data or None,
            "birth_date": born.isoformat() if born else None,
            "diet": written_diet(self.diet.data or "", self.diet_note.data or "") or None,
            "access_needs": self.access_needs.data or None,
        }


class KeptSealedForm(SealedForm):
    """The same for somebody of whom something may be kept already."""

    forget_passport = wtforms.BooleanField(lazy("Delete the passport number that is kept"))
    forget_birth = wtforms.BooleanField(lazy("Delete the date of birth that is kept"))
    forget_diet = wtforms.BooleanField(lazy("Delete the diet that is kept"))
    forget_access = wtforms.BooleanField(lazy("Delete the access needs that are kept"))

    def offer_forgetting(self, person: Any) -> None:
        """Only what is kept can be deleted, and nothing is kept by the choice "no special diet" alone."""
        for name in OF_PERSON:
            if getattr(person, f"{name}_sealed") is None:
                del self[FORGET[name]]

    def sealed_values(self) -> dict[str, str | None]:
        typed = super().sealed_values()
        ticked = {name for name in OF_PERSON if FORGET[name] in self._fields and self._fields[FORGET[name]].data}
        return {name: "" if name in ticked else value for name, value in typed.items()}
