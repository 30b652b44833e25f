"""What is typed for the catalogue of states and organizations."""

from typing import Any

import wtforms
from wtforms import validators

from confapp.conferences.rules import LANGUAGES
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import DayField, Form, LongTextField, TextField, TranslatedField, labelled, required
from confapp.registration.forms.delegations import LabelsField
from confapp.registration.models import Party
from confapp.registration.rules import PartyKind
from confapp.registration.rules.catalogue import (
    KIND_NAMES,
    LONGEST_SOURCE,
    LONGEST_TABLE,
    TRANSLATED,
    UN_STATUS_NAMES,
    code_fault,
)


def _all_languages() -> list[str]:
    return list(LANGUAGES)


class PartyForm(Form):
    code = TextField(
        lazy("Code"),
        longest=20,
        description=lazy("Capital letters, digits and hyphens, such as ASEAN. It stays as it is."),
    )
    kind = wtforms.RadioField(lazy("Kind"), [required()], default=PartyKind.ORGANIZATION.value)
    name = TranslatedField(lazy("Name"), one_needed=True, languages=_all_languages, longest=TRANSLATED["name"])
    formal_name = TranslatedField(
        lazy("Formal name"),
        languages=_all_languages,
        longest=TRANSLATED["formal_name"],
        description=lazy("With its article, such as the Republic of Indonesia."),
    )
    designation = TranslatedField(
        lazy("Designation"),
        languages=_all_languages,
        longest=TRANSLATED["designation"],
        description=lazy("What stands on a nameplate where it is not the name, such as Lao PDR."),
    )
    un_status = wtforms.SelectField(lazy("Status at the United Nations"))
    groups = LabelsField(lazy("Groups"))
    source = TextField(
        lazy("Source"), longest=LONGEST_SOURCE, description=lazy("Where these names come from, for whoever asks.")
    )
    as_of = DayField(lazy("As of"), [validators.Optional()])
    revision = wtforms.HiddenField()

    def __init__(self, party: Party | None = None) -> None:
        super().__init__(data=_kept(party) if party is not None else None)
        self.kind.choices = labelled(KIND_NAMES)
        self.un_status.choices = labelled(UN_STATUS_NAMES)
        if party is not None:
            del self.code

    def validate_code(self, field: TextField) -> None:
        if fault := code_fault((field.data or "").upper()):
            raise validators.ValidationError(fault)

    def values(self) -> dict[str, Any]:
        return {
            "kind": PartyKind(self.kind.data),
            "name": self.name.data,
            "formal_name": self.formal_name.data,
            "designation": self.designation.data,
            "un_status": self.un_status.data or "",
            "groups": self.groups.labels,
            "source": self.source.data or "",
            "as_of": self.as_of.data,
        }


def _kept(party: Party) -> dict[str, Any]:
    return {
        "kind": party.kind.value,
        "name": party.name,
        "formal_name": party.formal_name,
        "designation": party.designation,
        "un_status": party.un_status,
        "groups": ", ".join(party.groups),
        "source": party.source,
        "as_of": party.as_of,
        "revision": str(party.revision),
    }


class TableForm(Form):
    """A table from a spreadsheet, as a file or pasted."""

    file = wtforms.FileField(lazy("File"), description=lazy("CSV in UTF-8, at most 400 KB."))
    table = LongTextField(
        lazy("Or paste the table"),
        longest=LONGEST_TABLE,
        description=lazy("The first line names the columns: code, kind, name:en, name:id and so on."),
    )
