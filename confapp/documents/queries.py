from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.documents.models import (
    Adoption,
    Block,
    BlockClaim,
    BlockPlace,
    BlockText,
    Document,
    Issue,
    LanguageWork,
    Publication,
    SymbolSeries,
    Version,
    VersionText,
)
from confapp.documents.rules import (
    EDITORS,
    Access,
    BlockKind,
    DocumentKind,
    IssueState,
    Status,
    WorkState,
    composition,
    inline,
    lint,
    symbols,
)
from confapp.documents.rules.composition import Paragraph, Place
from confapp.documents.rules.reading import AdoptionFacts, IssueFacts, Masthead, Reading
from confapp.documents.rules.redline import Change, changes
from confapp.foundation import clock, languages, text
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.jobs import Job
from confapp.people.queries import holding

TextsByLanguage = dict[str, BlockText]

WITH_VERSIONS_AND_ISSUES = (
    selectinload(Document.versions).joinedload(Version.adoption),
    selectinload(Document.issues).selectinload(Issue.publications),
)


@dataclass(frozen=True)
class Narrowed:
    """What the register is narrowed to; empty words narrow nothing, nor do words that nobody could choose."""

    search: str = ""
    kind: str = ""
    access: str = ""
    status: str = ""
    series: str = ""

    def where(self) -> list[Any]:
        columns: tuple[tuple[Any, type[StrEnum], str], ...] = (
            (Document.kind, DocumentKind, self.kind),
            (Document.access, Access, self.access),
            (Document.status, Status, self.status),
        )
        found = [column == value for column, choices, value in columns if value in set(choices)]
        if self.search:
            found.append(Document.folded.like(text.like(self.search), escape="\\"))
        if self.series:
            found.append(Document.series_id.in_(select(SymbolSeries.id).where(SymbolSeries.ref == self.series)))
        return found


def register(search: str = "", by: Narrowed | None = None) -> list[Document]:
    """Every document of the conference in scope that fits, by symbol as people count: L.9 before L.10."""
    narrowed = by or Narrowed(search)
    rows = db.session.scalars(select(Document).options(*WITH_VERSIONS_AND_ISSUES).where(*narrowed.where()))
    return sorted(rows, key=lambda document: symbols.sort_key(document.symbol))


def series() -> list[SymbolSeries]:
    return list(db.session.scalars(select(SymbolSeries).order_by(SymbolSeries.id)))


def one_series(ref: str) -> SymbolSeries | None:
    return db.session.scalar(select(SymbolSeries).where(SymbolSeries.ref == ref))


def extensions(document: Document) -> list[Document]:
    """Addenda, corrigenda and so on of a paper."""
    statement = select(Document).where(Document.extends_id == document.id).options(*WITH_VERSIONS_AND_ISSUES)
    return sorted(db.session.scalars(statement), key=lambda one: symbols.sort_key(one.symbol))


@dataclass(frozen=True)
class Task:
    """The work on one language version of a paper; `work` is None where nobody planned it yet."""

    document: Document
    language: str
    work: LanguageWork | None

    @property
    def state(self) -> WorkState:
        return self.work.state if self.work else WorkState.WANTED

    @property
    def due_at(self) -> datetime | None:
        return (self.work.due_at if self.work else None) or self.document.due_at

    def is_late(self, now: datetime) -> bool:
        return self.state != WorkState.FINAL and self.due_at is not None and now > self.due_at


def tasks(language: str = "", *, with_final: bool = False) -> list[Task]:
    """Work by document and language, what is due first at the top; papers that were issued unchanged are left out."""
    statement = select(Document).where(Document.status.in_((Status.DRAFT, Status.ADOPTED)))
    rows = db.session.scalars(
        statement.options(selectinload(Document.work).joinedload(LanguageWork.assignee)).order_by(Document.id)
    )
    found = [
        Task(document, code, next((work for work in document.work if work.language == code), None))
        for document in rows
        for code in document.languages
        if language in ("", code)
    ]
    kept = [task for task in found if with_final or task.state != WorkState.FINAL]
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(kept, key=lambda task: (task.due_at or never, symbols.sort_key(task.document.symbol)))


def task(document: Document, language: str) -> Task:
    return Task(document, language, next((work for work in document.work if work.language == language), None))


def conference_of(document: Document) -> Conference:
    return db.session.get_one(Conference, document.conference_id)


def writers(conference: Conference) -> list[tuple[str, str]]:
    """Who may be given work on documents: (reference, name), by name."""
    return [(row.ref, row.name or row.email) for row in holding(conference.id, *EDITORS)]


def writer_id(conference: Conference, ref: str) -> int | None:
    return next((row.id for row in holding(conference.id, *EDITORS) if row.ref == ref), None)


def document(ref: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.ref == ref).options(*WITH_VERSIONS_AND_ISSUES))


def with_symbol(symbol: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.symbol == symbol).options(*WITH_VERSIONS_AND_ISSUES))


def published(*access: Access) -> list[Document]:
    """What readers may know of: papers with an issue that is or was published, by symbol; public ones unless said."""
    public = select(Issue.document_id).where(Issue.state.in_((IssueState.PUBLISHED, IssueState.WITHDRAWN)))
    statement = select(Document).where(Document.id.in_(public), Document.access.in_(access or (Access.PUBLIC,)))
    rows = db.session.scalars(statement.options(*WITH_VERSIONS_AND_ISSUES))
    return sorted(rows, key=lambda document: symbols.sort_key(document.symbol))


def issued_between(first: datetime, end: datetime) -> list[Document]:
    """Papers for everybody or for participants that were issued in a stretch of time and stand, by symbol."""
    issued = select(Issue.document_id).where(
        Issue.state == IssueState.PUBLISHED, Issue.published_at >= first, Issue.published_at < end
    )
    wanted = select(Document).where(Document.id.in_(issued), Document.access != Access.RESTRICTED)
    return sorted(db.session.scalars(wanted), key=lambda document: symbols.sort_key(document.symbol))


def block(document: Document, ref: str) -> Block | None:
    return db.session.scalar(select(Block).where(Block.document_id == document.id, Block.ref == ref))


def place_rows(version: Version) -> list[BlockPlace]:
    statement = select(BlockPlace).where(BlockPlace.version_id == version.id).options(joinedload(BlockPlace.block))
    return list(db.session.scalars(statement.order_by(BlockPlace.position, BlockPlace.id)))


def places(rows: Iterable[BlockPlace]) -> list[Place]:
    """The same as plain values, blocks by their permanent id."""
    rows = list(rows)
    refs = {row.block_id: row.block.ref for row in rows}
    return [
        Place(
            row.block.ref,
            row.kind,
            row.position,
            refs[row.parent_id] if row.parent_id is not None else None,
            row.suffix,
            row.is_shown,
        )
        for row in rows
    ]


def texts(version: Version) -> dict[str, TextsByLanguage]:
    """The texts of a version by block and language: those it froze, or the newest where it is the draft."""
    if version.number is None:
        newest = (
            select(func.max(BlockText.id))
            .join(Block, Block.id == BlockText.block_id)
            .where(Block.document_id == version.document_id)
            .group_by(BlockText.block_id, BlockText.language)
        )
        chosen = BlockText.id.in_(newest)
    else:
        chosen = BlockText.id.in_(select(VersionText.text_id).where(VersionText.version_id == version.id))
    found: dict[str, TextsByLanguage] = {}
    for row in db.session.scalars(select(BlockText).where(chosen).options(joinedload(BlockText.block))):
        found.setdefault(row.block.ref, {})[row.language] = row
    return found


def newest_text(block: Block, language: str) -> BlockText | None:
    statement = select(BlockText).where(BlockText.block_id == block.id, BlockText.language == language)
    return db.session.scalar(statement.order_by(BlockText.id.desc()).limit(1))


@dataclass(frozen=True)
class Past:
    """One text that a block had, and what it changed in the text before it in the same language."""

    text: BlockText
    changes: list[Change]


def history(block: Block) -> list[Past]:
    """Every text that a block ever had, newest first."""
    before: dict[str, BlockText] = {}
    past = []
    for row in db.session.scalars(select(BlockText).where(BlockText.block_id == block.id).order_by(BlockText.id)):
        was = before.get(row.language)
        past.append(Past(row, changes(was.inline, row.inline) if was else []))
        before[row.language] = row
    return past[::-1]


@dataclass(frozen=True)
class Row:
    """A block in the editor: its label, its whole number such as 3 (a), its texts and what they want."""

    block: Block
    place: BlockPlace
    label: str
    number: str
    level: int
    texts: TextsByLanguage
    missing: list[str]
    behind: list[str]

    @property
    def kind(self) -> BlockKind:
        return self.place.kind


@dataclass(frozen=True)
class Beside:
    """The blocks before and after one in the editor."""

    before: Row | None = None
    after: Row | None = None


def beside(document: Document, ref: str) -> Beside:
    rows = draft(document).rows
    at = next((number for number, row in enumerate(rows) if row.block.ref == ref), None)
    if at is None:
        return Beside()
    return Beside(rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


@dataclass(frozen=True)
class Draft:
    """The open version as the editor shows it."""

    rows: list[Row]
    hidden: list[Row]
    sha256: str

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.missing]

    @property
    def behind(self) -> list[Row]:
        return [row for row in self.rows if row.behind]


def draft(document: Document) -> Draft:
    return draft_of(document, place_rows(document.draft), texts(document.draft))


def draft_of(document: Document, rows: list[BlockPlace], found: Mapping[str, TextsByLanguage]) -> Draft:
    plain = places(rows)
    by_ref = {row.block.ref: row for row in rows}
    composed = composition.paragraphs(plain, {}, document.original_language)
    shown = [_row(document, by_ref[p.block], found.get(p.block, {}), p) for p in composed]
    refs = {p.block for p in composed}
    hidden = [_row(document, row, found.get(ref, {})) for ref, row in by_ref.items() if ref not in refs]
    return Draft(shown, hidden, fingerprint(plain, found))


def findings(document: Document) -> list[lint.Finding]:
    """What a careful reader would mark in the draft, in all its languages."""
    rows, found = place_rows(document.draft), texts(document.draft)
    whole, plain = draft_of(document, rows, found), places(rows)
    words = {ref: {code: row.inline for code, row in by_code.items()} for ref, by_code in found.items()}
    codes = sorted(document.languages, key=lambda code: code != document.original_language)
    checked = [lint.Checked(code, composition.paragraphs(plain, words, code)) for code in codes]
    missing = {row.block.ref: row.missing for row in whole.missing}
    return lint.findings(checked, missing, {row.block.ref: row.behind for row in whole.behind})


def writing(document: Document, but: int | None) -> dict[str, list[str]]:
    """Names of others who have the form of a paragraph open now, by block."""
    statement = select(BlockClaim, Block.ref).join(Block, Block.id == BlockClaim.block_id)
    mine = BlockClaim.account_id != but
    here = statement.where(BlockClaim.document_id == document.id, BlockClaim.until > clock.now(), mine)
    found: dict[str, list[str]] = {}
    for claim, ref in db.session.execute(here.options(joinedload(BlockClaim.account)).order_by(BlockClaim.id)):
        found.setdefault(ref, []).append(claim.account.name or claim.account.email)
    return found


def row(document: Document, ref: str) -> Row | None:
    """One block as the editor shows it, whether it is shown or deleted."""
    whole = draft(document)
    return next((row for row in (*whole.rows, *whole.hidden) if row.block.ref == ref), None)


def version(document: Document, number: int) -> Version | None:
    return next((version for version in document.versions if version.number == number), None)


def latest_change(document: Document) -> BlockText | None:
    statement = select(BlockText).join(Block, Block.id == BlockText.block_id).where(Block.document_id == document.id)
    return db.session.scalar(statement.order_by(BlockText.id.desc()).limit(1))


def _row(document: Document, place: BlockPlace, found: TextsByLanguage, shown: Paragraph | None = None) -> Row:
    missing = [code for code in document.languages if code not in found or not found[code].inline]
    behind = [code for code in found if code not in missing and is_behind(document, found, code)]
    label, number, level = (shown.label, shown.number, shown.level) if shown else ("", "", 0)
    return Row(place.block, place, label, number, level, found, missing, behind)


def is_behind(document: Document, found: TextsByLanguage, code: str) -> bool:
    """Whether a translation follows an earlier original than the newest."""
    source, text = found.get(document.original_language), found.get(code)
    if source is None or text is None or code == document.original_language:
        return False
    return text.source_sha256 != source.sha256


def fingerprint(plain: list[Place], found: Mapping[str, TextsByLanguage]) -> str:
    digests = {ref: {code: row.sha256 for code, row in by_code.items()} for ref, by_code in found.items()}
    return composition.fingerprint(plain, digests)


def reading(document: Document, version: Version, language: str, issue: Issue | None = None) -> Reading:
    """One language of a version as plain values, for the files and for the pages that show it."""
    conference = db.session.get_one(Conference, document.conference_id)
    found = texts(version)
    plain = {ref: {code: row.inline for code, row in by_code.items()} for ref, by_code in found.items()}
    composed = composition.paragraphs(places(place_rows(version)), plain, language, document.original_language)
    title = next((inline.to_plain(p.inline) for p in composed if p.kind == BlockKind.TITLE), "")
    return Reading(
        symbol=document.symbol,
        kind=document.kind,
        nature=document.nature,
        title=title or languages.best(document.title, language, (document.original_language,)),
        language=language,
        languages=tuple(document.languages),
        original_language=document.original_language,
        authentic_languages=tuple(document.authentic_languages),
        paragraphs=tuple(p for p in composed if p.kind != BlockKind.TITLE),
        conference=dict(conference.name),
        conference_slug=conference.slug,
        city=dict(conference.city),
        held=(conference.starts_on, conference.ends_on),
        zone=conference.zone,
        submitted_by=dict(document.submitted_by),
        masthead=Masthead(
            document.access,
            dict(document.body),
            dict(document.session),
            document.agenda_item,
            document.job_number,
        ),
        version=version.number,
        adoption=_adoption(version.adoption),
        issue=IssueFacts(issue.number, issue.code, issue.fingerprint, issue.prepared_at) if issue else None,
    )


def _adoption(row: Adoption | None) -> AdoptionFacts | None:
    return AdoptionFacts(row.manner, row.adopted_on, dict(row.meeting), dict(row.presiding)) if row else None


# --- published files --------------------------------------------------------------------------------------------------


def issue_of(document: Document, number: int) -> Issue | None:
    return next((issue for issue in document.issues if issue.number == number), None)


def public_issue(document: Document, short_hash: str = "") -> Issue | None:
    """The current issue, or the one whose hash begins so; drafts and failed attempts are nobody's business."""
    if not short_hash:
        return document.newest_public_issue
    public = (issue for issue in document.issues if issue.state in (IssueState.PUBLISHED, IssueState.WITHDRAWN))
    return next((issue for issue in public if issue.short_hash == short_hash), None)


def publication(issue: Issue, language: str, file_format: str) -> Publication | None:
    statement = select(Publication).where(
        Publication.issue_id == issue.id, Publication.language == language, Publication.format == file_format
    )
    return db.session.scalar(statement.options(joinedload(Publication.file)))


def publication_with(sha256: str) -> Publication | None:
    """Across conferences: the published file with these bytes."""
    statement = select(Publication).where(Publication.sha256 == sha256).options(*_WITH_DOCUMENT)
    return db.session.scalar(statement.order_by(Publication.id).limit(1))


_WITH_DOCUMENT = (joinedload(Publication.issue).joinedload(Issue.document).selectinload(Document.issues),)


def issue_with(code: str) -> Issue | None:
    """Across conferences: the issue with this verification code, whatever its state."""
    statement = select(Issue).where(Issue.code == code)
    return db.session.scalar(
        statement.options(joinedload(Issue.document).selectinload(Document.issues), selectinload(Issue.publications))
    )


def job(issue: Issue) -> Job | None:
    return db.session.get(Job, issue.job_id) if issue.job_id else None


def file(publication: Publication) -> StoredFile:
    return publication.file


def search(words: str, limit: int = 20) -> list[Document]:
    """For the search of the desk: documents by symbol, title or words of the text."""
    pattern = text.like(words)
    statement = select(Document).where(Document.folded.like(pattern, escape="\\"))
    return list(db.session.scalars(statement.order_by(Document.symbol).limit(limit)))
