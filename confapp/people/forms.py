import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import EmailField, Form, NameField, required


class AskLinkForm(Form):
    """Sign-in begins with the mailbox; `next` is where to go on to."""

    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "email"})
    next = wtforms.HiddenField()


class EnterForm(Form):
    """The button of a mailed link; it asks for a name where the mailbox has none or several people use it."""

    name = NameField(lazy("Your name"), render_kw={"autocomplete": "name"})


class SetUpForm(Form):
    name = NameField(lazy("Your name"), [required()], render_kw={"autocomplete": "name"})
    email = EmailField(lazy("E-mail address"), [required()], render_kw={"autocomplete": "email"})
