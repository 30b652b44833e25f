"""The outbox: mails are rows written with the change they tell of; the worker hands them to the SMTP server."""

from confapp.foundation.mail.outbox import Kind, Mail, MailState, Message, add, resend

__all__ = ["Kind", "Mail", "MailState", "Message", "add", "resend"]
