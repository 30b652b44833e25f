"""Into which delegation a body is moved that registered by its printed name."""

from typing import Any

import wtforms

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, NameField
from confapp.registration.forms.categories import places_field
from confapp.registration.forms.people import OpenSelectField


class PromotionForm(Form):
    delegation = OpenSelectField(lazy("A delegation of the list"), default="")
    party = OpenSelectField(
        lazy("Or an entry of the catalogue"), default="", description=lazy("It is added to the list.")
    )
    name = NameField(lazy("Or a name of its own"), description=lazy("Added to the list under this name."))
    places = places_field(lazy("Places of a new delegation"))

    def __init__(self, *args: Any, delegations: list[Any], parties: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegation.choices = [("", ""), *delegations]
        self.party.choices = [("", ""), *parties]

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        chosen: list[wtforms.Field] = [field for field in (self.delegation, self.party, self.name) if field.data]
        if len(chosen) != 1:
            self.form_errors = [*self.form_errors, _("Choose one: a delegation, an entry of the catalogue or a name.")]
            return False
        return good
