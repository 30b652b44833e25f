"""The translators' side: what was given to one: the original and one language, written, checked, out and in."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import text_form
from confapp.documents.queries import Given
from confapp.documents.rules import names
from confapp.documents.rules.languages import CheckState
from confapp.documents.rules.translating import TRANSLATE, reason_not_to_say
from confapp.documents.views.desk import Answer, page
from confapp.documents.views.translations import brought_in, file_of, read_file
from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import found, prepare, requires

translating = Blueprint("translating", __name__, url_prefix="/desk/<conference>/translations")


@translating.context_processor
def words() -> dict[str, Any]:
    return {"names": names, "may_edit": False}


@translating.get("/")
@requires(TRANSLATE)
def index() -> str:
    return render_template("documents/translating/index.html", given=queries.given_to(g.actor), now=clock.now())


def _mine(ref: str, language: str) -> Given:
    return found(queries.given(ref, language, g.actor))


def _about(one: Given) -> dict[str, Any]:
    """What every page about one language of a paper says: the way back to it."""
    here = url_for(".show", ref=one.document.ref, language=one.language)
    label = f"{one.document.symbol}, {names.language(one.language)}"
    return {
        "document": one.document,
        "language": one.language,
        "given": one,
        "way": [(_("Translations"), url_for(".index")), (label, here)],
    }


@translating.get("/<ref>/<language>")
@requires(TRANSLATE)
def show(ref: str, language: str) -> str:
    return _shown(_mine(ref, language))


def _shown(one: Given, refusals: tuple[str, ...] = ()) -> str:
    only = bool(request.args.get("only"))
    sheet, lines = queries.given_sheet(one, only=only)
    about = _about(one) | {"way": [(_("Translations"), url_for(".index"))]}
    return render_template(
        "documents/translating/show.html",
        sheet=sheet,
        lines=lines,
        shown=queries.names_on(one.document, sheet),
        only=only,
        refusals=refusals,
        **about,
    )


@translating.get("/<ref>/<language>.docx")
@requires(TRANSLATE)
def bilingual_file(ref: str, language: str) -> Response:
    return file_of(_mine(ref, language).document, language)


@translating.route("/<ref>/<language>/import", methods=["GET", "POST"])
@requires(TRANSLATE)
@prepare(read_file)
def bring_in(ref: str, language: str) -> Answer:
    one = _mine(ref, language)
    if one.why_not:
        raise Refused(one.why_not)
    back = url_for(".show", ref=ref, language=language)
    return brought_in(one.document, language, back, way=_about(one)["way"])


@translating.route("/<ref>/<language>/blocks/<block>", methods=["GET", "POST"])
@keeps_draft
@requires(TRANSLATE)
def write(ref: str, language: str, block: str) -> Answer:
    one = _mine(ref, language)
    document, row = one.document, found(queries.row(one.document, block))
    form = text_form(document, row.texts, only=language)()
    theirs = None
    if form.is_sent():
        try:
            _write(one, row, form)
        except actions.Conflict as conflict:
            theirs = conflict.theirs
            form.refuse(conflict)
            form[f"base_{language}"].data = theirs.sha256
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return _onward(one, row)
    _sheet, lines = queries.given_sheet(one)
    line = next((line for line in lines if line.row.block.ref == block), None)
    return page(
        "documents/translating/write.html",
        form,
        409 if theirs or form.form_errors else 422,
        row=row,
        shown=queries.names_in(document, row.texts.values()),
        cell=line.cells[language] if line else None,
        theirs=theirs,
        history=[p for p in queries.history(row.block) if p.text.language in (language, document.original_language)],
        beside=queries.beside(document, block),
        terms=queries.terms_beside(document, row.texts),
        **_about(one),
    )


def _write(one: Given, row: queries.Row, form: Any) -> None:
    if one.why_not:
        raise Refused(one.why_not)
    code = one.language
    actions.write_text(
        one.document,
        row.block,
        code,
        form[f"text_{code}"].data or "",
        base=form[f"base_{code}"].data or "",
        is_checked=bool(form[f"checked_{code}"].data),
        by=g.actor,
    )


def _onward(one: Given, row: queries.Row) -> Response:
    ref, language, block = one.document.ref, one.language, row.block.ref
    after = queries.beside(one.document, block).after if "onward" in request.form else None
    if after is not None:
        return redirect(url_for(".write", ref=ref, language=language, block=after.block.ref), 303)
    return redirect(url_for(".show", ref=ref, language=language, _anchor=f"p-{block[:8]}"), 303)


@translating.post("/<ref>/<language>/mark")
@requires(TRANSLATE)
def mark(ref: str, language: str) -> Answer:
    """One text or all shown are checked, or one is a draft again; by whom they were given to be checked."""
    one = _mine(ref, language)
    back, document = request.form.get("back", ""), one.document
    texts = [back] if back else (request.form.get("checked") or request.form.get("shown", "")).split()
    known, checks = queries.text_with(document, texts), queries.checks(document)
    if not texts or any(text not in known or known[text].language != language for text in texts):
        abort(404)
    check = checks.get(known[texts[0]].id)
    why = one.why_not or reason_not_to_say(check.state if back and check else None, revises=one.revises)
    if why:
        return _shown(one, (why,)), 409
    if back:
        actions.take_back_check(document, back, by=g.actor)
    else:
        marked = actions.mark(document, texts, CheckState.CHECKED, by=g.actor)
        if marked.left and not marked.number:
            return _shown(one, tuple(marked.reasons)), 409
        flash(ngettext("%(num)d text is checked.", "%(num)d texts are checked.", marked.number), "good")
        if marked.left:
            flash(" ".join(marked.reasons), "attention")
    anchor = f"p-{known[texts[0]].block.ref[:8]}" if len(texts) == 1 else None
    return redirect(url_for(".show", ref=ref, language=language, only=request.args.get("only"), _anchor=anchor), 303)
