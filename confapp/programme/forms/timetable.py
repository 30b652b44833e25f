"""Where and when a session takes place, changes that readers see at once, and releases."""

from collections.abc import Sequence
from datetime import time

import wtforms
from flask import g

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form, LongTextField, TextField, TranslatedField, required
from confapp.programme.forms.fields import MANY, HourField, StartForm, minutes_field
from confapp.programme.models import Placement, Room, Session
from confapp.programme.queries.board import Placed


class PlaceForm(StartForm):
    """Where and when: day, hour, length and rooms, in the conference's zone."""

    day = wtforms.SelectField(lazy("Day"), [required()])
    starts = HourField(lazy("Start"), [required(lazy("Write an hour, such as 14:30."))])
    minutes = minutes_field(lazy("Minutes"), required())
    rooms = wtforms.SelectMultipleField(
        lazy("Room"), description=lazy("More than one when it is held in all of them at once."), **MANY
    )
    overflow = wtforms.SelectMultipleField(
        lazy("Followed on a screen in"), description=lazy("Further rooms for those who find no seat."), **MANY
    )

    is_old = False  # somebody has changed the session since the form was drawn

    @classmethod
    def of(
        cls, session: Session, placement: Placement | Placed | None, rooms: Sequence[Room], day: str = ""
    ) -> "PlaceForm":
        starts = clock.local(placement.starts_at, g.conference.zone) if placement else None
        there = {one.room_id: one.is_overflow for one in placement.rooms} if placement else {}
        form = cls(
            day=starts.date().isoformat() if starts else day,
            starts=starts.time() if starts else time(9),
            minutes=placement.minutes if placement else session.minutes,
            rooms=[room.ref for room in rooms if there.get(room.id) is False],
            overflow=[room.ref for room in rooms if there.get(room.id)],
            revision=session.revision,
        )
        form.starts.label.text = _("Start (%(zone)s)", zone=g.conference.zone_label)
        days = sorted({*g.conference.days, *([starts.date()] if starts else [])})
        form.day.choices = [(one.isoformat(), filters.short_day(one)) for one in days]
        form.rooms.choices = [
            (room.ref, languages.best(room.name)) for room in rooms if room.closed_at is None or room.id in there
        ]
        form.overflow.choices = form.rooms.choices
        return form


class EmergencyForm(PlaceForm):
    """A change that readers see at once: another time, room or length, or that it does not take place."""

    is_cancelled = wtforms.BooleanField(lazy("It does not take place"))
    reason = TranslatedField(
        lazy("Reason, for readers"), one_needed=True, longest=500, description=lazy("Printed above the programme.")
    )
    accepted = LongTextField(
        lazy("Why the clash may stay"), longest=500, description=lazy("For the record; readers do not see it.")
    )
    seen = wtforms.HiddenField()


class ReleaseForm(Form):
    """`seen` says which list of changes its reader had before their eyes."""

    name = TextField(
        lazy("Name"), longest=120, description=lazy("For the organizers, such as “After the first invitations”.")
    )
    note = TranslatedField(lazy("Note for readers"), description=lazy("Printed above the programme."))
    seen = wtforms.HiddenField()
