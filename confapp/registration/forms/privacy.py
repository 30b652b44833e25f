"""What is typed before something is gone for good, and the words of consents."""

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, TextField, TranslatedField, required


class ConfirmForm(Form):
    """A second step that nobody takes by mistake: a word is typed."""

    typed = TextField(lazy("Type it to confirm"), [required()], longest=80, render_kw={"autocomplete": "off"})


class ConsentForm(Form):
    text = TranslatedField(lazy("Text"), one_needed=True, long=True, longest=2000)
