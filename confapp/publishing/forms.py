import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, required


class VerifyForm(Form):
    file = wtforms.FileField(lazy("File"), [required()])
