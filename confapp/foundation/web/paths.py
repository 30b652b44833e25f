"""Addresses: the language prefix, the conference in a path, and the scope both set for a request."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import NoneType
from typing import Any
from urllib.parse import quote

from flask import Flask, abort, g, has_request_context, request
from werkzeug.middleware.proxy_fix import ProxyFix

from confapp.config import Settings
from confapp.foundation import languages
from confapp.foundation.db import set_scope

ConferenceFinder = Callable[[str], Any]
_find_conference: ConferenceFinder | None = None


def use_conference_finder(finder: ConferenceFinder) -> None:
    """Tells how a conference is found by its slug; the foundation knows it as an id at most."""
    global _find_conference
    _find_conference = finder


def conference_named(slug: str) -> Any:
    return _find_conference(slug) if _find_conference is not None else None


class LanguagePrefix:
    """Moves /id, /en or /ar from the path to SCRIPT_NAME, so that every link keeps the language it was reached by."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        first, slash, rest = path[1:].partition("/")
        if first in languages.INTERFACE:
            environ["confapp.language"] = first
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/" + first
            environ["PATH_INFO"] = slash + rest or "/"
        result: Iterable[bytes] = self.app(environ, start_response)
        return result


@lru_cache(maxsize=1024)
def negotiated(header: str) -> str:
    """The interface language that an Accept-Language header likes best; English when it names none of ours."""
    best, weight = languages.SOURCE, 0.0
    for part in header[:500].split(","):
        tag, _, parameters = part.strip().partition(";")
        code = tag.split("-")[0].lower()
        quality = 1.0
        if parameters.strip().startswith("q="):
            try:
                quality = float(parameters.strip()[2:])
            except ValueError:
                continue
        if code in languages.INTERFACE and quality > weight:
            best, weight = code, quality
    return best


def language_of(environ: dict[str, Any]) -> str:
    return environ.get("confapp.language") or negotiated(environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def url_in(code: str) -> str:
    """The address of the present page in another language."""
    path = quote(request.path, safe="/:@!$&'()*+,;=~-._")
    query = request.query_string.decode("ascii", "replace")
    return f"/{code}{path}" + (f"?{query}" if query else "")


def _addresses(app: Flask) -> Callable[..., str]:
    """`url_for` for templates. It remembers: a page asks some dozens, the next page the same ones again."""

    @lru_cache(maxsize=4096)
    def remembered(endpoint: str, blueprint: str, root: str, slug: str, values: tuple[tuple[str, Any], ...]) -> str:
        return app.url_for(endpoint, **dict(values))

    def address(endpoint: str, **values: Any) -> str:
        if not has_request_context() or not all(type(value) in _PLAIN for value in values.values()):
            return app.url_for(endpoint, **values)
        conference = g.get("conference")
        slug = "" if conference is None else conference.slug
        blueprint = (request.blueprint or "") if endpoint.startswith(".") else ""
        return remembered(endpoint, blueprint, request.script_root, slug, tuple(values.items()))

    return address


_PLAIN = (str, int, NoneType)  # what is equal here makes the same address; True and 1 do not


def install(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals["url_for"] = _addresses(app)

    @app.url_value_preprocessor
    def take_conference(endpoint: str | None, values: dict[str, Any] | None) -> None:
        """Runs first in every request: clean scope, language, and the conference named in the path."""
        set_scope(None)
        g.conference = None
        code = language_of(request.environ)
        g.language = code
        languages.set_current(code)
        if values and "conference" in values:
            g.conference_slug = values.pop("conference")

    @app.before_request
    def find_conference() -> None:
        slug = g.pop("conference_slug", None)
        if slug is None:
            if request.url_rule is None:
                set_scope(None)
                g.setdefault("conference", None)
            return
        assert _find_conference is not None
        g.conference = _find_conference(slug) or abort(404)
        g.conference_id = g.conference.id
        set_scope(g.conference_id)

    @app.url_defaults
    def keep_conference(endpoint: str, values: dict[str, Any]) -> None:
        """Links inside a conference need not name it again."""
        conference = g.get("conference")
        if "conference" in values:
            given = values["conference"]
            values["conference"] = getattr(given, "slug", given)
        elif conference is not None and app.url_map.is_endpoint_expecting(endpoint, "conference"):
            values["conference"] = conference.slug

    @app.teardown_request
    def leave_scope(error: BaseException | None) -> None:
        set_scope(None)


def wrap(app: Flask, settings: Settings) -> None:
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxy_hops:
        hops = settings.trusted_proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_prefix=0)  # type: ignore[method-assign]
