"""The conference's glossary: its terms, one of them, and tables in and out."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import GlossaryTableForm, GlossaryTermForm
from confapp.documents.models import GlossaryChange
from confapp.documents.rules import EDIT, glossary
from confapp.documents.rules.translating import READ_TERMS
from confapp.documents.views.desk import Answer, desk, page
from confapp.foundation import clock, exporting, text
from confapp.foundation.exporting import Column, Table
from confapp.foundation.languages import best, current, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires
from confapp.registration.imports import reading


@desk.get("/glossary")
@requires(READ_TERMS)
def glossary_list() -> str:
    words = request.args.get("q", "")[:100]
    rows = queries.term_rows(g.conference.languages, words)
    return render_template("documents/desk/glossary.html", rows=rows, words=words)


@desk.route("/glossary/new", methods=["GET", "POST"])
@requires(EDIT)
def new_term() -> Answer:
    form = GlossaryTermForm()
    if form.is_sent():
        try:
            actions.add_term(g.conference, **_values(form), by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The term was added."), "good")
            return redirect(url_for(".glossary_list"), 303)
    return page("documents/desk/glossary_term.html", form, term=None)


@desk.route("/glossary/<term>", methods=["GET", "POST"])
@requires(EDIT)
def change_term(term: str) -> Answer:
    row = found(queries.term(term))
    form = GlossaryTermForm(words=row.words, forbidden=row.forbidden, note=row.note, revision=row.revision)
    if form.is_sent():
        revision = form.revision.data or ""
        try:
            actions.change_term(
                g.conference,
                row,
                **_values(form),
                revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
                by=g.actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/glossary_term.html", form, refusal.status, term=row)
        flash(_("Saved."), "good")
        return redirect(url_for(".glossary_list"), 303)
    return page("documents/desk/glossary_term.html", form, term=row)


def _values(form: GlossaryTermForm) -> dict[str, Any]:
    return {"words": form.words.data, "forbidden": form.forbidden.data, "note": form.note.data or ""}


@desk.post("/glossary/<term>/remove")
@requires(EDIT)
def remove_term(term: str) -> Response:
    actions.remove_term(found(queries.term(term)), by=g.actor)
    flash(_("The term was removed from the glossary. No text was changed. The history brings it back."), "good")
    return redirect(url_for(".glossary_list"), 303)


@desk.get("/glossary/history")
@requires(READ_TERMS)
def glossary_history() -> str:
    """What was done to the glossary, newest first; of one term where it is asked for."""
    term = request.args.get("term", "")
    return _history(term)


def _history(term: str = "", refusal: Refused | None = None) -> str:
    return render_template(
        "documents/desk/glossary_history.html",
        changes=[Kept(row, actions.told(row, term)) for row in queries.changes_of_terms(term)],
        verbs=glossary.VERB_NAMES,
        term=queries.term(term) if term else None,
        refusal=refusal,
    )


@dataclass(frozen=True)
class Kept:
    """An act on the glossary and, term by term, its name and each cell that changed."""

    row: GlossaryChange
    terms: list[actions.Told]


@desk.post("/glossary/history/<change>/take-back")
@requires(EDIT)
def take_back_terms(change: str) -> Answer:
    try:
        done, left = actions.take_back_terms(g.conference, found(queries.change_of_terms(change)), by=g.actor)
    except Refused as refusal:
        return _history(refusal=refusal), refusal.status
    flash(ngettext("%(num)d term is again what it was.", "%(num)d terms are again what they were.", done), "good")
    if left:
        told = ngettext("%(num)d term changed since and was left.", "%(num)d terms changed since and were left.", left)
        flash(told, "attention")
    return redirect(url_for(".glossary_list"), 303)


@desk.get("/glossary.<any(csv, xlsx):file_format>")
@requires(READ_TERMS)
def glossary_table(file_format: str) -> Response:
    """The whole glossary as it can be brought in again."""
    table = Table(
        title=_("Glossary"),
        columns=[_column(name) for name in glossary.columns(g.conference.languages)],
        rows=[actions.cells(row) for row in queries.term_rows(g.conference.languages)],
        zone=g.conference.zone,
        language=current(),
        about=best(g.conference.name),
        taken_by=g.actor.name,
        taken_at=clock.now(),
    )
    headers = {
        "Content-Disposition": f'attachment; filename="glossary.{file_format}"',
        "Cache-Control": "no-store",
    }
    content = b"".join(exporting.written(table, file_format))
    return Response(content, content_type=exporting.MEDIA_TYPES[file_format], headers=headers)


def _column(name: str) -> Column:
    return Column(name, name, lambda row: row.get(name, ""), 32)


# --- a table that is brought in ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A table as it came, read before the lock; `content` hands its rows on from the dry run."""

    rows: list[list[str]] = field(default_factory=list)
    fault: str = ""

    @property
    def content(self) -> str:
        return json.dumps(self.rows, ensure_ascii=False)


def read_table() -> Sent:
    """For @prepare: the file, or the rows that the dry run showed."""
    file = request.files.get("file")
    if file is not None and file.filename:
        try:
            return Sent(reading.table(file.stream.read(reading.LARGEST_FILE + 1)))
        except reading.BadTable as bad:
            return Sent(fault=bad.message)
    try:
        rows = json.loads(request.form.get("rows", ""))
    except (ValueError, RecursionError):
        return Sent(fault=_("Choose a file."))
    is_sound = isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)
    if not is_sound or not all(isinstance(cell, str) for row in rows for cell in row):
        return Sent(fault=_("Choose a file."))
    return Sent([[text.clean(cell) for cell in row] for row in rows])


@desk.route("/glossary/import", methods=["GET", "POST"])
@requires(EDIT)
@prepare(read_table)
def import_glossary() -> Answer:
    """A dry run by line; the same rows again bring in the lines without a fault."""
    form, languages = GlossaryTableForm(), g.conference.languages
    if request.method == "GET":
        return _import_page(form)
    sent: Sent = g.prepared
    if fault := sent.fault or glossary.table_fault(sent.rows, languages):
        form.refuse(Refused(fault, 422, "file"))
        return _import_page(form)
    lines = glossary.table_lines(sent.rows, languages)
    if request.form.get("do") == "import":
        added, changed = actions.bring_in_terms(g.conference, lines, by=g.actor)
        flash(_("%(added)s terms were added and %(changed)s changed.", added=added, changed=changed), "good")
        return redirect(url_for(".glossary_list"), 303)
    rows = actions.outcomes(g.conference, lines)
    return render_template(
        "documents/desk/glossary_dry_run.html",
        rows=[row for row in rows if row.verb != "same"],
        counts={verb: sum(row.verb == verb for row in rows) for verb in ("added", "changed", "same", "faulty")},
        content=sent.content,
    )


def _import_page(form: GlossaryTableForm) -> Answer:
    return page("documents/desk/glossary_import.html", form, columns=glossary.columns(g.conference.languages))
