"""Links and materials of sessions for whoever is entitled to them. Each address asks again, and nothing is kept."""

from itertools import groupby
from typing import Any

from flask import abort, g, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.web.guard import checks_inside, found
from confapp.programme.pages import handouts as pages
from confapp.programme.queries import handouts as queries
from confapp.programme.queries.handouts import Handouts
from confapp.programme.views.handouts import file_of, led_to
from confapp.programme.views.me import me


@me.context_processor
def words() -> dict[str, Any]:
    return {"own_handouts": by_session}


@me.get("/sessions")
@checks_inside
def handouts() -> str:
    """Whoever has a role here but is given nothing reads so: a public page may have led them here."""
    if not g.actor.roles(g.conference.id) and not queries.is_somebody(g.actor, g.conference):
        abort(404)
    rows = [one for one in queries.own(g.actor, g.conference) if any(laid_out(one))]
    by_day = groupby(rows, key=lambda one: clock.local(one.place.starts_at, g.conference.zone).date())
    return render_template(
        "programme/me/handouts.html", days=[(day, [(one, *laid_out(one)) for one in each]) for day, each in by_day]
    )


@me.get("/sessions/<ref>/links/<session_link>")
@checks_inside
def own_link(ref: str, session_link: str) -> Response:
    return led_to(found(queries.own_link(g.actor, g.conference, ref, session_link)))


@me.get("/sessions/<ref>/materials/<material>")
@checks_inside
def own_material(ref: str, material: str) -> Response:
    return file_of(found(queries.own_material(g.actor, g.conference, ref, material)))


def laid_out(one: Handouts) -> tuple[list[Any], list[Any]]:
    """Links and materials of a session as the pages of those entitled show them."""

    def address(what: str, ref: str) -> str:
        if what == "link":
            return url_for("programme_me.own_link", ref=one.session.ref, session_link=ref)
        return url_for("programme_me.own_material", ref=one.session.ref, material=ref)

    return pages.shown_links(one, address), pages.shown_materials(one, address)


def by_session() -> dict[str, tuple[list[Any], list[Any]]]:
    """The same for all sessions by reference, for pages that show sessions beside other things."""
    return {one.session.ref: laid_out(one) for one in queries.own(g.actor, g.conference)}
