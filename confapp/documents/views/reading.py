"""Issued papers for those who take part: also the ones that are not for everybody. Nothing of it is kept by caches."""

from typing import Any

from flask import Blueprint, g, make_response, render_template
from werkzeug.wrappers import Response

from confapp.documents import queries
from confapp.documents.rules import READ, READ_ISSUED, Access, names
from confapp.documents.views.public import file_of, issue_of, page_of
from confapp.foundation.web.guard import requires

me = Blueprint("documents_me", __name__, url_prefix="/me/<conference>/documents")
UNKEPT = "no-store"


@me.context_processor
def words() -> dict[str, Any]:
    return {"names": names}


@me.get("/")
@requires(READ_ISSUED)
def index() -> Response:
    documents = queries.published(*_readable())
    return _unkept(make_response(render_template("documents/public/index.html", documents=documents)))


@me.get("/<symbol:symbol>.<code:language>.<form:file_format>")
@requires(READ_ISSUED)
def file(symbol: str, language: str, file_format: str) -> Response:
    return file_of(*issue_of(symbol, _readable()), language, file_format, UNKEPT)


@me.get("/<symbol:symbol>")
@requires(READ_ISSUED)
def show(symbol: str) -> Response:
    return _unkept(page_of(*issue_of(symbol, _readable())))


def _readable() -> tuple[Access, ...]:
    return tuple(Access) if READ.allows(g.actor, g.conference) else (Access.PUBLIC, Access.PARTICIPANTS)


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = UNKEPT
    return response
