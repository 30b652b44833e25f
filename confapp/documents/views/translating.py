"""The translators' side: what was given to one: the original and one language, written, checked, out and in."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.queries import Given
from confapp.documents.rules import names
from confapp.documents.rules.languages import CheckState
from confapp.documents.rules.translating import TRANSLATE, reason_not_to_say
from confapp.documents.views import writing
from confapp.documents.views.desk import Answer
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
        left=queries.left_to_do(one, sheet),
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
    one, opened = _opened(ref, language, block)
    return writing.answer(
        opened,
        "documents/translating/write.html",
        lambda written: _save(one, opened, written),
        lambda: _beside(one, opened.row),
        back=url_for(".show", ref=ref, language=language, _anchor=f"p-{block[:8]}"),
        form_at=lambda other: url_for(".write", ref=ref, language=language, block=other),
    )


def _beside(one: Given, row: queries.Row) -> dict[str, Any]:
    """What stands beside the form: how far the text is, what it was, and what the original was."""
    _sheet, lines = queries.given_sheet(one)
    line = next((line for line in lines if line.row.block.ref == row.block.ref), None)
    codes = (one.language, one.document.original_language)
    return _about(one) | {
        "cell": line.cells[one.language] if line else None,
        "history": [past for past in queries.history(row.block) if past.text.language in codes],
        "shown": queries.names_in(one.document, row.texts.values()),
    }


def _opened(ref: str, language: str, block: str) -> tuple[Given, writing.Opened]:
    one = _mine(ref, language)
    return one, writing.Opened(one.document, found(queries.row(one.document, block)), language)


def _save(one: Given, opened: writing.Opened, written: writing.Written) -> None:
    if one.why_not:
        raise Refused(one.why_not)
    opened.save(written)


@translating.post("/<ref>/<language>/blocks/<block>/typed")
@requires(TRANSLATE)
def keep_typed(ref: str, language: str, block: str) -> tuple[Response, int]:
    one, opened = _opened(ref, language, block)
    return writing.keep_typed(opened, one.why_not)


@translating.post("/<ref>/<language>/blocks/<block>/typed/forget")
@requires(TRANSLATE)
def forget_typed(ref: str, language: str, block: str) -> Response:
    row = found(queries.block(_mine(ref, language).document, block))
    actions.forget_typed(row, language=language, by=g.actor)
    return redirect(url_for(".write", ref=ref, language=language, block=block), 303)


@translating.post("/<ref>/<language>/blocks/<block>/claim")
@requires(TRANSLATE)
def claim_block(ref: str, language: str, block: str) -> tuple[str, int]:
    document = _mine(ref, language).document
    actions.claim(document, found(queries.block(document, block)), language=language, by=g.actor)
    return "", 204


@translating.get("/<ref>/<language>/writing")
@requires(TRANSLATE)
def who_writes(ref: str, language: str) -> Response:
    return writing.who_writes(_mine(ref, language).document, language)


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
