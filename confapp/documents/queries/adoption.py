"""What is recorded around an adopted text, for the desk, for delegations and for readers."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from confapp.documents.models import Adoption, Document, Endorsement, Objection, Reservation, Silence, Version, Vote
from confapp.documents.queries.register import WITH_VERSIONS_AND_ISSUES
from confapp.documents.queries.text import place_rows, places, texts
from confapp.documents.rules import BLOCK_NAMES, Access, BlockKind, IssueState, Modification, Status, composition
from confapp.documents.rules.adoption import EndorsementState, Listing, Showing, StatementState
from confapp.documents.rules.beside import Beside, EndorsementFacts, OralRevision, StatementFacts
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.registration.models import Delegation, Registration
from confapp.registration.queries.order import ordered_delegations
from confapp.registration.rules import Capacity, PartyKind
from confapp.registration.rules import Status as Accreditation


def adoption_of(document: Document) -> Adoption | None:
    """The newest adoption."""
    adopted = [version for version in document.versions if version.adoption is not None]
    return max(adopted, key=lambda one: one.number or 0).adoption if adopted else None


def is_issued(adoption: Adoption) -> bool:
    """Whether what was recorded went out, or goes out at this moment, with an issue of its text."""
    went = (IssueState.PREPARING, IssueState.PUBLISHED, IssueState.WITHDRAWN)
    return any(one.version_id == adoption.version_id and one.state in went for one in adoption.document.issues)


def voters() -> list[Delegation]:
    """The states, in the order of the conference."""
    return [one for one in ordered_delegations() if one.kind == PartyKind.STATE]


def endorsers() -> list[Delegation]:
    """States in the order of the conference, and after them organizations."""
    return sorted(ordered_delegations(), key=_protocol)


def _protocol(one: Delegation) -> tuple[bool, int, int]:
    return one.kind != PartyKind.STATE, one.position, one.id


def votes(adoption: Adoption) -> list[Vote]:
    rows = db.session.scalars(select(Vote).where(Vote.adoption_id == adoption.id).options(joinedload(Vote.delegation)))
    return sorted(rows, key=lambda row: _protocol(row.delegation))


def named_blocks(version: Version, language: str) -> dict[str, str]:
    """Paragraphs in reading order for who chooses among them: permanent id, and number with first words."""
    words = {ref: {code: row.inline for code, row in by_code.items()} for ref, by_code in texts(version).items()}
    composed = composition.paragraphs(places(place_rows(version)), words, language, "en")
    return {
        p.block: f"{p.number or _(BLOCK_NAMES[p.kind])} · \u2068{_beginning(p.plain)}\u2069"
        for p in composed
        if p.kind not in (BlockKind.TITLE, BlockKind.SIGNATURES)
    }


def _beginning(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"


def statements(adoption: Adoption) -> list[Reservation]:
    """Everything that was handed in about it, by delegation in protocol order and by arrival."""
    wanted = select(Reservation).where(Reservation.adoption_id == adoption.id)
    rows = db.session.scalars(wanted.options(joinedload(Reservation.delegation), joinedload(Reservation.paper)))
    return sorted(rows, key=lambda row: (*_protocol(row.delegation), row.received_at, row.id))


def is_own_words(document: Document) -> bool:
    """Whether it is a delegation's statement as a paper: always an addendum to the text."""
    if document.modification != Modification.ADDENDUM:
        return False
    return db.session.scalar(select(Reservation.id).where(Reservation.paper_id == document.id).limit(1)) is not None


def statement(adoption: Adoption, ref: str) -> Reservation | None:
    wanted = select(Reservation).where(Reservation.adoption_id == adoption.id, Reservation.ref == ref)
    return db.session.scalar(wanted)


def endorsements(adoption: Adoption) -> list[Endorsement]:
    """States in the order of the conference, organizations after them; one that joined again stands twice."""
    wanted = select(Endorsement).where(Endorsement.adoption_id == adoption.id)
    rows = db.session.scalars(wanted.options(joinedload(Endorsement.delegation), joinedload(Endorsement.file)))
    return sorted(rows, key=lambda row: (*_protocol(row.delegation), row.id))


def endorsement(adoption: Adoption, ref: str) -> Endorsement | None:
    wanted = select(Endorsement).where(Endorsement.adoption_id == adoption.id, Endorsement.ref == ref)
    return db.session.scalar(wanted.options(joinedload(Endorsement.file)))


# --- silence ----------------------------------------------------------------------------------------------------------


def silences(document: Document) -> list[Silence]:
    """Every silence procedure of a document, the newest first."""
    wanted = select(Silence).where(Silence.document_id == document.id).order_by(Silence.id.desc())
    return list(db.session.scalars(wanted.options(*_WITH_OBJECTIONS)))


def silence(document: Document, ref: str) -> Silence | None:
    wanted = select(Silence).where(Silence.document_id == document.id, Silence.ref == ref)
    return db.session.scalar(wanted.options(*_WITH_OBJECTIONS))


_WITH_OBJECTIONS = (
    joinedload(Silence.version),
    selectinload(Silence.extensions),
    selectinload(Silence.objections).joinedload(Objection.delegation),
)


# --- for delegations --------------------------------------------------------------------------------------------------


def speaks_for(actor: Actor, ref: str) -> Delegation | None:
    """The delegation, when the actor is its focal point or its accredited head."""
    wanted = select(Delegation).where(Delegation.ref == ref)
    row = db.session.scalar(wanted)
    if row is None:
        return None
    return row if may_speak_for(actor, row) else None


def may_speak_for(actor: Actor, delegation: Delegation) -> bool:
    if delegation.id in actor.delegations(delegation.conference_id):
        return True
    persons = actor.persons(delegation.conference_id)
    if not persons:
        return False
    heads = select(Registration.id).where(
        Registration.delegation_id == delegation.id,
        Registration.person_id.in_(persons),
        Registration.capacity == Capacity.HEAD,
        Registration.status == Accreditation.ACCREDITED,
    )
    return db.session.scalar(heads.limit(1)) is not None


def heads(delegation_ids: Iterable[int]) -> list[Registration]:
    """The accredited heads of delegations, who are told what focal points are told."""
    wanted = select(Registration).where(
        Registration.delegation_id.in_(list(delegation_ids)),
        Registration.capacity == Capacity.HEAD,
        Registration.status == Accreditation.ACCREDITED,
    )
    return list(db.session.scalars(wanted.options(joinedload(Registration.person))))


def texts_for_delegations() -> list[Document]:
    """Texts that were put under silence or adopted, by symbol; not what was withdrawn or is for the secretariat."""
    wanted = select(Document).where(
        Document.status != Status.WITHDRAWN,
        Document.access != Access.RESTRICTED,
        or_(
            Document.id.in_(select(Adoption.document_id)),
            Document.id.in_(select(Silence.document_id).where(Silence.stopped_at.is_(None))),
        ),
    )
    return list(db.session.scalars(wanted.order_by(Document.symbol).options(*WITH_VERSIONS_AND_ISSUES)))


def any_text_for_delegations() -> bool:
    return bool(db.session.scalar(select(Adoption.id).limit(1)) or db.session.scalar(select(Silence.id).limit(1)))


# --- as readers have it -----------------------------------------------------------------------------------------------


def beside(adoption: Adoption | None, at: datetime | None = None) -> Beside:
    """What stands beside an adopted text, now or as it stood at an instant, so that an issue stays what it was."""
    if adoption is None:
        return Beside()
    return Beside(
        votes=tuple((dict(row.name), row.delegation.code, str(row.stance)) for row in votes(adoption)),
        statements=tuple(_statement(row, adoption.showing) for row in statements(adoption) if _is_shown(row, at)),
        endorsements=tuple(_endorsement(row, at) for row in endorsements(adoption) if _counts(row, at)),
        oral_revisions=tuple(
            OralRevision(dict(row.text), dict(row.announced_by), tuple(row.blocks)) for row in adoption.oral_revisions
        ),
        is_alphabetical=adoption.listing == Listing.ALPHABETICAL,
    )


def _is_shown(row: Reservation, at: datetime | None) -> bool:
    if row.shown_at is None:
        return False
    if at is None:
        return row.status == StatementState.SHOWN
    return row.shown_at <= at and (row.ended_at is None or row.ended_at > at)


def _counts(row: Endorsement, at: datetime | None) -> bool:
    """Confirmed by then; one that was withdrawn is listed with its day."""
    if row.status not in (EndorsementState.CONFIRMED, EndorsementState.WITHDRAWN) or row.confirmed_at is None:
        return False
    return at is None or row.confirmed_at <= at


def _statement(row: Reservation, showing: str) -> StatementFacts:
    words = dict(row.text) if showing == Showing.IN_FULL else {}
    return StatementFacts(row.ref, row.kind, dict(row.delegation.name), words, tuple(row.blocks), row.received_at)


def _endorsement(row: Endorsement, at: datetime | None) -> EndorsementFacts:
    is_over = row.ended_at is not None and (at is None or row.ended_at <= at)
    return EndorsementFacts(
        dict(row.delegation.name),
        row.delegation.code,
        row.delegation.kind == PartyKind.STATE,
        dict(row.authority),
        row.endorsed_on,
        row.withdrawn_on if is_over else None,
        dict(row.reason) if is_over else {},
    )
