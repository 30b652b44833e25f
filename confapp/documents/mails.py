"""Mails about texts: that silence runs and how it ended; that a language of a paper was given to somebody."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from confapp.documents.models import LanguageWork, Silence
from confapp.documents.rules.translating import Part
from confapp.documents.rules.wording import language_name
from confapp.foundation import dates
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, joined, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader, link_of


def silence_told(silence: Silence, event: str, reader: Reader, conference: Any) -> Message:
    """`event` is started, extended, broken, ended (without an objection) or stopped; a reader has each of them once."""
    code, document = reader.language, silence.document
    times = len(silence.extensions) if event == "extended" else ""
    with speaking(code):
        title = f"{document.symbol} {best(document.title, code)}"
        moment = dates.moment(silence.expires_at, code, conference.zone)
        subject, sentences = {
            "started": _started,
            "extended": _extended,
            "broken": _broken,
            "ended": _ended,
            "stopped": _stopped,
        }[event](silence, moment, code)
        address = conference.contact_email
        paragraphs = [
            f"{best(conference.name, code)}\n{title}",
            *sentences,
            *link_of(reader),
            _("Questions: %(address)s", address=address) if address else "",
        ]
        return Message(
            kind=Kind.SECURITY if reader.is_private else Kind.NOTICE,
            to=reader.email,
            to_name=reader.name,
            subject=f"{subject}: {document.symbol}"[:300],
            text="\n\n".join(filter(None, paragraphs)),
            dedupe_key=f"silence:{silence.ref}:{event}{times}:{sha256(reader.email.casefold().encode()).hexdigest()[:32]}",
            language=code,
            conference_id=conference.id,
            reply_to=address,
            topic="documents",
        )


Said = tuple[str, list[str]]


def _started(silence: Silence, moment: str, code: str) -> Said:
    return _("Silence procedure"), [
        _("This text is under silence until %(moment)s.", moment=moment),
        best(silence.note, code),
        _(
            "It is put forward for adoption unless a delegation objects in writing before that moment. What counts is "
            "when the server received the objection; one that arrives at that moment or later comes too late."
        ),
        _("To read the text and, where your delegation objects, to say so, open the link below."),
    ]


def _extended(silence: Silence, moment: str, code: str) -> Said:
    last = silence.extensions[-1]
    return _("Silence procedure extended"), [
        _("Silence on this text now runs until %(moment)s.", moment=moment),
        _("Reason: %(reason)s", reason=best(last.reason, code)),
        _(
            "An objection counts when this server receives it before that moment. One that arrives at that moment or "
            "later comes too late."
        ),
        _("To read the text and, where your delegation objects, to say so, open the link below."),
    ]


def _broken(silence: Silence, moment: str, code: str) -> Said:
    names = [best(one.delegation.name, code) for one in silence.objections] if silence.tells_names else []
    return _("Silence was broken"), [
        _(
            "An objection was received before the expiry of %(moment)s. The text is not adopted by silence.",
            moment=moment,
        ),
        _("Objections: %(names)s", names=joined(names, code)) if names else "",
    ]


def _ended(silence: Silence, moment: str, code: str) -> Said:
    return _("Silence was kept"), [
        _("No objection was received before the expiry of %(moment)s.", moment=moment),
        _("The presiding officer confirms the adoption."),
    ]


def _stopped(silence: Silence, moment: str, code: str) -> Said:
    return _("Silence procedure stopped"), [
        _(
            "The silence procedure that was to run until %(moment)s was stopped. Nothing is adopted by it.",
            moment=moment,
        ),
        _("Reason: %(reason)s", reason=silence.stop_reason),
    ]


def work_given(work: LanguageWork, parts: Sequence[Part], account: Any, conference: Any, is_editor: bool) -> Message:
    """To whom a language was given, each time it is; editors are led to the page where all languages stand."""
    code, document = account.language, work.document
    ref = document.ref
    path = f"documents/{ref}/languages?show={work.language}" if is_editor else f"translations/{ref}/{work.language}"
    due = work.due_at or document.due_at
    with speaking(code):
        language = language_name(work.language, code)
        said = {
            Part.TRANSLATE: _("You are asked to write this text in %(language)s.", language=language),
            Part.REVISE: _("You are asked to check this text in %(language)s.", language=language),
        }
        address = conference.contact_email
        paragraphs = [
            f"{best(conference.name, code)}\n{document.symbol} {best(document.title, code)}",
            *(said[part] for part in parts),
            _("It is due by %(moment)s.", moment=dates.moment(due, code, conference.zone)) if due else "",
            work.note,
            _("Sign in here: %(address)s", address=absolute(f"/desk/{conference.slug}/{path}", code)),
            _("Questions: %(address)s", address=address) if address else "",
        ]
        return Message(
            kind=Kind.NOTICE,
            to=account.email,
            to_name=account.name,
            subject=_("%(symbol)s in %(language)s", symbol=document.symbol, language=language)[:300],
            text="\n\n".join(filter(None, paragraphs)),
            dedupe_key=f"work:{work.ref}:{work.revision}:{account.ref}",
            language=code,
            conference_id=conference.id,
            reply_to=address,
            topic="documents",
        )
