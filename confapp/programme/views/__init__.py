from typing import Any

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from confapp.conferences.rules import FORMAT_NAMES
from confapp.foundation.languages import best, joined, language
from confapp.foundation.languages import gettext as _
from confapp.programme.rules import (
    ACCESS_NAMES,
    KIND_NAMES,
    LAYOUT_NAMES,
    RELEASE,
    ROLE_NAMES,
    SCHEDULE,
    SEVERITY_MARKS,
    STATUS_NAMES,
    STATUS_SHAPES,
)

desk = Blueprint("programme_desk", __name__, url_prefix="/desk/<conference>")
Answer = Response | str | tuple[str, int]


@desk.context_processor
def words() -> dict[str, Any]:
    return {
        "may_schedule": SCHEDULE.allows(g.actor, g.conference),
        "may_release": RELEASE.allows(g.actor, g.conference),
        "kind_name": lambda session: best(session.own_kind.name) if session.own_kind else _(KIND_NAMES[session.kind]),
        "format_name": lambda session: _(FORMAT_NAMES[session.format]),
        "layout_name": lambda name: _(LAYOUT_NAMES[name]) if name in LAYOUT_NAMES else name,
        "nature_name": lambda row: _(KIND_NAMES[row.nature]),
        "access_name": lambda session: _(ACCESS_NAMES[session.access]),
        "role_name": lambda row: _(ROLE_NAMES[row.role]),
        "language_name": lambda code: language(code).name,
        "language_names": lambda codes: joined(language(code).name for code in codes),
        "severity_mark": lambda severity: _(SEVERITY_MARKS[severity]),
        "role_status": lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
    }


def page(template: str, **values: Any) -> tuple[str, int]:
    """A page with a form: 422 when the form came back, 200 when it is opened."""
    return render_template(f"programme/desk/{template}.html", **values), 422 if request.method == "POST" else 200


from confapp.programme.views import (  # noqa: E402 - they add their views
    arranging,  # noqa: F401
    bilaterals,  # noqa: F401
    clashes,  # noqa: F401
    debate,  # noqa: F401
    exchange,  # noqa: F401
    files,  # noqa: F401
    handouts,  # noqa: F401
    kinds,  # noqa: F401
    listing,  # noqa: F401
    meeting_plans,  # noqa: F401
    orders,  # noqa: F401
    releases,  # noqa: F401
    removed,  # noqa: F401
    rooms,  # noqa: F401
    sessions,  # noqa: F401
    side_events,  # noqa: F401
    sign_ups,  # noqa: F401
    speakers_list,  # noqa: F401
    timetable,  # noqa: F401
)
