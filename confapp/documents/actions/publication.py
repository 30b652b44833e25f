"""Issues: all files of a version together, or none; and their withdrawal."""

from collections.abc import Sequence

from sqlalchemy import func, select

from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned, move_named
from confapp.documents.actions.checking import pass_gate, require_complete
from confapp.documents.actions.versions import freeze
from confapp.documents.models import Document, Issue, Publication, Version
from confapp.documents.rules import PUBLISH, IssueState, Status, inline, is_adopted_by_a_meeting
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


def reason_not_to_publish(document: Document) -> str | None:
    move, version, current = move_named("publish"), version_to_publish(document), document.current_issue
    if document.status not in move.sources:
        return _("This document is withdrawn. Take it up again as a draft first.")
    sha256 = version.sha256 if version else queries.draft(document).sha256
    if current is not None and current.version.sha256 == sha256:
        return _("This text is published already; nothing in it has changed since.")
    return move.guard(document) if move.guard else None


def prepare_publication(document: Document, *, by: Actor, override: str = "") -> Issue:
    """An issue of the adopted (or, where nothing is adopted, the present) text, and the job that makes its files.

    What a meeting adopted passed the gate then; the present text passes it here, or with the reason in `override`.
    """
    if not PUBLISH.allows(by, document):
        raise Forbidden
    if why := reason_not_to_publish(document):
        raise Refused(why)
    version, current = version_to_publish(document), document.current_issue
    if version is None:
        require_complete(document)
        pass_gate(document, override, by=by)
        version = freeze(document, by=by)
    issue = Issue(
        conference_id=document.conference_id,
        document=document,
        version=version,
        number=1 + max((issue.number for issue in document.issues), default=0),
        state=IssueState.PREPARING,
        code=_free_code(),
        fingerprint=version.sha256[:16],
        chain_head=audit.head(document.conference_id),
        prepared_by=by.account_id,
        publisher_name=by.name,
        supersedes_id=current.id if current else None,
    )
    db.session.add(issue)
    db.session.flush()
    job = jobs.enqueue("documents.publish", {"issue": issue.id}, conference_id=document.conference_id)
    issue.job_id = job.id
    audit.record(by, "documents.prepare", document, issue=issue.number, version=version.number, text=version.sha256)
    return issue


def _free_code() -> str:
    code = new_code()
    while db.session.scalar(select(func.count()).select_from(Issue).where(Issue.code == code)):
        code = new_code()
    return code


def complete_publication(
    issue: Issue, made: Sequence[tuple[str, str, str, int, str]], signer: signing.Hand | None = None
) -> None:
    """All files at once: (language, format, sha256, size, media type) of bytes that are kept already, some signed."""
    document, moment = issue.document, clock.now()
    if issue.state != IssueState.PREPARING:
        return
    for language, file_format, sha256, size, media_type in made:
        stored = files.register(
            sha256,
            size,
            media_type,
            file_name(document, language, file_format),
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
    issue.state, issue.published_at, issue.published_by = IssueState.PUBLISHED, moment, issue.prepared_by
    document.status = Status.PUBLISHED
    publisher = Actor(account_id=issue.prepared_by, name=issue.publisher_name)
    hashes = {f"{language}.{file_format}": sha256 for language, file_format, sha256, *_rest in made}
    audit.record(publisher, "documents.publish", document, issue=issue.number, files=hashes)


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


def file_name(document: Document, language: str, file_format: str) -> str:
    """What a downloaded file is called: strokes cannot stand in a name."""
    return f"{document.symbol.replace('/', '_')}.{language}.{file_format}"


def abandon(issue: Issue, *, by: Actor) -> None:
    """Stops an issue that is still being prepared, or notes that its files could not be made."""
    if issue.state != IssueState.PREPARING:
        raise Refused(_("This issue is not being prepared any more."))
    issue.state = IssueState.FAILED
    audit.record(by, "documents.abandon", issue.document, issue=issue.number)


def withdraw(document: Document, reason: Texts, *, by: Actor) -> None:
    """Every published issue is marked as withdrawn; its page keeps a stub and its files stay verifiable."""
    said = cleaned(reason)
    move_named("withdraw").apply(document, by=by, reason=" ".join(said.values()))
    for issue in document.issues:
        if issue.state == IssueState.PUBLISHED:
            issue.state, issue.withdrawn_at, issue.withdrawal_reason = IssueState.WITHDRAWN, clock.now(), said
    known.changed(document.conference_id)
    audit.record(by, "documents.withdraw", document, reason=said)


def resume(document: Document, *, by: Actor) -> None:
    move_named("resume").apply(document, by=by)
    audit.record(by, "documents.resume", document)
