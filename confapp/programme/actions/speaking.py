"""Asking people to take part, what they answer, and another in their place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.conferences.rules import Format
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people import actions as people
from confapp.people.models import Person
from confapp.people.rules import Role
from confapp.programme import mails
from confapp.programme.actions.sessions import index
from confapp.programme.models import SessionRole
from confapp.programme.queries import speaking as queries
from confapp.programme.rules import RoleStatus
from confapp.programme.rules.speaking import answer_fault, is_silent, replacing_fault
from confapp.speakers.actions import make_speaker
from confapp.speakers.models import Speaker
from confapp.speakers.queries import Watched

Windows = Sequence[tuple[datetime, datetime]]


def invite(actor: Actor, conference: Any, speaker: Speaker) -> None:
    """Mails the link to the speaker's own page; asking again sends a new link, and earlier ones stay valid."""
    person = speaker.person
    if person.erased_at is not None or not person.email:
        raise Refused(_("There is no e-mail address for this person, so no link can be sent."), 422, "email")
    parts = [one.role for one in queries.parts(speaker) if one.role.status != RoleStatus.DECLINED]
    path = f"/me/{conference.slug}/speaking/{speaker.ref}"
    url = people.record_link(person, conference, role=Role.SPEAKER, next_path=path)
    is_reminder, now = speaker.invited_at is not None, clock.now()
    speaker.invited_at = now
    for part in parts:
        part.invited_at = now
    outbox.queue(mails.asked_to_speak(speaker, parts, url, conference, at=now, is_reminder=is_reminder))
    audit.record(actor, "invite_speaker", speaker, again=is_reminder, parts=[part.ref for part in parts])


def invite_many(actor: Actor, conference: Any, speakers: Sequence[Speaker]) -> int:
    for speaker in speakers:
        invite(actor, conference, speaker)
    return len(speakers)


def ask_for_missing(actor: Actor, conference: Any, wanted: Sequence[Watched]) -> int:
    """One mail a day to each, with the link and what is still to come; says to how many."""
    number, now = 0, clock.now()
    for one in wanted:
        speaker = one.speaker
        path = f"/me/{conference.slug}/speaking/{speaker.ref}"
        if mails.is_written_today(speaker, now):
            continue
        url = people.record_link(speaker.person, conference, role=Role.SPEAKER, next_path=path)
        outbox.queue(mails.something_awaited(one, url, conference, at=now))
        audit.record(actor, "ask_for_missing", speaker, missing=[kind.value for kind in one.lacks])
        number += 1
    return number


def answer(
    actor: Actor, conference: Any, speaker: Speaker, part: SessionRole, *, comes: bool, reason: str = ""
) -> None:
    """A speaker confirms or declines; saying the same twice changes nothing. Readers see it from the next release."""
    if fault := answer_fault(part, conference.ends_at, clock.now()):
        raise Refused(fault)
    if not comes and not reason:
        raise Refused(_("Please give a reason."), 422, "reason")
    status, reason = (RoleStatus.CONFIRMED, "") if comes else (RoleStatus.DECLINED, reason)
    if part.answered_at is not None and (part.status, part.reason) == (status, reason):
        return
    part.status, part.reason, part.answered_at = status, reason, clock.now()
    flag_modified(part.session, "minutes")
    _note_answered(speaker)
    # The reason stays out of the audit record, so that it can be erased.
    audit.record(actor, "answer_part", part.session, part=part.ref, status=status)


def tell_about(
    actor: Actor,
    speaker: Speaker,
    *,
    affiliation: dict[str, str],
    biography: dict[str, str],
    mode: Format,
    zone: str,
    needs: str,
    free: Windows,
    busy: Windows,
    revision: int | None = None,
) -> None:
    """What speakers say of themselves: to print from the next release on, and for the organizers alone."""
    if revision is not None and speaker.revision != revision:
        raise Refused(_("Somebody changed this while your page was open. Look at it again and decide anew."))
    speaker.affiliation, speaker.biography = _filled(affiliation), _filled(biography)
    speaker.mode, speaker.zone, speaker.needs = mode, zone, needs
    speaker.availability = [*_triples(free, True), *_triples(busy, False)]
    _note_answered(speaker)
    audit.record(actor, "tell_about_speaker", speaker, fields=list(audit.changes(speaker)))


def _note_answered(speaker: Speaker) -> None:
    """The desk waits no longer once nothing is left that was asked."""
    if not any(is_silent(one.role) for one in queries.parts(speaker)):
        speaker.answered_at = clock.now()


def replace(actor: Actor, part: SessionRole, person: Person | None) -> SessionRole:
    """Another person takes over a part. The old row stays as a record; the new one stands in its place, to be asked."""
    if fault := replacing_fault(part, person):
        raise Refused(fault, 422, "name")
    assert person is not None
    session = part.session
    make_speaker(actor, person)
    new = SessionRole(
        conference_id=part.conference_id,
        role=part.role,
        person=person,
        language=part.language,
        position=part.position,
        status=RoleStatus.INVITED,
        printed_function={},
    )
    session.roles.insert(session.roles.index(part), new)
    db.session.flush()
    part.status, part.replaced_by_id = RoleStatus.REPLACED, new.id
    for position, one in enumerate(session.roles, 1):
        one.position = position
    index(session)
    flag_modified(session, "minutes")
    audit.record(actor, "replace_part", session, part=part.ref, by=new.ref)
    return new


def _triples(windows: Windows, is_free: bool) -> list[list[Any]]:
    return [[begins.isoformat(), ends.isoformat(), is_free] for begins, ends in windows]


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}
