"""The form that each row of a table is tried by, and what is typed around a table."""

from collections.abc import Mapping

import wtforms
from werkzeug.datastructures import MultiDict

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import EmailField, Form, NameField, required
from confapp.registration.forms.people import InDelegationForm, NamesForm, language_choices
from confapp.registration.forms.sealed import SealedForm
from confapp.registration.rules import Entry


class RowForm(NamesForm, InDelegationForm, SealedForm):
    """The fields of the form for a member, filled from one row after another."""

    email = EmailField(lazy("E-mail"))
    language = wtforms.SelectField(lazy("Language of mails"), default="en")
    organization = NameField(lazy("Organization"))

    def __init__(self) -> None:
        super().__init__(formdata=None)
        self.offer_positions()
        self.language.choices = language_choices()
        self.usual = {name: self._fields[name].default for name in ("capacity", "rank", "language")}

    def take(self, values: Mapping[str, str]) -> bool:
        """Fills it from a row; True when everything in the row can be used. An empty cell stands for what is usual."""
        self.process(formdata=MultiDict(self.usual | {name: value for name, value in values.items() if value}))
        return bool(self.validate())

    def entry(self, **values: object) -> Entry:
        return super().entry(**self.sealed_values(), **values)


class UploadForm(Form):
    """A table: as a file, or pasted from a spreadsheet."""

    file = wtforms.FileField(lazy("File"), description=lazy("CSV or XLSX; the first row names the columns."))
    pasted = wtforms.TextAreaField(
        lazy("Or paste the cells here"), description=lazy("Copied from a spreadsheet, with the row of names.")
    )
    delegation = wtforms.SelectField(lazy("For the delegation"))
    category = wtforms.SelectField(lazy("Category"))
    encoding = wtforms.SelectField(lazy("Encoding of a CSV file"))


class ApplyForm(Form):
    """The last step: all or the sound ones, what they agreed to, and whether they get a mail."""

    data_use = wtforms.BooleanField("", [required(lazy("Without this the registrations cannot be looked at."))])
    links = wtforms.BooleanField(lazy("Send each person a link to the own registration"))


class PhotosForm(Form):
    file = wtforms.FileField(lazy("ZIP file"), [required()])
