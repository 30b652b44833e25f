"""What is looked for in a document, and what takes its place."""

import wtforms
from werkzeug.datastructures import MultiDict

from confapp.documents.models import Document
from confapp.documents.rules.replacing import LONGEST, Search
from confapp.foundation.languages import language, lazy
from confapp.foundation.web.forms import Form, TextField, required


class ReplaceForm(Form):
    """Sent by GET: looking changes nothing."""

    find = TextField(lazy("Find"), [required()], longest=LONGEST)
    replacement = TextField(
        lazy("Replace with"), longest=LONGEST, description=lazy("Left empty, the words are taken out.")
    )
    language = wtforms.SelectField(lazy("In"))
    whole_words = wtforms.BooleanField(lazy("Whole words only"))
    matches_case = wtforms.BooleanField(lazy("Capital and small letters as typed"))

    @classmethod
    def of(cls, document: Document, sent: MultiDict[str, str]) -> "ReplaceForm":
        form = cls(formdata=sent if "find" in sent else None)
        names = [(code, language(code).name) for code in document.languages]
        form.language.choices = [("", lazy("All languages")), *names]
        if form.language.data not in document.languages:
            form.language.data = ""
        return form

    @property
    def search(self) -> Search:
        return Search(
            self.find.data or "", self.replacement.data or "", bool(self.matches_case.data), bool(self.whole_words.data)
        )
