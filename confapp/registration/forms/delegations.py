"""What is typed for delegations and their papers."""

from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    DayField,
    EmailField,
    Form,
    NameField,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.registration import rules
from confapp.registration.forms.people import language_choices
from confapp.registration.models import Delegation
from confapp.registration.rules import LARGEST_FILE, PartyKind, catalogue


class CredentialForm(Form):
    kind = wtforms.SelectField(lazy("Kind of paper"), [required()])
    number = TextField(lazy("Number"), longest=80)
    dated_on = DayField(lazy("Date"), [validators.Optional()])
    file = wtforms.FileField(lazy("File"), description=lazy("PDF, JPEG or PNG, at most 5 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = labelled(rules.CREDENTIAL_NAMES)


def upload_fault(content: bytes) -> str | None:
    """Why an uploaded file cannot be kept, or None."""
    if len(content) > LARGEST_FILE:
        return _("This file is larger than 5 MB.")
    if rules.file_type(content) is None:
        return _("This file is not a PDF, JPEG or PNG.")
    return None


class InvitationForm(Form):
    email = EmailField(lazy("E-mail of the focal point"), [required()])
    name = NameField(lazy("Name"), longest=120)
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = language_choices()


class NotedForm(Form):
    """What the office was told another way, and when; members are withdrawn only with a tick beside their number."""

    day = DayField(
        lazy("Received on"),
        [validators.Optional()],
        description=lazy("Or sent on, for the invitation. The day in the conference's time zone."),
    )
    members = wtforms.IntegerField(validators=[validators.Optional()])


class PlacesForm(Form):
    places = wtforms.IntegerField(
        lazy("Places"),
        [validators.Optional(), validators.NumberRange(0, 100_000, lazy("Write a number from 0 to 100000."))],
        description=lazy("Left empty: no limit."),
    )


class OwnDelegationForm(Form):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=200)
    kind = wtforms.RadioField(lazy("Kind"), [validators.DataRequired()], default=PartyKind.ORGANIZATION.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = labelled(catalogue.KIND_NAMES)


class LabelsField(TextField):
    """Groups or tags in one line, separated by commas."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, longest=1000, description=lazy("Separated by commas."), **kwargs)

    def pre_validate(self, form: Any) -> None:
        if fault := catalogue.labels_fault(self.labels):
            raise validators.ValidationError(fault)

    @property
    def labels(self) -> list[str]:
        return catalogue.labels(self.data or "")


class TagForm(Form):
    tag = NameField(lazy("Tag"), [required()], longest=catalogue.LONGEST_GROUP)


class DelegationNamesForm(Form):
    """What a conference prints of a delegation, and what it takes it for."""

    name = TranslatedField(
        lazy("Name"), one_needed=True, longest=200, description=lazy("As it stands on lists and nameplates.")
    )
    formal_name = TranslatedField(lazy("Formal name"), longest=300)
    addressee = TranslatedField(
        lazy("Letters are addressed to"),
        longest=300,
        description=lazy("Such as: the Embassy of Samplia in Exampletown. Left empty: the formal name."),
    )
    kind = wtforms.RadioField(lazy("Kind"), [validators.DataRequired()])
    groups = LabelsField(lazy("Groups"))
    tags = LabelsField(lazy("Tags of this conference"))

    def __init__(self, row: Delegation) -> None:
        super().__init__(
            data={
                "name": row.name,
                "formal_name": row.formal_name,
                "addressee": row.addressee,
                "kind": row.kind.value,
                "groups": ", ".join(row.groups),
                "tags": ", ".join(row.tags),
            }
        )
        self.kind.choices = labelled(catalogue.KIND_NAMES)

    def description(self) -> dict[str, Any]:
        return {"kind": PartyKind(self.kind.data), "groups": self.groups.labels, "tags": self.tags.labels}
