"""What was removed from the programme within 30 days, to be brought back."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme.actions import removed as actions
from confapp.programme.pages.handouts import material_title
from confapp.programme.queries import removed as queries
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.rules.removed import SUBJECT_NAMES
from confapp.programme.views import Answer, desk

BACK: dict[str, Callable[[], str]] = {
    "sessions": lambda: _("The session is back, without a place."),
    "rooms": lambda: _("The room is back, at the end of the list."),
    "themes": lambda: _("It is back, with the sessions that it had."),
    "kinds": lambda: _("It is back, with the sessions that it had."),
    "groups": lambda: _("It is back, with the sessions that it had."),
    "materials": lambda: _("The file is back, last in its session."),
}


@desk.get("/removed")
@requires(READ)
def removed() -> str:
    return _page()


def _page(refusal: Refused | None = None) -> str:
    return render_template(
        "programme/desk/removed.html",
        rows=queries.removed(),
        subject_name=lambda one: _(SUBJECT_NAMES[one.subject]),
        file_name=material_title,
        refusal=refusal,
    )


@desk.post("/removed/<any(sessions, rooms, themes, kinds, groups, materials):subject>/<removed>/restore")
@requires(SCHEDULE)
def restore(subject: str, removed: str) -> Answer:
    row = found(queries.row(subject, removed))
    try:
        actions.restore(g.actor, row)
    except Refused as refusal:
        return _page(refusal), refusal.status
    flash(BACK[subject](), "good")
    return redirect(url_for(".removed"), 303)
