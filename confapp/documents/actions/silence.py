"""Silence procedures: a frozen text that is adopted unless a delegation objects before an instant."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confapp.conferences.models import Conference
from confapp.documents import mails, queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.actions.checking import expiry_of, require_complete
from confapp.documents.actions.versions import freeze
from confapp.documents.models import Document, Objection, Silence, SilenceExtension
from confapp.documents.rules import PUBLISH
from confapp.documents.rules.adoption import SilenceState, unknown_paragraphs
from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.foundation.text import clean
from confapp.people import actions as people
from confapp.registration.mails import Reader
from confapp.registration.models import Delegation
from confapp.registration.queries.delegations import focal_point_mandates
from confapp.registration.queries.order import ordered_delegations
from confapp.registration.rules import DelegationStatus


def start_silence(document: Document, *, expires_at: datetime, note: Texts, tells_names: bool, by: Actor) -> Silence:
    """On the draft, which is kept as a version; every delegation is told, and again when it ends, by jobs."""
    _require(by, document)
    require_complete(document)
    db.session.execute(select(Document.id).where(Document.id == document.id).with_for_update())
    now = clock.now()
    if expires_at <= now:
        raise Refused(_("The expiry lies in the past. Choose a later hour."), 422, "expires_at")
    version = freeze(document, by=by)
    running = next((one for one in queries.silences(document) if one.state == SilenceState.OPEN), None)
    if running is not None:
        if running.version_id == version.id and running.expires_at == expires_at:
            return running
        raise Refused(_("A silence procedure runs on this document already."))
    row = Silence(
        conference_id=document.conference_id,
        document=document,
        version=version,
        expires_at=expires_at,
        note={code: said for code, said in cleaned(note).items() if said},
        tells_names=tells_names,
        started_at=now,
        started_by=by.account_id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "documents.start_silence", document, silence=row.ref, version=version.number, expires=expires_at)
    _tell_later(row, "started")
    _tell_end_later(row)
    return row


def extend_silence(silence: Silence, *, expires_at: datetime, reason: Texts, base: int, by: Actor) -> SilenceExtension:
    """To a later expiry while silence runs and is not broken; `base` is the revision that was on the page."""
    _require(by, silence)
    said = {code: words for code, words in cleaned(reason).items() if words}
    if not said:
        raise Refused(_("Please give a reason."), 422, "reason")
    _hold(silence)
    last = silence.extensions[-1] if silence.extensions else None
    if last is not None and (last.until, last.reason) == (expires_at, said):
        return last
    if silence.state != SilenceState.OPEN:
        raise Refused(_("This silence procedure has ended. Look at the page again."))
    if silence.revision != base:
        raise Refused(_("Somebody changed this procedure while your page was open. Look at it again."))
    if expires_at <= silence.expires_at:
        raise Refused(
            _("Silence runs until %(moment)s already. Choose a later hour.", moment=expiry_of(silence)),
            422,
            "expires_at",
        )
    row = SilenceExtension(
        conference_id=silence.conference_id,
        was_until=silence.expires_at,
        until=expires_at,
        reason=said,
        extended_by=by.account_id,
    )
    silence.extensions.append(row)
    silence.expires_at = expires_at
    db.session.flush()
    about = {"was": row.was_until, "expires": row.until, "reason": said}
    audit.record(by, "documents.extend_silence", silence.document, silence=silence.ref, **about)
    _tell_later(silence, "extended", once=row.until.isoformat())
    _tell_end_later(silence)
    return row


def object_to_text(
    silence: Silence, delegation: Delegation, *, blocks: Sequence[str], reason: str, by: Actor
) -> Objection:
    """By the delegation, or by the secretariat on its behalf. What counts is when this server received it: before T."""
    if not PUBLISH.allows(by, silence) and not queries.may_speak_for(by, delegation):
        raise Forbidden
    if unknown_paragraphs(blocks, queries.named_blocks(silence.version, silence.document.original_language)):
        raise Refused(_("One of these paragraphs is not in this text."), 422, "blocks")
    _hold(silence)
    known = next((one for one in silence.objections if one.delegation_id == delegation.id), None)
    if known is not None:
        return known
    now = clock.now()
    if silence.stopped_at is not None:
        raise Refused(_("This silence procedure was stopped."))
    if now >= silence.expires_at:
        raise Refused(
            _("Silence has ended: an objection had to be received before %(moment)s.", moment=expiry_of(silence))
        )
    first = not silence.objections
    row = Objection(
        conference_id=silence.conference_id,
        delegation=delegation,
        blocks=list(dict.fromkeys(blocks)),
        reason=clean(reason, lines=True),
        received_at=now,
        given_by=by.account_id,
    )
    silence.objections.append(row)
    db.session.flush()
    audit.record(
        by, "documents.object", silence.document, silence=silence.ref, delegation=delegation.ref, blocks=blocks
    )
    if first:
        _tell_later(silence, "broken")
    return row


def stop_silence(silence: Silence, reason: str, *, by: Actor) -> None:
    """Before it has ended; nothing is adopted by it then, and all are told why."""
    _require(by, silence)
    if not reason.strip():
        raise Refused(_("Please give a reason."), 422, "reason")
    _hold(silence)
    if silence.stopped_at is not None:
        return
    if silence.state != SilenceState.OPEN:
        raise Refused(_("This silence procedure has ended. Look at the page again."))
    silence.stopped_at, silence.stop_reason = clock.now(), clean(reason)
    audit.record(by, "documents.stop_silence", silence.document, silence=silence.ref, reason=silence.stop_reason)
    _tell_later(silence, "stopped")


def tell_silence(silence: Silence, event: str) -> int:
    """Mails an event to every delegation, each reader once. At the expiry nothing is said when it did not hold."""
    _hold(silence)
    if event == "ended" and silence.state != SilenceState.HELD:
        return 0
    conference = queries.conference_of(silence.document)
    readers = _readers(silence, conference)
    outbox.queue_all([mails.silence_told(silence, event, reader, conference) for reader in readers])
    if event in ("broken", "ended"):
        silence.told_at = silence.told_at or clock.now()
    return len(readers)


def _readers(silence: Silence, conference: Conference) -> list[Reader]:
    """Focal points and accredited heads of the delegations that did not decline; one address is written to once."""
    found: dict[str, Reader] = {}
    delegations = [one for one in ordered_delegations() if one.status != DelegationStatus.DECLINED]
    refs: dict[int | None, str] = {one.id: one.ref for one in delegations}
    for mandate in focal_point_mandates([one.id for one in delegations]):
        account, path = (
            mandate.account,
            f"/me/{conference.slug}/delegations/{refs[mandate.delegation_id]}/texts/{silence.document.ref}",
        )
        url = absolute(path, account.language)
        found.setdefault(account.email.casefold(), Reader(account.email, account.name, account.language, url, False))
    for head in queries.heads([one.id for one in delegations]):
        person = head.person
        if person.email and head.delegation_id in refs and person.email.casefold() not in found:
            path = f"/me/{conference.slug}/delegations/{refs[head.delegation_id]}/texts/{silence.document.ref}"
            url = people.record_link(person, conference, next_path=path)
            found[person.email.casefold()] = Reader(person.email, person.full_name, person.language, url, True)
    return list(found.values())


def _tell_end_later(silence: Silence) -> None:
    """At the expiry as it is now; where it is a later one by then, silence still runs and nothing is said."""
    _tell_later(silence, "ended", silence.expires_at, once=silence.expires_at.isoformat())


def _tell_later(silence: Silence, event: str, run_at: datetime | None = None, once: str = "") -> None:
    jobs.enqueue(
        "documents.tell_silence",
        {"silence": silence.id, "event": event},
        conference_id=silence.conference_id,
        key=f"silence:{silence.ref}:{event}:{once}".rstrip(":"),
        run_at=run_at,
    )


def _require(by: Actor, subject: Document | Silence) -> None:
    if not PUBLISH.allows(by, subject):
        raise Forbidden


def _hold(silence: Silence) -> None:
    wanted = select(Silence).where(Silence.id == silence.id).with_for_update(of=Silence)
    db.session.execute(
        wanted.options(selectinload(Silence.objections), selectinload(Silence.extensions)).execution_options(
            populate_existing=True
        )
    ).scalar_one()
