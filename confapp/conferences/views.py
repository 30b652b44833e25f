"""The conference at the desk: making one, its settings, its life and its pages of practical information."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.conferences import actions, pages, queries, rules
from confapp.conferences.forms import ArchiveForm, ConferenceForm, NewConferenceForm, NewPageForm, PageForm
from confapp.conferences.models import ConferencePage
from confapp.conferences.rules import LIFE, MANAGE_CONFERENCE
from confapp.foundation import clock
from confapp.foundation.access import ADMINISTER
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import accent
from confapp.foundation.web.guard import found, requires

desk = Blueprint("conferences_desk", __name__, url_prefix="/desk")
HERE = "/<conference>/conference"
Page = tuple[str, int] | Response


@desk.route("/new", methods=["GET", "POST"])
@requires(ADMINISTER)
def new() -> Page:
    """The beginning is chosen by a link, so that what can be taken over stands in the form without a script."""
    named, preview = request.values.get("begin", ""), None
    try:
        begin = actions.beginning(g.actor, named)
    except Refused as refusal:
        form = NewConferenceForm.of("", None)
        form.refuse(refusal)
        return _new_page(form, "", None, None)
    form = NewConferenceForm.of(named, begin)
    if form.is_sent():
        try:
            if request.form.get("do") == "preview":
                preview = actions.preview(g.actor, begin, *_said(form), **_fields(form))
            else:
                conference = actions.begin_conference(g.actor, begin, *_said(form), **_fields(form))
                flash(_("The conference is a draft: only staff see it."), "good")
                return redirect(url_for(".first_steps", conference=conference), 303)
        except Refused as refusal:
            form.refuse(refusal)
    return _new_page(form, named, begin, preview)


def _new_page(form: Any, named: str, begin: Any, preview: Any) -> Page:
    return render_template(
        "conferences/new.html",
        form=form,
        begin=begin,
        days=pages.days_of(begin),
        beginnings=pages.beginnings(named),
        earlier=queries.readable_by(g.actor),
        preview=pages.preview(*preview) if preview else [],
        waiting=pages.waiting(preview[1]) if preview else 0,
    ), _status(form)


def _said(form: Any) -> tuple[str, list[str]]:
    return form.slug.data or "", (form.taken.data or []) if "taken" in form else []


def _fields(form: Any) -> dict[str, Any]:
    apart = ("slug", "csrf_token", "begin", "taken")
    return {name: value for name, value in form.data.items() if name not in apart}


@desk.get(HERE + "/first-steps")
@requires(MANAGE_CONFERENCE)
def first_steps() -> str:
    return render_template(
        "conferences/first_steps.html",
        tabs=pages.tabs("first_steps"),
        figures=pages.figures(g.conference),
        steps=pages.first_steps(g.conference),
    )


@desk.route(HERE, methods=["GET", "POST"])
@requires(MANAGE_CONFERENCE)
def edit() -> Page:
    conference = g.conference
    form = ConferenceForm(obj=conference)
    previews = request.form.get("do") == "preview"
    if form.is_sent() and not previews:
        try:
            actions.change(g.actor, conference, revision=_number(form.revision.data), **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. The public pages show it at once."), "good")
            return redirect(url_for(".edit"), 303)
    colour = form.accent.data if not rules.accent_fault(form.accent.data or "") else ""
    return render_template(
        "conferences/edit.html",
        form=form,
        tabs=pages.tabs("edit"),
        colour=colour,
        sheet=accent.address(colour) if previews and colour else "",
        contrasts=rules.accent_contrasts(colour) if colour else [],
        missing=pages.missing(conference),
    ), 200 if previews else _status(form)


@desk.get(HERE + "/life")
@requires(MANAGE_CONFERENCE)
def life() -> str:
    return _life_page(ArchiveForm())


@desk.post(HERE + "/life/<verb>")
@requires(MANAGE_CONFERENCE)
def change_status(verb: str) -> Page:
    move = LIFE.named(verb) or abort(404)
    form = ArchiveForm()
    try:
        actions.change_status(g.actor, g.conference, move, typed_name=form.typed_name.data or "")
    except Refused as refusal:
        if refusal.field:
            form.refuse(refusal)
        return _life_page(form, "" if refusal.field else refusal.message), refusal.status
    flash(_(rules.EFFECTS[verb]), "good")
    return redirect(url_for(".life"), 303)


def _life_page(form: ArchiveForm, refusal: str = "") -> str:
    return render_template(
        "conferences/life.html",
        form=form,
        refusal=refusal,
        tabs=pages.tabs("life"),
        steps=pages.life_steps(g.conference, clock.now()),
        phase=_(rules.PHASE_NAMES[g.conference.phase]),
        moves=pages.moves(g.conference, g.actor),
    )


@desk.get(HERE + "/pages")
@requires(MANAGE_CONFERENCE)
def page_list() -> str:
    return render_template(
        "conferences/pages.html", tabs=pages.tabs("page_list"), pages=pages.page_list(g.conference, queries.pages())
    )


@desk.route(HERE + "/pages/new", methods=["GET", "POST"])
@requires(MANAGE_CONFERENCE)
def new_page() -> Page:
    form = NewPageForm(as_of=clock.today(g.conference.zone))
    return _page(form, form.name.data or "", None)


@desk.route(HERE + "/pages/<name>", methods=["GET", "POST"])
@requires(MANAGE_CONFERENCE)
def edit_page(name: str) -> Page:
    row = queries.page(name)
    if row is None and name not in rules.PAGES:
        abort(404)
    if row is None:
        form = PageForm(title=pages.standard_title(name, g.conference.languages), as_of=clock.today(g.conference.zone))
    else:
        form = PageForm(obj=row)
    return _page(form, name, row)


def _page(form: PageForm, name: str, row: ConferencePage | None) -> Page:
    previews = request.form.get("do") == "preview"
    if form.is_sent() and not previews:
        try:
            if isinstance(form, NewPageForm) and queries.page(name) is not None:
                raise Refused(_("There is a page with this address already."), 422, "name")
            actions.put_page(
                g.actor,
                g.conference,
                name,
                title=form.title.data,
                text=form.text.data,
                as_of=form.as_of.data,
                revision=_number(form.revision.data),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The page was saved. The public sees it at once."), "good")
            return redirect(url_for(".page_list"), 303)
    return render_template(
        "conferences/page.html", form=form, page=row, preview=form.text.data if previews else {}
    ), 200 if previews else _status(form)


@desk.post(HERE + "/pages/<name>/remove")
@requires(MANAGE_CONFERENCE)
def remove_page(name: str) -> Response:
    actions.remove_page(g.actor, found(queries.page(name)))
    flash(_("The page was removed."), "good")
    return redirect(url_for(".page_list"), 303)


def _status(form: Any) -> int:
    return 422 if form.errors or form.form_errors else 200


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
