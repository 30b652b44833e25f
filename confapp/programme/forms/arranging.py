"""The order between sessions, and what the scheduler is asked."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import wtforms
from wtforms.validators import NumberRange, Optional

from confapp.foundation import clock, languages
from confapp.foundation.languages import N_, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form, labelled, required
from confapp.programme.forms.fields import MANY, HourField, NumberField
from confapp.programme.models import Room, Session
from confapp.programme.rules import LONGEST_SESSION
from confapp.programme.rules.arranging import SCOPES, WISHES

IMPORTANCE: dict[str, str] = {"0": N_("Not important"), "1": N_("Normal"), "2": N_("Important")}


EFFORTS: dict[str, str] = {"3": N_("A quick look"), "10": N_("Normal"), "40": N_("Thorough")}


class OrderForm(Form):
    """Two sessions by their references, the first and the one after it."""

    first = wtforms.SelectField(lazy("This session comes first"), [required()])
    then = wtforms.SelectField(lazy("and this one after it"), [required()])
    minutes = NumberField(
        lazy("Minutes between them, at least"),
        [Optional(), NumberRange(0, LONGEST_SESSION, lazy("From 0 to %(most)d minutes.", most=LONGEST_SESSION))],
        default=0,
    )
    is_rule = wtforms.BooleanField(
        lazy("It must be so"), description=lazy("Without it, it is a wish that may give way to others.")
    )

    @classmethod
    def of(cls, sessions: Sequence[Session]) -> "OrderForm":
        form = cls()
        names = [(one.ref, f"{one.code} {languages.best(one.title)}".strip()) for one in sessions]
        form.first.choices = form.then.choices = [("", _("Choose a session")), *names]
        return form


class ArrangeForm(Form):
    """What the scheduler is asked; `wish_…` for the weight of each wish."""

    scope = wtforms.RadioField(
        lazy("What to place"), [required()], choices=lambda: labelled(SCOPES), default="unplaced"
    )
    opens = HourField(lazy("Earliest hour"), [required()])
    closes = HourField(lazy("Latest hour"), [required()])
    rooms = wtforms.SelectMultipleField(lazy("Rooms that are lost"), coerce=int, **MANY)
    people = wtforms.SelectMultipleField(lazy("People who cannot come"), coerce=int, **MANY)
    since = wtforms.SelectField(lazy("From which day"))
    effort = wtforms.SelectField(lazy("Effort"), choices=lambda: labelled(EFFORTS), default="10")
    seed = NumberField(
        lazy("Seed"),
        [required(), NumberRange(1, 1_000_000, lazy("From 1 to 1,000,000."))],
        description=lazy("The same programme, seed and effort give the same proposal."),
    )

    @classmethod
    def of(cls, rooms: Sequence[Room], people: Sequence[tuple[int, str]], days: Sequence[date]) -> "ArrangeForm":
        form = cls(data={"opens": time(8), "closes": time(19), "seed": 1, "since": "", "effort": "10"})
        form.rooms.choices = [(room.id, languages.best(room.name)) for room in rooms]
        form.people.choices = list(people)
        form.since.choices = [
            ("", _("From the beginning")),
            *((day.isoformat(), filters.short_day(day)) for day in days),
        ]
        return form

    def validate_closes(self, field: Any) -> None:
        if self.opens.data and field.data and field.data <= self.opens.data:
            raise wtforms.ValidationError(_("The latest hour comes after the earliest."))

    def asked(self, conference: Any) -> dict[str, Any]:
        is_repair = self.scope.data == "repair"
        since = clock.start_of(date.fromisoformat(self.since.data), conference.zone) if self.since.data else None
        return {
            "scope": self.scope.data,
            "opens": f"{self.opens.data:%H:%M}",
            "closes": f"{self.closes.data:%H:%M}",
            "rooms": self.rooms.data if is_repair else [],
            "people": self.people.data if is_repair else [],
            "since": since.isoformat() if since and is_repair else "",
            "weights": {wish: int(self[f"wish_{wish}"].data) for wish in WISHES},
            "effort": int(self.effort.data),
            "seed": self.seed.data,
        }


for _wish, _name in WISHES.items():
    setattr(
        ArrangeForm,
        f"wish_{_wish}",
        wtforms.SelectField(lazy(_name), choices=lambda: labelled(IMPORTANCE), default="1"),
    )
