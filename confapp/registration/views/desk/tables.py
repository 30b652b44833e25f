"""Tables that are taken out: small ones at once, large ones made by a job and fetched for a day by whoever asked."""

from typing import Any

from flask import Response, abort, g, redirect, render_template, request, url_for

from confapp.foundation import exporting, files
from confapp.foundation.exporting import AT_ONCE, FORMAT_NAMES, MEDIA_TYPES, MOST, Subject, Table, downloads
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import checks_inside, found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, exported
from confapp.registration import exports
from confapp.registration.rules import EXPORT
from confapp.registration.views.desk.blueprint import Page, looked_at_again, registration_desk

NAMED = "/<any(registrations,delegations,figures,categories,parties):subject>.<any(csv,xlsx,pdf):file_format>"
LONGEST_QUERY = 200


@registration_desk.get(NAMED)
@requires(EXPORT)
@limited(EXPORTS)
def table(subject: str, file_format: str) -> Any:
    """What the list shows, all pages of it. What would keep the asker waiting is ordered on the next page instead."""
    made = _made(_subject(subject, file_format), _query(file_format))
    if len(made.rows) > AT_ONCE[file_format]:
        return redirect(url_for(".order_file", subject=subject, file_format=file_format, **_words()), 303)
    return exported(exporting.written(made, file_format), subject, len(made.rows), file_format)


@registration_desk.route("/downloads" + NAMED, methods=["GET", "POST"])
@requires(EXPORT)
def order_file(subject: str, file_format: str) -> Page:
    """Says how much it is before it is made."""
    wanted, query = _subject(subject, file_format), _query(file_format)
    number = len(_made(wanted, query).rows)
    is_too_much = number > MOST[file_format]
    if request.method == "POST" and not is_too_much:
        row = downloads.order(
            g.actor,
            g.conference,
            "registration.export",
            subject=subject,
            file_format=file_format,
            language=g.language,
            query=query,
            rows=number,
        )
        return redirect(url_for(".download", ref=row.ref), 303)
    page = render_template(
        "registration/desk/order.html",
        subject=_(wanted.label),
        file_format=FORMAT_NAMES[file_format],
        number=number,
        most=MOST[file_format] if is_too_much else 0,
        back=url_for(f".{subject}", **_words()) if subject in ("registrations", "delegations", "categories") else "",
    )
    return page, 422 if is_too_much and request.method == "POST" else 200


@registration_desk.get("/downloads/<ref>")
@checks_inside
def download(ref: str) -> Response:
    row = _own(ref)
    subject, job = exporting.subject(row.subject), downloads.job_of(row)
    page = render_template(
        "registration/desk/download.html",
        download=row,
        job=job,
        subject=_(subject.label) if subject is not None else g.conference.name,
        file_format=FORMAT_NAMES[row.file_format],
    )
    return looked_at_again(page, row.file is None and job is not None and not job.is_over)


@registration_desk.get("/downloads/<ref>/file")
@checks_inside
def fetch(ref: str) -> Response:
    row = _own(ref)
    if row.file is None or row.is_over:
        abort(404)
    headers = {
        "Content-Disposition": f'attachment; filename="{exports.name_of(row.subject, g.conference, row.file_format)}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(files.read(row.file), mimetype=MEDIA_TYPES[row.file_format].partition(";")[0], headers=headers)


# --- parts ------------------------------------------------------------------------------------------------------------


def _own(ref: str) -> downloads.Download:
    """What the asker ordered, as long as the asker may export."""
    return found(downloads.own(g.actor, ref) if EXPORT.allows(g.actor, g.conference) else None)


def _subject(name: str, file_format: str) -> Subject:
    if exporting.writer(name, file_format) is None:
        abort(404)
    return found(exporting.subject(name))


def _made(subject: Subject, query: dict[str, Any]) -> Table:
    return exports.table(subject, g.actor, g.conference, query, g.language)


def _words() -> dict[str, Any]:
    """The words of the address that say which rows, some of them several times."""
    return {name: request.args.getlist(name) for name in list(request.args)[:20]}


def _query(file_format: str) -> dict[str, Any]:
    words: dict[str, Any] = {name: value for name, value in request.args.items() if name != "ref"}
    refs = request.args.getlist("ref")[:LONGEST_QUERY]
    return words | ({"ref": refs} if refs else {}) | ({"paper": True} if file_format == "pdf" else {})
