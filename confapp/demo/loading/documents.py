"""Documents of the demonstration: written block by block, adopted where a meeting would, and handed to publication."""

from confapp.conferences.models import Conference
from confapp.demo import content
from confapp.demo.loading import decisions
from confapp.documents import actions, queries
from confapp.documents.models import Block, Document
from confapp.documents.queries.subscribers import subscriber_of
from confapp.documents.rules import BlockKind, DocumentKind, IssueState, Manner, Nature, is_adopted_by_a_meeting
from confapp.foundation import clock
from confapp.foundation.access import Actor

REHEARSAL: content.Text = {"en": "rehearsal of the sample conference", "id": "gladi bersih contoh konferensi"}
PRESIDING: content.Text = {"en": "Chair of the sample conference", "id": "Ketua contoh konferensi"}


def open_register(conference: Conference, by: Actor) -> None:
    """The usual series; drafts are handed in three weeks before the conference."""
    for series in actions.add_usual_series(conference, by=by):
        if series.kind == DocumentKind.DRAFT:
            series.days_before = 21


def load(conference: Conference, described: content.Document, by: Actor) -> Document:
    kind = DocumentKind(described.kind)
    document = actions.create(
        conference,
        symbol=described.symbol,
        kind=kind,
        title=described.title,
        languages=described.languages,
        nature=Nature(described.nature),
        authentic_languages=described.authentic,
        by=by,
    )
    written = _write(document, described, by)
    if described.published:
        if is_adopted_by_a_meeting(kind):
            _adopt(document, Manner.RECORDED_VOTE if described.recorded else Manner.CHAIR, by)
        if described.recorded:
            blocks = {each.texts["en"]: made.ref for each, made in written}
            decisions.record(document, described.recorded, blocks, by)
        actions.prepare_publication(document, by=by)
    _amend(document, described, written, by)
    if described.silence_days:
        decisions.start_silence(document, described, conference.zone, by)
    return document


def _write(document: Document, described: content.Document, by: Actor) -> list[tuple[content.Block, Block]]:
    """The first block, the title, stands there already."""
    written: list[tuple[content.Block, Block]] = []

    def write(blocks: tuple[content.Block, ...], under: Block | None) -> None:
        for each in blocks:
            made = actions.add_block(document, BlockKind(each.kind), each.texts, under=under, by=by)
            written.append((each, made))
            write(each.children, made)

    write(described.blocks[1:], None)
    return written


def _adopt(document: Document, manner: Manner, by: Actor) -> None:
    today = clock.now().date()
    actions.adopt(document, manner=manner, meeting=REHEARSAL, adopted_on=today, presiding=PRESIDING, by=by)


def _amend(
    document: Document, described: content.Document, written: list[tuple[content.Block, Block]], by: Actor
) -> None:
    """What the secretariat has changed since in the open draft."""
    for beginning, texts in described.amendments:
        block = next(made for each, made in written if each.texts["en"].startswith(beginning))
        for language, markup in texts.items():
            newest = queries.newest_text(block, language)
            actions.write_text(document, block, language, markup, base=newest.sha256 if newest else "", by=by)


READERS: tuple[tuple[str, str, list[DocumentKind]], ...] = (
    ("library@institute.example", "en", []),
    ("redaksi@media.example", "id", [DocumentKind.OUTCOME]),
)


def tell(conference: Conference, by: Actor) -> None:
    """Media are told of what is issued, and two readers who asked for it and confirmed it."""
    actions.set_issuing_rules(conference.id, needs_two=True, tells_press=True, by=by)
    for email, language, kinds in READERS:
        if subscriber_of(conference.id, email) is None:
            actions.ask_to_be_told(conference, email, language=language, kinds=kinds)
            if (row := subscriber_of(conference.id, email)) is not None:
                actions.confirm_subscription(row, language=language, kinds=kinds)


def release(by: Actor) -> None:
    """What is prepared in the conference in scope, as another person than the one who prepared it."""
    for document in queries.register():
        if document.open_issue is not None and document.open_issue.state == IssueState.PREPARED:
            actions.release(document.open_issue, by=by)
