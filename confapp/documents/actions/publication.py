"""Issues: all files of a version together, or none; and their withdrawal."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned, move_named
from confapp.documents.actions.checking import pass_gate, require_complete, require_printable
from confapp.documents.actions.documents import give_symbol
from confapp.documents.actions.subscribers import tell_later
from confapp.documents.actions.versions import freeze
from confapp.documents.models import Document, Issue, IssuePicture, IssuingRules, Publication, Version
from confapp.documents.rules import PUBLISH, IssueState, Status, inline, is_adopted_by_a_meeting
from confapp.documents.rules.issuing import MOST_STARS, IssueKind, may_release, symbol_of
from confapp.foundation import audit, clock, files, jobs, known, signing
from confapp.foundation.access import Actor
from confapp.foundation.codes import new_code
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused


def version_to_publish(document: Document) -> Version | None:
    """The newest adopted version of an outcome; None for any other paper: publishing freezes its draft."""
    if not is_adopted_by_a_meeting(document.kind):
        return None
    return max((v for v in document.versions if v.adoption is not None), key=lambda v: v.number or 0, default=None)


def reason_not_to_publish(document: Document, kind: IssueKind | None = None) -> str | None:
    """Why no issue can be prepared, or none of this kind; without a kind, of any but a reissue of the same text."""
    move = move_named("publish")
    if document.status not in move.sources:
        return _("This document is withdrawn. Take it up again as a draft first.")
    if move.guard and (why := move.guard(document)):
        return why
    possible = kinds_possible(document)
    if kind is not None and kind not in possible:
        return _("An issue of this kind cannot follow what is published.")
    if not set(possible) - {IssueKind.REISSUE} and kind != IssueKind.REISSUE:
        return _("This text is published already; nothing in it has changed since.")
    return None


def kinds_possible(document: Document) -> list[IssueKind]:
    """What the next issue can be to those that are public, the usual one first."""
    current, public = document.current_issue, document.public_issues
    version = version_to_publish(document)
    sha256 = version.sha256 if version else queries.draft(document).sha256
    is_new = current is None or current.version.sha256 != sha256
    if all(issue.kind == IssueKind.ADVANCE for issue in public):
        return [IssueKind.ORIGINAL, *([IssueKind.ADVANCE] if is_new else [])]
    again = [IssueKind.REISSUE] if current is not None and not current.symbol.endswith("*" * MOST_STARS) else []
    return ([IssueKind.REVISION] if is_new else []) + again


def prepare_publication(
    document: Document,
    *,
    by: Actor,
    override: str = "",
    kind: IssueKind | None = None,
    dated_on: date | None = None,
    languages: Sequence[str] = (),
) -> Issue:
    """An issue of the adopted (or, where nothing is adopted, the present) text, and the job that makes its files.

    What a meeting adopted passed the gate then; the present text passes it here, or with the reason in `override`.
    Only an advance copy may come in some of the languages. Nothing is public before somebody releases it.
    """
    if not PUBLISH.allows(by, document):
        raise Forbidden
    _hold(document)
    if why := reason_not_to_publish(document, kind):
        raise Refused(why)
    kind = kind or kinds_possible(document)[0]
    wanted = _languages_of(document, kind, languages)
    version, current = version_to_publish(document), document.current_issue
    require_printable(document, version or document.draft)
    if version is None:
        if kind != IssueKind.ADVANCE:
            require_complete(document)
        pass_gate(document, override, by=by)
        version = freeze(document, by=by)
    issue = Issue(
        conference_id=document.conference_id,
        document=document,
        version=version,
        number=1 + max((issue.number for issue in document.issues), default=0),
        kind=kind,
        symbol=_symbol(document, kind),
        title=dict(document.title),
        access=document.access,
        languages=wanted,
        dated_on=dated_on,
        state=IssueState.PREPARING,
        code=_free_code(),
        fingerprint=version.sha256[:16],
        chain_head=audit.head(document.conference_id),
        prepared_by=by.account_id,
        preparer_name=by.name,
        supersedes_id=current.id if current else None,
    )
    db.session.add(issue)
    db.session.flush()
    _make_files(issue)
    about = {"issue": issue.number, "kind": kind, "symbol": issue.symbol, "languages": wanted}
    audit.record(by, "documents.prepare", document, version=version.number, text=version.sha256, **about)
    return issue


def _languages_of(document: Document, kind: IssueKind, languages: Sequence[str]) -> list[str]:
    if kind != IssueKind.ADVANCE or not languages:
        return list(document.languages)
    return [code for code in document.languages if code in languages or code == document.original_language]


def _symbol(document: Document, kind: IssueKind) -> str:
    current = document.current_issue
    counted = [one for one in document.issues if one.kind == IssueKind.REVISION and one.state != IssueState.FAILED]
    symbol = symbol_of(document.symbol, kind, len(counted), current.symbol if current else document.symbol)
    try:
        give_symbol(document, symbol)
    except Refused as refused:
        raise Refused(_("Another document of this conference has the symbol %(symbol)s.", symbol=symbol)) from refused
    return symbol


def _make_files(issue: Issue) -> None:
    job = jobs.enqueue("documents.publish", {"issue": issue.id}, conference_id=issue.conference_id)
    issue.job_id = job.id


def try_again(issue: Issue, *, by: Actor) -> None:
    """Makes the files of an issue that failed or was stopped once more, under the same number and code."""
    document = issue.document
    _hold(document)
    if issue.state != IssueState.FAILED or document.issues[-1] is not issue or issue.publications:
        raise Refused(_("This issue cannot be prepared again. Prepare another."))
    if why := reason_not_to_publish(document, issue.kind):
        raise Refused(why)
    issue.state = IssueState.PREPARING
    _make_files(issue)
    audit.record(by, "documents.prepare_again", document, issue=issue.number)


def _free_code() -> str:
    code = new_code()
    while db.session.scalar(select(func.count()).select_from(Issue).where(Issue.code == code)):
        code = new_code()
    return code


def complete_publication(
    issue: Issue, made: Sequence[tuple[str, str, str, int, str]], signer: signing.Hand | None = None
) -> None:
    """All files at once: (language, format, sha256, size, media type) of bytes that are kept already, some signed.

    The issue then waits for a second person.
    """
    document = issue.document
    if issue.state != IssueState.PREPARING:
        return
    for language, file_format, sha256, size, media_type in made:
        stored = files.register(
            sha256,
            size,
            media_type,
            file_name(document, language, file_format, issue),
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
    note_files(known.Kind.ISSUE, issue, made, signer)
    issue.sha256 = inline.digest(
        [{language: f"{file_format} {sha256}"} for language, file_format, sha256, *_rest in made]
    )
    issue.state = IssueState.PREPARED
    jobs.enqueue("documents.draw_issue", {"issue": issue.id}, conference_id=issue.conference_id)
    preparer = Actor(account_id=issue.prepared_by, name=issue.preparer_name)
    hashes = {f"{language}.{file_format}": sha256 for language, file_format, sha256, *_rest in made}
    audit.record(preparer, "documents.prepared", document, issue=issue.number, files=hashes)


def add_picture(issue: Issue, language: str, sha256: str, size: int) -> None:
    """Of each language one, however often it is drawn."""
    if any(one.language == language for one in issue.pictures):
        return
    name = file_name(issue.document, language, "png", issue)
    stored = files.register(sha256, size, "image/png", name, conference_id=issue.conference_id)
    db.session.add(IssuePicture(conference_id=issue.conference_id, issue=issue, language=language, file=stored))


def note_files(
    kind: known.Kind, issue: Issue, made: Sequence[tuple[str, str, str, int, str]], signer: signing.Hand | None
) -> None:
    """What is handed out of an issue is known to verification from then on."""
    unsigned = signer.unsigned if signer else {}
    found = [
        known.File(
            sha256,
            size,
            language,
            file_format,
            unsigned.get(sha256, ""),
            signer.certificate_id if signer and sha256 in unsigned else None,
        )
        for language, file_format, sha256, size, _media_type in made
    ]
    known.note(kind, issue.id, found, conference_id=issue.conference_id)


def reason_not_to_release(issue: Issue, by: Actor) -> str | None:
    if issue.state != IssueState.PREPARED and not issue.is_waiting:
        return _("This issue is not waiting for its release.")
    if not may_release(issue.prepared_by, by.account_id, queries.issuing_rules().needs_two):
        return _("You prepared this issue. Another person looks at its files and releases it.")
    return None


def release(issue: Issue, *, at: datetime | None = None, seen: str = "", by: Actor) -> None:
    """Lets a prepared issue out, now or at a moment; done again before that moment it sets another one.

    `seen` is the hash of all files that the page showed to whoever releases them.
    """
    document, now = issue.document, clock.now()
    if not PUBLISH.allows(by, document):
        raise Forbidden
    _hold(issue.document)
    if why := reason_not_to_release(issue, by):
        raise Refused(why)
    if issue.access != document.access:
        raise Refused(
            _(
                "Since this issue was prepared somebody changed who may read the document, which its files print. "
                "Discard the issue and prepare it again, or change the access back."
            )
        )
    if seen and seen != issue.sha256:
        raise Refused(_("These are not the files that you were shown. Look at the issue again."))
    if at is not None and at <= now:
        raise Refused(_("Choose a moment to come, or release it now."), 422, "at")
    was = issue.published_at
    issue.state, issue.released_at, issue.published_at = IssueState.PUBLISHED, now, at or now
    issue.published_by, issue.publisher_name = by.account_id, by.name
    document.status = Status.PUBLISHED
    known.changed(document.conference_id)
    if at is not None:
        again = f"{known.LIST_TASK}:{issue.id}:{at.timestamp():.0f}"
        about_list = {"conference": document.conference_id}
        jobs.enqueue(known.LIST_TASK, about_list, conference_id=document.conference_id, key=again, run_at=at)
    tell_later(issue)
    alone = by.account_id is not None and by.account_id == issue.prepared_by
    about = {"issue": issue.number, "at": issue.published_at, "was": was, "alone": alone or None}
    audit.record(by, "documents.publish", document, files=issue.sha256, **about)


def _hold(document: Document) -> None:
    """Two people decide on an issue one after the other, each on what the other left. The document is held first, for
    what becomes of it depends on all its issues."""
    db.session.flush()
    for held in (select(Document).where(Document.id == document.id), select(Issue).where(Issue.document == document)):
        statement = held.with_for_update().execution_options(populate_existing=True)
        db.session.execute(statement).all()
    db.session.expire(document, ["issues"])


def hold_back(issue: Issue, *, by: Actor) -> None:
    """Takes back a release before its moment; the issue waits for a release again."""
    document = issue.document
    _hold(issue.document)
    if not issue.is_waiting:
        raise Refused(_("This issue is not waiting for its moment: it is public, or it was taken back already."))
    was, issue.state, issue.published_at, issue.released_at = issue.published_at, IssueState.PREPARED, None, None
    issue.published_by, issue.publisher_name = None, ""
    document.status = _status_without(issue)
    known.changed(document.conference_id)
    audit.record(by, "documents.hold_back", document, issue=issue.number, was=was)


def _status_without(issue: Issue) -> Status:
    current = issue.document.current_issue
    if current is not None and current.version is issue.version:
        return Status.PUBLISHED
    if issue.version.adoption is not None:
        return Status.ADOPTED
    return Status.PUBLISHED if current is not None else Status.DRAFT


def set_issuing_rules(conference_id: int, *, needs_two: bool, tells_press: bool, by: Actor) -> IssuingRules:
    """Whether two people publish, and whether accredited media are told. The record says who changed it."""
    rules = queries.issuing_rules()
    if rules.id is None:
        rules.conference_id = conference_id
        db.session.add(rules)
        db.session.flush()
    rules.needs_two, rules.tells_press = needs_two, tells_press
    audit.record(by, "documents.issuing_rules", rules, needs_two=needs_two, tells_press=tells_press)
    return rules


def file_name(document: Document, language: str, file_format: str, issue: Issue | None = None) -> str:
    """What a downloaded file is called: strokes and stars cannot stand in a name."""
    symbol = (issue.symbol if issue else "") or document.symbol
    return f"{symbol.replace('/', '_').replace('*', '-again')}.{language}.{file_format}"


def abandon(issue: Issue, *, by: Actor) -> None:
    """Stops an issue that is prepared or waits for its release, or notes that its files could not be made."""
    _hold(issue.document)
    if issue.state not in (IssueState.PREPARING, IssueState.PREPARED):
        raise Refused(_("This issue is not being prepared any more."))
    issue.state = IssueState.FAILED
    audit.record(by, "documents.abandon", issue.document, issue=issue.number)


def withdraw(document: Document, reason: Texts, *, by: Actor) -> None:
    """Every published issue is marked as withdrawn; its page keeps a stub and its files stay verifiable."""
    said = cleaned(reason)
    _hold(document)
    move_named("withdraw").apply(document, by=by, reason=" ".join(said.values()))
    for issue in document.issues:
        if issue.state == IssueState.PUBLISHED and issue.is_public:
            issue.state, issue.withdrawn_at, issue.withdrawal_reason = IssueState.WITHDRAWN, clock.now(), said
    known.changed(document.conference_id)
    audit.record(by, "documents.withdraw", document, reason=said)


def resume(document: Document, *, by: Actor) -> None:
    move_named("resume").apply(document, by=by)
    audit.record(by, "documents.resume", document)
