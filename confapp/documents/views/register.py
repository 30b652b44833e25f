"""The register's pages: series of symbols, masthead and access, papers that extend others, work by language."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import ExtendForm, JournalForm, RegisterForm, SeriesForm, WorkForm
from confapp.documents.rules import EDIT, READ, Access, DocumentKind, Modification, WorkState
from confapp.documents.rules.layouts import LayoutName
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires


@desk.get("/series")
@requires(READ)
def series_list() -> str:
    return render_template("documents/desk/series_list.html", series=queries.series())


@desk.post("/series/usual")
@requires(EDIT)
def usual_series() -> Response:
    made = actions.add_usual_series(g.conference, by=g.actor)
    flash(ngettext("%(num)d series was added.", "%(num)d series were added.", len(made)), "good")
    return redirect(url_for(".series_list"), 303)


@desk.route("/series/new", methods=["GET", "POST"])
@requires(EDIT)
def new_series() -> Answer:
    form = SeriesForm()
    if form.is_sent():
        try:
            actions.add_series(g.conference, **_series_values(form), by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The series was added."), "good")
            return redirect(url_for(".series_list"), 303)
    return page("documents/desk/series.html", form, series=None)


@desk.route("/series/<series>", methods=["GET", "POST"])
@requires(EDIT)
def change_series(series: str) -> Answer:
    row = found(queries.one_series(series))
    form = SeriesForm(
        template=row.template,
        name=row.name,
        kind=row.kind.value,
        access=row.access.value,
        days_before=row.days_before,
    )
    if form.is_sent():
        try:
            actions.change_series(row, **_series_values(form), by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".series_list"), 303)
    return page("documents/desk/series.html", form, series=row)


def _series_values(form: SeriesForm) -> dict[str, Any]:
    return {
        "template": form.template.data,
        "name": form.name.data,
        "kind": DocumentKind(form.kind.data),
        "access": Access(form.access.data),
        "days_before": form.days_before.data,
    }


@desk.get("/work")
@requires(READ)
def work() -> str:
    """What is to be done, by document and language, what is due first at the top."""
    language = request.args.get("language", "")
    everything, person = bool(request.args.get("all")), request.args.get("person", "")
    tasks = queries.tasks(language, with_final=everything)
    return render_template(
        "documents/desk/work.html",
        tasks=[task for task in tasks if not person or person in [who.ref for who in task.people]],
        people=queries.people_at_work(tasks),
        person=person,
        language=language,
        everything=everything,
        now=clock.now(),
    )


@desk.route("/<ref>/work/<language>", methods=["GET", "POST"])
@requires(EDIT)
def set_work(ref: str, language: str) -> Answer:
    document = found(queries.document(ref))
    found(language if language in document.languages else None)
    task = queries.task(document, language)
    known = task.work
    of_original = language == document.original_language
    form = WorkForm.of(
        of_original=of_original,
        state=task.state.value,
        assignee=known.assignee.ref if known and known.assignee else "",
        reviser=known.reviser.ref if known and known.reviser else "",
        due_at=known.due_at if known else None,
        note=known.note if known else "",
    )
    if form.is_sent():
        actions.set_work(
            document,
            language,
            state=WorkState(form.state.data),
            due_at=form.due_at.data,
            assignee_id=queries.writer_id(g.conference, form.assignee.data or "", of_original=of_original),
            reviser_id=queries.writer_id(g.conference, form.reviser.data or "", of_original=of_original),
            note=form.note.data or "",
            by=g.actor,
        )
        flash(_("Saved."), "good")
        return redirect(url_for(".work"), 303)
    return page("documents/desk/work_form.html", form, document=document, language=language)


@desk.route("/<ref>/register", methods=["GET", "POST"])
@requires(EDIT)
def register(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = RegisterForm(
        access=document.access.value,
        body=document.body,
        session=document.session,
        agenda_item=document.agenda_item,
        job_number=document.job_number,
        layout=document.layout or "",
        due_at=document.due_at,
    )
    if form.is_sent():
        actions.change_register(
            document,
            access=Access(form.access.data),
            body=form.body.data,
            session=form.session.data,
            agenda_item=form.agenda_item.data or "",
            job_number=form.job_number.data or "",
            layout=LayoutName(form.layout.data) if form.layout.data else None,
            due_at=form.due_at.data,
            by=g.actor,
        )
        flash(_("Saved."), "good")
        return to_editor(document)
    return page("documents/desk/register.html", form, document=document)


@desk.post("/<ref>/hand-in")
@requires(EDIT)
def hand_in(ref: str) -> Response:
    document = found(queries.document(ref))
    actions.hand_in(document, by=g.actor)
    flash(_("It is noted when the paper came."), "good")
    return to_editor(document)


@desk.route("/<ref>/extend", methods=["GET", "POST"])
@requires(EDIT)
def extend(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = ExtendForm.of(actions.possible_extensions(document), document.languages)
    if form.is_sent():
        try:
            made = actions.extend(
                document, Modification(form.modification.data), languages=form.languages.data, by=g.actor
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(symbol)s was created. Write its text now.", symbol=made.symbol), "good")
            return to_editor(made)
    return page("documents/desk/extend.html", form, document=document)


@desk.route("/journal", methods=["GET", "POST"])
@requires(EDIT)
def new_journal() -> Answer:
    """The journal of a day, drafted from the released programme and the papers issued on it."""
    known = queries.series()
    form = JournalForm.of(known)
    if form.is_sent():
        chosen = next(one for one in known if one.ref == form.series.data)
        wanted = [code for code in g.conference.languages if code in form.languages.data]
        try:
            made = actions.draft_journal(
                g.conference, date.fromisoformat(form.on.data), chosen, languages=wanted, by=g.actor
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The journal was drafted. Read it, and write what is missing."), "good")
            return to_editor(made)
    return page("documents/desk/journal.html", form, series=known)
