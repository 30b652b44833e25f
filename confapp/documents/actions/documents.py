"""The document itself: its symbol, its details and what search reads of it."""

from collections.abc import Sequence
from typing import Any

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned, index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.models import Document, Version
from confapp.documents.rules import Access, BlockKind, DocumentKind, Nature, Status, symbols
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


def create(
    conference: Conference,
    *,
    symbol: str,
    kind: DocumentKind,
    title: Texts,
    languages: Sequence[str],
    by: Actor,
    nature: Nature = Nature.NONE,
    original_language: str = "",
    authentic_languages: Sequence[str] = (),
    submitted_by: Texts | None = None,
    access: Access = Access.PUBLIC,
    **register: Any,
) -> Document:
    """A document with its open draft, whose first block is the title. `register` are more columns of its row."""
    _require_free_symbol(symbol)
    document = Document(
        conference_id=conference.id,
        symbol=symbol,
        kind=kind,
        nature=nature,
        title=cleaned(title),
        languages=list(languages),
        original_language=original_language or languages[0],
        authentic_languages=list(authentic_languages),
        submitted_by=cleaned(submitted_by or {}),
        access=access,
        **register,
        created_by=by.account_id,
        status=Status.DRAFT,
        versions=[Version(conference_id=conference.id)],
    )
    db.session.add(document)
    db.session.flush()
    audit.record(by, "documents.create", document, symbol=symbol, kind=kind)
    put(document, BlockKind.TITLE, {code: document.title.get(code, "") for code in languages}, STEP, None, by)
    index(document)
    return document


def change_details(
    document: Document,
    *,
    symbol: str,
    kind: DocumentKind,
    nature: Nature,
    authentic_languages: Sequence[str],
    submitted_by: Texts,
    by: Actor,
) -> None:
    if symbol != document.symbol:
        if document.issues:
            raise Refused(_("The symbol of a published document stays what it is."), 409, "symbol")
        _require_free_symbol(symbol)
    document.symbol, document.kind, document.nature = symbol, kind, nature
    document.authentic_languages = list(authentic_languages)
    document.submitted_by = cleaned(submitted_by)
    audit.record(by, "documents.change", document, **audit.changes(document))
    index(document)


def _require_free_symbol(symbol: str) -> None:
    if fault := symbols.fault(symbol):
        raise Refused(fault, 422, "symbol")
    if queries.with_symbol(symbol):
        raise Refused(_("Another document of this conference has this symbol."), 422, "symbol")
