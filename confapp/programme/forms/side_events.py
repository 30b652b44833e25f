"""The call for side events, an application, and what is decided of it."""

from collections.abc import Iterable
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.conferences.rules import FORMAT_NAMES, Format
from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web import filters
from confapp.foundation.web.forms import (
    EmailField,
    Form,
    LongTextField,
    MomentField,
    NameField,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.programme import queries
from confapp.programme.forms.fields import MANY, ListField, NumberField, RevisionForm, minutes_field, spoken_languages
from confapp.programme.models import SideEvent, SideEventCall
from confapp.programme.rules import LAYOUT_NAMES
from confapp.programme.rules.side_events import Application

COUNT = lazy("Write a number from 1 to 100,000.")


class CallForm(RevisionForm):
    opens_at = MomentField(
        lazy("Opens"),
        [Optional()],
        description=lazy("In the conference's zone. Empty: applications are not taken."),
    )
    closes_at = MomentField(lazy("Closes"), [Optional()], description=lazy("Empty: no end is set."))
    guidance = TranslatedField(
        lazy("What applicants should know"),
        long=True,
        longest=4000,
        description=lazy("Such as what side events are for, and by what they are chosen."),
    )
    each_may_lead = NumberField(lazy("How many each may lead"), [required(), NumberRange(1, 50, COUNT)])
    longest_minutes = minutes_field(lazy("Longest length in minutes"), required())
    places = NumberField(
        lazy("Places"),
        [Optional(), NumberRange(1, 100_000, COUNT)],
        description=lazy("How many are accepted at most; further ones wait. Empty: no limit."),
    )

    @classmethod
    def of(cls, call: SideEventCall | None) -> "CallForm":
        if call is None:
            return cls(each_may_lead=1, longest_minutes=60)
        names = ("opens_at", "closes_at", "guidance", "each_may_lead", "longest_minutes", "places", "revision")
        return cls(**{name: getattr(call, name) for name in names})

    def values(self) -> dict[str, Any]:
        names = ("opens_at", "closes_at", "guidance", "each_may_lead", "longest_minutes", "places")
        return {name: self[name].data for name in names}


class SideEventForm(RevisionForm):
    """A draft may be kept with gaps; what is missing is asked for when it is handed in."""

    title = TranslatedField(lazy("Title"), one_needed=True, longest=300)
    description = TranslatedField(lazy("Description"), long=True, longest=4000)
    organization = TextField(lazy("Organization"), longest=300)
    contact_name = NameField(lazy("Contact person"))
    contact_email = EmailField(lazy("E-mail address of the contact"))
    language = wtforms.SelectField(lazy("Language of the event"), [required()], choices=spoken_languages)
    minutes = minutes_field(lazy("Length in minutes"), required())
    format = wtforms.SelectField(lazy("Format"), [required()], choices=lambda: labelled(FORMAT_NAMES))
    audience = NumberField(lazy("People expected"), [Optional(), NumberRange(1, 100_000, COUNT)])
    layout = wtforms.SelectField(
        lazy("Layout of the room"), choices=lambda: [("", _("No matter")), *labelled(LAYOUT_NAMES)]
    )
    equipment = ListField(
        lazy("Equipment"), longest=1000, description=lazy("Separated by commas, such as projector, lectern.")
    )
    preferred_days = wtforms.SelectMultipleField(
        lazy("Preferred days"),
        choices=lambda: [(day.isoformat(), filters.short_day(day)) for day in g.conference.days],
        **MANY,
    )

    @classmethod
    def of(cls, event: SideEvent | None, call: SideEventCall | None, *, sent: bool = True) -> "SideEventForm":
        known = cls._known(event) if event is not None else {}
        if not known.get("title"):
            known |= {
                "minutes": min(60, call.longest_minutes if call else 60),
                "format": g.conference.format.value,
                "language": str(g.conference.languages[0]),
            }
        form = cls(**known) if sent else cls(formdata=None, **known)
        if call is not None:
            form.minutes.description = _("At most %(number)d.", number=call.longest_minutes)
        if event is not None and event.lead_id is None:
            form.organization.flags.required = True
            del form.contact_email
        else:
            del form.organization
        return form

    @staticmethod
    def _known(event: SideEvent) -> dict[str, Any]:
        names = (
            *("title", "description", "organization", "contact_name", "contact_email", "language", "minutes"),
            *("audience", "layout", "equipment", "preferred_days", "revision"),
        )
        return {name: getattr(event, name) for name in names} | {"format": event.format.value}

    def application(self) -> Application:
        plain = ("title", "description", "contact_name", "language", "audience", "layout")
        values: dict[str, Any] = {name: self[name].data for name in plain}
        return Application(
            **values,
            organization=self.organization.data if "organization" in self else "",
            contact_email=self.contact_email.data if "contact_email" in self else "",
            minutes=self.minutes.data or 0,
            format=Format(self.format.data),
            equipment=tuple(self.equipment.data or ()),
            preferred_days=tuple(self.preferred_days.data or ()),
        )


class BeginForm(Form):
    email = EmailField(
        lazy("E-mail address"),
        [required()],
        description=lazy("A link is sent there: it confirms the address and opens the application."),
    )


class SponsorForm(Form):
    """Another delegation, which answers itself, or an organization as typed."""

    delegation = wtforms.SelectField(lazy("Delegation"))
    organization = TextField(lazy("or organization"), longest=300)

    @classmethod
    def of(cls, event: SideEvent, *, sent: bool = True) -> "SponsorForm":
        form = cls() if sent else cls(formdata=None)
        known = {event.lead_id, *(one.delegation_id for one in event.sponsors)}
        offered = [one for one in queries.delegations() if one.id not in known]
        form.delegation.choices = [("", _("None")), *((one.ref, languages.best(one.name)) for one in offered)]
        return form


class DeclineForm(RevisionForm):
    reason = LongTextField(
        lazy("Reason"),
        [required(lazy("Please give a reason."))],
        longest=1000,
        description=lazy("The applicant reads it."),
    )


class MergeForm(RevisionForm):
    main = wtforms.RadioField(
        lazy("Which one lives on?"),
        [required(lazy("Choose one."))],
        description=lazy("Its words and its lead stay; the others' leads stand behind it as co-sponsors."),
    )

    @classmethod
    def of(cls, events: Iterable[SideEvent], *, sent: bool) -> "MergeForm":
        form = cls() if sent else cls(formdata=None)
        form.main.choices = [(one.ref, languages.best(one.title)) for one in events]
        return form
