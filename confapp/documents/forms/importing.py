"""Where a text comes from."""

import wtforms

from confapp.documents.models import Document
from confapp.foundation.languages import language, lazy
from confapp.foundation.web.forms import Form, LongTextField

LONGEST = 400_000


class ImportForm(Form):
    """A file or pasted text, in one language of the document."""

    language = wtforms.SelectField(lazy("Language of the text"))
    file = wtforms.FileField(lazy("File"), description=lazy("DOCX or plain text in UTF-8, at most 2 MB."))
    words = LongTextField(lazy("Or the text itself"), longest=LONGEST)

    @classmethod
    def of(cls, document: Document) -> "ImportForm":
        form = cls(data={"language": document.original_language})
        form.language.choices = [(code, language(code).name) for code in document.languages]
        return form
