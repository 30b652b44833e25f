from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.models import (
    Adoption,
    Block,
    BlockPlace,
    BlockText,
    Document,
    Issue,
    Publication,
    Version,
    VersionText,
)
from confapp.documents.rules import (
    LIFE,
    PUBLISH,
    BlockKind,
    DocumentKind,
    IssueState,
    Manner,
    Nature,
    Status,
    inline,
    is_adopted_by_a_meeting,
    names,
    symbol_fault,
)
from confapp.documents.rules.composition import in_order
from confapp.foundation import audit, clock, files, jobs
from confapp.foundation.access import Actor
from confapp.foundation.codes import new_code
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Move, Refused
from confapp.foundation.text import clean, fold

STEP = 10
Texts = Mapping[str, str]  # markup by language


class Conflict(Refused):
    """Somebody else changed the paragraph meanwhile; both texts are kept, theirs is in the record already."""

    def __init__(self, theirs: BlockText) -> None:
        super().__init__(
            _(
                "%(name)s changed this paragraph while you were writing. Compare both texts and save again.",
                name=theirs.acting_name or _("Somebody"),
            )
        )
        self.theirs = theirs


# --- the document itself ----------------------------------------------------------------------------------------------


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
) -> Document:
    """A document with its open draft, whose first block is the title."""
    _require_free_symbol(symbol)
    document = Document(
        conference_id=conference.id,
        symbol=symbol,
        kind=kind,
        nature=nature,
        title=_cleaned(title),
        languages=list(languages),
        original_language=original_language or languages[0],
        authentic_languages=list(authentic_languages),
        submitted_by=_cleaned(submitted_by or {}),
        created_by=by.account_id,
        status=Status.DRAFT,
        versions=[Version(conference_id=conference.id)],
    )
    db.session.add(document)
    db.session.flush()
    audit.record(by, "documents.create", document, symbol=symbol, kind=kind)
    _add(document, BlockKind.TITLE, {code: document.title.get(code, "") for code in languages}, STEP, None, by)
    _index(document)
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
    document.submitted_by = _cleaned(submitted_by)
    audit.record(by, "documents.change", document, **audit.changes(document))
    _index(document)


def _require_free_symbol(symbol: str) -> None:
    if fault := symbol_fault(symbol):
        raise Refused(fault, 422, "symbol")
    if queries.with_symbol(symbol):
        raise Refused(_("Another document of this conference has this symbol."), 422, "symbol")


def _cleaned(value: Texts) -> dict[str, str]:
    return {code: clean(words) for code, words in value.items()}


def _index(document: Document) -> None:
    """The column that search reads: symbol, titles and the words of the draft."""
    db.session.flush()
    found = queries.texts(document.draft)
    words = (inline.to_plain(row.inline) for by_code in found.values() for row in by_code.values())
    document.folded = fold(document.symbol, *document.title.values(), *words)


# --- blocks -----------------------------------------------------------------------------------------------------------


def add_block(
    document: Document,
    kind: BlockKind,
    texts: Texts,
    *,
    by: Actor,
    after: Block | None = None,
    under: Block | None = None,
) -> Block:
    """A new block after another one (behind all that stands under it), or as the last under `under` or of the text."""
    _require_open(document)
    rows = queries.place_rows(document.draft)
    anchor = next((row for row in rows if after is not None and row.block_id == after.id), None)
    parent_id = under.id if under else _parent_for(kind, anchor)
    position = (anchor.position if anchor else max((row.position for row in rows), default=0)) + 1
    if anchor and anchor.block_id == parent_id:
        position = min((row.position for row in rows if row.parent_id == parent_id), default=1) - 1
    block = _add(document, kind, texts, position, parent_id, by)
    _renumber(document)
    audit.record(by, "documents.add_block", document, block=block.ref, kind=kind)
    _index(document)
    return block


def _parent_for(kind: BlockKind, anchor: BlockPlace | None) -> int | None:
    """An item of a list goes under the numbered paragraph before it; other blocks stand beside the one before."""
    if anchor is None:
        return None
    if kind == BlockKind.LIST_ITEM:
        follows_item = anchor.block.kind == BlockKind.LIST_ITEM
        return anchor.parent_id if follows_item else anchor.block_id
    if anchor.block.kind == BlockKind.ANNEX:
        return anchor.block_id
    if anchor.block.kind == BlockKind.LIST_ITEM:
        return _annex_above(anchor)
    return anchor.parent_id


def _annex_above(place: BlockPlace) -> int | None:
    by_block = {row.block_id: row for row in queries.place_rows(place.version)}
    above = by_block.get(place.parent_id) if place.parent_id else None
    while above is not None and above.block.kind != BlockKind.ANNEX:
        above = by_block.get(above.parent_id) if above.parent_id else None
    return above.block_id if above else None


def _add(document: Document, kind: BlockKind, texts: Texts, position: int, parent_id: int | None, by: Actor) -> Block:
    block = Block(conference_id=document.conference_id, document=document, kind=kind, created_by=by.account_id)
    db.session.add(block)
    db.session.flush()
    db.session.add(
        BlockPlace(
            conference_id=document.conference_id,
            version_id=document.draft.id,
            block=block,
            parent_id=parent_id,
            position=position,
        )
    )
    db.session.flush()
    for code in _original_first(document, texts):
        if texts[code].strip():
            _append(document, block, code, inline.parse(texts[code]), by)
    return block


def _renumber(document: Document) -> None:
    """Positions in steps of ten along the reading order, hidden blocks where they stood."""
    db.session.flush()
    rows = {row.block.ref: row for row in queries.place_rows(document.draft)}
    shown = [step.place.block for step in in_order(queries.places(rows.values()))]
    rest = [ref for ref in rows if ref not in set(shown)]
    order = sorted(shown + rest, key=lambda ref: shown.index(ref) if ref in shown else _hidden_at(rows, ref, shown))
    for number, ref in enumerate(order, 1):
        if rows[ref].position != number * STEP:
            rows[ref].position = number * STEP


def _hidden_at(rows: Mapping[str, BlockPlace], ref: str, shown: list[str]) -> float:
    before = [number for number, other in enumerate(shown) if rows[other].position <= rows[ref].position]
    return (before[-1] if before else -1) + 0.5


def move_block(document: Document, block: Block, direction: int, *, by: Actor) -> None:
    """One place up (-1) or down (1) among the shown blocks beside it; what stands under it goes along."""
    _require_open(document)
    rows = queries.place_rows(document.draft)
    here = next(row for row in rows if row.block_id == block.id)
    beside = [row for row in rows if row.parent_id == here.parent_id and row.is_shown]
    there = beside.index(here) + direction
    if here not in beside or not 0 <= there < len(beside):
        raise Refused(_("It is already at the end."))
    here.position, beside[there].position = beside[there].position, here.position
    _renumber(document)
    audit.record(by, "documents.move_block", document, block=block.ref, direction=direction)


def show_block(document: Document, block: Block, is_shown: bool, *, by: Actor) -> None:
    """Deletes a block from the draft or brings it back; its texts and its history stay."""
    _require_open(document)
    if block.kind == BlockKind.TITLE:
        raise Refused(_("A document keeps its title."))
    place = next(row for row in queries.place_rows(document.draft) if row.block_id == block.id)
    place.is_shown = is_shown
    audit.record(by, "documents.restore_block" if is_shown else "documents.delete_block", document, block=block.ref)


def write_text(
    document: Document, block: Block, language: str, markup: str, *, base: str, by: Actor, is_checked: bool = False
) -> BlockText | None:
    """Appends a text when it differs; `base` is the hash of the text the writer began with ("" for none).

    `is_checked` says that a translation fits the present original although its own words stay.
    """
    _require_open(document)
    if language not in document.languages:
        raise Refused(_("This document has no text in that language."), 422)
    newest = queries.newest_text(block, language)
    written = inline.parse(markup)
    is_same = newest is not None and newest.sha256 == inline.digest(written)
    if (newest is None and not written) or (is_same and not is_checked):
        return newest
    if newest is not None and newest.sha256 != base and not is_same:
        raise Conflict(newest)
    appended = _append(document, block, language, written, by)
    if block.kind == BlockKind.TITLE:
        document.title = {**document.title, language: inline.to_plain(written)}
    audit.record(by, "documents.write", document, block=block.ref, language=language, text=appended.sha256)
    _index(document)
    return appended


def write_texts(
    document: Document,
    block: Block,
    markups: Texts,
    *,
    bases: Mapping[str, str],
    checked: Sequence[str] = (),
    by: Actor,
) -> None:
    """All languages of one form together, the original first, so that translations remember what they follow."""
    for code in _original_first(document, markups):
        base = bases.get(code, "")
        write_text(document, block, code, markups[code], base=base, by=by, is_checked=code in checked)


def _append(document: Document, block: Block, language: str, written: inline.Inline, by: Actor) -> BlockText:
    source = queries.newest_text(block, document.original_language) if language != document.original_language else None
    appended = BlockText(
        conference_id=document.conference_id,
        block_id=block.id,
        language=language,
        inline=written,
        sha256=inline.digest(written),
        source_sha256=source.sha256 if source else "",
        written_by=by.account_id,
        acting_name=by.name,
    )
    db.session.add(appended)
    db.session.flush()
    return appended


def _original_first(document: Document, texts: Texts) -> list[str]:
    """A translation remembers the original that it follows, so the original is written before it."""
    return sorted((code for code in texts if code in document.languages), key=lambda c: c != document.original_language)


def _require_open(document: Document) -> None:
    if document.status == Status.WITHDRAWN:
        raise Refused(_("This document is withdrawn. Take it up again as a draft before you change it."))


# --- versions and adoption --------------------------------------------------------------------------------------------


def freeze(document: Document, *, by: Actor) -> Version:
    """The draft as a numbered version that never changes; the newest frozen one when nothing is different."""
    db.session.flush()
    draft = document.draft
    rows, found = queries.place_rows(draft), queries.texts(draft)
    sha256, latest = queries.fingerprint(queries.places(rows), found), document.latest_frozen
    if latest is not None and latest.sha256 == sha256:
        return latest
    number = (latest.number or 0) + 1 if latest else 1
    draft.number, draft.label, draft.sha256 = number, f"Rev.{number - 1}" if number > 1 else "", sha256
    draft.frozen_at, draft.frozen_by = clock.now(), by.account_id
    db.session.flush()
    _remember_texts(draft, found)
    document.versions.append(_copy(draft, rows))
    audit.record(by, "documents.freeze", document, version=number, text=sha256)
    return draft


def _remember_texts(version: Version, found: Mapping[str, queries.TextsByLanguage]) -> None:
    for by_code in found.values():
        for row in by_code.values():
            db.session.add(VersionText(conference_id=version.conference_id, version_id=version.id, text_id=row.id))


def _copy(version: Version, rows: Sequence[BlockPlace]) -> Version:
    following = Version(conference_id=version.conference_id, document_id=version.document_id, parent_id=version.id)
    following.places = [
        BlockPlace(
            conference_id=version.conference_id,
            block_id=row.block_id,
            parent_id=row.parent_id,
            position=row.position,
            suffix=row.suffix,
            is_shown=row.is_shown,
        )
        for row in rows
    ]
    db.session.add(following)
    db.session.flush()
    return following


def adopt(
    document: Document, *, manner: Manner, meeting: Texts, adopted_on: date, presiding: Texts, by: Actor
) -> Adoption:
    """Freezes the draft and records that a meeting adopted it."""
    _require_complete(document)
    if why := reason_not_to_adopt(document):
        raise Refused(why)
    was = _move("adopt").apply(document, by=by)
    version = freeze(document, by=by)
    adoption = Adoption(
        conference_id=document.conference_id,
        document_id=document.id,
        version=version,
        manner=manner,
        meeting=_cleaned(meeting),
        adopted_on=adopted_on,
        presiding=_cleaned(presiding),
        recorded_by=by.account_id,
    )
    db.session.add(adoption)
    audit.record(by, "documents.adopt", document, was=was, version=version.number, manner=manner, adopted_on=adopted_on)
    return adoption


def reason_not_to_adopt(document: Document) -> str | None:
    latest = document.latest_frozen
    if latest is not None and latest.adoption is not None and latest.sha256 == queries.draft(document).sha256:
        return _("This text is adopted already; nothing in it has changed since.")
    return None


def _require_complete(document: Document) -> None:
    wanting = queries.draft(document).missing
    if wanting:
        listed = names.languages(sorted({code for row in wanting for code in row.missing}))
        raise Refused(
            _("%(count)d paragraphs have no text yet in: %(languages)s.", count=len(wanting), languages=listed)
        )


def _move(verb: str) -> Move:
    move = LIFE.named(verb)
    if move is None:
        raise LookupError(verb)
    return move


# --- publication ------------------------------------------------------------------------------------------------------


def version_to_publish(document: Document) -> Version | None:
    """The newest adopted version of an outcome; None for any other paper: publishing freezes its draft."""
    if not is_adopted_by_a_meeting(document.kind):
        return None
    return max((v for v in document.versions if v.adoption is not None), key=lambda v: v.number or 0, default=None)


def reason_not_to_publish(document: Document) -> str | None:
    move, version, current = _move("publish"), version_to_publish(document), document.current_issue
    if document.status not in move.sources:
        return _("This document is withdrawn. Take it up again as a draft first.")
    sha256 = version.sha256 if version else queries.draft(document).sha256
    if current is not None and current.version.sha256 == sha256:
        return _("This text is published already; nothing in it has changed since.")
    return move.guard(document) if move.guard else None


def prepare_publication(document: Document, *, by: Actor) -> Issue:
    """An issue of the adopted (or, where nothing is adopted, the present) text, and the job that makes its files."""
    if not PUBLISH.allows(by, document):
        raise Forbidden
    if why := reason_not_to_publish(document):
        raise Refused(why)
    version, current = version_to_publish(document), document.current_issue
    if version is None:
        _require_complete(document)
        version = freeze(document, by=by)
    issue = Issue(
        conference_id=document.conference_id,
        document=document,
        version=version,
        number=1 + max((issue.number for issue in document.issues), default=0),
        state=IssueState.PREPARING,
        code=_free_code(),
        fingerprint=version.sha256[:16],
        chain_head=audit.head(document.conference_id),
        prepared_by=by.account_id,
        publisher_name=by.name,
        supersedes_id=current.id if current else None,
    )
    db.session.add(issue)
    db.session.flush()
    job = jobs.enqueue("documents.publish", {"issue": issue.id}, conference_id=document.conference_id)
    issue.job_id = job.id
    audit.record(by, "documents.prepare", document, issue=issue.number, version=version.number, text=version.sha256)
    return issue


def _free_code() -> str:
    code = new_code()
    while db.session.scalar(select(func.count()).select_from(Issue).where(Issue.code == code)):
        code = new_code()
    return code


def complete_publication(issue: Issue, made: Sequence[tuple[str, str, str, int, str]]) -> None:
    """All files at once: (language, format, sha256, size, media type) of bytes that are kept already."""
    document, moment = issue.document, clock.now()
    if issue.state != IssueState.PREPARING:
        return
    for language, file_format, sha256, size, media_type in made:
        stored = files.register(
            sha256,
            size,
            media_type,
            file_name(document, language, file_format),
            conference_id=document.conference_id,
            by=issue.prepared_by,
        )
        db.session.add(
            Publication(
                conference_id=document.conference_id,
                issue=issue,
                language=language,
                format=file_format,
                file=stored,
                sha256=sha256,
            )
        )
    issue.sha256 = inline.digest(
        [{language: f"{file_format} {sha256}"} for language, file_format, sha256, *_rest in made]
    )
    issue.state, issue.published_at, issue.published_by = IssueState.PUBLISHED, moment, issue.prepared_by
    document.status = Status.PUBLISHED
    publisher = Actor(account_id=issue.prepared_by, name=issue.publisher_name)
    hashes = {f"{language}.{file_format}": sha256 for language, file_format, sha256, *_rest in made}
    audit.record(publisher, "documents.publish", document, issue=issue.number, files=hashes)


def file_name(document: Document, language: str, file_format: str) -> str:
    """What a downloaded file is called: strokes cannot stand in a name."""
    return f"{document.symbol.replace('/', '_')}.{language}.{file_format}"


def abandon(issue: Issue, *, by: Actor) -> None:
    """Stops an issue that is still being prepared, or notes that its files could not be made."""
    if issue.state != IssueState.PREPARING:
        raise Refused(_("This issue is not being prepared any more."))
    issue.state = IssueState.FAILED
    audit.record(by, "documents.abandon", issue.document, issue=issue.number)


def withdraw(document: Document, reason: Texts, *, by: Actor) -> None:
    """Every published issue is marked as withdrawn; its page keeps a stub and its files stay verifiable."""
    said = _cleaned(reason)
    _move("withdraw").apply(document, by=by, reason=" ".join(said.values()))
    for issue in document.issues:
        if issue.state == IssueState.PUBLISHED:
            issue.state, issue.withdrawn_at, issue.withdrawal_reason = IssueState.WITHDRAWN, clock.now(), said
    audit.record(by, "documents.withdraw", document, reason=said)


def resume(document: Document, *, by: Actor) -> None:
    _move("resume").apply(document, by=by)
    audit.record(by, "documents.resume", document)
