"""Hands mails to an SMTP server so that none is silently lost or doubled.

A row is leased, then marked `handing_over` in a commit of its own just before the data are sent; a row found in that
state after a crash is in doubt: security mail goes again under the same Message-ID, a notice waits for a person.
"""

import contextlib
import logging
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from sqlalchemy import or_, select, update

from confapp.config import Settings
from confapp.foundation import clock, files
from confapp.foundation.db import db
from confapp.foundation.mail.outbox import Kind, Mail, MailAttachment, MailState
from confapp.foundation.transactions import reading, writing

LEASE = timedelta(seconds=60)
RETRY = timedelta(seconds=30)
ATTEMPTS = 8
BATCH = 20
log = logging.getLogger("confapp.mail")


@dataclass(frozen=True)
class Letter:
    """What one delivery needs of a row, read before the hand-over."""

    id: int
    recipient: str
    message: EmailMessage


class Courier:
    """Delivers due mails over one connection; make one per worker."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.connection: smtplib.SMTP | None = None

    def deliver_due(self, limit: int = BATCH) -> int:
        """Delivers up to `limit` mails; returns how many were handed over."""
        settle_doubt()
        sent = 0
        while sent < limit and (letter := self._lease()):
            if not self._deliver(letter):
                break
            sent += 1
        return sent

    def close(self) -> None:
        if self.connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
            self.connection = None

    def _lease(self) -> Letter | None:
        """The next letter; a mail that no letter can be made of is put aside, so that it holds up no other."""
        while (mail := self._take()) is not None:
            try:
                message = compose(mail, self.settings.mail_from, clock.now(), attached_to(mail))
                return Letter(mail.id, mail.recipient, message)
            except Exception as error:
                log.warning("mail cannot be written", extra={"mail": mail.id, "error": type(error).__name__})
                self._refused(mail.id, 550, "no letter can be made of it")
        return None

    def _take(self) -> Mail | None:
        moment = clock.now()
        due = or_(
            (Mail.state == MailState.QUEUED) & (Mail.due_at <= moment),
            (Mail.state == MailState.LEASED) & (Mail.leased_until < moment),
        )
        with reading():
            if db.session.scalar(select(Mail.id).where(due).limit(1)) is None:
                return None
        with writing():
            mail = db.session.scalar(
                select(Mail).where(due).order_by(Mail.due_at, Mail.id).limit(1).with_for_update(skip_locked=True)
            )
            if mail is None:
                return None
            mail.state, mail.leased_until, mail.attempts = MailState.LEASED, moment + LEASE, mail.attempts + 1
            db.session.flush()
            db.session.expunge(mail)
            return mail

    def _deliver(self, letter: Letter) -> bool:
        """True when the server answered for this mail, well or badly; False when the server itself is away."""
        try:
            connection = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._put_back(letter.id, f"no connection: {type(error).__name__}")
            return False
        _set_state(letter.id, MailState.HANDING_OVER)
        try:
            connection.send_message(letter.message, to_addrs=[letter.recipient])
        except smtplib.SMTPRecipientsRefused as error:
            answer = next(iter(error.recipients.values()), (550, b""))
            self._refused(letter.id, answer[0], answer[1])
        except smtplib.SMTPResponseException as error:
            self._refused(letter.id, error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError:
            self._refused(letter.id, 550, "the server takes no such address")
        except (smtplib.SMTPException, OSError) as error:
            self.connection = None
            log.warning("mail left in doubt", extra={"mail": letter.id, "error": type(error).__name__})
            settle_doubt(only=letter.id)
        else:
            _sent(letter.id)
        return True

    def _connected(self) -> smtplib.SMTP:
        if self.connection is not None:
            try:
                if self.connection.noop()[0] == 250:
                    return self.connection
            except (smtplib.SMTPException, OSError):
                self.connection = None
        self.connection = connect(self.settings.smtp_url)
        return self.connection

    def _put_back(self, mail_id: int, answer: str) -> None:
        self.connection = None
        with writing():
            db.session.execute(
                update(Mail)
                .where(Mail.id == mail_id)
                .values(state=MailState.QUEUED, due_at=clock.now() + timedelta(seconds=15), last_answer=answer)
                .values(attempts=Mail.attempts - 1)
            )

    def _refused(self, mail_id: int, code: int, answer: bytes | str) -> None:
        """A temporary refusal is tried again later, a permanent one is for a person to correct."""
        words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        with writing():
            mail = db.session.get_one(Mail, mail_id)
            mail.last_answer = f"{code} {words}"[:500]
            if code >= 500 or mail.attempts >= ATTEMPTS:
                mail.state = MailState.FAILED
            else:
                mail.state = MailState.QUEUED
                mail.due_at = clock.now() + RETRY * 2**mail.attempts


def settle_doubt(only: int | None = None) -> None:
    """What was left in hand-over: security mail goes again, at most ATTEMPTS times; a notice waits for a person.

    Without `only`, what a crash left behind: rows in hand-over for longer than a lease.
    """
    moment = clock.now()
    stale = (Mail.state == MailState.HANDING_OVER) & ((Mail.id == only) if only else (Mail.leased_until < moment))
    with reading():
        if db.session.scalar(select(Mail.id).where(stale).limit(1)) is None:
            return
    again = (Mail.kind == Kind.SECURITY) & (Mail.attempts < ATTEMPTS)
    spent = (Mail.kind == Kind.SECURITY) & (Mail.attempts >= ATTEMPTS)
    pause = RETRY if only else timedelta()
    with writing():
        for which, state in (
            (again, MailState.QUEUED),
            (spent, MailState.FAILED),
            (Mail.kind == Kind.NOTICE, MailState.IN_DOUBT),
        ):
            db.session.execute(
                update(Mail).where(stale, which).values(state=state, due_at=moment + pause, leased_until=None)
            )


@dataclass(frozen=True)
class Enclosure:
    """A file of a mail as it goes out."""

    name: str
    media_type: str
    content: bytes


def attached_to(mail: Mail) -> list[Enclosure]:
    """The files of a mail, read and checked; a file that was erased since is an error, for the mail speaks of it."""
    with reading():
        rows = db.session.scalars(
            select(MailAttachment).where(MailAttachment.mail_id == mail.id).order_by(MailAttachment.position)
        ).all()
        found = [(row.name, row.file) for row in rows]
        return [Enclosure(name, file.media_type, files.read(file)) for name, file in found]


def compose(mail: Mail, sender: str, at: datetime, enclosures: Sequence[Enclosure] = ()) -> EmailMessage:
    """The mail as it travels: plain text, with the files after it where there are any."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _address(mail.recipient_name, mail.recipient)
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Content-Language"] = mail.language
    if mail.leave_url:
        message["List-Unsubscribe"] = f"<{mail.leave_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    for one in enclosures:
        kind, _slash, detail = one.media_type.partition("/")
        message.add_attachment(one.content, maintype=kind, subtype=detail, filename=one.name)
    return message


def connect(url: str) -> smtplib.SMTP:
    """An open SMTP connection for smtp://, smtp+starttls:// or smtps:// addresses."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if parts.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, port or 465, timeout=20, context=context)
    else:
        connection = smtplib.SMTP(host, port or 25, timeout=20)
        if parts.scheme == "smtp+starttls":
            connection.starttls(context=context)
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection


def _address(name: str, address: str) -> Address | str:
    return Address(display_name=name, addr_spec=address) if name and address.isascii() else address


def _set_state(mail_id: int, state: MailState) -> None:
    with writing():
        db.session.execute(update(Mail).where(Mail.id == mail_id).values(state=state, leased_until=clock.now() + LEASE))


def _sent(mail_id: int) -> None:
    """Marks it sent; the text of security mail is removed, for it holds a link that signs somebody in."""
    with writing():
        mail = db.session.get_one(Mail, mail_id)
        mail.state, mail.sent_at, mail.leased_until, mail.last_answer = MailState.SENT, clock.now(), None, ""
        if mail.kind == Kind.SECURITY:
            mail.text = ""
