"""A file or pasted text as it comes with a form: read before the lock."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import request

from confapp.documents.forms.importing import LONGEST
from confapp.documents.imports import Fault, FromFile, read_docx
from confapp.documents.imports.word import DROPPED
from confapp.documents.rules.importing import MOST_PARAGRAPHS, Guess, guesses, of_plain
from confapp.foundation.languages import gettext as _
from confapp.foundation.text import CONTROLS


@dataclass(frozen=True)
class Sent:
    """What came with the form, read; or why it cannot be."""

    fault: str = ""
    guesses: list[Guess] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)


def reader(language_field: str) -> Callable[[], Sent]:
    """For @prepare; the field says in which language the text is."""

    def read() -> Sent:
        sent = request.files.get("file")
        content = sent.stream.read() if sent is not None and sent.filename else b""
        if sent is not None:
            sent.stream.seek(0)
        try:
            made = _from_file(content) if content else FromFile(of_plain(request.form.get("words", "")[:LONGEST]))
        except Fault as fault:
            return Sent(str(fault))
        if len(made.paragraphs) > MOST_PARAGRAPHS:
            return Sent(_("At most %(count)d paragraphs can be brought in at once.", count=MOST_PARAGRAPHS))
        return Sent("", guesses(made.paragraphs, request.form.get(language_field, "")), dict(made.dropped))

    return read


def _from_file(content: bytes) -> FromFile:
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return read_docx(content)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(_("This is neither a DOCX file nor plain text in UTF-8.")) from error
    if "\0" in words or len(words) > LONGEST or len(CONTROLS.findall(words)) > len(words) // 100:
        raise Fault(_("This is neither a DOCX file nor plain text in UTF-8."))
    return FromFile(of_plain(words))


def left_behind(names: list[str]) -> list[str]:
    """What a file had that was not taken over, in words."""
    return [_(DROPPED[name]) for name in names if name in DROPPED]
