"""The demonstration's mailbox: mails that its SMTP server kept as files, as plain text with links to follow."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from confapp.foundation import languages

NAME = re.compile(r"[0-9A-Za-z_-]{1,60}")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
MOST = 200


Line = list[tuple[str, bool]]  # words, and whether they are a link


@dataclass(frozen=True)
class Letter:
    name: str
    to: str
    subject: str
    date: datetime | None
    language: str
    paragraphs: list[list[Line]]
    enclosed: tuple[str, ...] = ()  # the names of the files that came with it


def letters(folder: Path) -> list[Letter]:
    """The newest mails first."""
    files = sorted((path for path in folder.glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    return [_read(path) for path in files[:MOST]]


def letter(folder: Path, name: str) -> Letter | None:
    path = folder / f"{name}.eml"
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def enclosed(folder: Path, name: str, position: int) -> tuple[str, bytes] | None:
    """The name and the content of a file that came with a mail."""
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    files = _enclosed(_message(path))
    return files[position] if position < len(files) else None


def linked(text: str) -> Line:
    """Text cut into words and links; nothing in it is ever read as HTML."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        parts += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [*parts, (text[end:], False)]


def _read(path: Path) -> Letter:
    message = _message(path)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    header = {name: str(message.get(name, "")) for name in ("Subject", "Content-Language")}
    language = header["Content-Language"] if languages.known(header["Content-Language"]) else languages.SOURCE
    paragraphs = [[linked(line) for line in part.splitlines()] for part in re.split(r"\n\s*\n", text.strip())]
    to = ", ".join(f"{one.display_name} {one.addr_spec}".strip() for one in _of(message, "To", "addresses", ()))
    names = tuple(file_name for file_name, _content in _enclosed(message))
    date = _of(message, "Date", "datetime", None)
    return Letter(path.stem, to, header["Subject"], date, language, paragraphs, names)


def _message(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _enclosed(message: EmailMessage) -> list[tuple[str, bytes]]:
    parts = ((part.get_filename() or "file", part.get_payload(decode=True)) for part in message.iter_attachments())
    return [(name, content) for name, content in parts if isinstance(content, bytes)]


def _of(message: EmailMessage, header: str, part: str, otherwise: Any) -> Any:
    """A part of a header that was understood; a header may be missing or odd."""
    return getattr(message.get(header), part, otherwise)
