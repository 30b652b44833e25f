"""The document itself: its symbol, its details and what search reads of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned, index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.models import Document, GivenSymbol, Version
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
    require_form(symbol)
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
    give_symbol(document, symbol)
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
        require_form(symbol)
        give_symbol(document, symbol)
    document.symbol, document.kind, document.nature = symbol, kind, nature
    document.authentic_languages = list(authentic_languages)
    document.submitted_by = cleaned(submitted_by)
    audit.record(by, "documents.change", document, **audit.changes(document))
    index(document)


def require_form(symbol: str) -> None:
    if fault := symbols.fault(symbol):
        raise Refused(fault, 422, "symbol")


def give_symbol(document: Document, symbol: str) -> None:
    """Notes for ever that it is this paper's; one that another paper has or had is refused.

    Who types the same symbol at the same moment waits for this transaction.
    """
    here = select(Conference.id).where(Conference.id == document.conference_id)
    with db.session.no_autoflush:
        db.session.execute(here.with_for_update(key_share=True))
        held_by = queries.holder(symbol)
    if held_by is not None and held_by != document.id:
        raise Refused(_("Another document of this conference has or had this symbol."), 422, "symbol")
    db.session.flush()
    if held_by is None:
        db.session.add(GivenSymbol(conference_id=document.conference_id, symbol=symbol, document_id=document.id))
        db.session.flush()
