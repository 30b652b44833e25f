import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, NameField, required


class VerifyForm(Form):
    file = wtforms.FileField(lazy("File"), [required()])


class NameForm(Form):
    name = NameField(lazy("The name as it stands in the letter"), [required()])
