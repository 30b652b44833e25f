"""What several of these files share."""

from collections.abc import Mapping

from confapp.documents import queries
from confapp.documents.models import Document
from confapp.documents.rules import LIFE, Status, inline
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.text import clean, fold

Texts = Mapping[str, str]  # markup by language


def cleaned(value: Texts) -> dict[str, str]:
    return {code: clean(words) for code, words in value.items()}


def index(document: Document) -> None:
    """The column that search reads: symbol, titles and the words of the draft."""
    db.session.flush()
    found = queries.texts(document.draft)
    words = (inline.to_plain(row.inline, {}, notes=True) for by_code in found.values() for row in by_code.values())
    document.folded = fold(document.symbol, *document.title.values(), *words)


def hold(document: Document) -> None:
    """Who writes in it at the same moment does so one after the other, the second with what the first wrote."""
    db.session.refresh(document, ["revision", "status", "title", "folded"], with_for_update=True)


def require_open(document: Document) -> None:
    if document.status == Status.WITHDRAWN:
        raise Refused(_("This document is withdrawn. Take it up again as a draft before you change it."))
    if queries.is_own_words(document):
        raise Refused(
            _("These are the words of a delegation. Nobody changes them; a correction comes from the delegation.")
        )


def move_named(verb: str) -> Move:
    move = LIFE.named(verb)
    if move is None:
        raise LookupError(verb)
    return move
