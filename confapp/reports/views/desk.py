"""The first pages of the desk: all conferences, Today, and search."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.conferences import queries as conferences
from confapp.conferences.rules import PHASE_NAMES
from confapp.foundation import clock, text
from confapp.foundation.access import SIGNED_IN
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import requires
from confapp.people.rules import STAFF, WORK_AT_DESK
from confapp.reports import ahead, decisions, finders
from confapp.reports.views.blueprint import reports


@reports.get("/desk/")
@requires(SIGNED_IN)
def desk() -> str | Response:
    """The conferences of somebody's work; those who take part have their own pages instead."""
    shown = [
        one
        for one in conferences.visible_to(g.actor)
        if g.actor.is_administrator or g.actor.roles(one.id).intersection(STAFF)
    ]
    if not shown and not g.actor.is_administrator:
        return redirect(url_for("people.home"), 303)
    return render_template("reports/desk/desk.html", conferences=shown, phase=lambda one: _(PHASE_NAMES[one.phase]))


@reports.get("/desk/<conference>/")
@requires(WORK_AT_DESK)
def today() -> str:
    now = clock.now()
    return render_template(
        "reports/desk/today.html",
        decisions=decisions.waiting(g.actor, g.conference),
        others=ahead.others(g.actor, g.conference),
        dates=ahead.dates(g.conference, now),
        sessions=ahead.sessions(g.actor, g.conference, now),
        today=clock.today(g.conference.zone),
        current=now,
        by=ahead.by,
    )


@reports.get("/desk/<conference>/search")
@requires(WORK_AT_DESK)
def search() -> str:
    term = text.clean(request.args.get("q", ""))[:100]
    return render_template(
        "reports/desk/search.html",
        term=term,
        found=finders.search(g.actor, g.conference, term),
        is_short=0 < len(term) < finders.SHORTEST,
    )
