"""Paragraphs and their texts."""

from typing import Any

import wtforms

from confapp.documents.models import Document
from confapp.documents.rules import (
    BLOCK_NAMES,
    BlockKind,
    inline,
)
from confapp.foundation.languages import language, lazy
from confapp.foundation.web.forms import (
    Form,
    LongTextField,
    TranslatedField,
    labelled,
    required,
)


def block_form(document: Document) -> type[Form]:
    """A new paragraph in the languages of its document."""
    kinds = wtforms.SelectField(
        lazy("Kind of paragraph"),
        [required()],
        choices=lambda: [(k, n) for k, n in labelled(BLOCK_NAMES) if k != BlockKind.TITLE],
    )
    texts = TranslatedField(lazy("Text"), languages=lambda: document.languages, one_needed=True, long=True)
    return type("BlockForm", (Form,), {"kind": kinds, "texts": texts})


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
