"""What everybody may read: the list, a document's page, its files under an address that never changes."""

import re
from collections.abc import Container
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from confapp.documents import actions, exports, queries
from confapp.documents.models import Document, Issue, Publication
from confapp.documents.rules import Access, IssueState, names, wording
from confapp.documents.rules.beside import quorum_line
from confapp.documents.rules.citation import in_words
from confapp.documents.rules.formats import FORMATS
from confapp.documents.rules.reading import adoption_line, mark_of
from confapp.documents.views import citing
from confapp.documents.views.beside import drawn
from confapp.documents.views.endorsement_tables import table_of
from confapp.foundation import files
from confapp.foundation.languages import printing
from confapp.foundation.web.cache import cached, valid_until
from confapp.foundation.web.guard import found, public
from confapp.foundation.web.sending import sent
from confapp.people.rules import WORK_AT_DESK


class SymbolConverter(BaseConverter):
    """A symbol in an address, strokes and all; the small letters after it are a file's language and format."""

    part_isolating = False
    regex = r"[A-Z0-9][A-Z0-9./*-]*?(?:/(?:(?:Rev|Add|Corr|Amend)\.[0-9]+|Summary)\**)*"


class LanguageConverter(BaseConverter):
    regex = "[a-z]{2,3}(?:-[A-Za-z]{2,8})?"


class FormatConverter(BaseConverter):
    regex = "|".join(re.escape(code) for code in FORMATS)


documents = Blueprint("documents", __name__, url_prefix="/<conference>/documents")

FOREVER = "public, max-age=31536000, immutable"
FRESH = "public, no-cache"
FEED_ENTRIES = 50
PUBLIC = frozenset({Access.PUBLIC})


@documents.context_processor
def words() -> dict[str, Any]:
    return {"names": names}


@documents.get("/")
@public
@cached
def index() -> str:
    _require_public()
    valid_until(queries.next_moment())
    return render_template("documents/public/index.html", documents=queries.published())


@documents.get("/feed.atom")
@public
@cached
def feed() -> Response:
    """What was issued and withdrawn, newest first, in the language of the address."""
    _require_public()
    valid_until(queries.next_moment())
    issues = [issue for document in queries.published() for issue in document.public_issues]
    newest = sorted(issues, key=lambda issue: (issue.withdrawn_at or issue.published_at, issue.id), reverse=True)
    moments = [
        (one.withdrawn_at or one.published_at or one.prepared_at).isoformat(timespec="seconds") for one in newest
    ]
    entries = [
        (one, moment, url_for(".show", symbol=one.document.symbol, issue=one.short_hash))
        for one, moment in zip(newest[:FEED_ENTRIES], moments, strict=False)
    ]
    drawn = render_template(
        "documents/public/feed.xml",
        entries=entries,
        updated=moments[0] if moments else g.conference.created_at.isoformat(timespec="seconds"),
        address=url_for(".feed"),
        listing=url_for(".index"),
    )
    return Response(drawn, content_type="application/atom+xml; charset=utf-8")


@documents.get("/<symbol:symbol>.<code:language>.<form:file_format>")
@public
@cached
def file(symbol: str, language: str, file_format: str) -> BaseResponse:
    _require_public()
    valid_until(queries.next_moment())
    is_fixed = bool(request.args.get("issue")) and g.conference.is_public
    kept = FOREVER if is_fixed else FRESH if g.conference.is_public else "no-store"
    return file_of(*issue_of(symbol, PUBLIC), language, file_format, kept)


@documents.get("/endorsements/<symbol:symbol>.<any(csv,xlsx):file_format>")
@public
def endorsements(symbol: str, file_format: str) -> BaseResponse:
    """Who endorses an issued text now, as a table."""
    _require_public()
    document, issue = issue_of(symbol, PUBLIC)
    found(issue.version.adoption if issue.state == IssueState.PUBLISHED else None)
    return table_of(document, issue.version.adoption, file_format)


@documents.get("/citations/<symbol:symbol>.<code:language>.<any(bib,ris,txt):citation_format>")
@public
@cached
def citation(symbol: str, language: str, citation_format: str) -> BaseResponse:
    """For programs that keep literature: of the present issue, or of the one that is asked for."""
    _require_public()
    valid_until(queries.next_moment())
    document, issue = issue_of(symbol, PUBLIC)
    found(issue if citing.may_be_cited(issue) and language in (issue.languages or document.languages) else None)
    return citing.file_of(document, issue, citing.reading_of(document, issue, language), citation_format)


@documents.get("/pictures/<symbol:symbol>.<code:language>.png")
@public
@cached
def picture(symbol: str, language: str) -> BaseResponse:
    """What a link to an issue shows elsewhere; of one issue it never changes."""
    _require_public()
    valid_until(queries.next_moment())
    document, issue = issue_of(symbol, PUBLIC)
    drawn_ones = (one for one in issue.pictures if one.language == language)
    row = found(next(drawn_ones, None) if citing.may_be_cited(issue) else None)
    kept = FOREVER if request.args.get("issue") and g.conference.is_public else FRESH
    return sent(row.file, actions.file_name(document, language, "png", issue), kept=kept, language=language)


@documents.get("/<symbol:symbol>")
@public
@cached
def show(symbol: str) -> BaseResponse:
    _require_public()
    valid_until(queries.next_moment())
    return page_of(*issue_of(symbol, PUBLIC))


# --- also for those who may read more ---------------------------------------------------------------------------------


def issue_of(symbol: str, access: Container[Access]) -> tuple[Document, Issue]:
    """A document that the asker may know of, with the issue asked for."""
    document, asked = queries.with_symbol(symbol), request.args.get("issue", "")
    bearing = queries.with_issued_symbol(symbol) if document is None else None
    document = found(bearing.document if bearing is not None else document)
    found(document if document.access in access else None)
    return document, found(bearing if bearing is not None and not asked else queries.public_issue(document, asked))


def file_of(document: Document, issue: Issue, language: str, file_format: str, kept: str) -> BaseResponse:
    if issue.state == IssueState.WITHDRAWN:
        return redirect(url_for(".show", symbol=document.symbol), 302)
    published = found(queries.publication(issue, language, file_format))
    return bytes_of(issue, published, kept)


def bytes_of(issue: Issue, published: Publication, kept: str) -> BaseResponse:
    name = actions.file_name(issue.document, published.language, published.format, issue)
    response = sent(published.file, name, kept=kept, language=published.language)
    if published.format == "html":
        content = files.path_of(published.sha256).read_bytes()
        response.headers["Content-Security-Policy"] = exports.style_policy(content)
    return response


def page_of(document: Document, issue: Issue) -> BaseResponse:
    language = _language(document, issue)
    is_fixed = "issue" in request.args
    reading = queries.reading(document, issue.version, language, issue, is_live=not is_fixed)
    with printing(language):
        adoption, mark = adoption_line(reading), mark_of(reading)
        standing = wording.standing(reading.authentic_languages, reading.original_language, language)
    return make_response(
        render_template(
            "documents/public/show.html",
            document=document,
            issue=issue,
            reading=reading,
            adoption=adoption,
            mark=mark,
            related=related(document),
            standing=standing,
            cited=citing.cited(reading, document, issue),
            citation_words=in_words,
            shared=any(one.language == language for one in issue.pictures),
            is_immutable=is_fixed,
            quorum=quorum_line(reading.adoption.present, reading.adoption.quorum) if reading.adoption else "",
            beside=drawn(reading),
        )
    )


def related(document: Document) -> list[Document]:
    """What extends the document and may be read by everybody, in the order of issue."""
    found_ones = [one for one in queries.extensions(document) if one.access in PUBLIC and one.public_issues]
    return sorted(found_ones, key=lambda one: (one.public_issues[0].published_at, one.id))


def _language(document: Document, issue: Issue) -> str:
    """The one asked for, else the page's where there is a text in it, else the original."""
    asked = request.args.get("text", "")
    languages = issue.languages or document.languages
    return next(code for code in (asked, g.language, document.original_language, languages[0]) if code in languages)


def _require_public() -> None:
    if not g.conference.is_public and not WORK_AT_DESK.allows(g.actor, g.conference):
        abort(404)
