"""Mails as rows: queued, leased, being handed over, then sent or failed; what a crash leaves half-way is in doubt."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock, text
from confapp.foundation.db import (
    Moment,
    Referenced,
    choice,
    column,
    db,
    evidence,
    inserting,
    key,
    link,
    one_of,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


class Kind(StrEnum):
    """What happens when a crash leaves a mail in doubt: security mail goes again, a notice waits for a person."""

    SECURITY = "security"
    NOTICE = "notice"


class MailState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    HANDING_OVER = "handing_over"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class Mail(Referenced, db.Model):
    __table_args__ = (
        one_of(MailState, "state"),
        one_of(Kind, "kind"),
        Index("ix_mail_due", "state", "due_at"),
        {"info": {"unscoped": True}},
    )

    conference_id: Mapped[int | None] = link("conference")
    kind: Mapped[Kind] = choice(Kind, "kind", nullable=False)
    topic: Mapped[str] = column(String(60), nullable=False, default="")
    recipient: Mapped[str] = personal(String(254), nullable=False)
    recipient_name: Mapped[str] = personal(String(200), nullable=False, default="")
    reply_to: Mapped[str] = column(String(254), nullable=False, default="")
    leave_url: Mapped[str] = technical(String(300), nullable=False, default="")
    language: Mapped[str] = column(String(12), nullable=False, default="en")
    subject: Mapped[str] = personal(String(300), nullable=False)
    text: Mapped[str] = personal(Text, nullable=False)
    dedupe_key: Mapped[str] = technical(String(160), nullable=False, unique=True)
    message_id: Mapped[str] = technical(String(120), nullable=False)
    state: Mapped[MailState] = choice(MailState, "state", nullable=False, default=MailState.QUEUED)
    due_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)
    leased_until: Mapped[datetime | None] = technical(Moment)
    attempts: Mapped[int] = technical(Integer, nullable=False, default=0)
    last_answer: Mapped[str] = column(Text, nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    sent_at: Mapped[datetime | None] = evidence(Moment)


class MailAttachment(db.Model):
    """A stored file that goes with a mail, under a name."""

    __table_args__ = (UniqueConstraint("mail_id", "position"), {"info": {"unscoped": True}})

    id: Mapped[int] = key()
    mail_id: Mapped[int] = link("mail", nullable=False)
    file_id: Mapped[int] = link("stored_file", nullable=False)
    position: Mapped[int] = technical(Integer, nullable=False, default=0)
    name: Mapped[str] = column(String(120), nullable=False)

    file: Mapped[StoredFile] = relationship()


LARGEST_ATTACHED = 10 * 1024 * 1024  # all files of one mail; many servers take no more than twice that, encoded


@dataclass(frozen=True)
class Attachment:
    """A stored file that goes with a mail, under the name that its reader sees."""

    file: StoredFile
    name: str


@dataclass(frozen=True)
class Message:
    """A mail to be sent. `dedupe_key` names the event it tells of: the same event is mailed once."""

    kind: Kind
    to: str
    subject: str
    text: str
    dedupe_key: str
    to_name: str = ""
    language: str = "en"
    conference_id: int | None = None
    reply_to: str = ""
    topic: str = ""
    leave_url: str = ""  # a list that its reader can leave by one click
    attachments: tuple[Attachment, ...] = ()


def add(message: Message) -> Mail | None:
    """Adds a mail in the present transaction; None when its event was mailed already."""
    number = queue(message)
    return None if number is None else db.session.get_one(Mail, number)


def queue(message: Message) -> int | None:
    """As `add`, for those who do not look at the row: its id, without loading it."""
    _refuse_unfit(message.attachments)
    db.session.flush()
    statement = inserting(Mail).on_conflict_do_nothing().returning(Mail.id)
    added: int | None = db.session.connection().execute(statement, _values(message)).scalar()
    if added is not None:
        for position, one in enumerate(message.attachments):
            db.session.add(MailAttachment(mail_id=added, file=one.file, position=position, name=_file_name(one)))
    return added


def queue_all(messages: Iterable[Message]) -> None:
    """As `queue`, for mails without files that tell of one event: all at once."""
    if values := [_values(message) for message in messages]:
        db.session.connection().execute(inserting(Mail).on_conflict_do_nothing(), values)


def _values(message: Message) -> dict[str, Any]:
    key = message.dedupe_key
    if len(key) > 160:
        key = key[:90] + hashlib.sha256(key.encode()).hexdigest()
    return {
        "kind": message.kind,
        "topic": message.topic,
        "recipient": text.clean(message.to)[:254],
        "recipient_name": text.clean_name(message.to_name)[:200],
        "reply_to": message.reply_to,
        "leave_url": message.leave_url,
        "language": message.language,
        "subject": text.clean(message.subject)[:300],
        "text": text.clean(message.text, lines=True),
        "dedupe_key": key,
        "message_id": f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@confapp",
        "conference_id": message.conference_id,
        "state": MailState.QUEUED,
    }


def _refuse_unfit(attachments: tuple[Attachment, ...]) -> None:
    if any(one.file.sealed_class for one in attachments):
        raise ValueError("sealed files are never mailed")
    if sum(one.file.size for one in attachments) > LARGEST_ATTACHED:
        raise Refused(_("These files are too large to be mailed: together at most 10 MB."), 422)


def _file_name(attachment: Attachment) -> str:
    return text.clean_name(attachment.name).replace("/", "-").replace("\\", "-")[-120:]


def resend(mail: Mail) -> None:
    """Queues a mail that is in doubt or failed once more, under the same Message-ID."""
    if mail.state not in (MailState.IN_DOUBT, MailState.FAILED):
        raise Refused(_("This mail is not waiting for a decision."))
    if not mail.text:
        raise Refused(_("The text of this mail was removed after it was sent."))
    mail.state, mail.due_at, mail.attempts = MailState.QUEUED, clock.now(), 0


def give_up(mail: Mail) -> None:
    """Closes a mail that is in doubt or failed: what it told of was told another way."""
    if mail.state not in (MailState.IN_DOUBT, MailState.FAILED):
        raise Refused(_("This mail is not waiting for a decision."))
    mail.state, mail.text = MailState.GIVEN_UP, ""
