"""Mails to somebody who waited for a session and has a place now, to those for whom a release changes something, and
to those who are asked to take part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from confapp.foundation import dates
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import N_, best, joined, ngettext, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Mail, Message
from confapp.programme.models import Placement, Schedule, Session, SessionRole
from confapp.programme.queries.affected import TOLD, Affected, worth_telling
from confapp.programme.rules import ROLE_NAMES
from confapp.programme.rules.changes import CHANGE_NAMES, Change, Difference, Edition
from confapp.registration.mails import Reader, heading, link_of, message
from confapp.registration.models import Registration
from confapp.speakers.models import Speaker
from confapp.speakers.queries import Watched
from confapp.speakers.rules import Missing

Texts = dict[str, str]
AWAITED_NAMES: dict[str, str] = {
    Missing.ANSWER: N_("whether you take part"),
    Missing.BIOGRAPHY: N_("a short biography"),
    Missing.PHOTO: N_("a photograph, if you wish to be shown"),
    Missing.CONSENT: N_("to what you agree: recording, live stream, photographs"),
    Missing.SLIDES: N_("slides or a statement"),
}


def place_given(
    registration: Registration,
    reader: Reader,
    conference: Any,
    *,
    event: str,
    session: Session,
    placement: Placement | None,
) -> Message:
    with speaking(reader.language):
        title = best(session.title, reader.language)
        when = dates.moment(placement.starts_at, reader.language, conference.zone) if placement is not None else ""
        paragraphs = [
            heading(registration, reader, conference),
            _("A place has become free in the session “%(title)s”, and it is yours now.", title=title),
            when,
            _("If you cannot come, please give it to the next: open the link below and leave the session."),
            *link_of(reader),
        ]
        subject = _("A place in the session: %(title)s", title=title)
        return message(registration, reader, conference, subject[:300], paragraphs, event)


def programme_changed(
    reader: Affected, found: Sequence[Difference], rooms: Mapping[int, Texts], release: Schedule, conference: Any
) -> Message:
    """One mail with all that a release changes for somebody."""
    code = reader.language
    mine = [one for one in worth_telling(found) if one.edition.session_id in reader.sessions]
    with speaking(code):
        address = conference.contact_email
        assert release.released_at is not None
        when = dates.moment(release.released_at, code, conference.zone)
        paragraphs = [
            best(conference.name, code),
            _(
                "The programme has changed in what concerns you. This is version %(number)s of %(moment)s.",
                number=release.number,
                moment=when,
            ),
            best(release.note, code) if release.is_emergency else "",
            *(_told(one, rooms, conference, code) for one in mine),
            absolute(f"/{conference.slug}/programme", code) if conference.is_public else "",
            _("Questions: %(address)s", address=address) if address else "",
        ]
        subject = ngettext("Programme: %(num)d change for you", "Programme: %(num)d changes for you", len(mine))
        if len(mine) == 1:
            title = best(mine[0].edition.printed["title"], code)
            subject = _("%(change)s: %(title)s", change=_(CHANGE_NAMES[mine[0].changes[0]]), title=title)
    return Message(
        kind=Kind.NOTICE,
        to=reader.email,
        to_name=reader.name,
        subject=subject[:300],
        text="\n\n".join(filter(None, paragraphs)),
        dedupe_key=f"release:{release.ref}:{sha256(reader.email.casefold().encode()).hexdigest()[:32]}",
        language=code,
        conference_id=conference.id,
        reply_to=address,
        topic="programme",
    )


def _told(one: Difference, rooms: Mapping[int, Texts], conference: Any, code: str) -> str:
    labels = joined([_(CHANGE_NAMES[change]) for change in one.changes if change in TOLD], code)
    lines = [f"{best(one.edition.printed['title'], code)}: {labels}"]
    if one.before is not None and (Change.MOVED in one.changes or one.after is None):
        lines.append(_("Until now: %(place)s", place=_where(one.before, rooms, conference, code)))
    if one.after is not None:
        lines.append(_("From now on: %(place)s", place=_where(one.after, rooms, conference, code)))
    return "\n".join(lines)


def _where(edition: Edition, rooms: Mapping[int, Texts], conference: Any, code: str) -> str:
    places = [best(rooms[one], code) for one in edition.room_ids if one in rooms]
    return joined([dates.moment(edition.starts_at, code, conference.zone), *places], code)


def asked_to_speak(
    speaker: Speaker, parts: Sequence[SessionRole], url: str, conference: Any, *, at: datetime, is_reminder: bool
) -> Message:
    """The link to a speaker's own page, with the sessions that somebody is asked for."""
    code = speaker.person.language
    with speaking(code):
        name = best(conference.name, code)
        asked = [f"– {best(part.session.title, code)} ({_(ROLE_NAMES[part.role])})" for part in parts]
        paragraphs = [
            _("you are asked to take part in %(conference)s:", conference=name) if asked else name,
            "\n".join(asked),
            _("Please open this link. There you confirm or decline, and say what is to be printed and what you need:"),
        ]
        subject = _("Taking part: %(conference)s", conference=name)
        if is_reminder:
            subject = _("Reminder: %(subject)s", subject=subject)
    return _to_speaker(speaker, conference, f"speaking:{speaker.ref}:{at.isoformat()}", subject, paragraphs, url)


def is_written_today(speaker: Speaker, at: datetime) -> bool:
    key = _missing_key(speaker, at)
    return db.session.scalar(select(Mail.id).where(Mail.dedupe_key == key)) is not None


def _missing_key(speaker: Speaker, at: datetime) -> str:
    return f"missing:{speaker.ref}:{at.date().isoformat()}"


def _awaited(one: Watched, kind: Missing, conference: Any, code: str) -> str:
    if kind is Missing.SLIDES and one.slides_by is not None:
        return _("slides or a statement, by %(when)s", when=dates.moment(one.slides_by, code, conference.zone))
    return _(AWAITED_NAMES[kind])


def something_awaited(one: Watched, url: str, conference: Any, *, at: datetime) -> Message:
    """Asks for what is still to come from a speaker, with the link to the page where it is given."""
    speaker = one.speaker
    code = speaker.person.language
    with speaking(code):
        name = best(conference.name, code)
        paragraphs = [
            _("the organizers of %(conference)s still wait for this from you:", conference=name),
            "\n".join(f"– {_awaited(one, kind, conference, code)}" for kind in one.lacks),
            _("Please open this link and complete your page:"),
        ]
        subject = _("Still missing for the programme: %(conference)s", conference=name)
    return _to_speaker(speaker, conference, _missing_key(speaker, at), subject, paragraphs, url)


def slides_awaited(
    speaker: Speaker, parts: Sequence[SessionRole], url: str, conference: Any, *, at: datetime
) -> Message:
    """Asks for slides or a statement, with the link to the page where they are handed in."""
    code = speaker.person.language
    with speaking(code):
        name = best(conference.name, code)
        paragraphs = [
            _("the organizers of %(conference)s have no slides or statement from you yet for:", conference=name),
            "\n".join(f"– {best(part.session.title, code)}" for part in parts),
            _("Please open this link to hand them in. There you also say from when they may be given to readers:"),
        ]
        subject = _("Slides or statement: %(conference)s", conference=name)
    return _to_speaker(speaker, conference, f"slides:{speaker.ref}:{at.isoformat()}", subject, paragraphs, url)


def _to_speaker(
    speaker: Speaker, conference: Any, key: str, subject: str, paragraphs: Sequence[str], url: str
) -> Message:
    """In the speaker's language, with the link to a page of their own as the last thing asked for."""
    person, address = speaker.person, conference.contact_email
    with speaking(person.language):
        text = [
            person.full_name + ",",
            *paragraphs,
            url,
            _("Please keep it to yourself: whoever has it can read and change your record."),
            _("Questions: %(address)s", address=address) if address else "",
        ]
    return Message(
        kind=Kind.SECURITY,
        to=person.email,
        to_name=person.full_name,
        subject=subject[:300],
        text="\n\n".join(filter(None, text)),
        dedupe_key=key,
        language=person.language,
        conference_id=conference.id,
        reply_to=address,
        topic="speakers",
    )
