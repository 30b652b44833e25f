"""The ledger of one registration: everything that was done with it, by whom, when and why, in one list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.registration.models import Letter, PreparedDecision, Registration
from confapp.registration.queries.accreditation import conversation, notes
from confapp.registration.rules import INTERNAL, UNTOLD, step_name

# What the audit record alone knows; moves, clearances and remarks have rows of their own.
FROM_AUDIT = frozenset(
    {"correct", "answer", "assign", "send_link", "receive_credential", "give_consent", "withdraw_consent"}
)
CHANGES = ("correct", "answer_questions")
OF_OFFICES = frozenset({"assign"})


@dataclass(frozen=True)
class Line:
    """One line: the verb and its parts as the page words them. `is_internal` lines are for the offices alone."""

    at: datetime
    verb: str
    by: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    defects: tuple[tuple[str, str], ...] = ()
    about: str = ""
    is_internal: bool = field(default=False)


def ledger_of(registration: Registration, *, for_office: bool) -> list[Line]:
    """In the order of time. The person reads the same list without what the offices keep to themselves."""
    lines = [*_moves(registration, for_office), *_audited(registration), *_letters(registration)]
    lines += [
        Line(one.at, "answer" if one.from_office else "ask", one.acting_name, one.text)
        for one in conversation(registration)
    ]
    if for_office:
        lines += [*_clearances(registration), *_prepared(registration)]
        lines += [Line(one.at, "note", one.acting_name, one.text, is_internal=True) for one in notes(registration)]
    else:
        lines = [line for line in lines if not line.is_internal]
    return sorted(lines, key=lambda line: line.at)


def _moves(registration: Registration, for_office: bool) -> Iterator[Line]:
    for one in registration.moves:
        fields = tuple(line["field"] for line in one.defects if not line.get("text"))
        defects = tuple((line["field"], line["text"]) for line in one.defects if line.get("text"))
        verb, reason, by = one.verb, one.reason, one.acting_name
        if not for_office and verb in INTERNAL:
            verb, reason = ("accredit" if verb == "accredit_anyway" else verb), ""
        yield Line(one.at, verb, by, reason, fields, defects, is_internal=one.verb in UNTOLD)


def _clearances(registration: Registration) -> Iterator[Line]:
    for one in registration.all_clearances:
        yield Line(one.at, one.outcome, one.acting_name, one.note, about=step_name(one.step), is_internal=True)


def _prepared(registration: Registration) -> Iterator[Line]:
    rows = db.session.scalars(select(PreparedDecision).where(PreparedDecision.registration_id == registration.id))
    for one in rows:
        yield Line(one.prepared_at, "prepare_decision", one.acting_name, one.reason, about=one.verb, is_internal=True)


def _audited(registration: Registration) -> Iterator[Line]:
    """Corrections and what else has no row of its own; the record names fields, never what they say."""
    known = {*FROM_AUDIT, "ask_again", "drop_decision", "take_over", "release_decision"}
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == "registration",
            AuditEntry.subject_ref == registration.ref,
            AuditEntry.verb.in_(known),
        )
        .order_by(AuditEntry.id)
    )
    for one in rows:
        facts = one.facts or {}
        yield Line(
            one.at,
            "answer_questions" if one.verb == "answer" else one.verb,
            one.acting_name or "",
            fields=tuple(facts.get("fields") or facts.get("questions") or ()),
            about=str(facts.get("office") or facts.get("decision") or facts.get("number") or ""),
            is_internal=one.verb in OF_OFFICES or one.verb in ("ask_again", "drop_decision", "release_decision"),
        )


def _letters(registration: Registration) -> Iterator[Line]:
    """Letters that were asked for or issued, each by its number."""
    rows = db.session.scalars(select(Letter).where(Letter.registration_id == registration.id).order_by(Letter.id))
    for one in rows:
        if one.issued_at is not None:
            yield Line(one.issued_at, "issue_letter", about=one.number)


def changed_since(registration: Registration, moment: datetime | None) -> list[str]:
    """The fields that were corrected after a moment: what an office that returned a registration looks at first."""
    if moment is None:
        return []
    corrections = (line for line in _audited(registration) if line.verb in CHANGES and line.at > moment)
    return sorted({name for line in corrections for name in line.fields})
