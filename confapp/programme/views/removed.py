"""What was removed from the programme within 30 days, to be brought back."""

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import found, requires
from confapp.programme.actions import removed as actions
from confapp.programme.queries import removed as queries
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.rules.removed import SUBJECT_NAMES
from confapp.programme.views import Answer, desk


@desk.get("/removed")
@requires(READ)
def removed() -> str:
    return render_template(
        "programme/desk/removed.html", rows=queries.removed(), subject_name=lambda one: _(SUBJECT_NAMES[one.subject])
    )


@desk.post("/removed/<any(sessions, rooms, themes, kinds):subject>/<removed>/restore")
@requires(SCHEDULE)
def restore(subject: str, removed: str) -> Answer:
    actions.restore(g.actor, found(queries.row(subject, removed)))
    flash(_("It is back in the list. A session is without a place."), "good")
    return redirect(url_for(".removed"), 303)
