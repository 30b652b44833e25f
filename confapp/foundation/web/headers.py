"""Security headers, cookies and limits on what a request may hold (trust: twenty secure defaults)."""

from datetime import timedelta

from flask import Flask, Response, abort, g, request, session
from flask_wtf.csrf import CSRFProtect

from confapp.config import Settings
from confapp.foundation.web import identity
from confapp.foundation.web.cache import session_was_read

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def policy(**changes: str) -> str:
    """The policy of a page; `frame_ancestors="…"` changes that directive."""
    return "; ".join(f"{name} {changes.get(name.replace('-', '_'), value)}" for name, value in POLICY.items())


CSP = policy()
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
FIXED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
MOST_FIELDS = 500
MOST_NOTES = 4

csrf = CSRFProtect()


def configuration(settings: Settings) -> dict[str, object]:
    """The part of Flask's configuration that is about safety."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SESSION_COOKIE_NAME": "__Host-confapp" if settings.is_secure else "confapp",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "TRUSTED_HOSTS": [settings.host.split(":")[0]],
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": MOST_FIELDS,
    }


def install(app: Flask, settings: Settings) -> None:
    app.config.update(configuration(settings))
    csrf.init_app(app)
    hsts = "max-age=31536000" + ("; includeSubDomains" if settings.hsts_subdomains else "")

    @app.url_value_preprocessor
    def take_files(endpoint: str | None, values: object) -> None:
        prepare = getattr(app.view_functions.get(endpoint or ""), "prepare", None)
        if number := getattr(prepare, "takes_up_to", 0):
            request.max_content_length = number

    @app.before_request
    def refuse_other_hosts() -> None:
        if request.host != settings.host and not app.testing:
            abort(400)

    @app.before_request
    def refuse_too_many_fields() -> None:
        if request.method == "POST" and len(request.form) > MOST_FIELDS:
            abort(413)

    @app.after_request
    def keep_newest_notes(response: Response) -> Response:
        """Notes that no page has shown yet travel in the cookie, which browsers drop when it grows too large."""
        if session_was_read() and len(session.get("_flashes", ())) > MOST_NOTES:
            session["_flashes"] = session["_flashes"][-MOST_NOTES:]
        return response

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if settings.is_secure:
            response.headers.setdefault("Strict-Transport-Security", hsts)
        if "Cache-Control" not in response.headers:
            looked = identity.was_looked_at() or session_was_read() if g else True
            response.headers["Cache-Control"] = "no-store" if looked or request.method == "POST" else "no-cache"
        if "confapp.language" not in request.environ and response.mimetype == "text/html":
            response.vary.add("Accept-Language")
        return response
