"""A delegation's statement as a paper of its own: an addendum to the adopted text, word by word as it was handed in."""

from confapp.documents import queries
from confapp.documents.actions._common import index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.actions.register import extend
from confapp.documents.models import Document, Reservation
from confapp.documents.rules import BlockKind, DocumentKind, Modification, Nature, beside, inline
from confapp.documents.rules.adoption import StatementState
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best, printing
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


def draft_statement(row: Reservation, *, by: Actor) -> Document:
    """In the languages in which it was given; a second call answers with the same paper. Nobody changes its words."""
    db.session.refresh(row, with_for_update=True)
    if row.paper is not None:
        return row.paper
    if row.status != StatementState.SHOWN:
        raise Refused(_("Only a statement that is shown with the text becomes a paper of its own."))
    document = row.adoption.document
    codes = [code for code in document.languages if row.text.get(code)]
    if not codes:
        raise Refused(_("The delegation gave its words in none of the languages of this text."))
    made = extend(
        document,
        Modification.ADDENDUM,
        languages=codes,
        by=by,
        kind=DocumentKind.STATEMENT,
        nature=Nature.NONE,
        authentic_languages=[],
        submitted_by=dict(row.delegation.name),
        title={code: _title(row, code) for code in codes},
    )
    for number, said in enumerate(_paragraphs(row, codes), 2):
        kind = BlockKind.NOTE if number == 2 else BlockKind.PARAGRAPH
        put(
            made,
            kind,
            {code: inline.to_markup([{"t": words}]) for code, words in said.items()},
            number * STEP,
            None,
            by,
        )
    index(made)
    row.paper = made
    db.session.flush()
    audit.record(by, "documents.draft_statement", made, statement=row.ref, extends=document.symbol)
    return made


def _title(row: Reservation, code: str) -> str:
    with printing(code):
        return f"{beside.statement_name(row.kind)}: {best(row.delegation.name, code)}"


def _paragraphs(row: Reservation, codes: list[str]) -> list[dict[str, str]]:
    """What it is and on which paragraphs, then the words; in one piece where languages are divided otherwise."""
    heads = {code: _head(row, code) for code in codes}
    lines = {code: [line.strip() for line in row.text[code].splitlines() if line.strip()] for code in codes}
    if len({len(several) for several in lines.values()}) > 1:
        lines = {code: [" ".join(several)] for code, several in lines.items()}
    count = len(lines[codes[0]])
    return [heads, *({code: lines[code][number] for code in codes} for number in range(count))]


def _head(row: Reservation, code: str) -> str:
    reading = queries.reading(row.adoption.document, row.adoption.version, code)
    with printing(code):
        names = [name for _paragraph, name in reading.named(tuple(row.blocks))]
        return beside.own_words_line(row.kind, best(row.delegation.name, code), names, code)
