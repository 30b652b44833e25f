"""The parts with which a new paper begins, in every language of it."""

from confapp.documents.actions._common import index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.models import Document
from confapp.documents.rules import beginnings
from confapp.documents.rules.layouts import usual
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.languages import PRINTED, printing


def begin(document: Document, *, by: Actor) -> int:
    """How many paragraphs its layout gives it below the title; a language in which no file is printed stays empty."""
    layout = document.layout or usual(document.kind, document.nature)
    known = [code for code in document.languages if code in PRINTED] or [document.original_language]
    said = {}
    for code in known:
        with printing(code):
            said[code] = beginnings.parts(layout)
    rows = list(zip(*said.values(), strict=True))
    for number, row in enumerate(rows, 2):
        texts = {code: words for code, (_kind, words) in zip(said, row, strict=True)}
        put(document, row[0][0], texts, number * STEP, None, by)
    audit.record(by, "documents.begin", document, layout=layout, count=len(rows))
    index(document)
    return len(rows)
