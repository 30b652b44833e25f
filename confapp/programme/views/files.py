"""The draft as files: for other programs at once, as a workbook or a plan for the wall by a job."""

from flask import Response, abort, flash, g, redirect, render_template, url_for

from confapp.foundation import files
from confapp.foundation.exporting import downloads
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import checks_inside, found, requires
from confapp.programme import exports
from confapp.programme.actions import booklets
from confapp.programme.exports.gathering import gather
from confapp.programme.queries import booklets as queries
from confapp.programme.rules import PRINT_NAMES, READ, PrintKind
from confapp.programme.views import Answer, desk


@desk.get("/programme/files")
@requires(READ)
def draft_files() -> Response:
    rows = queries.ordered_by(g.actor)
    work = {row.ref: downloads.job_of(row) for row in rows if row.file is None}
    page = render_template(
        "programme/desk/files.html",
        rows=rows,
        work=work,
        names=PRINT_NAMES,
        kinds=(PrintKind.PLAN, PrintKind.TABLE),
        formats=exports.FORMATS,
    )
    waits = any(job is not None and not job.is_over for job in work.values())
    return Response(page, headers={"Refresh": "4"} if waits else None)


@desk.post("/programme/files/<any(plan, table):kind>")
@requires(READ)
def order_draft_file(kind: str) -> Answer:
    booklets.ask_draft(g.actor, g.conference, PrintKind(kind), g.language)
    flash(_("The file is being made. It appears below and can be fetched for a day, by you alone."), "good")
    return redirect(url_for(".draft_files", _anchor="ordered"), 303)


@desk.get("/programme/files/draft.<any(xml, json):file_format>")
@requires(READ)
def draft_for_programs(file_format: str) -> Response:
    content = exports.written(gather(g.conference, None, g.language), file_format)
    return _attached(content, exports.MEDIA_TYPES[file_format], f"{g.conference.slug}-draft.{file_format}")


@desk.get("/programme/files/<ordered>")
@checks_inside
def fetch_draft_file(ordered: str) -> Response:
    """What the asker ordered, as long as the asker may read the draft."""
    row = found(queries.ordered(g.actor, ordered) if READ.allows(g.actor, g.conference) else None)
    if row.file is None:
        abort(404)
    return _attached(files.read(row.file), row.file.media_type, row.file.name)


def _attached(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=media_type, headers=headers)
