"""A paragraph's form, the secretariat's with every language and a translator's with one: what both of them do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, g, jsonify, redirect, request
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import text_form
from confapp.documents.models import BlockDraft, Document
from confapp.documents.rules import names
from confapp.documents.views.desk import Answer, page
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form

Written = dict[str, Any]  # what actions.write_texts takes


@dataclass(frozen=True)
class Opened:
    """A paragraph that somebody writes; `language` is the only one of its form, empty where it has them all."""

    document: Document
    row: queries.Row
    language: str = ""

    def form(self, unsaved: BlockDraft | None = None) -> Form:
        return text_form(self.document, self.row.texts, unsaved, self.language)()

    def written(self, form: Form) -> Written:
        codes = [self.language] if self.language else self.document.languages
        return {
            "markups": {code: form[f"text_{code}"].data or "" for code in codes},
            "bases": {code: form[f"base_{code}"].data or "" for code in codes},
            "checked": [c for c in codes if c != self.document.original_language and form[f"checked_{c}"].data],
        }

    def save(self, written: Written) -> None:
        actions.write_texts(self.document, self.row.block, **written, by=g.actor)


def answer(
    one: Opened,
    template: str,
    save: Callable[[Written], None],
    about: Callable[[], dict[str, Any]],
    *,
    back: str,
    form_at: Callable[[str], str],
    help_with: Callable[[Form], None] | None = None,
) -> Answer:
    """The form, and what was sent with it: saved, or refused with both texts where somebody else was quicker.

    `about` is what else the page shows, `form_at` the address of the form of a paragraph; `help_with` changes what was
    typed and saves nothing.
    """
    block = one.row.block
    unsaved = queries.typed(block, g.actor.account_id, one.language) if request.method == "GET" else None
    form, theirs, status = one.form(unsaved), None, 422
    if form.is_sent() and help_with:
        help_with(form)
        status = 200
    elif form.is_sent():
        try:
            save(one.written(form))
            actions.forget_typed(block, language=one.language, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
            if isinstance(refusal, actions.Conflict):
                theirs = refusal.theirs
                form[f"base_{theirs.language}"].data = theirs.sha256
        else:
            flash(_("Saved."), "good")
            after = queries.beside(one.document, block.ref).after if "onward" in request.form else None
            return redirect(form_at(after.block.ref) if after else back, 303)
    shown = {
        "document": one.document,
        "row": one.row,
        "unsaved": unsaved,
        "theirs": theirs,
        "beside": queries.beside(one.document, block.ref),
        "form_at": form_at,
        "back": back,
        "terms": queries.terms_beside(one.document, one.row.texts),
    }
    return page(template, form, status, **(shown | about()))


def keep_typed(one: Opened, why_not: str | None = None) -> tuple[Response, int]:
    """Called by the script while somebody types: it keeps the texts for them and says so in a few words."""
    form = one.form()
    if not form.is_sent():
        return jsonify(said=_("This text is too long to be kept.")), 422
    typed = one.written(form)
    try:
        if why_not:
            raise Refused(why_not)
        kept = actions.keep_typed(
            one.document, one.row.block, typed["markups"], bases=typed["bases"], language=one.language, by=g.actor
        )
    except Refused as refusal:
        return jsonify(said=refusal.message), refusal.status
    said = _("Kept as your draft, %(time)s", time=filters.hours(kept.kept_at)) if kept else _("Saved.")
    return jsonify(said=said), 200


def who_writes(document: Document, language: str = "") -> Response:
    """Polled: a sentence for each paragraph that somebody else has open, by the beginning of its anchor."""
    found = queries.writing(document, g.actor.account_id, language)
    return jsonify({f"p-{ref[:8]}": _said(by_language, language) for ref, by_language in found.items()})


def _said(by_language: dict[str, list[str]], mine: str) -> str:
    said = []
    for code, who in by_language.items():
        if code in ("", mine):
            said.append(_("%(name)s is writing here", name=joined(who)))
        else:
            said.append(_("%(name)s is writing in %(language)s", name=joined(who), language=names.language(code)))
    return "; ".join(said)
