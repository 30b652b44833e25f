"""The registration form before anything is typed: the same for everybody but for its two keys, so drawn once."""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock

from flask import current_app, g, request
from flask_wtf.csrf import generate_csrf

from confapp.foundation import clock

MOST = 64
CSRF, KEY = "\0csrf\0", "\0key\0"  # no text that people type holds a NUL
_FIELD = r'(name="{}" value=")([^"]*)'

_pages: OrderedDict[tuple[str, ...], tuple[str, datetime | None]] = OrderedDict()
_lock = Lock()


def once(draw: Callable[[], str], full: Iterable[str] = ()) -> str:
    """The page that `draw` makes for this conference, language and address, with keys of its own for each reader.

    It is drawn anew when something public changes, when other categories are `full`, and at the moment that drawing
    leaves in `g.drawn_until`.
    """
    if not g.conference.is_public or request.query_string or current_app.jinja_env.auto_reload:
        return draw()
    where = (g.conference.ref, str(g.conference.public_version), request.script_root, g.language, *sorted(full))
    page, until = _pages.get(where, ("", None))
    if not page or (until is not None and until <= clock.now()):
        page = _without_keys(draw())
        with _lock:
            _pages[where] = page, g.get("drawn_until")
            while len(_pages) > MOST:
                _pages.popitem(last=False)
    return page.replace(CSRF, generate_csrf()).replace(KEY, secrets.token_urlsafe(24))


def _without_keys(page: str) -> str:
    for name, mark in (("csrf_token", CSRF), ("form_key", KEY)):
        page = re.sub(_FIELD.format(name), rf"\g<1>{mark}", page)
    return page
