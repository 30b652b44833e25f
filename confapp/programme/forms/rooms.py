"""Rooms: size, layouts, equipment, hours, halls that are joined."""

from collections.abc import Sequence
from typing import Any

import wtforms
from wtforms.validators import NumberRange, Optional

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import TextField, TranslatedField
from confapp.programme.forms.fields import MANY, STEP_FREE, ListField, NumberField, RevisionForm, WindowsField
from confapp.programme.models import Room
from confapp.programme.rules import LAYOUT_NAMES


class LayoutsField(wtforms.FormField):
    """The number of seats in each layout that a room offers; the data are those that were filled in."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(self._parts, label, **kwargs)

    def _parts(self, formdata: Any = None, obj: Any = None, prefix: str = "", **data: Any) -> wtforms.Form:
        seats = [Optional(), NumberRange(1, 100_000, lazy("Write a number from 1 to 100,000."))]
        fields = {name: NumberField(_(label), seats) for name, label in LAYOUT_NAMES.items()}
        made: wtforms.Form = type("Layouts", (wtforms.Form,), fields)(formdata, prefix=prefix, data=self._kept)
        return made

    _kept: dict[str, int] = {}

    def process(self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None) -> None:
        self._kept = dict(data) if isinstance(data, dict) else {}
        self.object_data = self._kept
        self.form = self._parts(formdata, prefix=self.name + self.separator)

    @property
    def data(self) -> dict[str, int]:
        return {name: seats for name, seats in self.form.data.items() if seats}


class RoomForm(RevisionForm):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=80)
    capacity = NumberField(
        lazy("Seats"), [Optional(), NumberRange(1, 100_000, lazy("Write a number from 1 to 100,000."))]
    )
    layouts = LayoutsField(lazy("Seats by layout"), description=lazy("Leave empty what this room does not offer."))
    step_free = wtforms.SelectField(
        lazy("Reached without steps"),
        choices=lambda: [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
    )
    note = TranslatedField(lazy("Note"), description=lazy("Such as the floor or how to find it."))
    area = TextField(
        lazy("Area"),
        longest=60,
        description=lazy("Such as East wing; between rooms of one area nobody needs time to walk."),
    )
    equipment = ListField(
        lazy("Equipment"), longest=1000, description=lazy("Separated by commas, such as projector, lectern.")
    )
    booths = NumberField(
        lazy("Interpreters' booths"), [Optional(), NumberRange(0, 50, lazy("Write a number from 0 to 50."))]
    )
    buffer_minutes = NumberField(
        lazy("Minutes between two sessions"),
        [Optional(), NumberRange(0, 600, lazy("Write a number from 0 to 600."))],
        description=lazy("To leave, clean and set up."),
    )
    open = WindowsField(
        lazy("Open only"),
        description=lazy("One line for each day, such as 2027-01-12 08:00–18:00. Empty: always."),
    )
    shut = WindowsField(lazy("Not to be used"), description=lazy("Lines of the same kind, such as for a rehearsal."))
    joins = wtforms.SelectMultipleField(
        lazy("Made by joining"), description=lazy("A hall and its parts are never used at once."), **MANY
    )

    @classmethod
    def of(cls, room: Room | None, rooms: Sequence[Room] = ()) -> "RoomForm":
        form = cls(**cls._known(room)) if room is not None else cls()
        form.joins.choices = [(one.ref, languages.best(one.name)) for one in rooms if one is not room]
        return form

    @staticmethod
    def _known(room: Room) -> dict[str, Any]:
        same = ("name", "capacity", "layouts", "note", "area", "equipment", "booths", "buffer_minutes", "revision")
        return {name: getattr(room, name) for name in same} | {
            "step_free": next(name for name, value in STEP_FREE.items() if value is room.is_step_free),
            "open": [(one.starts_at, one.ends_at) for one in room.hours if one.is_open],
            "shut": [(one.starts_at, one.ends_at) for one in room.hours if not one.is_open],
            "joins": [one.part.ref for one in room.parts],
        }

    def values(self, rooms: Sequence[Room]) -> dict[str, Any]:
        same = ("name", "capacity", "layouts", "note", "area", "equipment", "open", "shut")
        return {name: self[name].data for name in same} | {
            "is_step_free": STEP_FREE[self.step_free.data],
            "booths": self.booths.data or 0,
            "buffer_minutes": self.buffer_minutes.data or 0,
            "parts": [one for one in rooms if one.ref in (self.joins.data or ())],
        }
