"""The conference's glossary: terms that are added, changed, removed, and brought in as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.models import GlossaryTerm
from confapp.documents.rules.glossary import TableLine, folded
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
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
    audit.record(by, "documents.add_term", row, words=row.words)
    return row


def change_term(
    conference: Conference, row: GlossaryTerm, *, words: Texts, forbidden: Texts, note: str, revision: int, by: Actor
) -> None:
    if row.revision != revision:
        raise Refused(_("Somebody changed this while your page was open. Look at it again and decide anew."))
    row.words, row.forbidden, row.note = cleaned(words), cleaned(forbidden), clean(note)
    _require_new(conference, row)
    row.changed_at = clock.now()
    audit.record(by, "documents.change_term", row, **audit.changes(row))


def _require_new(conference: Conference, row: GlossaryTerm) -> None:
    key = folded(row.words.get(conference.languages[0], ""))
    with db.session.no_autoflush:
        known = queries.terms_by_key(conference.languages[0]).get(key)
    if key and known is not None and known is not row:
        raise Refused(_("This term stands in the glossary already."), 422, "words")


def remove_term(row: GlossaryTerm, *, by: Actor) -> None:
    audit.record(by, "documents.remove_term", row, words=row.words)
    db.session.delete(row)
    db.session.flush()


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
    return {**row.words, **{f"{code}_not": words for code, words in row.forbidden.items()}, "note": row.note}


def bring_in_terms(conference: Conference, lines: Sequence[TableLine], *, by: Actor) -> tuple[int, int]:
    """How many were added and changed; lines with a fault are left, and the same table again changes nothing."""
    added = changed = 0
    for one in outcomes(conference, lines):
        if one.verb == "added":
            row = GlossaryTerm(words=dict(one.line.words), forbidden=dict(one.line.forbidden), note=one.line.note)
            row.conference_id = conference.id
            db.session.add(row)
            added += 1
        elif one.verb == "changed" and one.row is not None:
            one.row.words = one.row.words | dict(one.line.words)
            one.row.forbidden = one.row.forbidden | dict(one.line.forbidden)
            one.row.note, one.row.changed_at = one.line.note or one.row.note, clock.now()
            changed += 1
    db.session.flush()
    if added or changed:
        audit.record(by, "documents.bring_in_terms", conference, added=added, changed=changed)
    return added, changed
