"""What is typed for many at once: a mail in the conference's languages, or a tag."""

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, NameField, TranslatedField, required


class MailForm(Form):
    subject = TranslatedField(lazy("Subject"), one_needed=True, longest=200)
    text = TranslatedField(lazy("Text"), one_needed=True, long=True, longest=5000)


class TagForm(Form):
    word = NameField(lazy("Tag"), [required()], longest=40)
