"""What is typed for places, waiting lists and zones."""

import re
from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation.languages import best, lazy
from confapp.foundation.web.forms import Form, LongTextField, TextField, TranslatedField, required
from confapp.registration.models import Category
from confapp.registration.rules.places import LONGEST_OFFER, MOST


def _places(label: Any) -> wtforms.IntegerField:
    said = lazy("Write a number from 0 to %(most)d.", most=MOST)
    return wtforms.IntegerField(
        label,
        [validators.Optional(), validators.NumberRange(0, MOST, said)],
        description=lazy("Left empty: no limit."),
    )


class WaitingForm(Form):
    """How a category treats those who come when it is full."""

    takes_waiting = wtforms.BooleanField(
        lazy("Keep a waiting list when all places are taken"),
        description=lazy("Otherwise the form says that no place is left."),
    )
    offer_hours = wtforms.IntegerField(
        lazy("Hours to accept a freed place"),
        [
            validators.InputRequired(lazy("Please fill this in.")),
            validators.NumberRange(0, LONGEST_OFFER, lazy("Write a number from 0 to %(most)d.", most=LONGEST_OFFER)),
        ],
        description=lazy("0: the next in the list has the place at once, without being asked."),
    )

    @classmethod
    def of(cls, category: Category, *, sent: bool = True) -> "WaitingForm":
        kept = {"takes_waiting": category.takes_waiting, "offer_hours": category.offer_hours}
        return cls(data=kept) if sent else cls(formdata=None, data=kept)


class CapacityForm(Form):
    capacity = _places(lazy("Places"))


class OverrideForm(Form):
    """What the office does out of turn, and why."""

    position = wtforms.IntegerField(
        lazy("Position"),
        [validators.Optional(), validators.NumberRange(1, MOST, lazy("1 is the first in the waiting list."))],
    )
    reason = LongTextField(lazy("Reason"), [required(lazy("Please give a reason."))], longest=500)


class ZoneForm(Form):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=80)
    code = TextField(
        lazy("Short name"), longest=20, description=lazy("Small letters and digits, printed on the badge; it stays.")
    )
    colour = TextField(
        lazy("Colour"), [required()], longest=7, description=lazy("As # and six digits or letters, such as #0b5a6f.")
    )
    categories = wtforms.SelectMultipleField(
        lazy("For whom"),
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("Who is accredited in one of these categories gets the zone."),
    )
    capacity = _places(lazy("People at most"))

    def __init__(self, *args: Any, offered: list[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories.choices = [(one.code, best(one.name)) for one in offered]

    def validate_colour(self, field: Any) -> None:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", field.data or ""):
            raise wtforms.ValidationError(lazy("Write a colour as # and six digits or letters, such as #0b5a6f."))
