"""Kept files on their way to readers: from the disk, whole or in part, and not at all where a reader has them.

What is stored was compared with its hash when it was written and is compared again every day; here its size is enough.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, g, request
from werkzeug.utils import send_file

from confapp.foundation import files
from confapp.foundation.files import Damaged, StoredFile


@dataclass(frozen=True)
class OnDisk:
    """A file that the cache of public pages may send by itself."""

    path: Path
    size: int


def sent(stored: StoredFile, name: str, *, kept: str, language: str = "") -> Response:
    """Shown in place, under its hash as a strong ETag; `kept` is what caches are told."""
    path = files.path_of(stored.sha256)
    if not path.is_file() or path.stat().st_size != stored.size:
        raise Damaged(stored.sha256)
    response = send_file(
        path,
        request.environ,
        mimetype="application/octet-stream",
        download_name=name,
        etag=stored.sha256,
        last_modified=stored.stored_at,
        conditional=True,
        response_class=Response,
    )
    response.headers["Content-Type"] = stored.media_type
    response.headers["Cache-Control"] = kept
    if language:
        response.content_language.add(language)
    assert isinstance(response, Response)
    if response.status_code == 200:
        g.sent_file = OnDisk(path, stored.size)
    return response
