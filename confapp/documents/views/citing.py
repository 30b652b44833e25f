"""How an issue is cited, and what a link to it shows elsewhere."""

from flask import Response, g
from werkzeug.wrappers import Response as BaseResponse

from confapp.documents import actions, queries
from confapp.documents.models import Document, Issue
from confapp.documents.rules import IssueState, citation, wording
from confapp.documents.rules.citation import Cited
from confapp.documents.rules.reading import Reading, adoption_line
from confapp.foundation import clock
from confapp.foundation.addresses import absolute
from confapp.foundation.codes import CODE_MARK
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined, printing


def cited(reading: Reading, document: Document, issue: Issue) -> Cited:
    """In the language of the text that is shown."""
    code = reading.language
    published = issue.published_at or issue.prepared_at
    with printing(code):
        return Cited(
            conference=reading.said(reading.conference),
            held=joined(filter(None, (reading.said(reading.city), wording.days(*reading.held, code))), code),
            city=reading.said(reading.city),
            title=reading.title,
            symbol=reading.symbol,
            kind=wording.kind_and_nature(reading.kind, reading.nature),
            adopted=adoption_line(reading),
            issued=_("Issued on %(day)s", day=wording.day(published, code, reading.zone)),
            issued_on=clock.local(published, reading.zone).date(),
            language=code,
            code=CODE_MARK + issue.code,
            address=address_of(document, issue),
        )


def address_of(document: Document, issue: Issue) -> str:
    """Without a language, for whoever follows it reads another: it holds as long as the site does."""
    return absolute(f"/{g.conference.slug}/documents/{document.symbol}") + f"?issue={issue.short_hash}"


def file_of(document: Document, issue: Issue, reading: Reading, file_format: str) -> BaseResponse:
    content = citation.written(cited(reading, document, issue), file_format)
    response = Response(content, content_type=f"{citation.FORMATS[file_format]}; charset=utf-8")
    name = actions.file_name(document, reading.language, file_format, issue)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def may_be_cited(issue: Issue) -> bool:
    return issue.state != IssueState.WITHDRAWN


def reading_of(document: Document, issue: Issue, language: str) -> Reading:
    return queries.reading(document, issue.version, language, issue)
