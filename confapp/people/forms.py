import wtforms
from flask import g

from confapp.foundation import clock
from confapp.foundation.languages import INTERFACE, language, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import DayField, EmailField, Form, NameField, TextField, labelled, required
from confapp.people import rules


class AskLinkForm(Form):
    """Sign-in begins with the mailbox; `next` is where to go on to."""

    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "email"})
    next = wtforms.HiddenField()


class EnterForm(Form):
    """The button of a mailed link; it asks for a name where the mailbox has none or several people use it."""

    name = NameField(lazy("Your name"), render_kw={"autocomplete": "name"})


class EraseForm(Form):
    """The end of an account: its address is typed."""

    typed = TextField(lazy("Type it to confirm"), [required()], longest=254, render_kw={"autocomplete": "off"})


class SetUpForm(Form):
    name = NameField(lazy("Your name"), [required()], render_kw={"autocomplete": "name"})
    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "email"})


def _staff_roles() -> list[tuple[str, str]]:
    return labelled({role: rules.ROLE_NAMES[role] for role in rules.STAFF})


class InviteForm(Form):
    """An invitation to a role on the organizers' side."""

    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "off"})
    name = NameField(lazy("Name"))
    role = wtforms.SelectField(lazy("Role"), [required()], choices=_staff_roles)
    until = DayField(lazy("Last day"), [wtforms.validators.Optional()], description=lazy("Leave empty for no end."))
    language = wtforms.SelectField(lazy("Language of the mail"), [required()], choices=lambda: _languages())

    def validate_until(self, field: DayField) -> None:
        if field.data and field.data < clock.today(g.conference.zone):
            raise wtforms.ValidationError(_("This day is past."))


class AccountForm(Form):
    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "off"})
    name = NameField(lazy("Name"), [required()])


def _languages() -> list[tuple[str, str]]:
    return [(code, language(code).name) for code in INTERFACE]
