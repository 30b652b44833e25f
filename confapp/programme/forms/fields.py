"""Fields and bases that the forms of a programme share."""

import re
from datetime import datetime
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange

from confapp.foundation import clock, languages, text
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, LongTextField, TextField, is_usable, local_time_fault
from confapp.programme.queries import kinds
from confapp.programme.rules import LONGEST_SESSION
from confapp.speakers.models import Speaker

NONE = "none"
MANY = {"option_widget": wtforms.widgets.CheckboxInput()}
STEP_FREE = {"": None, "yes": True, "no": False}


class NumberField(wtforms.IntegerField):
    """A whole number; what is not one is told by the field's range, once."""

    def process_formdata(self, values: list[str]) -> None:
        typed = values[0].strip() if values else ""
        self.data = int(typed) if typed.isdecimal() else None


class HourField(wtforms.TimeField):
    """An hour of the day, typed in 24-hour form whatever the browser's habit."""

    widget = wtforms.widgets.TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%H:%M", "%H.%M"], **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata(values)
        except ValueError as error:
            raise ValueError(_("Write an hour, such as 14:30.")) from error


def minutes_field(label: Any, *validators: Any) -> NumberField:
    said = lazy("From 1 to %(most)d minutes.", most=LONGEST_SESSION)
    return NumberField(label, [*validators, NumberRange(1, LONGEST_SESSION, said)])


class RevisionForm(Form):
    """A form that knows which state of its record it was drawn from."""

    revision = wtforms.IntegerField(widget=wtforms.widgets.HiddenInput())


class StartForm(RevisionForm):
    """A form whose `day` and `starts` together are an instant of the conference's zone, `starts_at`."""

    day: wtforms.SelectField
    starts: wtforms.TimeField
    starts_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        local = datetime.combine(datetime.fromisoformat(self.day.data).date(), self.starts.data)
        try:
            self.starts_at = clock.instant(local, g.conference.zone)
        except clock.LocalTimeError as error:
            self.starts.errors = [local_time_fault(error)]
            return False
        return True


class ListField(TextField):
    """Several short words, separated by commas; each once, in the order typed."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(self.data or ())

    def process_formdata(self, values: list[str]) -> None:
        words = text.clean(values[0] if values else None).replace("،", ",").split(",")
        self.data = list(dict.fromkeys(word.strip()[:60] for word in words if word.strip()))


class WindowsField(LongTextField):
    """Days with hours, one in a line, in the conference's zone; the data are pairs of instants."""

    data: Any
    LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
    MOST = 200

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        zone = g.conference.zone
        local = [(clock.local(begins, zone), clock.local(ends, zone)) for begins, ends in self.data or ()]
        return "\n".join(f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}" for begins, ends in local)

    def process_formdata(self, values: list[str]) -> None:
        typed = text.clean(values[0] if values else None, lines=True)[:20_000]
        self.data = []
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise ValueError(_("At most %(number)d lines.", number=self.MOST))
        self.data = [self._window(line) for line in lines]

    def _window(self, line: str) -> tuple[datetime, datetime]:
        found = self.LINE.fullmatch(line)
        try:
            if found is None:
                raise ValueError
            day = datetime.fromisoformat(found[1])
            begins, ends = (day.replace(hour=int(found[n]), minute=int(found[n + 1])) for n in (2, 4))
            if ends <= begins or not is_usable(day):
                raise ValueError
            window = clock.instant(begins, g.conference.zone), clock.instant(ends, g.conference.zone)
        except clock.LocalTimeError as error:
            raise ValueError(f"{line[:60]}: {local_time_fault(error)}") from error
        except ValueError as error:
            raise ValueError(
                _("“%(line)s” is not a day with hours, such as 2027-01-12 08:00–18:00.", line=line[:60])
            ) from error
        return window


def spoken_languages() -> list[tuple[str, str]]:
    return [(code, languages.language(code).name) for code in g.conference.languages]


def named_rows(model: Any) -> list[tuple[str, str]]:
    return [(one.ref, languages.best(one.name)) for one in kinds.rows(model)]


def windows_of(speaker: Speaker, free: bool) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
        for begins, ends, is_free in speaker.availability
        if is_free is free
    ]
