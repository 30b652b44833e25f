"""The languages of a document beside each other: how far each paragraph is, and who says so."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.documents import actions, queries
from confapp.documents.forms import TranslationRulesForm
from confapp.documents.models import Document
from confapp.documents.rules import EDIT, PUBLISH, READ
from confapp.documents.rules.languages import CheckState
from confapp.documents.views.desk import Answer, desk, page
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires

SHOWN_AT_FIRST = 3


@desk.get("/<ref>/languages")
@requires(READ)
def languages(ref: str) -> str:
    """Original and chosen languages, aligned by paragraph."""
    return _drawn(found(queries.document(ref)))


def _drawn(document: Document, refusals: tuple[str, ...] = ()) -> str:
    chosen, only = _chosen(document), bool(request.args.get("only"))
    sheet = queries.sheet(document)
    lines = [line for line in sheet.lines if not only or any(line.cells[code].needs_work for code in chosen)]
    return render_template(
        "documents/desk/languages.html",
        document=document,
        sheet=sheet,
        lines=lines,
        shown=queries.names_on(document, sheet),
        chosen=chosen,
        only=only,
        refusals=refusals,
        wants=queries.wants(),
    )


def _chosen(document: Document) -> list[str]:
    """The original and what was asked for; at first as many as fit beside each other."""
    codes = queries.in_reading_order(document)
    asked = request.args.getlist("show")
    return [code for code in codes if code in asked or code == codes[0]] if asked else codes[:SHOWN_AT_FIRST]


@desk.post("/<ref>/languages/mark")
@requires(EDIT)
def mark_texts(ref: str) -> Answer:
    """One text, or all shown in a language, checked or final; or one a draft again."""
    document = found(queries.document(ref))
    texts, to = _asked()
    if to is None:
        actions.take_back_check(document, texts[0], by=g.actor)
    else:
        marked = actions.mark(document, texts, to, by=g.actor)
        if marked.left and not marked.number:
            return _drawn(document, tuple(marked.reasons)), 409
        _tell(marked, to)
    return redirect(_back(document, texts), 303)


def _asked() -> tuple[list[str], CheckState | None]:
    """The texts and what they are to be, by the button that was pressed."""
    for to in CheckState:
        if code := request.form.get(f"all_{to}"):
            return request.form.get(f"shown_{code}", "").split(), to
        if text := request.form.get(to.value):
            return [text], to
    return [request.form.get("back", "")], None


def _tell(marked: actions.Marked, to: CheckState) -> None:
    if to == CheckState.FINAL:
        said = ngettext("%(num)d text is final.", "%(num)d texts are final.", marked.number)
    else:
        said = ngettext("%(num)d text is checked.", "%(num)d texts are checked.", marked.number)
    flash(said, "good")
    if marked.left:
        left = ngettext("%(num)d text was left as it is:", "%(num)d texts were left as they are:", marked.left)
        flash(f"{left} {' '.join(marked.reasons)}", "attention")


def _back(document: Document, texts: list[str]) -> str:
    text = queries.text_with(document, texts).get(texts[0]) if len(texts) == 1 else None
    return url_for(
        ".languages",
        ref=document.ref,
        show=request.args.getlist("show") or None,
        only=request.args.get("only"),
        _anchor=f"p-{text.block.ref[:8]}" if text else None,
    )


@desk.route("/translations", methods=["GET", "POST"])
@requires(PUBLISH)
def translation_rules() -> Answer:
    """What the conference wants of its translations."""
    known: Any = queries.wants()
    form = TranslationRulesForm(
        wants_checks=known.wants_checks,
        four_eyes=known.four_eyes,
        revision=known.rules.revision if known.rules else 0,
    )
    if form.is_sent():
        revision = form.revision.data or ""
        try:
            actions.want_of_translations(
                g.conference,
                wants_checks=form.wants_checks.data,
                four_eyes=form.four_eyes.data,
                revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
                by=g.actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".work"), 303)
    return page("documents/desk/translation_rules.html", form, 409 if form.form_errors else 422)
