"""Versions that never change, and their adoption by a meeting."""

from collections.abc import Mapping, Sequence
from datetime import date

from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned, move_named
from confapp.documents.actions.checking import fault_of_silence, pass_gate, require_complete, require_printable
from confapp.documents.models import Adoption, BlockPlace, Document, Version, VersionText
from confapp.documents.rules import Manner
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import clean


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
            kind=row.kind,
            position=row.position,
            suffix=row.suffix,
            is_shown=row.is_shown,
            is_sorted=row.is_sorted,
        )
        for row in rows
    ]
    db.session.add(following)
    db.session.flush()
    return following


def adopt(
    document: Document,
    *,
    manner: Manner,
    meeting: Texts,
    adopted_on: date,
    presiding: Texts,
    by: Actor,
    override: str = "",
    meeting_number: str = "",
    symbol_of_record: str = "",
    present: int | None = None,
    quorum: int | None = None,
) -> Adoption:
    """Freezes the draft and records that a meeting adopted it; `override` says why serious remarks are left open."""
    require_complete(document)
    require_printable(document, document.draft)
    if why := reason_not_to_adopt(document) or fault_of_silence(document, manner):
        raise Refused(why)
    was = move_named("adopt").apply(document, by=by)
    pass_gate(document, override, by=by)
    version = freeze(document, by=by)
    adoption = Adoption(
        conference_id=document.conference_id,
        document_id=document.id,
        version=version,
        manner=manner,
        meeting=cleaned(meeting),
        adopted_on=adopted_on,
        presiding=cleaned(presiding),
        meeting_number=clean(meeting_number),
        symbol_of_record=clean(symbol_of_record),
        present=present,
        quorum=quorum,
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
