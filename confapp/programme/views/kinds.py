"""The organizers' own kinds of sessions, the themes of the programme, and the groups of which one is chosen."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme.actions import kinds as actions
from confapp.programme.forms.kinds import GroupForm, KindForm, ThemeForm
from confapp.programme.models import ChoiceGroup, OwnKind, Theme
from confapp.programme.queries import kinds as queries
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.views import Answer, desk

SUBJECTS: dict[str, tuple[Any, Any]] = {
    "kinds": (OwnKind, KindForm),
    "themes": (Theme, ThemeForm),
    "groups": (ChoiceGroup, GroupForm),
}
VERBS = {
    "up": lambda actor, row: actions.move(actor, row, -1),
    "down": lambda actor, row: actions.move(actor, row, 1),
    "remove": actions.remove,
}


@desk.get("/<any(kinds, themes, groups):subject>")
@requires(READ)
def kinds(subject: str) -> str:
    model, _form = SUBJECTS[subject]
    return render_template(
        "programme/desk/kinds.html", subject=subject, rows=queries.rows(model), uses=queries.uses(model)
    )


@desk.route("/<any(kinds, themes, groups):subject>/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_kind(subject: str) -> Answer:
    model, kind_form = SUBJECTS[subject]
    form = kind_form.of(None)
    if form.is_sent():
        actions.add(g.actor, g.conference, model, **form.values())
        flash(_("It was added to the list."), "good")
        return redirect(url_for(".kinds", subject=subject), 303)
    return _page(subject, form, None)


@desk.route("/<any(kinds, themes, groups):subject>/<ref>", methods=["GET", "POST"])
@requires(SCHEDULE)
def kind(subject: str, ref: str) -> Answer:
    model, kind_form = SUBJECTS[subject]
    row = found(queries.row(model, ref))
    form = kind_form.of(row)
    if form.is_sent():
        try:
            actions.change(g.actor, row, revision=form.revision.data, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
            return _page(subject, form, row)[0], refusal.status
        flash(_("It was saved."), "good")
        return redirect(url_for(".kinds", subject=subject), 303)
    return _page(subject, form, row)


@desk.post("/<any(kinds, themes, groups):subject>/<ref>/<verb>")
@requires(SCHEDULE)
def change_kind(subject: str, ref: str, verb: str) -> Answer:
    (VERBS.get(verb) or abort(404))(g.actor, found(queries.row(SUBJECTS[subject][0], ref)))
    return redirect(url_for(".kinds", subject=subject), 303)


def _page(subject: str, form: Any, row: Any) -> tuple[str, int]:
    page = render_template("programme/desk/kind_form.html", subject=subject, form=form, row=row)
    return page, 422 if request.method == "POST" else 200
