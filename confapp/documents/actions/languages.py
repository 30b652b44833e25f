"""Texts that are checked and made final by language; what a conference wants of its translations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.actions._common import require_open
from confapp.documents.models import BlockText, Document, TextCheck, TranslationRules
from confapp.documents.rules.languages import CheckState, reason_not_to_mark
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


@dataclass(frozen=True)
class Marked:
    """How many texts were marked, and why others were not, each reason once."""

    number: int
    left: int
    reasons: Sequence[str]


def mark(document: Document, refs: Sequence[str], to: CheckState, *, by: Actor) -> Marked:
    """Calls texts checked or final. One that another has replaced meanwhile, or that may not be, is left and told."""
    require_open(document)
    _wait_for(Document, document.id)
    known, wanted, checks = queries.text_with(document, refs), queries.wants(), queries.checks(document)
    newest = queries.texts(document.draft)
    marked: list[BlockText] = []
    reasons: list[str] = []
    for ref in dict.fromkeys(refs):
        text = known.get(ref)
        found = newest.get(text.block.ref, {}) if text else {}
        if text is None or found.get(text.language) is not text:
            reasons.append(_("The text changed while your page was open. Look at it again."))
            continue
        check = checks.get(text.id)
        if check is not None and (check.state == to or check.state == CheckState.FINAL):
            continue
        why = reason_not_to_mark(
            queries.state_of(document, found, text.language, check),
            to,
            is_own=text.written_by is not None and text.written_by == by.account_id,
            four_eyes=wanted.four_eyes,
            wants_checks=wanted.wants_checks,
        )
        if why:
            reasons.append(why)
        else:
            _say(text, to, checks, by)
            marked.append(text)
    db.session.flush()
    if marked:
        facts = [f"{text.block.ref} {text.language} {text.sha256[:16]}" for text in marked[:100]]
        audit.record(by, "documents.mark_texts", document, state=to, count=len(marked), texts=facts)
    return Marked(len(marked), len(reasons), list(dict.fromkeys(reasons)))


def _wait_for(model: type[Any], row_id: int) -> None:
    """Whoever does the same at the same time waits for this transaction."""
    db.session.execute(select(model.id).where(model.id == row_id).with_for_update())


def _say(text: BlockText, to: CheckState, checks: Mapping[int, TextCheck], by: Actor) -> None:
    check = checks.get(text.id)
    if check is None:
        check = TextCheck(conference_id=text.conference_id, text_id=text.id)
        db.session.add(check)
    check.state, check.checked_at, check.checked_by, check.acting_name = to, clock.now(), by.account_id, by.name


def take_back_check(document: Document, ref: str, *, by: Actor) -> None:
    """The text is a draft again; done twice it stays one."""
    require_open(document)
    _wait_for(Document, document.id)
    text = queries.text_with(document, [ref]).get(ref)
    check = queries.checks(document).get(text.id) if text else None
    if text is None or check is None:
        return
    db.session.delete(check)
    db.session.flush()
    facts = {"block": text.block.ref, "language": text.language, "text": text.sha256}
    audit.record(by, "documents.take_back_check", document, was=check.state, **facts)


def want_of_translations(
    conference: Conference, *, wants_checks: bool, four_eyes: bool, revision: int, by: Actor
) -> TranslationRules:
    """What the conference wants; `revision` is 0 where nobody had said anything."""
    _wait_for(Conference, conference.id)
    row = queries.wants().rules
    if (row.revision if row else 0) != revision:
        raise Refused(_("Somebody changed this while your page was open. Look at it again and decide anew."))
    if row is None:
        row = TranslationRules(conference_id=conference.id)
        db.session.add(row)
    row.wants_checks, row.four_eyes = wants_checks, four_eyes
    db.session.flush()
    audit.record(by, "documents.want_of_translations", row, wants_checks=wants_checks, four_eyes=four_eyes)
    return row
