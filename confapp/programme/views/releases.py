from flask import flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import pages, queries
from confapp.programme.actions import timetable as actions
from confapp.programme.forms import ReleaseForm
from confapp.programme.pages import worst_first
from confapp.programme.rules import READ, RELEASE, Severity
from confapp.programme.rules.changes import differences, fingerprint
from confapp.programme.views import Answer, desk
from confapp.programme.views.clashes import laid_out


@desk.route("/programme/release", methods=["GET", "POST"])
@requires(RELEASE)
def release() -> Answer:
    form, status = ReleaseForm(), 200
    if form.is_sent():
        try:
            made = actions.release(g.actor, g.conference, form.name.data, form.note.data, seen=form.seen.data)
            flash(_("Version %(number)s of the programme is published.", number=made.number), "good")
            return redirect(url_for(".releases"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    last, rooms, placements = queries.newest_release(), queries.rooms(), queries.placements(whole=True)
    changed = differences(queries.editions(last), queries.draft_editions(placements))
    form.seen.data = fingerprint(changed)
    lines = worst_first(laid_out().words.lines())
    blocking = [one for one in lines if one.severity == Severity.BLOCK]
    return render_template(
        "programme/desk/release.html",
        form=form,
        version=pages.version(last),
        number=(last.number or 0) + 1 if last else 1,
        changes=pages.changes(changed, rooms, g.conference.zone),
        blocking=blocking,
        warnings=len(lines) - len(blocking),
        unplaced=queries.unplaced_count(),
    ), status if status != 200 or not form.errors else 422


@desk.get("/programme/releases")
@requires(READ)
def releases() -> str:
    rows = queries.releases()
    names = queries.names_of(row.released_by for row in rows)
    return render_template("programme/desk/releases.html", releases=rows, names=names)


@desk.get("/programme/releases/<int(max=99999):number>")
@requires(READ)
def show_release(number: int) -> str:
    """What a release changed for its readers, against the one before it."""
    row = found(queries.release(number))
    before = queries.release(number - 1) if number > 1 else None
    changed = differences(queries.editions(before), queries.editions(row))
    return render_template(
        "programme/desk/changes.html",
        release=row,
        name=queries.names_of([row.released_by]).get(row.released_by, ""),
        changes=pages.changes(changed, queries.rooms(), g.conference.zone),
    )
