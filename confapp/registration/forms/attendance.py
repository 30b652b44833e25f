"""What is typed at a door."""

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, TextField, required


class NumberForm(Form):
    number = TextField(
        lazy("Reference"),
        [required()],
        longest=20,
        description=lazy("As it stands on the confirmation, such as SC27-0042."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )
