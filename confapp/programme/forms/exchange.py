"""A programme that is brought in."""

import wtforms
from flask import g

from confapp.foundation import languages
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, required


class ImportForm(Form):
    file = wtforms.FileField(lazy("File"), [required()])
    language = wtforms.SelectField(
        lazy("Language of its texts"),
        [required()],
        choices=lambda: [(code, languages.language(code).name) for code in g.conference.languages],
    )
