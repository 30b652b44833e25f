"""The register: series that give numbers once, papers that extend others, deadlines, and the work on each language."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update

from confapp.conferences.models import Conference
from confapp.documents import mails, queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.actions.documents import create
from confapp.documents.models import Document, LanguageWork, SymbolSeries
from confapp.documents.rules import (
    Access,
    DocumentKind,
    Modification,
    WorkState,
    is_adopted_by_a_meeting,
    symbols,
)
from confapp.documents.rules.layouts import LayoutName
from confapp.documents.rules.translating import Part
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import in_all
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people.models import Account

END_OF_WORK = time(18)


def add_series(
    conference: Conference,
    *,
    template: str,
    name: Texts,
    kind: DocumentKind,
    access: Access = Access.PUBLIC,
    days_before: int | None = None,
    by: Actor,
) -> SymbolSeries:
    """A series whose symbols are made from a template such as `CONF/2027/L.{number}`."""
    _require_free_template(template)
    series = SymbolSeries(
        conference_id=conference.id,
        template=template,
        name=cleaned(name),
        kind=kind,
        access=access,
        days_before=days_before,
    )
    db.session.add(series)
    db.session.flush()
    audit.record(by, "documents.add_series", series, template=template, kind=kind)
    return series


def add_usual_series(conference: Conference, *, by: Actor) -> list[SymbolSeries]:
    """The series that conferences usually have, those left out that are there already."""
    first = symbols.beginning(conference.acronym, conference.slug, conference.starts_on.year)
    known = {series.template for series in queries.series()}
    return [
        add_series(
            conference,
            template=first + usual.template,
            name=in_all(usual.name, conference.languages),
            kind=usual.kind,
            access=usual.access,
            by=by,
        )
        for usual in symbols.USUAL
        if first + usual.template not in known
    ]


def change_series(
    series: SymbolSeries,
    *,
    template: str,
    name: Texts,
    kind: DocumentKind,
    access: Access,
    days_before: int | None,
    by: Actor,
) -> None:
    if template != series.template:
        if series.last:
            raise Refused(_("The series has given numbers already; its symbols stay as they are."), 409, "template")
        _require_free_template(template)
    series.template, series.name, series.kind = template, cleaned(name), kind
    series.access, series.days_before = access, days_before
    audit.record(by, "documents.change_series", series, **audit.changes(series))


def _require_free_template(template: str) -> None:
    if fault := symbols.template_fault(template):
        raise Refused(fault, 422, "template")
    if any(series.template == template for series in queries.series()):
        raise Refused(_("Another series has this pattern."), 422, "template")


def take_symbol(series: SymbolSeries) -> str:
    """The next symbol; whoever asks at the same time waits for this transaction. One that was typed is passed over."""
    taken = update(SymbolSeries).where(SymbolSeries.id == series.id)
    taken = taken.values(last=SymbolSeries.last + 1).returning(SymbolSeries.last)
    while True:
        symbol = symbols.filled(series.template, db.session.execute(taken).scalar_one())
        if queries.holder(symbol) is None:
            return symbol


def create_in_series(conference: Conference, series: SymbolSeries, *, by: Actor, **about: Any) -> Document:
    """A paper with the next symbol of a series, its access and its deadline."""
    about.setdefault("access", series.access)
    about.setdefault("due_at", deadline(conference, series))
    return create(conference, symbol=take_symbol(series), series=series, by=by, **about)


def deadline(conference: Conference, series: SymbolSeries) -> datetime | None:
    if series.days_before is None:
        return None
    day = conference.starts_on - timedelta(days=series.days_before)
    return clock.instant(datetime.combine(day, END_OF_WORK), conference.zone, second=False)


def extend(
    document: Document, modification: Modification, *, languages: Sequence[str], by: Actor, **instead: Any
) -> Document:
    """An addendum, corrigendum, amendment or summary: a paper of its own under the symbol of the one it extends.

    A corrigendum may be for some languages only. `instead` are values that are not those of the paper itself.
    """
    wanted = [code for code in document.languages if code in languages]
    if not wanted:
        raise Refused(_("Choose at least one language."), 422, "languages")
    if why := reason_not_to_extend(document, modification):
        raise Refused(why, 409, "modification")
    db.session.execute(select(Document.id).where(Document.id == document.id).with_for_update())
    symbol = next_extension(document, modification)
    if not symbol:
        raise Refused(_("This paper has a summary already."))
    original = document.original_language if document.original_language in wanted else wanted[0]
    is_summary = modification == Modification.SUMMARY
    about: dict[str, Any] = {
        "kind": DocumentKind.PAPER if is_summary else document.kind,
        "nature": type(document.nature).NONE if is_summary else document.nature,
        "title": dict(document.title),
        "authentic_languages": [code for code in document.authentic_languages if code in wanted],
        "submitted_by": dict(document.submitted_by),
        "access": document.access,
        "body": dict(document.body),
        "session": dict(document.session),
        "agenda_item": document.agenda_item,
    }
    return create(
        queries.conference_of(document),
        symbol=symbol,
        languages=wanted,
        original_language=original,
        extends=document,
        modification=modification,
        by=by,
        **(about | instead),
    )


def next_extension(document: Document, modification: Modification) -> str:
    """The symbol that an extension would get; empty where there is one and can be no second.

    It extends the symbol of the current issue, `…/Rev.1` where that is a revision, without the star of a reissue.
    """
    current, number = document.current_issue, 1
    stem = (current.symbol.rstrip("*") if current else "") or document.symbol
    while queries.holder(symbol := symbols.extended(stem, modification, number)) is not None:
        if modification == Modification.SUMMARY:
            return ""
        number += 1
    return symbol


def possible_extensions(document: Document) -> dict[Modification, str]:
    """What a paper can be extended by now, and the symbols that this would give."""
    open_ones = (one for one in Modification if reason_not_to_extend(document, one) is None)
    return {one: symbol for one in open_ones if (symbol := next_extension(document, one))}


def reason_not_to_extend(document: Document, modification: Modification) -> str | None:
    """A corrigendum corrects what was issued, an amendment changes what was adopted; a draft is changed itself."""
    if modification == Modification.CORRIGENDUM and not document.public_issues:
        return _("Nothing of this paper was issued yet that a corrigendum could correct. Change its text.")
    if modification == Modification.AMENDMENT and not is_decided(document):
        return _("This text was not adopted yet, so a decision has nothing to amend. Change its text.")
    return None


def is_decided(document: Document) -> bool:
    """Adopted by a meeting; a paper that no meeting adopts counts once it is issued."""
    if is_adopted_by_a_meeting(document.kind):
        return any(version.adoption is not None for version in document.versions)
    return bool(document.public_issues)


def change_register(
    document: Document,
    *,
    access: Access,
    body: Texts,
    session: Texts,
    agenda_item: str,
    job_number: str,
    due_at: datetime | None,
    by: Actor,
    layout: LayoutName | None = None,
) -> None:
    """What the masthead says, how the paper looks, who may read it, and its deadline."""
    document.layout = layout
    document.access, document.body, document.session = access, cleaned(body), cleaned(session)
    document.agenda_item, document.job_number, document.due_at = agenda_item, job_number, due_at
    audit.record(by, "documents.change_register", document, **audit.changes(document))


def hand_in(document: Document, *, by: Actor) -> None:
    """Notes when the paper came; done twice it stays the first time."""
    if document.handed_in_at is None:
        document.handed_in_at = clock.now()
        audit.record(by, "documents.hand_in", document, late=document.is_late(clock.now()))


def set_work(
    document: Document,
    language: str,
    *,
    state: WorkState,
    due_at: datetime | None,
    assignee_id: int | None,
    note: str,
    by: Actor,
    reviser_id: int | None = None,
) -> LanguageWork:
    """What is to be done for one language; who asks first makes the row. Whom it is given to anew gets a mail."""
    if language not in document.languages:
        raise Refused(_("This document has no text in that language."), 422)
    work = next((one for one in document.work if one.language == language), None)
    if work is None:
        work = LanguageWork(conference_id=document.conference_id, language=language)
        document.work.append(work)
    given = {Part.TRANSLATE: assignee_id, Part.REVISE: reviser_id}
    had = {Part.TRANSLATE: work.assignee_id, Part.REVISE: work.reviser_id}
    work.state, work.due_at, work.note = state, due_at, note
    work.assignee_id, work.reviser_id = assignee_id, reviser_id
    work.changed_at = clock.now()
    db.session.flush()
    about = {"language": language, "state": state, "assignee": assignee_id, "reviser": reviser_id}
    audit.record(by, "documents.set_work", document, **about)
    _tell(work, {part: who for part, who in given.items() if who not in (None, had[part], by.account_id)})
    return work


def _tell(work: LanguageWork, given: dict[Part, int | None]) -> None:
    """Each gets one mail, also who is to do both."""
    parts: dict[int, list[Part]] = {}
    for part, who in given.items():
        parts.setdefault(who or 0, []).append(part)
    conference = queries.conference_of(work.document)
    for who, several in parts.items():
        account = db.session.get_one(Account, who)
        outbox.add(mails.work_given(work, several, account, conference, queries.has_desk(account, conference)))
