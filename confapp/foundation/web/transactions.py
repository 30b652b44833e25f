"""A request's three transactions: entry (committed at once), view (one wrapper), record (before the answer leaves)."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache, wraps
from typing import Any

from flask import Flask, abort, current_app, g, make_response, redirect, request
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.db import db, in_conference, inserting
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import ATTEMPTS, is_retriable, writing
from confapp.foundation.web import drafts, guard, limits
from confapp.foundation.web.models import FormKey

SAFE = {"GET", "HEAD", "OPTIONS"}
LONGEST_KEY = 64
_KEYS = FormKey.__table__


class _RollBack(Exception):
    def __init__(self, response: Response) -> None:
        self.response = response


def in_record(write: Callable[[], None]) -> None:
    """Runs `write` in the Record transaction: committed before the answer leaves, whatever the answer's status."""
    g.setdefault("records", []).append(write)


def wrap_views(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _wrapped(endpoint, view)


def _wrapped(endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
    if endpoint == "static":
        return view
    declaration: guard.Declaration = view.declaration  # type: ignore[attr-defined]
    prepare = getattr(view, "prepare", None)
    limited = getattr(view, "limited", ())

    @wraps(view)
    def run(**arguments: Any) -> Any:
        if (instead := guard.check(declaration)) is not None:
            return drafts.keep(view, instead)
        limits.spend(limited)
        if request.method in SAFE:
            drafts.bring_back(view)
            response = _safely(view, arguments)
        elif getattr(view, "changes_nothing", False):
            g.prepared = prepare() if prepare else None
            response = _safely(view, arguments)
        else:
            _refuse_archived(view)
            g.prepared = prepare() if prepare else None
            drafts.look(view)
            response = _unsafely(endpoint, view, arguments, declaration)
        _record()
        return response

    return run


def _safely(view: Callable[..., Any], arguments: dict[str, Any]) -> Response:
    try:
        return make_response(view(**arguments))
    finally:
        db.session.rollback()


def _unsafely(
    endpoint: str, view: Callable[..., Any], arguments: dict[str, Any], declaration: guard.Declaration
) -> Response:
    body = _body_hash()
    for attempt in range(1, ATTEMPTS + 1):
        g.pop("records", None)
        try:
            with writing():
                response = _once(endpoint, view, arguments, declaration, body)
                if response.status_code >= 400:
                    raise _RollBack(response)
                drafts.forget()
            return response
        except _RollBack as rolled_back:
            return rolled_back.response
        except DBAPIError as error:
            if attempt == ATTEMPTS or not is_retriable(error):
                raise
    raise AssertionError("unreachable")


def _once(
    endpoint: str, view: Callable[..., Any], arguments: dict[str, Any], declaration: guard.Declaration, body: str
) -> Response:
    if (instead := guard.check(declaration)) is not None:
        return instead
    key = request.form.get("form_key", "")
    if not key and getattr(view, "one_click", False) and request.form.get("List-Unsubscribe") == "One-Click":
        return make_response(view(**arguments))
    if not key or len(key) > LONGEST_KEY:
        abort(400, _("This form has lost its key. Open the page again and send it from there."))
    if (earlier := _claim(key, endpoint, body)) is not None:
        if (repeat := getattr(view, "repeat", None)) is not None:
            repeat(**arguments)
        return earlier
    response = make_response(view(**arguments))
    if response.status_code < 400:
        db.session.flush()
        secret = getattr(view, "leads_to_secret", False)
        location = "" if secret else response.headers.get("Location", "")[:500]
        led_to = {"key_of": key, "endpoint_of": endpoint, "status": response.status_code, "location": location}
        db.session.connection().execute(_LED_TO, led_to)
    return response


# Built once: every form that is sent asks both.
_LED_TO = (
    update(_KEYS)
    .where(_KEYS.c.form_key == bindparam("key_of"), _KEYS.c.endpoint == bindparam("endpoint_of"))
    .values(status=bindparam("status"), location=bindparam("location"))
)


@cache
def _claiming(dialect: str) -> Any:
    return inserting(_KEYS).on_conflict_do_nothing().returning(_KEYS.c.id)  # not every driver tells a count of rows


def _claim(key: str, endpoint: str, body: str) -> Response | None:
    """Takes the key for this request; when it led somewhere before, there again. Another body is refused.

    A request that was answered by a page, not by a redirect, changed nothing and is simply answered again.
    """
    row = {"form_key": key, "endpoint": endpoint, "who": _who(), "body_sha256": body, "status": 0, "location": ""}
    claimed = db.session.connection().execute(_claiming(db.engine.dialect.name), row | {"at": clock.now()})
    if claimed.scalar() is not None:
        return None
    earlier = db.session.execute(
        select(FormKey.body_sha256, FormKey.who, FormKey.location).where(
            FormKey.form_key == key, FormKey.endpoint == endpoint
        )
    ).one()
    if earlier.body_sha256 != body or earlier.who not in ("", _who()):
        raise Refused(_("This form was sent before with other content. Open the page again to send a new one."))
    return redirect(earlier.location, 303) if earlier.location else None


def _who() -> str:
    return f"account:{g.actor.account_id}" if g.actor.account_id else ""


def _body_hash() -> str:
    digest = hashlib.sha256(request.full_path.encode())
    for name, value in sorted(request.form.items(multi=True)):
        if name not in ("csrf_token", "form_key"):
            digest.update(f"{len(name)}:{name}={len(value)}:{value};".encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.files.items(multi=True)):
        content = hashlib.file_digest(file.stream, "sha256")  # type: ignore[arg-type]
        file.stream.seek(0)
        digest.update(f"{name}={file.filename}:{content.hexdigest()};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _refuse_archived(view: Callable[..., Any]) -> None:
    conference = g.get("conference")
    if conference is not None and conference.is_archived and not getattr(view, "in_archive", False):
        raise Refused(_("This conference is archived: it can be read, not changed."))


def _record() -> None:
    records = g.pop("records", None)
    if not records:
        return
    try:
        scope = in_conference(g.conference_id) if "conference_id" in g else nullcontext()
        with scope, writing():
            for write in records:
                write()
    except Exception:
        current_app.logger.exception("a record could not be written")
        abort(503)
