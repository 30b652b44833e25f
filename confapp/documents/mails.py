"""Mails about texts: that silence runs and how it ended; that a language of a paper was given to somebody; that
something was issued."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from confapp.documents.models import Issue, LanguageWork, Silence, Subscriber
from confapp.documents.rules import names, wording
from confapp.documents.rules.issuing import ISSUE_KIND_NAMES, IssueKind
from confapp.documents.rules.translating import Part
from confapp.documents.rules.wording import language_name
from confapp.foundation import dates
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, joined, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader, link_of


def _message(
    conference: Any, code: str, paragraphs: Iterable[str], *, to: str, subject: str, dedupe_key: str, **more: Any
) -> Message:
    """What all of these mails share; empty paragraphs fall away."""
    values: dict[str, Any] = {"kind": Kind.NOTICE} | more
    return Message(
        to=to,
        subject=subject[:300],
        text="\n\n".join(filter(None, paragraphs)),
        dedupe_key=dedupe_key,
        language=code,
        conference_id=conference.id,
        reply_to=conference.contact_email,
        topic="documents",
        **values,
    )


def _whom_to_ask(conference: Any) -> str:
    address = conference.contact_email
    return _("Questions: %(address)s", address=address) if address else ""


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
        return _message(
            conference,
            code,
            [f"{best(conference.name, code)}\n{title}", *sentences, *link_of(reader), _whom_to_ask(conference)],
            kind=Kind.SECURITY if reader.is_private else Kind.NOTICE,
            to=reader.email,
            to_name=reader.name,
            subject=f"{subject}: {document.symbol}",
            dedupe_key=f"silence:{silence.ref}:{event}{times}:{sha256(reader.email.casefold().encode()).hexdigest()[:32]}",
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
        paragraphs = [
            f"{best(conference.name, code)}\n{document.symbol} {best(document.title, code)}",
            *(said[part] for part in parts),
            _("It is due by %(moment)s.", moment=dates.moment(due, code, conference.zone)) if due else "",
            work.note,
            _("Sign in here: %(address)s", address=absolute(f"/desk/{conference.slug}/{path}", code)),
            _whom_to_ask(conference),
        ]
        return _message(
            conference,
            code,
            paragraphs,
            to=account.email,
            to_name=account.name,
            subject=_("%(symbol)s in %(language)s", symbol=document.symbol, language=language),
            dedupe_key=f"work:{work.ref}:{work.revision}:{account.ref}",
        )


# --- what was issued --------------------------------------------------------------------------------------------------


def subscription(row: Subscriber, conference: Any, at: datetime) -> Message:
    """The link by which a mailbox confirms that it wants to be told, or changes it; opening it alone does nothing."""
    code = row.language
    with speaking(code):
        url = absolute(f"/{conference.slug}/documents/subscription/{row.ref}", code)
        if row.confirmed_at or (row.is_press and row.ended_at is None):
            subject = _("You are told of new documents already")
            said = _("Somebody asked that this mailbox be told when this conference issues a document. It is already.")
            then = _("This link shows what you are told of, and changes or ends it:")
        else:
            subject = _("Please confirm: mails about new documents")
            said = _("Somebody, you we hope, asked that this mailbox be told when this conference issues a document.")
            then = _("To confirm it, open this link and press the button:")
        paragraphs = [
            best(conference.name, code),
            said,
            f"{then}\n{url}",
            _("If it was not you, do nothing: without your confirmation nothing is sent, and the address is deleted."),
            _whom_to_ask(conference),
        ]
        return _message(
            conference,
            code,
            paragraphs,
            kind=Kind.SECURITY,
            to=row.email,
            subject=subject,
            dedupe_key=f"subscription:{row.ref}:{at.isoformat()}",
        )


def issue_told(issue: Issue, readers: Iterable[Subscriber], conference: Any) -> Iterator[Message]:
    """One mail for each reader, in its language; what is the same for all of a language is written once."""
    written: dict[str, tuple[str, str]] = {}
    for row in readers:
        if row.language not in written:
            written[row.language] = _told(issue, row.language, conference)
        subject, text = written[row.language]
        leave = absolute(f"/{conference.slug}/documents/subscription/{row.ref}/end", row.language)
        with speaking(row.language):
            why = (
                _("You get this mail because you asked for it.")
                if row.confirmed_at
                else _("You get this mail because you are accredited as media.")
            )
            end = _("To get no more of them, and to have your address deleted, open this link and press the button:")
        yield _message(
            conference,
            row.language,
            [text, f"-- \n{why} {end}\n{leave}"],
            to=row.email,
            subject=subject,
            dedupe_key=f"issue:{issue.ref}:{row.email_hash}",
            leave_url=leave,
        )


def _told(issue: Issue, code: str, conference: Any) -> tuple[str, str]:
    """Subject and text. The address is the lasting one, of this issue and of no later one."""
    with speaking(code):
        document, symbol = issue.document, issue.symbol or issue.document.symbol
        title = best(issue.title or document.title, code, (document.original_language,))
        adoption = issue.version.adoption
        page = absolute(f"/{conference.slug}/documents/{document.symbol}", code)
        moment = dates.moment(issue.published_at, code, conference.zone) if issue.published_at else ""
        adopted = wording.adoption(adoption.manner, adoption.adopted_on, code) + "." if adoption else ""
        paragraphs = [
            best(conference.name, code),
            f"{symbol}\n{title}",
            adopted,
            _(
                "Issued on %(moment)s. Languages: %(languages)s.",
                moment=moment,
                languages=names.languages(issue.languages),
            ),
            _("An earlier issue is superseded by it.") if issue.supersedes_id else "",
            _("Read it, and take its files:") + f"\n{page}?issue={issue.short_hash}",
            _("Every file carries the code %(code)s; whether a copy is genuine can be seen here:", code=issue.code)
            + f"\n{absolute('/verify/' + issue.code, code)}",
        ]
        what = _("New document") if issue.kind == IssueKind.ORIGINAL else _(ISSUE_KIND_NAMES[issue.kind])
        return f"{what}: {symbol} {title}", "\n\n".join(filter(None, paragraphs))
