from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.places import Quota
from confapp.foundation.text import fold
from confapp.foundation.web import filters
from confapp.foundation.web.forms import (
    Form,
    LongTextField,
    NameField,
    TextField,
    TranslatedField,
    labelled,
    local_time_fault,
    required,
)
from confapp.programme import queries
from confapp.programme.models import Item, Placement, Room, Session, SessionRole
from confapp.programme.rules import (
    ACCESS_NAMES,
    KIND_NAMES,
    LONGEST_SESSION,
    ROLE_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
    Access,
    Details,
    Kind,
    Severity,
)
from confapp.programme.rules.clashes import AMOUNTS, RULE_NAMES, Rule, Setting
from confapp.programme.rules.sign_ups import MOST

NEW = "new"
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


def _minutes(label: Any, *validators: Any) -> NumberField:
    said = lazy("From 1 to %(most)d minutes.", most=LONGEST_SESSION)
    return NumberField(label, [*validators, NumberRange(1, LONGEST_SESSION, said)])


class RevisionForm(Form):
    """A form that knows which state of its record it was drawn from."""

    revision = wtforms.IntegerField(widget=wtforms.widgets.HiddenInput())


class RoomForm(RevisionForm):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=80)
    capacity = NumberField(
        lazy("Seats"), [Optional(), NumberRange(1, 100_000, lazy("Write a number from 1 to 100,000."))]
    )
    step_free = wtforms.SelectField(
        lazy("Reached without steps"),
        choices=lambda: [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
    )
    note = TranslatedField(lazy("Note"), description=lazy("Such as the floor or how to find it."))

    @classmethod
    def of(cls, room: Room | None) -> "RoomForm":
        if room is None:
            return cls()
        known = next(name for name, value in STEP_FREE.items() if value is room.is_step_free)
        return cls(name=room.name, capacity=room.capacity, step_free=known, note=room.note, revision=room.revision)

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "capacity": self.capacity.data,
            "is_step_free": STEP_FREE[self.step_free.data],
            "note": self.note.data,
        }


class SessionForm(RevisionForm):
    title = TranslatedField(lazy("Title"), one_needed=True, longest=300)
    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=lambda: labelled(KIND_NAMES))
    code = TextField(lazy("Number or code"), longest=20, description=lazy("For the organizers' lists, such as P3."))
    minutes = _minutes(lazy("Length in minutes"), required())
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        choices=lambda: [(code, languages.language(code).name) for code in g.conference.languages],
        description=lazy("Those spoken or interpreted."),
        **MANY,
    )
    access = wtforms.SelectField(lazy("Access"), [required()], choices=lambda: labelled(ACCESS_NAMES))
    description = TranslatedField(lazy("Description"), long=True)
    note = TranslatedField(
        lazy("Note for readers"), description=lazy("One line below the title, such as a dress code.")
    )
    choice_group = wtforms.SelectField(
        lazy("Choice between parallel sessions"),
        choices=lambda: [("", _("None")), *((one.ref, languages.best(one.name)) for one in queries.choice_groups())],
        description=lazy("Of the sessions in one group a participant chooses one at most."),
    )
    new_group = TranslatedField(lazy("A new group"), longest=120)

    @classmethod
    def of(cls, session: Session | None) -> "SessionForm":
        if session is None:
            return cls(minutes=60, kind=Kind.PANEL.value, access=Access.OPEN.value, languages=g.conference.languages)
        return cls(
            title=session.title,
            kind=session.kind.value,
            code=session.code,
            minutes=session.minutes,
            languages=session.languages,
            access=session.access.value,
            description=session.description,
            note=session.note,
            choice_group=session.choice_group.ref if session.choice_group else "",
            revision=session.revision,
        )

    def details(self) -> Details:
        return Details(
            kind=Kind(self.kind.data),
            title=self.title.data,
            minutes=self.minutes.data or 0,
            code=self.code.data,
            description=self.description.data,
            note=self.note.data,
            languages=tuple(self.languages.data),
            access=Access(self.access.data),
        )


class SignUpForm(Form):
    """Whether participants sign up for a session, and how many."""

    is_open = wtforms.BooleanField(lazy("Participants sign up for this session"))
    capacity = wtforms.IntegerField(
        lazy("Places"),
        [Optional(), NumberRange(0, MOST, lazy("Write a number from 0 to %(most)d.", most=MOST))],
        description=lazy("Left empty: no limit."),
    )

    @classmethod
    def of(cls, quota: Quota | None, *, sent: bool = True) -> "SignUpForm":
        kept: dict[str, Any] = {"is_open": quota is not None and quota.closed_at is None}
        kept["capacity"] = quota.capacity if quota is not None else None
        return cls(data=kept) if sent else cls(formdata=None, data=kept)


class PlaceForm(RevisionForm):
    """Where and when: day, hour, length and rooms, in the conference's zone."""

    day = wtforms.SelectField(lazy("Day"), [required()])
    starts = HourField(lazy("Start"), [required(lazy("Write an hour, such as 14:30."))])
    minutes = _minutes(lazy("Minutes"), required())
    rooms = wtforms.SelectMultipleField(lazy("Room"), description=lazy("More than one when they are joined."), **MANY)

    starts_at: datetime | None = None

    @classmethod
    def of(cls, session: Session, placement: Placement | None, rooms: Sequence[Room], day: str = "") -> "PlaceForm":
        starts = clock.local(placement.starts_at, g.conference.zone) if placement else None
        there = placement.room_ids if placement else ()
        form = cls(
            day=starts.date().isoformat() if starts else day,
            starts=starts.time() if starts else time(9),
            minutes=placement.minutes if placement else session.minutes,
            rooms=[room.ref for room in rooms if room.id in there],
            revision=session.revision,
        )
        form.starts.label.text = _("Start (%(zone)s)", zone=g.conference.zone_label)
        days = sorted({*g.conference.days, *([starts.date()] if starts else [])})
        form.day.choices = [(one.isoformat(), filters.short_day(one)) for one in days]
        form.rooms.choices = [
            (room.ref, languages.best(room.name)) for room in rooms if room.closed_at is None or room.id in there
        ]
        return form

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


class WhoForm(Form):
    """Whom something is for: a person by name, known or new, or a delegation."""

    name = NameField(
        lazy("Person"), description=lazy("Type the name. When several have it, or nobody yet, you are asked.")
    )
    who = wtforms.RadioField(lazy("Which person is meant?"), [Optional()], choices=[], validate_choice=False)
    delegation = wtforms.SelectField(
        lazy("Delegation"),
        choices=lambda: [("", _("None")), *((one.ref, languages.best(one.name)) for one in queries.delegations())],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        return self._is_clear_who() and good

    def _is_clear_who(self) -> bool:
        if not self.name.data:
            self.who.data = None
            return True
        found = queries.people_named(self.name.data)
        self.who.choices = [(one.person.ref, _namesake(one)) for one in found]
        self.who.choices.append((NEW, _("A new speaker: %(name)s", name=self.name.data)))
        self.who.flags.required = True
        if self.who.data in dict(self.who.choices):
            return True
        same = [
            one for one in found if fold(self.name.data) in (fold(one.person.full_name), fold(one.person.printed_name))
        ]
        if len(same) == 1:
            self.who.data = same[0].person.ref
            return True
        self.who.data = None if found else NEW
        self.who.errors = [
            _("Choose which person is meant.")
            if found
            else _("Nobody of this name is in the conference. Save again to add a new speaker.")
        ]
        return False

    def show_person(self, row: Item | SessionRole) -> None:
        if row.person is not None and not self.who.choices:
            self.who.choices = [(row.person.ref, row.person.full_name)]


def _namesake(found: queries.Namesake) -> str:
    about = languages.best(found.about)
    return f"{found.person.full_name}, {about}" if about else found.person.full_name


class ItemForm(WhoForm):
    title = TranslatedField(lazy("Title"), longest=300)
    minutes = _minutes(lazy("Length in minutes"), Optional())

    @classmethod
    def of(cls, item: Item | None) -> "ItemForm":
        if item is None:
            return cls()
        form = cls(
            title=item.title,
            minutes=item.minutes,
            name=item.person.full_name if item.person else "",
            who=item.person.ref if item.person else None,
            delegation=item.delegation.ref if item.delegation else "",
        )
        form.show_person(item)
        return form


class RoleForm(WhoForm):
    role = wtforms.SelectField(lazy("Part"), [required()], choices=lambda: labelled(ROLE_NAMES))
    printed_function = TranslatedField(
        lazy("Printed function"),
        longest=300,
        description=lazy("Below the name; alone when no person or delegation is named, such as “Ambassador of …”."),
    )
    status = wtforms.SelectField(lazy("Answer"), [required()], choices=lambda: labelled(STATUS_NAMES))

    @classmethod
    def of(cls, row: SessionRole | None) -> "RoleForm":
        if row is None:
            return cls(status="confirmed", role="speaker")
        form = cls(
            role=row.role.value,
            status=row.status.value,
            name=row.person.full_name if row.person else "",
            who=row.person.ref if row.person else None,
            delegation=row.delegation.ref if row.delegation else "",
            printed_function=row.printed_function,
        )
        form.show_person(row)
        return form


class DelegationsForm(Form):
    """One item for each delegation."""

    title = TranslatedField(lazy("Title of each item"), one_needed=True, longest=300)
    minutes = _minutes(lazy("Minutes for each"), Optional())


class ReleaseForm(Form):
    """`seen` says which list of changes its reader had before their eyes."""

    name = TextField(
        lazy("Name"), longest=120, description=lazy("For the organizers, such as “After the first invitations”.")
    )
    note = TranslatedField(lazy("Note for readers"), description=lazy("Printed above the programme."))
    seen = wtforms.HiddenField()


class AcceptClashForm(Form):
    reason = LongTextField(
        lazy("Why it may stay"),
        [required(lazy("Please give a reason."))],
        longest=500,
        description=lazy("For the record, such as: they have agreed to leave early."),
    )


class ClashSettingsForm(Form):
    """A choice for each rule by the rule's id, and `amount_…` where it has a number."""

    @classmethod
    def of(cls, chosen: Mapping[Rule, Setting]) -> "ClashSettingsForm":
        amounts = {f"amount_{rule.value}": one.amount for rule, one in chosen.items() if rule in AMOUNTS}
        return cls(data={rule.value: one.severity for rule, one in chosen.items()} | amounts)

    def values(self) -> dict[Rule, Setting]:
        return {
            rule: Setting(
                Severity(self[rule.value].data), self[f"amount_{rule.value}"].data if rule in AMOUNTS else None
            )
            for rule in Rule
        }


for _rule in Rule:
    setattr(
        ClashSettingsForm,
        _rule.value,
        wtforms.SelectField(lazy(RULE_NAMES[_rule]), [required()], choices=lambda: labelled(SEVERITY_NAMES)),
    )
for _rule, (_label, _least, _most) in AMOUNTS.items():
    _said = lazy("From %(least)d to %(most)d.", least=_least, most=_most)
    setattr(
        ClashSettingsForm,
        f"amount_{_rule.value}",
        NumberField(lazy(_label), [required(_said), NumberRange(_least, _most, _said)]),
    )
