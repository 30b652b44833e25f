"""Paragraphs and their texts."""

from typing import Any

import wtforms

from confapp.documents import queries
from confapp.documents.models import BlockDraft, Document
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


def text_form(
    document: Document, texts: dict[str, Any], unsaved: BlockDraft | None = None, only: str = ""
) -> type[Form]:
    """One text area for each language of a document, or for one of them, each with the hash of the text it began with.

    What somebody typed before and has not saved stands in it again, with the hashes of that time.
    """
    fields: dict[str, Any] = {}
    shown = queries.names_in(document, texts.values())
    typed, bases = (unsaved.texts or {}, unsaved.bases) if unsaved else ({}, {})
    for code in (only,) if only else document.languages:
        found = texts.get(code)
        words = inline.to_markup(found.inline, shown.get(code, {})) if found else ""
        fields[f"text_{code}"] = LongTextField(language(code).name, default=typed.get(code, words), longest=20_000)
        fields[f"base_{code}"] = wtforms.HiddenField(default=bases.get(code, found.sha256 if found else ""))
        if code != document.original_language:
            fields[f"checked_{code}"] = wtforms.BooleanField(
                lazy("The text matches the present original; nothing needs to change")
            )
    return type("TextForm", (Form,), fields)
