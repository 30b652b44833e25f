"""The desk's list of speakers taken out as a table."""

from flask import Response, request

from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme.exports.speakers import COLUMNS, lines
from confapp.programme.views import desk
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
    return taken_out(table_of(_("Speakers"), COLUMNS, lines(rows)), "speakers", file_format)
