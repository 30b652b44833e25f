"""The languages of a draft beside each other, how far each is, and what the conference wants of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from confapp.documents.models import Block, BlockPlace, BlockText, Document, TextCheck, Version
from confapp.documents.queries.checks import Wants, checks, state_of, wants
from confapp.documents.queries.drafts import Draft, Row, draft
from confapp.documents.queries.glossary import terms
from confapp.documents.queries.references import names_in
from confapp.documents.rules import inline
from confapp.documents.rules.composition import Place, in_order
from confapp.documents.rules.glossary import Glossary, Term, Warned
from confapp.documents.rules.languages import CellState, CheckState, cell_state, wants_work
from confapp.documents.rules.redline import Change, changes
from confapp.foundation.db import db


@dataclass(frozen=True)
class Cell:
    """A paragraph in one language; `since` is what changed in the original after a translation that is behind it."""

    language: str
    state: CellState
    text: BlockText | None = None
    check: TextCheck | None = None
    since: Sequence[Change] = ()
    needs_work: bool = False
    warned: Sequence[Warned] = ()


@dataclass(frozen=True)
class Line:
    row: Row
    cells: Mapping[str, Cell]

    @property
    def needs_work(self) -> bool:
        return any(cell.needs_work for cell in self.cells.values())


@dataclass(frozen=True)
class Standing:
    """How far one language is, in paragraphs; `wanting` stops an adoption or an issue or asks there for a reason."""

    language: str
    of: int
    counts: Mapping[CellState, int]
    wanting: int

    @property
    def done(self) -> int:
        return self.of - self.wanting


@dataclass(frozen=True)
class Sheet:
    """A draft with its languages beside each other."""

    lines: Sequence[Line]
    standings: Sequence[Standing] = field(default=())


def sheet(document: Document, whole: Draft | None = None) -> Sheet:
    """Every shown paragraph in every language, the original first."""
    whole, wanted = whole or draft(document), wants()
    checked, earlier, glossary = checks(document), _followed(document, whole.rows), terms()
    codes = in_reading_order(document)
    lines = [
        Line(row, {code: _cell(document, row, code, checked, earlier, wanted, glossary) for code in codes})
        for row in whole.rows
    ]
    return Sheet(
        lines, [standing(code, [line.cells[code].state for line in lines], document, wanted) for code in codes]
    )


def names_on(document: Document, sheet: Sheet) -> dict[str, dict[str, str]]:
    """What the references on a sheet are called in each language."""
    return names_in(document, [cell.text for line in sheet.lines for cell in line.cells.values() if cell.text])


def in_reading_order(document: Document) -> list[str]:
    return sorted(document.languages, key=lambda code: code != document.original_language)


def standing(code: str, states: Sequence[CellState], document: Document, wanted: Wants) -> Standing:
    is_original = code == document.original_language
    wanting = sum(wants_work(state, is_original=is_original, wants_checks=wanted.wants_checks) for state in states)
    return Standing(code, len(states), Counter(states), wanting)


def _cell(
    document: Document,
    row: Row,
    code: str,
    checked: Mapping[int, TextCheck],
    earlier: Mapping[tuple[int, str], BlockText],
    wanted: Wants,
    glossary: Glossary,
) -> Cell:
    text = row.texts.get(code)
    check = checked.get(text.id) if text else None
    state = state_of(document, row.texts, code, check)
    since: Sequence[Change] = ()
    if state == CellState.BEHIND and text and (was := earlier.get((row.block.id, text.source_sha256))):
        since = changes(was.inline, row.texts[document.original_language].inline)
    is_original = code == document.original_language
    needs = wants_work(state, is_original=is_original, wants_checks=wanted.wants_checks)
    return Cell(code, state, text, check, since, needs, warnings(glossary, document, row.texts, code))


def warnings(glossary: Glossary, document: Document, found: Mapping[str, BlockText], code: str) -> list[Warned]:
    """What the glossary has to say of a paragraph in one language."""
    text, source = found.get(code), found.get(document.original_language)
    if not glossary.terms or text is None:
        return []
    said = inline.to_plain(source.inline) if source else ""
    return glossary.warnings(said, document.original_language, inline.to_plain(text.inline), code)


@dataclass(frozen=True)
class Terms:
    """Beside one paragraph: the terms that stand in its original, and what its texts do not write as wanted."""

    standing: Sequence[Term]
    warned: Sequence[Warned]


def terms_beside(document: Document, found: Mapping[str, BlockText]) -> Terms:
    glossary, source = terms(), found.get(document.original_language)
    if not glossary.terms or source is None:
        return Terms((), ())
    standing = glossary.standing(inline.to_plain(source.inline), document.original_language)
    return Terms(
        standing, [one for code in in_reading_order(document) for one in warnings(glossary, document, found, code)]
    )


def _followed(document: Document, rows: Iterable[Row]) -> dict[tuple[int, str], BlockText]:
    """The originals that translations follow which are behind the present one, by block and hash."""
    behind = [row for row in rows if row.behind]
    wanted = {row.texts[code].source_sha256 for row in behind for code in row.behind}
    statement = select(BlockText).where(
        BlockText.block_id.in_([row.block.id for row in behind]),
        BlockText.language == document.original_language,
        BlockText.sha256.in_(wanted),
    )
    return {(row.block_id, row.sha256): row for row in db.session.scalars(statement)} if wanted else {}


def standings(documents: Sequence[Document]) -> dict[tuple[int, str], Standing]:
    """How far each language of several drafts is, by the document's id and language; few selects for all of them."""
    ids, wanted = [document.id for document in documents], wants()
    shown = _shown(ids)
    found: dict[int, dict[int, dict[str, tuple[str, str, CheckState | None]]]] = {}
    newest = (
        select(func.max(BlockText.id))
        .join(Block, Block.id == BlockText.block_id)
        .where(Block.document_id.in_(ids))
        .group_by(BlockText.block_id, BlockText.language)
    )
    statement = (
        select(
            Block.document_id,
            BlockText.block_id,
            BlockText.language,
            BlockText.sha256,
            BlockText.source_sha256,
            TextCheck.state,
        )
        .join(Block, Block.id == BlockText.block_id)
        .outerjoin(TextCheck, TextCheck.text_id == BlockText.id)
        .where(BlockText.id.in_(newest))
    )
    for document_id, block_id, code, *facts in db.session.execute(statement):
        found.setdefault(document_id, {}).setdefault(block_id, {})[code] = tuple(facts)  # type: ignore[assignment]
    return {
        (document.id, code): standing(
            code,
            [_state(document, found.get(document.id, {}).get(one, {}), code) for one in shown[document.id]],
            document,
            wanted,
        )
        for document in documents
        for code in document.languages
    }


def _state(document: Document, texts: Mapping[str, tuple[str, str, CheckState | None]], code: str) -> CellState:
    text, source, check = texts.get(code, (None, None, None))
    is_original = code == document.original_language
    original = None if is_original or document.original_language not in texts else texts[document.original_language][0]
    return cell_state(text, source, original, check)


def _shown(ids: Sequence[int]) -> dict[int, list[int]]:
    """The blocks that drafts show, by document."""
    places: dict[int, list[Place]] = {one: [] for one in ids}
    statement = (
        select(
            Version.document_id,
            BlockPlace.block_id,
            BlockPlace.kind,
            BlockPlace.position,
            BlockPlace.parent_id,
            BlockPlace.suffix,
            BlockPlace.is_shown,
        )
        .join(Version, Version.id == BlockPlace.version_id)
        .where(Version.number.is_(None), Version.document_id.in_(ids))
        .order_by(BlockPlace.position, BlockPlace.id)
    )
    for document_id, block_id, kind, position, parent_id, suffix, is_shown in db.session.execute(statement):
        parent = str(parent_id) if parent_id is not None else None
        places[document_id].append(Place(str(block_id), kind, position, parent, suffix, is_shown))
    return {one: [int(step.place.block) for step in in_order(several)] for one, several in places.items()}
