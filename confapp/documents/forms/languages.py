"""What a conference wants of its translations, and its glossary."""

import wtforms

from confapp.documents.rules import glossary
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, TextField, TranslatedField, required


class TranslationRulesForm(Form):
    wants_checks = wtforms.BooleanField(
        lazy("Translations are checked before a text is adopted or issued"),
        description=lazy("What nobody has checked is then a serious remark: it is settled, or left with a reason."),
    )
    four_eyes = wtforms.BooleanField(
        lazy("Another person checks what one person wrote"),
        description=lazy("Whoever wrote a text cannot call it checked."),
    )
    revision = wtforms.HiddenField()


class GlossaryTermForm(Form):
    words = TranslatedField(
        lazy("Term"),
        one_needed=True,
        longest=glossary.LONGEST_WORDS,
        description=lazy("Several wordings that are as good are parted by semicolons."),
    )
    forbidden = TranslatedField(
        lazy("Not to be written"),
        longest=glossary.LONGEST_WORDS,
        description=lazy("Variants that are remarked wherever they stand, parted by semicolons."),
    )
    note = TextField(lazy("Note"), longest=glossary.LONGEST_NOTE)
    revision = wtforms.HiddenField()


class GlossaryTableForm(Form):
    file = wtforms.FileField(
        lazy("Table"), [required()], description=lazy("CSV or XLSX, such as the one that is taken out here.")
    )


class TranslationFileForm(Form):
    file = wtforms.FileField(lazy("File"), [required()], description=lazy("The DOCX that was made here, filled in."))
