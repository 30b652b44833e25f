"""The outbox: mails are rows written with the change they tell of; the worker hands them to the SMTP server."""

from confapp.foundation.mail.outbox import (
    Attachment,
    Kind,
    Mail,
    MailAttachment,
    MailState,
    Message,
    add,
    give_up,
    queue,
    queue_all,
    resend,
)

__all__ = [
    "Attachment",
    "Kind",
    "Mail",
    "MailAttachment",
    "MailState",
    "Message",
    "add",
    "give_up",
    "queue",
    "queue_all",
    "resend",
]
