from collections.abc import Sequence
from typing import Any

import wtforms
from flask import g

from confapp.documents.models import Document
from confapp.documents.rules import (
    BLOCK_NAMES,
    KIND_NAMES,
    LONGEST_SYMBOL,
    MANNER_NAMES,
    NATURE_NAMES,
    BlockKind,
    inline,
    symbol_fault,
)
from confapp.foundation.languages import INTERFACE, best, language, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import DayField, Form, LongTextField, TextField, TranslatedField, labelled, required


def _symbol(form: Any, field: Any) -> None:
    if field.data and (fault := symbol_fault(field.data)):
        raise wtforms.validators.ValidationError(fault)


def _natures() -> list[tuple[str, str]]:
    return [(value, label or lazy("None in particular")) for value, label in labelled(NATURE_NAMES)]


def _languages() -> list[tuple[str, str]]:
    return [(code, language(code).name) for code in g.conference.languages]


class DetailsForm(Form):
    symbol = TextField(
        lazy("Symbol"),
        [required(), _symbol],
        longest=LONGEST_SYMBOL,
        description=lazy("One for all language versions, such as CONF/2027/L.1."),
    )
    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=lambda: labelled(KIND_NAMES))
    nature = wtforms.SelectField(lazy("Nature of an outcome"), [required()], choices=_natures)
    submitted_by = TranslatedField(lazy("Submitted by"), description=lazy("By function, such as the Chair."))
    authentic = wtforms.SelectMultipleField(
        lazy("Authentic languages"),
        choices=_languages,
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("Those whose text decides when versions differ."),
    )


class NewDocumentForm(DetailsForm):
    title = TranslatedField(lazy("Title"), one_needed=True)
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        choices=_languages,
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("The text is published when it is complete in all of them."),
    )
    original = wtforms.SelectField(lazy("Original language"), [required()], choices=_languages)

    def validate_original(self, field: Any) -> None:
        if self.languages.data and field.data not in self.languages.data:
            raise wtforms.validators.ValidationError(_("The original is one of the languages chosen above."))


class RecordForm(Form):
    """Of which debate a summary record is drafted."""

    debate = wtforms.SelectField(lazy("Debate"), [required()])
    symbol = TextField(
        lazy("Symbol"), [required(), _symbol], longest=LONGEST_SYMBOL, description=lazy("Such as CONF/2027/SR.1.")
    )
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        option_widget=wtforms.widgets.CheckboxInput(),
    )

    @classmethod
    def of(cls, debates: Sequence[Any]) -> "RecordForm":
        used = [code for code in g.conference.languages if code in INTERFACE]
        form = cls(data={"languages": used})
        form.debate.choices = [(one.session.ref, best(one.session.title)) for one in debates]
        form.languages.choices = [(code, language(code).name) for code in used]
        return form


def block_form(document: Document) -> type[Form]:
    """A new paragraph in the languages of its document."""
    kinds = wtforms.SelectField(
        lazy("Kind of paragraph"),
        [required()],
        choices=lambda: [(k, n) for k, n in labelled(BLOCK_NAMES) if k != BlockKind.TITLE],
    )
    texts = TranslatedField(lazy("Text"), languages=lambda: document.languages, one_needed=True, long=True)
    return type("BlockForm", (Form,), {"kind": kinds, "texts": texts})


class AdoptionForm(Form):
    manner = wtforms.RadioField(lazy("Manner"), [required()], choices=lambda: labelled(MANNER_NAMES))
    adopted_on = DayField(lazy("Date"), [required()], description=lazy("The day on which the meeting decided."))
    meeting = TranslatedField(lazy("Meeting"), description=lazy("Such as: closing session."))
    presiding = TranslatedField(lazy("Presiding officer"), description=lazy("By function."))


class WithdrawalForm(Form):
    reason = TranslatedField(lazy("Reason"), one_needed=True, long=True, longest=1000)


class VersionForm(Form):
    """Nothing to fill in: a button that says what it will do."""


def text_form(document: Document, texts: dict[str, Any]) -> type[Form]:
    """One text area for each language of a document, with the hash of the text it began with beside it."""
    fields: dict[str, Any] = {}
    for code in document.languages:
        found = texts.get(code)
        fields[f"text_{code}"] = LongTextField(
            language(code).name, default=inline.to_markup(found.inline) if found else "", longest=20_000
        )
        fields[f"base_{code}"] = wtforms.HiddenField(default=found.sha256 if found else "")
        if code != document.original_language:
            fields[f"checked_{code}"] = wtforms.BooleanField(
                lazy("The text matches the present original; nothing needs to change")
            )
    return type("TextForm", (Form,), fields)
