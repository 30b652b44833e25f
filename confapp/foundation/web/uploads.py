"""Files that come with a form: read and kept before the write lock, referred to inside it, handed out as downloads."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, g, request

from confapp.foundation import files
from confapp.foundation.files import StoredFile
from confapp.foundation.lifecycle import Refused

Said = Callable[[bytes], str | None]


@dataclass(frozen=True)
class Upload:
    """What came with the form: why it cannot be kept, or where it was kept."""

    fault: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    name: str = ""

    def registered(self) -> StoredFile:
        """Its row, for the conference and the actor of the request; refused beside its field when it has a fault."""
        if self.fault:
            raise Refused(self.fault, 422, "file")
        about = {"conference_id": g.conference.id, "by": g.actor.account_id}
        return files.register(self.sha256, self.size, self.media_type, self.name, **about)


def kept(largest: int, fault_of: Said, type_of: Said, is_sound: Callable[[], bool] = lambda: True) -> Upload | None:
    """For a function named by @prepare: None when no file was sent.

    `fault_of` says why a content is refused, `type_of` what it is; nothing is kept when the rest `is_sound` no longer.
    """
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    content = sent.stream.read(largest + 1)
    sent.stream.seek(0)
    if fault := fault_of(content):
        return Upload(fault)
    media_type = type_of(content)
    assert media_type is not None
    return Upload("", files.keep(content), len(content), media_type, sent.filename) if is_sound() else Upload()


def download(file: StoredFile, name: str) -> Response:
    """Never shown in place, and kept by no cache: somebody else made it."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(files.read(file), mimetype=file.media_type, headers=headers)
