"""Being told of what is issued."""

from collections.abc import Collection

import wtforms

from confapp.documents.rules import KIND_NAMES, names
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import EmailField, Form, required


class ChoiceForm(Form):
    """What a mailbox is told of and in which language."""

    language = wtforms.RadioField(lazy("Language of the mails"), [required()])
    kinds = wtforms.SelectMultipleField(
        lazy("Only documents of these kinds"),
        description=lazy("None chosen: all documents."),
        option_widget=wtforms.widgets.CheckboxInput(),
    )

    def offer(self, languages: Collection[str], kinds: Collection[str]) -> None:
        self.language.choices = [(code, names.language(code)) for code in languages]
        self.kinds.choices = [(kind, _(KIND_NAMES[kind])) for kind in KIND_NAMES if kind in kinds]


class SubscribeForm(ChoiceForm):
    email = EmailField(
        lazy("E-mail"), [required()], description=lazy("We write there once, with a link that confirms it.")
    )
    page_order = ("email", "language", "kinds")
