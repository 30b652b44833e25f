"""What everybody may see of a debate: its list of speakers when it is shown, and texts when they are released."""

from flask import Blueprint, abort, g, render_template
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import found, public
from confapp.people.rules import WORK_AT_DESK
from confapp.programme.models import Debate
from confapp.programme.queries import debate as queries
from confapp.programme.rules.debate import MODE_NAMES, is_public
from confapp.programme.views import statement_files

site = Blueprint("debate_public", __name__, url_prefix="/<conference>/sessions/<ref>")


@site.get("/list-of-speakers")
@public
def speakers(ref: str) -> str:
    debate, now = _shown(ref), clock.now()
    return render_template(
        "programme/public/speakers_list.html",
        debate=debate,
        listing=queries.listing(debate),
        now=now,
        is_public=lambda statement: is_public(statement, now),
        mode_name=lambda mode: _(MODE_NAMES[mode]),
    )


@site.get("/statements/<statement>")
@public
def text(ref: str, statement: str) -> Response:
    """The address asks each time: before delivery and embargo, and after a withdrawal, there is nothing here."""
    row = found(queries.statement(_shown(ref), statement))
    found(row if is_public(row, clock.now()) else None)
    return statement_files.download(row, row.file)


def _shown(ref: str) -> Debate:
    if not g.conference.is_public and not WORK_AT_DESK.allows(g.actor, g.conference):
        abort(404)
    debate = found(queries.debate(ref))
    return found(debate if debate.published_at is not None else None)
