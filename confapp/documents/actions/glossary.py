"""The conference's glossary: terms that are added, changed, removed, and brought in as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.models import GlossaryChange, GlossaryTerm
from confapp.documents.rules.glossary import GlossaryVerb, TableLine, folded
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import clean


def add_term(conference: Conference, *, words: Texts, forbidden: Texts, note: str, by: Actor) -> GlossaryTerm:
    row = GlossaryTerm(
        conference_id=conference.id, words=cleaned(words), forbidden=cleaned(forbidden), note=clean(note)
    )
    _require_new(conference, row)
    db.session.add(row)
    db.session.flush()
    _keep(GlossaryVerb.ADDED, [_entry(row, None)], by)
    audit.record(by, "documents.add_term", row, words=row.words)
    return row


def change_term(
    conference: Conference, row: GlossaryTerm, *, words: Texts, forbidden: Texts, note: str, revision: int, by: Actor
) -> None:
    if row.revision != revision:
        raise Refused(_("Somebody changed this while your page was open. Look at it again and decide anew."))
    was = _said(row)
    row.words, row.forbidden, row.note = cleaned(words), cleaned(forbidden), clean(note)
    _require_new(conference, row)
    if _said(row) == was:
        return
    row.changed_at = clock.now()
    _keep(GlossaryVerb.CHANGED, [_entry(row, was)], by)
    audit.record(by, "documents.change_term", row, **audit.changes(row))


def _require_new(conference: Conference, row: GlossaryTerm) -> None:
    key = folded(row.words.get(conference.languages[0], ""))
    with db.session.no_autoflush:
        known = queries.terms_by_key(conference.languages[0]).get(key)
    if key and known is not None and known is not row:
        raise Refused(_("This term stands in the glossary already."), 422, "words")


def remove_term(row: GlossaryTerm, *, by: Actor) -> GlossaryChange:
    """What was removed can be brought back by what is returned."""
    kept = _keep(GlossaryVerb.REMOVED, [{"ref": row.ref, "was": _said(row), "became": None}], by)
    audit.record(by, "documents.remove_term", row, words=row.words)
    db.session.delete(row)
    db.session.flush()
    return kept


def _said(row: GlossaryTerm) -> dict[str, Any]:
    return {"words": dict(row.words), "forbidden": dict(row.forbidden), "note": row.note}


def _entry(row: GlossaryTerm, was: dict[str, Any] | None) -> dict[str, Any]:
    return {"ref": row.ref, "was": was, "became": _said(row)}


def _keep(verb: GlossaryVerb, terms: list[dict[str, Any]], by: Actor) -> GlossaryChange:
    kept = GlossaryChange(verb=verb, terms=terms, made_by=by.account_id, acting_name=by.name)
    db.session.add(kept)
    return kept


def take_back_terms(conference: Conference, change: GlossaryChange, *, by: Actor) -> tuple[int, int]:
    """How many terms are again what they were before an act, and how many were left since they changed after it.

    Done twice it changes nothing more. What it does is an act of its own and can be taken back as well.
    """
    db.session.execute(select(GlossaryChange.id).where(GlossaryChange.id == change.id).with_for_update())
    db.session.refresh(change)
    if change.undone_at is not None:
        return 0, 0
    known = {row.ref: row for row in queries.term_rows(conference.languages)}
    first = conference.languages[0]
    keys = {folded(row.words.get(first, "")): row.ref for row in known.values()}
    done: list[dict[str, Any]] = []
    for one in change.terms:
        row, was = known.get(one["ref"]), one["was"]
        key = folded(was["words"].get(first, "")) if was else ""
        if (_said(row) if row else None) != one["became"] or (key and keys.get(key, one["ref"]) != one["ref"]):
            continue
        _become(conference, row, one["ref"], was)
        done.append({"ref": one["ref"], "was": one["became"], "became": was})
    if not done:
        raise Refused(_("These terms changed since. Change them one by one instead."))
    change.undone_at = clock.now()
    _keep(GlossaryVerb.TAKEN_BACK, done, by)
    db.session.flush()
    audit.record(by, "documents.take_back_terms", conference, change=change.ref, count=len(done))
    return len(done), len(change.terms) - len(done)


def _become(conference: Conference, row: GlossaryTerm | None, ref: str, was: dict[str, Any] | None) -> None:
    if was is None:
        db.session.delete(row)
        return
    if row is None:
        row = GlossaryTerm(conference_id=conference.id, ref=ref)
        db.session.add(row)
    row.words, row.forbidden, row.note, row.changed_at = was["words"], was["forbidden"], was["note"], clock.now()


@dataclass(frozen=True)
class Outcome:
    """What a line of a table does: its verb is added, changed, same or faulty; changes are (was, becomes) by column."""

    line: TableLine
    verb: str
    row: GlossaryTerm | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def outcomes(conference: Conference, lines: Sequence[TableLine]) -> list[Outcome]:
    """A dry run: nothing is changed. An empty cell leaves what is there."""
    first = conference.languages[0]
    known = queries.terms_by_key(first)
    return [_outcome(line, known.get(folded(line.words.get(first, "")))) for line in lines]


def _outcome(line: TableLine, row: GlossaryTerm | None) -> Outcome:
    if line.faults:
        return Outcome(line, "faulty")
    became = {**line.words, **{f"{code}_not": words for code, words in line.forbidden.items()}}
    became |= {"note": line.note} if line.note else {}
    was = cells(row) if row else {}
    changes = {name: (was.get(name, ""), words) for name, words in became.items() if was.get(name, "") != words}
    verb = "added" if row is None else "changed" if changes else "same"
    return Outcome(line, verb, row, changes)


def cells(row: GlossaryTerm) -> dict[str, str]:
    return _cells(_said(row))


def _cells(said: Mapping[str, Any]) -> dict[str, str]:
    forbidden = {f"{code}_not": words for code, words in said["forbidden"].items()}
    return {**said["words"], **forbidden, "note": said["note"]}


@dataclass(frozen=True)
class Told:
    """A term in an act that is told later: what it is called, and (was, becomes) by column."""

    ref: str
    name: str
    changes: Mapping[str, tuple[str, str]]


def told(change: GlossaryChange, term: str = "") -> list[Told]:
    """What an act did, term by term, or to one of them."""
    found = []
    for one in change.terms:
        if term in ("", one["ref"]):
            was, became = _cells(one["was"]) if one["was"] else {}, _cells(one["became"]) if one["became"] else {}
            names = [name for name in {**was, **became} if was.get(name, "") != became.get(name, "")]
            changes = {name: (was.get(name, ""), became.get(name, "")) for name in names}
            found.append(Told(one["ref"], best((one["became"] or one["was"])["words"]), changes))
    return found


def bring_in_terms(conference: Conference, lines: Sequence[TableLine], *, by: Actor) -> tuple[int, int]:
    """How many were added and changed; lines with a fault are left, and the same table again changes nothing."""
    added = changed = 0
    kept: list[tuple[GlossaryTerm, dict[str, Any] | None]] = []
    for one in outcomes(conference, lines):
        if one.verb == "added":
            row = GlossaryTerm(words=dict(one.line.words), forbidden=dict(one.line.forbidden), note=one.line.note)
            row.conference_id = conference.id
            db.session.add(row)
            kept.append((row, None))
            added += 1
        elif one.verb == "changed" and one.row is not None:
            kept.append((one.row, _said(one.row)))
            one.row.words = one.row.words | dict(one.line.words)
            one.row.forbidden = one.row.forbidden | dict(one.line.forbidden)
            one.row.note, one.row.changed_at = one.line.note or one.row.note, clock.now()
            changed += 1
    db.session.flush()
    if kept:
        _keep(GlossaryVerb.BROUGHT_IN, [_entry(row, was) for row, was in kept], by)
        audit.record(by, "documents.bring_in_terms", conference, added=added, changed=changed)
    return added, changed
