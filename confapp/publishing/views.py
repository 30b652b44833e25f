"""The public site: what everybody may read, without a cookie. A draft is shown to its staff only."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, g, render_template, request

from confapp.conferences.rules import FORMAT_NAMES, next_change
from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.cache import cached, valid_until
from confapp.foundation.web.guard import found, public
from confapp.people.rules import WORK_AT_DESK
from confapp.publishing import pages, queries

bp = Blueprint("publishing", __name__)


@bp.get("/")
@public
@cached
def front() -> str:
    coming, past = queries.conferences(clock.now())
    for conference in coming:
        valid_until(next_change(conference, clock.now()))
    return render_template("publishing/front.html", coming=coming, past=past)


@bp.get("/<conference>/")
@public
@cached
def title() -> str:
    conference = _shown()
    doors = pages.doors(conference, queries.release(), queries.outcome(), clock.now())
    return render_template("publishing/title.html", doors=doors, format=_(FORMAT_NAMES[conference.format]))


@bp.get("/<conference>/programme")
@public
@cached
def programme() -> str:
    conference = _shown()
    valid_until(_midnight(conference))
    page = pages.programme(conference, queries.programme(conference.zone), request.args.get("day", ""))
    return render_template("publishing/programme.html", page=page)


@bp.get("/<conference>/sessions/<ref>")
@public
@cached
def session(ref: str) -> str:
    conference = _shown()
    printed, whole = found(queries.session(ref, conference.zone))
    return render_template("publishing/session.html", page=pages.session(conference, printed, whole, queries.rooms()))


@bp.get("/<conference>/pages/")
@public
@cached
def information() -> str:
    _shown()
    return render_template("publishing/information.html", pages=queries.pages())


@bp.get("/<conference>/pages/<name>")
@public
@cached
def page(name: str) -> str:
    _shown()
    return render_template("publishing/page.html", page=found(queries.page(name)))


def _shown() -> Any:
    """The conference in the path. Who asks is looked at only when it is a draft."""
    if not g.conference.is_public and not WORK_AT_DESK.allows(g.actor, g.conference):
        abort(404)
    valid_until(next_change(g.conference, clock.now()))
    return g.conference


def _midnight(conference: Any) -> datetime:
    """When the conference's next day begins: the programme opens on the present day."""
    tomorrow = clock.today(conference.zone) + timedelta(days=1)
    return clock.instant(datetime.combine(tomorrow, time(0)), conference.zone, second=False)
