"""The organizers' own kinds and themes, and groups of which one session may be chosen."""

from typing import Any

import wtforms

from confapp.foundation import languages
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import TextField, TranslatedField, labelled, required
from confapp.programme.forms.fields import RevisionForm, minutes_field
from confapp.programme.models import OwnKind
from confapp.programme.queries import kinds
from confapp.programme.rules import KIND_NAMES, Kind


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
    minutes = minutes_field(lazy("Usual length in minutes"), required())
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


def kind_choices() -> list[tuple[str, str]]:
    """The organizers' own first, then those of the program."""
    own = [(f"own:{one.ref}", languages.best(one.name)) for one in kinds.rows(OwnKind)]
    return [*own, *labelled(KIND_NAMES)]
