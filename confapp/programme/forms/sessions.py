"""A session, and what changes of many at once."""

from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.conferences.rules import FORMAT_NAMES, Format
from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form, MomentField, TextField, TranslatedField, labelled, required
from confapp.programme import queries
from confapp.programme.forms.fields import (
    MANY,
    NONE,
    ListField,
    NumberField,
    RevisionForm,
    minutes_field,
    named_rows,
    spoken_languages,
)
from confapp.programme.forms.kinds import kind_choices
from confapp.programme.models import ChoiceGroup, OwnKind, Session, Theme
from confapp.programme.queries import kinds
from confapp.programme.rules import ACCESS_NAMES, LAYOUT_NAMES, Access, Details, Kind


class SessionForm(RevisionForm):
    title = TranslatedField(lazy("Title"), one_needed=True, longest=300)
    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=kind_choices)
    theme = wtforms.SelectField(
        lazy("Theme"),
        choices=lambda: [("", _("None")), *((one.ref, languages.best(one.name)) for one in kinds.rows(Theme))],
    )
    code = TextField(lazy("Number or code"), longest=20, description=lazy("For the organizers' lists, such as P3."))
    minutes = minutes_field(lazy("Length in minutes"), required())
    format = wtforms.SelectField(lazy("Format"), [required()], choices=lambda: labelled(FORMAT_NAMES))
    languages = wtforms.SelectMultipleField(
        lazy("Languages"), choices=spoken_languages, description=lazy("Those spoken on the floor."), **MANY
    )
    interpretation = wtforms.SelectMultipleField(
        lazy("Interpreted into"), choices=spoken_languages, description=lazy("Each needs a booth."), **MANY
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


class TogetherForm(Form):
    """What changes of many sessions; the first of each choice leaves it as it is."""

    kind = wtforms.SelectField(lazy("Kind"), choices=lambda: [_as_it_is(), *kind_choices()])
    theme = wtforms.SelectField(lazy("Theme"), choices=lambda: [_as_it_is(), _none(), *named_rows(Theme)])
    access = wtforms.SelectField(lazy("Access"), choices=lambda: [_as_it_is(), *labelled(ACCESS_NAMES)])
    format = wtforms.SelectField(lazy("Format"), choices=lambda: [_as_it_is(), *labelled(FORMAT_NAMES)])
    choice_group = wtforms.SelectField(
        lazy("Choice between parallel sessions"),
        choices=lambda: [_as_it_is(), _none(), *named_rows(ChoiceGroup)],
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


def _heard() -> list[tuple[str, str]]:
    return [("", _("No matter")), *spoken_languages()]
