"""A long text in two languages, as an editor has it open: 300 paragraphs of all kinds."""

from confapp.conferences.models import Conference
from confapp.documents import actions
from confapp.documents.models import Block
from confapp.documents.rules import BlockKind, DocumentKind
from confapp.foundation.access import Actor
from confapp.foundation.db import in_conference
from confapp.foundation.transactions import writing

PARAGRAPHS = 300
WORDS = (
    "*Affirms* that trust in public communication grows where offices answer in time, in the languages of their readers"
)


def fill(conference: Conference, by: Actor) -> str:
    """Returns the ref of the document."""
    with in_conference(conference.id), writing():
        document = actions.create(
            conference,
            symbol="BENCH/2027/L.1",
            kind=DocumentKind.OUTCOME,
            title={"en": "A long text", "id": "Teks panjang"},
            languages=["en", "id"],
            by=by,
        )
        paragraph: Block | None = None
        for number in range(1, PARAGRAPHS):
            kind = BlockKind.LIST_ITEM if number % 5 == 4 else BlockKind.OPERATIVE
            under = paragraph if kind == BlockKind.LIST_ITEM else None
            texts = {code: f"{WORDS} ({code} {number});" for code in ("en", "id")}
            block = actions.put(document, kind, texts, number * 10 + 10, under.id if under else None, by)
            paragraph = block if under is None else paragraph
        return document.ref
