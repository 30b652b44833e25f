"""The text of a statement: kept before the write lock, referred to inside it, and handed out as a download."""

from dataclasses import dataclass

from flask import Response, g, request

from confapp.foundation import files
from confapp.foundation.files import StoredFile
from confapp.foundation.lifecycle import Refused
from confapp.programme.models import Statement
from confapp.programme.rules.debate import ENDINGS, LARGEST_STATEMENT, file_fault, statement_type


@dataclass(frozen=True)
class Kept:
    """What came with the form: why it cannot be kept, or where it was kept."""

    fault: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    name: str = ""


def keep() -> Kept | None:
    """None when no file was sent."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    content = sent.stream.read(LARGEST_STATEMENT + 1)
    if fault := file_fault(content):
        return Kept(fault)
    kind = statement_type(content)
    assert kind is not None
    return Kept("", files.keep(content), len(content), kind, sent.filename)


def stored(kept: Kept | None) -> StoredFile | None:
    if kept is None:
        return None
    if kept.fault:
        raise Refused(kept.fault, 422, "file")
    about = {"conference_id": g.conference.id, "by": g.actor.account_id}
    return files.register(kept.sha256, kept.size, kept.media_type, kept.name, **about)


def download(statement: Statement, file: StoredFile) -> Response:
    """Never shown in place: it was made by somebody else."""
    code = "".join(one for one in statement.delegation.code if one.isalnum()) or statement.ref[:8]
    headers = {
        "Content-Disposition": f'attachment; filename="statement-{code}.{ENDINGS[file.media_type]}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(files.read(file), mimetype=file.media_type, headers=headers)
