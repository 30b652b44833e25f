"""What is typed for the order of delegations."""

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation import languages
from confapp.foundation.languages import best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import Form, MomentField, labelled, languages_of_page, required
from confapp.registration.models import Delegation, DelegationOrder
from confapp.registration.rules import HostPlace
from confapp.registration.rules.order import HOST_PLACE_NAMES, Rule


class OrderForm(Form):
    """A rule; `first` offers the seat that was drawn and no other."""

    language = wtforms.SelectField(lazy("Alphabetical in"), [validators.DataRequired()])
    kinds_apart = wtforms.BooleanField(lazy("States first, then organizations, then others"))
    host = wtforms.SelectField(lazy("Host"), [validators.Optional()])
    host_place = wtforms.SelectField(lazy("Place of the host"), [validators.DataRequired()])
    begin = wtforms.RadioField(lazy("First seat"), [validators.DataRequired()])
    seen = wtforms.HiddenField()

    def __init__(self, rows: Iterable[Delegation], order: DelegationOrder | None, **kwargs: Any) -> None:
        self.by_ref = {row.ref: row for row in rows}
        self.order = order
        super().__init__(data=_standing(order), **kwargs)
        self.language.choices = [(code, languages.language(code).name) for code in languages_of_page()]
        self.host_place.choices = labelled(HOST_PLACE_NAMES)
        self.host.choices = [("", _("None")), *((ref, best(row.name)) for ref, row in self.by_ref.items())]
        self.begin.choices = [("alphabet", _("The first in the alphabet"))]
        if order is not None and order.drawn is not None:
            drawn = _("%(name)s, as drawn; the others follow and wrap around", name=best(order.drawn.name))
            self.begin.choices.append(("drawn", drawn))

    def rule(self) -> Rule:
        host = self.by_ref.get(self.host.data or "")
        return Rule(
            language=self.language.data,
            host_place=HostPlace(self.host_place.data),
            host=host.id if host is not None else None,
            first=self.order.drawn_id if self.order is not None and self.begin.data == "drawn" else None,
            kinds_apart=self.kinds_apart.data,
        )


def _standing(order: DelegationOrder | None) -> dict[str, Any]:
    """The rule in force, and the drawn seat when there is one that it did not begin with."""
    if order is None:
        return {"language": languages_of_page()[0], "kinds_apart": True, "host_place": "in_order", "begin": "alphabet"}
    offered = languages_of_page()
    return {
        "language": order.language if order.language in offered else offered[0],
        "kinds_apart": order.kinds_apart,
        "host": order.host.ref if order.host is not None else "",
        "host_place": order.host_place.value,
        "begin": "drawn" if order.drawn_id is not None else "alphabet",
    }


class DrawnForm(Form):
    """A seat that was drawn by hand."""

    drawn = wtforms.SelectField(lazy("Delegation that was drawn"), [required()])
    drawn_at = MomentField(lazy("Drawn on"), [required()])

    def __init__(self, rows: Iterable[Delegation], **kwargs: Any) -> None:
        self.by_ref = {row.ref: row for row in rows}
        super().__init__(**kwargs)
        self.drawn.choices = [("", "–"), *((ref, best(row.name)) for ref, row in self.by_ref.items())]


class PositionForm(Form):
    position = wtforms.IntegerField(
        lazy("Position"), [required(), validators.NumberRange(1, 10_000, lazy("Write a number from 1 to 10000."))]
    )
