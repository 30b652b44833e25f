"""The desk's list of speakers taken out as a table."""

from flask import Response, g, request

from confapp.foundation import clock, exporting
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import requires
from confapp.foundation.web.limits import limited
from confapp.programme.exports.speakers import COLUMNS, lines
from confapp.programme.views import desk
from confapp.registration.views.desk.blueprint import EXPORTS, exported
from confapp.speakers.queries import speakers, watched
from confapp.speakers.rules import MANAGE_SPEAKERS, Missing


@desk.get("/speakers.<any(csv, xlsx):file_format>")
@requires(MANAGE_SPEAKERS)
@limited(EXPORTS)
def speakers_table(file_format: str) -> Response:
    """Those whom the list shows."""
    show = request.args.get("missing", "")
    rows = [
        one for one in watched(speakers(request.args.get("q", ""))) if show not in set(Missing) or show in one.lacks
    ]
    table = exporting.Table(
        title=_("Speakers"),
        columns=COLUMNS,
        rows=lines(rows),
        zone=g.conference.zone,
        language=g.language,
        about=best(g.conference.name),
        taken_by=g.actor.name or g.actor.email,
        taken_at=clock.now(),
    )
    return exported(b"".join(exporting.written(table, file_format)), "speakers", len(rows), file_format)
