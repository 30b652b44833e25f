"""Public pages kept as compressed bytes, keyed by the version of what they show. They depend on no cookie.

Of published files only the headers are kept; the bytes are sent from the disk.

A page is stored with the version that was read before its data; a change of anything public raises the version in the
same transaction, so the next request draws the page anew.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, Response, g, request
from flask.globals import request_ctx
from sqlalchemy import event
from sqlalchemy.orm import Session, attributes
from werkzeug.wsgi import FileWrapper

from confapp.config import Settings
from confapp.foundation import clock
from confapp.foundation.db import db
from confapp.foundation.web import identity, paths
from confapp.foundation.web.sending import OnDisk

LONGEST = 60.0
MOST_ENTRIES, MOST_BYTES = 400, 24 * 1024 * 1024
POLICY = "public, no-cache"

View = TypeVar("View", bound=Callable[..., Any])
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    version: Any
    until: float
    etag: str
    plain: bytes
    packed: bytes
    headers: Headers
    file: OnDisk | None = None


def cached(view: View) -> View:
    """Marks a public view whose page is kept; it reads no cookie and varies by path, query and language only."""
    view.cached = True  # type: ignore[attr-defined]
    return view


def valid_until(moment: datetime | None) -> None:
    """Tells that the page being drawn changes by itself at an instant."""
    if moment is not None:
        g.valid_until = min(moment, g.get("valid_until", moment))


class PublicCache:
    def __init__(self, app: Flask, wsgi: Any, settings: Settings) -> None:
        self.flask, self.app, self.host = app, wsgi, settings.host
        self.entries: OrderedDict[tuple[str, str, str], Kept] = OrderedDict()
        self.size, self.lock = 0, Lock()
        self.read_version = _version_reader(app, settings)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ.get("HTTP_HOST") == self.host:
            key = self._key(environ)
            kept = self.entries.get(key)
            if kept is not None and not (kept.file is not None and "HTTP_RANGE" in environ):
                if kept.until > time.monotonic() and kept.version == self.read_version(key[0]):
                    return self._answer(kept, environ, start_response)
                self._drop(key)
            environ["confapp.cache"] = (self, key, self.read_version(key[0]))
        result: Iterable[bytes] = self.app(environ, start_response)
        return result

    def keep(self, key: tuple[str, str, str], version: Any, response: Response) -> None:
        left = LONGEST
        if (until := g.get("valid_until")) is not None:
            left = min(left, (until - clock.now()).total_seconds())
        if left <= 0 or version is None:
            return
        if (file := g.get("sent_file")) is not None:
            etag = response.headers["ETag"]
            self._add(key, Kept(version, time.monotonic() + left, etag, b"", b"", _lasting(response), file))
            return
        plain = response.get_data()
        etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
        response.headers["ETag"] = etag
        packed = gzip.compress(plain, 6, mtime=0)
        kept = Kept(version, time.monotonic() + left, etag, plain, packed, _lasting(response))
        self._add(key, kept)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.set_data(kept.packed)
            response.headers["Content-Encoding"] = "gzip"

    def _add(self, key: tuple[str, str, str], kept: Kept) -> None:
        with self.lock:
            self._forget(key)
            self.entries[key] = kept
            self.size += len(kept.plain) + len(kept.packed)
            while self.entries and (len(self.entries) > MOST_ENTRIES or self.size > MOST_BYTES):
                self._forget(next(iter(self.entries)))

    def _drop(self, key: tuple[str, str, str]) -> None:
        with self.lock:
            self._forget(key)

    def _forget(self, key: tuple[str, str, str]) -> None:
        if (old := self.entries.pop(key, None)) is not None:
            self.size -= len(old.plain) + len(old.packed)

    def _key(self, environ: dict[str, Any]) -> tuple[str, str, str]:
        language = paths.language_of(environ)
        where = "/" + environ["confapp.language"] if "confapp.language" in environ else ""
        return environ.get("PATH_INFO", ""), f"{where}?{environ.get('QUERY_STRING', '')}", language

    @staticmethod
    def _answer(kept: Kept, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [h for h in kept.headers if h[0] != "Content-Type"])
            return [b""]
        if kept.file is not None:
            return _from_disk(kept.file, kept.headers, environ, start_response)
        body, headers = kept.plain, kept.headers
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body, headers = kept.packed, [*headers, ("Content-Encoding", "gzip")]
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _lasting(response: Response) -> Headers:
    names = {"content-length", "content-encoding", "date", "connection"}
    return [(name, value) for name, value in response.headers if name.lower() not in names]


def _from_disk(file: OnDisk, headers: Headers, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [*headers, ("Content-Length", str(file.size))])
    if environ["REQUEST_METHOD"] == "HEAD":
        return [b""]
    wrap = environ.get("wsgi.file_wrapper", FileWrapper)
    content: Iterable[bytes] = wrap(file.path.open("rb"), 64 * 1024)
    return content


def install(app: Flask, settings: Settings) -> None:
    cache = PublicCache(app, app.wsgi_app, settings)
    app.extensions["public_cache"] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]

    def keep(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        personal = identity.was_looked_at() or session_was_read()
        if not getattr(view, "cached", False) or response.status_code != 200 or personal:
            return response
        if "sent_file" not in g:
            response.headers["Cache-Control"] = POLICY
            response.vary.add("Accept-Encoding")
            if "confapp.language" not in request.environ:
                response.vary.add("Accept-Language")
        held = request.environ.get("confapp.cache")
        if held is not None and len(request.query_string) < 100:
            cache_, key, version = held
            cache_.keep(key, version, response)
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, keep)  # runs last: it keeps the headers of all others


def session_was_read() -> bool:
    """True when the cookie was looked at; asking Flask's own proxy would count as looking."""
    held = request_ctx._session
    return held is not None and held.accessed


def _version_reader(app: Flask, settings: Settings) -> Callable[[str], Any]:
    """A function of the path: the version of its conference, or of all conferences for pages outside one."""

    with app.app_context():
        engine = db.engine
    mark = "?" if settings.is_sqlite else "%s"

    def read(path: str) -> Any:
        slug = path[1:].partition("/")[0]
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(f"SELECT id, public_version FROM conference WHERE slug = {mark}", (slug,))  # noqa: S608
                row = cursor.fetchone()
                if row is None:
                    cursor.execute("SELECT count(*), sum(public_version) FROM conference")
                    row = cursor.fetchone()
                return tuple(row) if row else None
            finally:
                connection.close()
        except Exception:
            return None

    return read


@event.listens_for(Session, "before_flush")
def _raise_version(session: Session, context: Any, instances: Any) -> None:
    """Anything public that changes raises its conference's version in the same transaction."""
    found = set()
    for row in (*session.new, *session.dirty, *session.deleted):
        shown = getattr(row, "__public__", None)
        if shown is None or (row in session.dirty and not _is_shown_change(session, row, shown)):
            continue
        if row in session.new and shown is not True:
            continue
        found.add(row.id if row.__tablename__ == "conference" else row.conference_id)
    for conference_id in sorted(number for number in found if number):
        raise_version(conference_id, session)


def raise_version(conference_id: int, session: Any = None) -> None:
    conference = db.metadata.tables["conference"]
    (session or db.session).connection().execute(
        conference.update()
        .where(conference.c.id == conference_id)
        .values(public_version=conference.c.public_version + 1)
    )


def _is_shown_change(session: Session, row: Any, shown: Any) -> bool:
    if not session.is_modified(row):
        return False
    return shown is True or any(attributes.get_history(row, name).has_changes() for name in shown)
