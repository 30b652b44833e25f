"""The emblem of the conference."""

import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, TranslatedField


class EmblemForm(Form):
    file = wtforms.FileField(
        lazy("File"),
        description=lazy("SVG or PNG, at most 1 MB. Word files show a PNG only."),
        render_kw={"accept": "image/svg+xml,image/png"},
    )
    alt = TranslatedField(
        lazy("What it shows, in words"),
        one_needed=True,
        description=lazy("Read out in its place, such as “Emblem of the Ministry”."),
    )
