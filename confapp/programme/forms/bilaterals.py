"""Asking for a meeting, other times for it, who comes, and its room."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form, TextField, required
from confapp.programme.forms.fields import MANY, HourField, NumberField, RevisionForm, StartForm, WindowsField
from confapp.programme.models import Bilateral, Room
from confapp.programme.rules.bilaterals import LONGEST, SMALL, windows
from confapp.registration.models import Delegation, Registration

WISHES = lazy("One line for each, such as 2027-01-12 14:00–16:00, in the conference's zone.")


class AskForm(Form):
    asked = wtforms.SelectField(lazy("With which delegation"), [required(lazy("Choose a delegation."))])
    subject = TextField(
        lazy("Subject"),
        longest=300,
        description=lazy("Read by the other delegation and the protocol office, and by nobody else."),
    )
    minutes = NumberField(
        lazy("Length in minutes"),
        [required(), NumberRange(5, LONGEST, lazy("From 5 to %(most)d minutes.", most=LONGEST))],
    )
    people = NumberField(
        lazy("People expected"),
        [Optional(), NumberRange(2, 500, lazy("Write a number from 2 to 500."))],
        description=lazy("Of both delegations together."),
    )
    wishes = WindowsField(lazy("Times that would suit"), description=WISHES)

    @classmethod
    def of(cls, delegations: Sequence[Delegation]) -> "AskForm":
        form = cls(minutes=30)
        form.asked.choices = [("", _("Choose")), *((one.ref, languages.best(one.name)) for one in delegations)]
        return form


class ProposeForm(RevisionForm):
    wishes = WindowsField(
        lazy("Times that would suit"), [required(lazy("Write at least one time."))], description=WISHES
    )

    @classmethod
    def of(cls, row: Bilateral, *, sent: bool = True) -> "ProposeForm":
        known: dict[str, Any] = {"wishes": windows(row), "revision": row.revision}
        return cls(**known) if sent else cls(formdata=None, **known)


class MembersForm(Form):
    people = wtforms.SelectMultipleField(
        lazy("Who comes beside the head of delegation"),
        description=lazy("No meeting is placed where one of them is needed elsewhere."),
        **MANY,
    )

    @classmethod
    def of(cls, row: Bilateral, members: Sequence[Registration], *, sent: bool = True) -> "MembersForm":
        named = {one.person_id for one in row.members}
        known = [one.ref for one in members if one.person_id in named]
        form = cls(people=known) if sent else cls(formdata=None, people=known)
        form.people.choices = [(one.ref, one.person.full_name) for one in members]
        return form


class RoomForm(StartForm):
    """A day, an hour and a room; a suggestion sends the same fields."""

    day = wtforms.SelectField(lazy("Day"), [required()])
    starts = HourField(lazy("Start"), [required(lazy("Write an hour, such as 14:30."))])
    room = wtforms.SelectField(lazy("Room"), [required(lazy("Choose a room."))])

    @classmethod
    def of(cls, row: Bilateral, rooms: Sequence[Room], placement: Any, *, sent: bool = True) -> "RoomForm":
        known: dict[str, Any] = {"revision": row.revision}
        if placement is not None:
            starts = clock.local(placement.starts_at, g.conference.zone)
            known |= {"day": starts.date().isoformat(), "starts": starts.time()}
            known["room"] = placement.rooms[0].room.ref if placement.rooms else ""
        form = cls(**known) if sent else cls(formdata=None, **known)
        form.day.choices = [(one.isoformat(), filters.short_day(one)) for one in g.conference.days]
        form.room.choices = [("", _("Choose")), *((one.ref, languages.best(one.name)) for one in rooms)]
        return form


class PlanForm(Form):
    """In which rooms the scheduler may put meetings; the small ones are ticked."""

    rooms = wtforms.SelectMultipleField(
        lazy("Rooms that meetings may take"), [required(lazy("Choose at least one room."))], coerce=int, **MANY
    )

    @classmethod
    def of(cls, rooms: Sequence[Room]) -> "PlanForm":
        small = [room.id for room in rooms if room.capacity is not None and room.capacity <= SMALL]
        form = cls(data={"rooms": small})
        form.rooms.choices = [(room.id, languages.best(room.name)) for room in rooms]
        return form
