import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.conferences.rules import FORMAT_NAMES, Format, zones
from confapp.foundation import clock, languages, text
from confapp.foundation.languages import N_, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.places import Quota
from confapp.foundation.text import fold
from confapp.foundation.web import filters
from confapp.foundation.web.forms import (
    Form,
    LongTextField,
    MomentField,
    NameField,
    TextField,
    TranslatedField,
    is_usable,
    labelled,
    local_time_fault,
    required,
)
from confapp.programme import queries
from confapp.programme.models import (
    ChoiceGroup,
    Item,
    Material,
    OwnKind,
    Placement,
    Room,
    Session,
    SessionLink,
    SessionRole,
    Theme,
)
from confapp.programme.queries import kinds
from confapp.programme.rules import (
    ACCESS_NAMES,
    KIND_NAMES,
    LAYOUT_NAMES,
    LONGEST_SESSION,
    ROLE_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
    Access,
    Details,
    Kind,
    LinkKind,
    MaterialKind,
    Severity,
)
from confapp.programme.rules.arranging import SCOPES, WISHES
from confapp.programme.rules.clashes import AMOUNTS, RULE_NAMES, Rule, Setting
from confapp.programme.rules.handouts import (
    AUDIENCE_NAMES,
    FILE_KINDS,
    LARGEST_FILE,
    LINK_NAMES,
    LONGEST_URL,
    MATERIAL_NAMES,
)
from confapp.programme.rules.sign_ups import MOST
from confapp.speakers.models import Speaker

NEW, NONE = "new", "none"
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


class ThemeForm(RevisionForm):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=200)
    code = TextField(lazy("Code"), longest=20, description=lazy("For the organizers' lists, such as T2."))

    @classmethod
    def of(cls, row: Any) -> "ThemeForm":
        return cls(name=row.name, code=row.code, revision=row.revision) if row is not None else cls()

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "code": self.code.data}


class GroupForm(RevisionForm):
    name = TranslatedField(
        lazy("Name"), one_needed=True, longest=120, description=lazy("As participants see it, such as Morning panels.")
    )

    @classmethod
    def of(cls, row: Any) -> "GroupForm":
        return cls(name=row.name, revision=row.revision) if row is not None else cls()

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data}


class KindForm(RevisionForm):
    name = TranslatedField(
        lazy("Name"), one_needed=True, longest=120, description=lazy("As readers see it, such as Countries' review.")
    )
    nature = wtforms.SelectField(
        lazy("What it is like"),
        [required()],
        choices=lambda: labelled(KIND_NAMES),
        description=lazy("The rules for this kind hold for it too."),
    )
    minutes = _minutes(lazy("Usual length in minutes"), required())
    is_alone = wtforms.BooleanField(lazy("Nothing should run beside it"))

    @classmethod
    def of(cls, row: Any) -> "KindForm":
        if row is None:
            return cls(minutes=60, nature=Kind.PANEL.value)
        known = {name: getattr(row, name) for name in ("name", "minutes", "is_alone", "revision")}
        return cls(nature=row.nature.value, **known)

    def values(self) -> dict[str, Any]:
        same = {name: self[name].data for name in ("name", "minutes", "is_alone")}
        return same | {"nature": Kind(self.nature.data)}


def _kinds() -> list[tuple[str, str]]:
    """The organizers' own first, then those of the program."""
    own = [(f"own:{one.ref}", languages.best(one.name)) for one in kinds.rows(OwnKind)]
    return [*own, *labelled(KIND_NAMES)]


def _spoken() -> list[tuple[str, str]]:
    return [(code, languages.language(code).name) for code in g.conference.languages]


class SessionForm(RevisionForm):
    title = TranslatedField(lazy("Title"), one_needed=True, longest=300)
    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=_kinds)
    theme = wtforms.SelectField(
        lazy("Theme"),
        choices=lambda: [("", _("None")), *((one.ref, languages.best(one.name)) for one in kinds.rows(Theme))],
    )
    code = TextField(lazy("Number or code"), longest=20, description=lazy("For the organizers' lists, such as P3."))
    minutes = _minutes(lazy("Length in minutes"), required())
    format = wtforms.SelectField(lazy("Format"), [required()], choices=lambda: labelled(FORMAT_NAMES))
    languages = wtforms.SelectMultipleField(
        lazy("Languages"), choices=_spoken, description=lazy("Those spoken on the floor."), **MANY
    )
    interpretation = wtforms.SelectMultipleField(
        lazy("Interpreted into"), choices=_spoken, description=lazy("Each needs a booth."), **MANY
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
    audience = NumberField(
        lazy("People expected"), [Optional(), NumberRange(1, 100_000, lazy("Write a number from 1 to 100,000."))]
    )
    layout = wtforms.SelectField(
        lazy("Layout of the room"), choices=lambda: [("", _("No matter")), *labelled(LAYOUT_NAMES)]
    )
    equipment = ListField(lazy("Equipment"), longest=1000)
    needs_step_free = wtforms.BooleanField(lazy("The room must be reached without steps"))
    is_alone = wtforms.BooleanField(lazy("Nothing should run beside it"))
    preferred_days = wtforms.SelectMultipleField(
        lazy("Preferred days"),
        choices=lambda: [(day.isoformat(), filters.short_day(day)) for day in g.conference.days],
        description=lazy("For the scheduler; none means no matter."),
        **MANY,
    )
    slides_until = MomentField(
        lazy("Slides or a statement by"),
        [Optional()],
        description=lazy("Those who speak are asked for them. Empty: not asked for."),
    )

    @classmethod
    def of(cls, session: Session | None) -> "SessionForm":
        form = cls(**cls._known(session)) if session is not None else cls(**cls._usual())
        form.slides_until.label.text = f"{form.slides_until.label.text} ({g.conference.zone_label})"
        if things := kinds.equipment():
            form.equipment.description = _("Separated by commas. Known: %(things)s.", things=", ".join(things[:20]))
        return form

    @staticmethod
    def _usual() -> dict[str, Any]:
        plain = {"kind": Kind.PANEL.value, "access": Access.OPEN.value, "format": g.conference.format.value}
        return {"minutes": 60, "languages": g.conference.languages, **plain}

    @staticmethod
    def _known(session: Session) -> dict[str, Any]:
        same = (
            *("title", "code", "minutes", "languages", "interpretation", "description", "note", "audience", "layout"),
            *("equipment", "needs_step_free", "is_alone", "preferred_days", "slides_until", "revision"),
        )
        return {name: getattr(session, name) for name in same} | {
            "kind": f"own:{session.own_kind.ref}" if session.own_kind else session.kind.value,
            "theme": session.theme.ref if session.theme else "",
            "format": session.format.value,
            "access": session.access.value,
            "choice_group": session.choice_group.ref if session.choice_group else "",
        }

    def details(self) -> Details:
        own = kinds.row(OwnKind, self.kind.data.removeprefix("own:")) if self.kind.data.startswith("own:") else None
        assert own is None or isinstance(own, OwnKind)
        lists = ("languages", "interpretation", "equipment", "preferred_days")
        same = (
            "title",
            "code",
            "description",
            "note",
            "audience",
            "layout",
            "needs_step_free",
            "is_alone",
            "slides_until",
        )
        values: dict[str, Any] = {name: self[name].data for name in same}
        values |= {name: tuple(self[name].data or ()) for name in lists}
        return Details(
            kind=own.nature if own else Kind(self.kind.data),
            minutes=self.minutes.data or 0,
            access=Access(self.access.data),
            own_kind=own,
            theme=kinds.row(Theme, self.theme.data) if self.theme.data else None,
            format=Format(self.format.data),
            **values,
        )


class ToTheSecond(MomentField):
    """An instant of which the second counts, such as the end of an embargo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, render_kw={"step": "1"}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{clock.local(self.data, self.zone()):%Y-%m-%dT%H:%M:%S}" if self.data else ""


class TogetherForm(Form):
    """What changes of many sessions; the first of each choice leaves it as it is."""

    kind = wtforms.SelectField(lazy("Kind"), choices=lambda: [_as_it_is(), *_kinds()])
    theme = wtforms.SelectField(lazy("Theme"), choices=lambda: [_as_it_is(), _none(), *_named_rows(Theme)])
    access = wtforms.SelectField(lazy("Access"), choices=lambda: [_as_it_is(), *labelled(ACCESS_NAMES)])
    format = wtforms.SelectField(lazy("Format"), choices=lambda: [_as_it_is(), *labelled(FORMAT_NAMES)])
    choice_group = wtforms.SelectField(
        lazy("Choice between parallel sessions"),
        choices=lambda: [_as_it_is(), _none(), *_named_rows(ChoiceGroup)],
    )

    @classmethod
    def fresh(cls) -> "TogetherForm":
        form = cls()
        for field in form:
            if field.data is None:
                field.data = ""
        return form

    def values(self) -> dict[str, Any]:
        """The columns that change; those of a kind are two."""
        found: dict[str, Any] = {}
        if self.kind.data:
            own = kinds.row(OwnKind, self.kind.data.removeprefix("own:")) if self.kind.data[:4] == "own:" else None
            found |= {"own_kind": own, "kind": own.nature if own is not None else Kind(self.kind.data)}
        if self.theme.data:
            found["theme"] = None if self.theme.data == NONE else kinds.row(Theme, self.theme.data)
        if self.access.data:
            found["access"] = Access(self.access.data)
        if self.format.data:
            found["format"] = Format(self.format.data)
        if self.choice_group.data:
            none = self.choice_group.data == NONE
            found["choice_group"] = None if none else kinds.row(ChoiceGroup, self.choice_group.data)
        return found


def _as_it_is() -> tuple[str, str]:
    return "", _("As it is")


def _none() -> tuple[str, str]:
    return NONE, _("None")


def _named_rows(model: Any) -> list[tuple[str, str]]:
    return [(one.ref, languages.best(one.name)) for one in kinds.rows(model)]


def _heard() -> list[tuple[str, str]]:
    return [("", _("No matter")), *_spoken()]


class LinkForm(Form):
    """A way to join, watch or hear a session."""

    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=lambda: labelled(LINK_NAMES))
    url = TextField(lazy("Address"), [required()], longest=LONGEST_URL, description=lazy("Begins with https://."))
    language = wtforms.SelectField(lazy("Language"), choices=_heard)
    access = wtforms.SelectField(lazy("For"), [required()], choices=lambda: labelled(AUDIENCE_NAMES))
    opens_at = ToTheSecond(
        lazy("From"),
        [Optional()],
        description=lazy("Empty: 15 minutes before the session as published; a recording from its end."),
    )
    closes_at = ToTheSecond(
        lazy("Until"),
        [Optional()],
        description=lazy("Empty: 15 minutes after the session; a recording without end."),
    )

    @classmethod
    def of(cls, row: SessionLink | None) -> "LinkForm":
        known = {"url": row.url, "language": row.language, "opens_at": row.opens_at} if row else {}
        more = {"closes_at": row.closes_at, "kind": row.kind.value, "access": row.access.value} if row else {}
        form = cls(**known, **more) if row is not None else cls(access=Access.CLOSED.value)
        for field in (form.opens_at, form.closes_at):
            field.label.text = f"{field.label.text} ({g.conference.zone_label})"
        return form

    def values(self) -> dict[str, Any]:
        same = {name: self[name].data for name in ("url", "language", "opens_at", "closes_at")}
        return same | {"kind": LinkKind(self.kind.data), "access": Access(self.access.data)}


class HandInForm(Form):
    """Slides or a statement, as somebody who speaks hands it in."""

    file = wtforms.FileField(lazy("File"))
    kind = wtforms.SelectField(lazy("What it is"), [required()], choices=lambda: labelled(MATERIAL_NAMES))
    language = wtforms.SelectField(lazy("Language"), choices=_heard)
    embargo_until = ToTheSecond(lazy("Not before"), [Optional()], description=lazy("Readers get it from then on."))
    check_against_delivery = wtforms.BooleanField(
        lazy("Check against delivery"), description=lazy("Readers are told that only the spoken word counts.")
    )

    def name_the_zone(self) -> None:
        self.embargo_until.label.text = f"{self.embargo_until.label.text} ({g.conference.zone_label})"
        self.file.description = _(
            "%(kinds)s; at most %(size)s MB.", kinds=FILE_KINDS, size=f"{LARGEST_FILE / 1_000_000:g}"
        )

    @classmethod
    def fresh(cls, *, sent: bool = True) -> "HandInForm":
        """`sent`: with what was posted to it; two forms stand on a speaker's page."""
        usual = {"kind": MaterialKind.SLIDES.value}
        form = cls(data=usual) if sent else cls(formdata=None, data=usual)
        form.name_the_zone()
        form.file.flags.required = True
        return form

    def values(self) -> dict[str, Any]:
        same = {name: self[name].data for name in ("language", "embargo_until", "check_against_delivery")}
        return same | {"kind": MaterialKind(self.kind.data), "title": {}}


class MaterialForm(HandInForm):
    """The same as the desk sees it: also with a title, and for whom it is."""

    title = TranslatedField(lazy("Title"), longest=200, description=lazy("Empty: what it is, such as “Slides”."))
    access = wtforms.SelectField(lazy("For"), [required()], choices=lambda: labelled(AUDIENCE_NAMES))

    @classmethod
    def of(cls, row: Material | None) -> "MaterialForm":
        same = ("title", "language", "embargo_until", "check_against_delivery")
        known: dict[str, Any] = {name: getattr(row, name) for name in same} if row is not None else {}
        kind, access = (row.kind, row.access) if row is not None else (MaterialKind.DOCUMENT, Access.OPEN)
        form = cls(kind=kind.value, access=access.value, **known)
        form.name_the_zone()
        form.file.flags.required = row is None
        if row is not None:
            form.file.label.text = _("Another file in its place")
        return form

    def values(self) -> dict[str, Any]:
        return super().values() | {"title": self.title.data, "access": Access(self.access.data)}


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
    rooms = wtforms.SelectMultipleField(
        lazy("Room"), description=lazy("More than one when it is held in all of them at once."), **MANY
    )
    overflow = wtforms.SelectMultipleField(
        lazy("Followed on a screen in"), description=lazy("Further rooms for those who find no seat."), **MANY
    )

    starts_at: datetime | None = None
    is_old = False  # somebody has changed the session since the form was drawn

    @classmethod
    def of(cls, session: Session, placement: Placement | None, rooms: Sequence[Room], day: str = "") -> "PlaceForm":
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
    language = TextField(
        lazy("Languages of an interpreter"), longest=25, description=lazy("From and into, such as en–id.")
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
            language=row.language,
        )
        form.show_person(row)
        return form


class ReplaceForm(WhoForm):
    """The person who takes over a part."""

    delegation = None


class SpeakingForm(RevisionForm):
    """What speakers say of themselves; the hours are in the conference's zone."""

    affiliation = TranslatedField(
        lazy("Function or affiliation"), longest=300, description=lazy("Printed below the name.")
    )
    biography = TranslatedField(
        lazy("Biography"), long=True, longest=5000, description=lazy("Printed from the next release of the programme.")
    )
    mode = wtforms.SelectField(lazy("How you take part"), [required()], choices=lambda: _ways())
    zone = wtforms.SelectField(
        lazy("Your time zone"),
        choices=lambda: [("", _("That of the conference")), *((one, one.replace("_", " ")) for one in zones())],
        description=lazy("So that nobody is asked to speak online in the middle of the night."),
    )
    needs = LongTextField(
        lazy("What you need"),
        longest=2000,
        description=lazy("Such as a projector, sound or a ramp. For the organizers."),
    )
    free = WindowsField(
        lazy("Free only"),
        description=lazy("One line for each day, such as 2027-01-12 08:00–18:00. Empty: always."),
    )
    busy = WindowsField(lazy("Not free"), description=lazy("Lines of the same kind."))

    @classmethod
    def of(cls, speaker: Speaker, *, sent: bool = True) -> "SpeakingForm":
        same = ("affiliation", "biography", "zone", "needs", "revision")
        known: dict[str, Any] = {name: getattr(speaker, name) for name in same}
        known |= {"mode": speaker.mode.value, "free": _windows(speaker, True), "busy": _windows(speaker, False)}
        form = cls(**known) if sent else cls(formdata=None, **known)
        form.free.label.text = _("Free only (%(zone)s)", zone=g.conference.zone_label)
        form.busy.label.text = _("Not free (%(zone)s)", zone=g.conference.zone_label)
        return form

    def values(self) -> dict[str, Any]:
        same = ("affiliation", "biography", "zone", "needs", "free", "busy")
        return {name: self[name].data for name in same} | {"mode": Format(self.mode.data)}


def _ways() -> list[tuple[str, str]]:
    return [(one.value, _(FORMAT_NAMES[one])) for one in (Format.IN_PERSON, Format.ONLINE)]


def _windows(speaker: Speaker, free: bool) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
        for begins, ends, is_free in speaker.availability
        if is_free is free
    ]


class DelegationsForm(Form):
    """One item for each delegation."""

    title = TranslatedField(lazy("Title of each item"), one_needed=True, longest=300)
    minutes = _minutes(lazy("Minutes for each"), Optional())


class ImportForm(Form):
    file = wtforms.FileField(lazy("File"))
    language = wtforms.SelectField(
        lazy("Language of its texts"),
        [required()],
        choices=lambda: [(code, languages.language(code).name) for code in g.conference.languages],
    )


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
