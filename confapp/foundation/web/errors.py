"""Refusals and faults as pages in the reader's language, with an id under which they stand in the log."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, make_response, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import Busy


@dataclass(frozen=True)
class Words:
    title: str
    sentence: str
    advice: str


WORDS = {
    400: Words(
        N_("This request cannot be read"),
        N_("Something in the address or the form is not as expected."),
        N_("Go back, open the page again and send the form from there."),
    ),
    403: Words(
        N_("You may not do this"),
        N_("You are signed in, but your role does not include this."),
        N_("Ask the organizer if you need it."),
    ),
    404: Words(
        N_("There is nothing at this address"),
        N_("The address may be mistyped or old, or the page is not open to you."),
        N_("Begin at the front page, or ask the person who sent you the address."),
    ),
    405: Words(
        N_("This page is opened in another way"),
        N_("The address exists, but not for this kind of request."),
        N_("Go back and use the button on the page."),
    ),
    409: Words(
        N_("This was not done"),
        N_("Somebody has changed the same thing in the meantime, or it has already been done."),
        N_("Go back, look at the page again and decide anew."),
    ),
    413: Words(
        N_("This file or form is too large"),
        N_("More was sent than this page accepts."),
        N_("Send a smaller file; the page names the largest size."),
    ),
    429: Words(
        N_("Too many attempts"),
        N_("There were more attempts than this page allows in a short time."),
        N_("Please wait a few minutes and try again."),
    ),
    500: Words(
        N_("Something went wrong on our side"),
        N_("Nothing was changed. The fault was recorded."),
        N_("Please try again; if it happens once more, write to us and quote the number below."),
    ),
    503: Words(
        N_("The service is busy or being repaired"),
        N_("Nothing was changed."),
        N_("Please try again in a minute."),
    ),
}


def install(app: Flask) -> None:
    app.register_error_handler(
        CSRFError, lambda e: page(400, sentence=_("This page was open for too long, or your browser sent no cookie."))
    )
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, lambda refusal: page(refusal.status, sentence=refusal.message))
    app.register_error_handler(StaleDataError, lambda e: page(409))
    app.register_error_handler(IntegrityError, lambda e: _refused_by_database(e, 409))
    app.register_error_handler(DataError, lambda e: _refused_by_database(e, 400))
    app.register_error_handler(Unreadable, _unreadable)
    app.register_error_handler(Busy, lambda e: page(503))
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _fault)


def page(status: int, sentence: str = "", incident: str = "") -> Response:
    """The page of a refusal. It never fails: where the layout cannot be drawn, a plain page takes its place."""
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]
    if not getattr(g.get("conference"), "is_public", False):
        g.conference = None  # the layout would name a conference that is not announced
    values: dict[str, Any] = {
        "title": _(words.title),
        "sentence": sentence or _(words.sentence),
        "advice": _(words.advice),
        "links": [(_("Front page"), f"{request.script_root}/")] if has_request_context() else [],
        "incident": incident,
    }
    if has_request_context() and request_ctx.url_adapter is None:  # another host: no address of ours can be made for it
        response = _plain(values, status)
    else:
        try:
            response = make_response(render_template("errors/error.html", **values), status)
        except Exception:
            current_app.logger.exception("the error page could not be drawn", extra={"incident": incident})
            response = _plain(values, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _plain(values: dict[str, Any], status: int) -> Response:
    title = values["title"]
    words = f"<h1>{title}</h1><p>{values['advice']}</p><p>{values['incident']}</p>"
    return make_response(f"<!doctype html><title>{title}</title>{words}", status)


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    incident = _incident() if status >= 500 else ""
    custom = error.description if status == 400 and type(error).description != error.description else ""
    response = page(status, sentence=custom or "", incident=incident)
    if status == 429:
        response.headers["Retry-After"] = str(error.description or 60)
    if status == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return response


def _refused_by_database(error: IntegrityError | DataError, status: int) -> Response:
    """A lost race or hostile text; in the log as well, for it may be a fault of ours."""
    extra = {"endpoint": request.endpoint, "status": status, "error": type(error.orig).__name__}
    current_app.logger.warning("refused by the database", extra=extra)
    return page(status)


def _unreadable(error: Unreadable) -> Response:
    current_app.logger.error("sealed value cannot be used", extra={"endpoint": request.endpoint})
    return page(409, sentence=_("Its key was deleted, so this value can be neither opened nor kept any more."))


def _database_away(error: OperationalError) -> Response:
    incident = _incident()
    current_app.logger.error("database unavailable", extra={"incident": incident, "error": type(error.orig).__name__})
    g.conference = None
    response = page(503, incident=incident)
    response.headers["Retry-After"] = "30"
    return response


def _fault(error: Exception) -> Response:
    incident = _incident()
    current_app.logger.exception("fault", extra={"incident": incident, "endpoint": request.endpoint})
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return page(500, incident=incident)


def _incident() -> str:
    return secrets.token_hex(4)
