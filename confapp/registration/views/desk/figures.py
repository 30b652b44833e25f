"""The five counts of the conference, and who attended."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.models import Registration
from confapp.registration.rules.catalogue import KIND_HEADINGS
from confapp.registration.rules.figures import FIGURE_NAMES, NOTE_ATTENDANCE
from confapp.registration.views.desk.blueprint import Page, registration_desk

VERBS = {"attended": actions.note_attended, "not_attended": actions.take_back_attended}


@registration_desk.context_processor
def words() -> dict[str, Any]:
    return {
        "figure_names": {name: _(word) for name, word in FIGURE_NAMES.items()},
        "may_note_attendance": NOTE_ATTENDANCE.allows(g.actor, g.conference),
    }


@registration_desk.get("/figures")
@requires(SEE_PEOPLE)
def figures() -> Page:
    shown = queries.figures_of(g.actor, g.conference)
    kinds = [(_(KIND_HEADINGS[kind]), sums) for kind, sums in shown.by_kind.items()]
    return render_template(
        "registration/desk/figures.html",
        rows=shown.delegations,
        kinds=kinds,
        categories=shown.categories,
        total=shown.total,
        as_of=clock.now(),
    )


@registration_desk.post("/registrations/<ref>/<any(attended,not_attended):verb>")
@requires(NOTE_ATTENDANCE)
def note_attendance(ref: str, verb: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    VERBS[verb](g.actor, [row])
    flash(_("Attendance was noted.") if verb == "attended" else _("The attendance was taken back."), "good")
    return redirect(url_for(".registration", ref=row.ref), 303)


@registration_desk.post("/delegations/<ref>/<any(attended,not_attended):verb>")
@requires(NOTE_ATTENDANCE)
def note_attendance_of_members(ref: str, verb: str) -> Page:
    """For the members that were ticked."""
    row = found(queries.delegation(g.actor, g.conference, ref))
    wanted = set(request.form.getlist("member"))
    members: list[Registration] = [one for one in queries.members(g.actor, g.conference, row) if one.ref in wanted]
    if len(members) < len(wanted):
        abort(404)
    if not members:
        flash(_("Tick at least one member."), "attention")
    else:
        number = VERBS[verb](g.actor, members)
        flash(ngettext("Noted for %(num)d member.", "Noted for %(num)d members.", number), "good")
    return redirect(url_for(".delegation", ref=row.ref), 303)
