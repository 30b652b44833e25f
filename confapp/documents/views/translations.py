"""A bilingual table out for a translator, and in again: tried first, then brought in paragraph by paragraph."""

import json
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import TranslationFileForm
from confapp.documents.models import Document
from confapp.documents.rules import EDIT, READ, bilingual, inline, names
from confapp.documents.rules.bilingual import SHORT, Incoming, Planned
from confapp.documents.rules.redline import Change, changes
from confapp.documents.views.desk import Answer, desk, page
from confapp.foundation.languages import best, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires

Names = dict[str, str]


def _translated(ref: str, language: str) -> Document:
    """A document that has a translation in a language."""
    document = found(queries.document(ref))
    found(language if language in document.languages and language != document.original_language else None)
    return document


@desk.get("/<ref>/languages/<language>.docx")
@requires(READ)
def bilingual_file(ref: str, language: str) -> Response:
    return file_of(_translated(ref, language), language)


def file_of(document: Document, language: str) -> Response:
    """The table for a translator: the original and one language beside it."""
    original = document.original_language
    heads = [_("No."), names.language(original), names.language(language), _("How far it is")]
    above = [
        f"{document.symbol} · {best(document.title)}",
        _("Write in the third column only. Italics and bold are kept; everything else of the layout is not."),
    ]
    sheet, known = queries.sheet(document), queries.targets(document)
    shown = (known.shown(original), known.shown(language))
    lines = [_line(line, original, language, shown) for line in sheet.lines]
    content = bilingual.written(document.ref, (original, language), heads, above, lines)
    name = f"{document.symbol.replace('/', '_')}.{original}-{language}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=bilingual.MEDIA_TYPE, headers=headers)


def _line(line: queries.Line, original: str, language: str, shown: tuple[Names, Names]) -> bilingual.Line:
    row, cell, source = line.row, line.cells[language], line.cells[original].text
    return bilingual.Line(
        row.block.ref,
        row.number or names.block(row.kind),
        source.inline if source else [],
        source.sha256 if source else "",
        cell.text.inline if cell.text else [],
        cell.text.sha256 if cell.text else "",
        names.cell(cell.state)[1],
        shown,
    )


# --- in again ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What came: a file, read before the lock, or the rows of the dry run and which of them are wanted."""

    returned: bilingual.Returned | None = None
    fault: str = ""
    seen: dict[str, str] | None = None


def read_file() -> Sent:
    """For @prepare."""
    file = request.files.get("file")
    if file is not None and file.filename:
        try:
            return Sent(bilingual.read(file.stream.read(bilingual.LARGEST_FILE + 1)))
        except bilingual.BadFile as bad:
            return Sent(fault=bad.message)
    try:
        rows = [_incoming(one) for one in json.loads(request.form.get("rows", ""))]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Sent(fault=_("Choose a file."))
    pairs = [one.partition(" ") for one in request.form.getlist("take")]
    return Sent(bilingual.Returned("", "", rows), seen={block: sha for block, _space, sha in pairs})


def _incoming(one: dict[str, Any]) -> Incoming:
    """Raises ValueError where somebody wrote the rows otherwise than the dry run does."""
    row = Incoming(str(one["block"]), one["inline"], str(one["source"]), str(one["base"]))
    if not inline.is_valid(row.inline) or inline.parse(inline.to_markup(row.inline)) != row.inline:
        raise ValueError
    return row


@desk.route("/<ref>/languages/<language>/import", methods=["GET", "POST"])
@requires(EDIT)
@prepare(read_file)
def bring_in(ref: str, language: str) -> Answer:
    back = url_for(".languages", ref=ref, show=[language])
    return brought_in(_translated(ref, language), language, back)


def brought_in(document: Document, language: str, back: str, **shown: Any) -> Answer:
    """The form, the dry run, and what was chosen in it; `back` is where the languages stand beside each other."""
    form = TranslationFileForm()
    about: dict[str, Any] = {"document": document, "language": language, "back": back} | shown
    if request.method == "GET":
        return page("documents/desk/translation_import.html", form, **about)
    sent = _resolved(document, g.prepared)
    fault = sent.fault or (_fault(document, language, sent.returned) if sent.returned and sent.seen is None else "")
    if fault or sent.returned is None:
        form.refuse(Refused(fault, 422, "file"))
        return page("documents/desk/translation_import.html", form, **about)
    if sent.seen is None:
        return _dry_run(sent.returned, **about)
    written, left = actions.bring_in_translation(document, language, sent.returned.rows, sent.seen, by=g.actor)
    flash(ngettext("%(num)d text was brought in.", "%(num)d texts were brought in.", written), "good")
    if left:
        told = ngettext(
            "%(num)d text changed here meanwhile and was left as it is.",
            "%(num)d texts changed here meanwhile and were left as they are.",
            left,
        )
        flash(told, "attention")
    return redirect(back, 303)


def _resolved(document: Document, sent: Sent) -> Sent:
    """References come back as they were typed in the table."""
    if sent.returned is None or not any(inline.references(row.inline) for row in sent.returned.rows):
        return sent
    known = queries.targets(document)
    rows = [
        replace(row, inline=inline.resolved(row.inline, lambda typed, here=row.block: known.find(typed, here)))  # type: ignore[misc]
        for row in sent.returned.rows
    ]
    return replace(sent, returned=replace(sent.returned, rows=rows))


def _fault(document: Document, language: str, returned: bilingual.Returned) -> str:
    if returned.document != document.ref:
        return _("This file is of another document.")
    if returned.language != language:
        return _("This file is of another language: %(language)s.", language=names.language(returned.language))
    return ""


@dataclass(frozen=True)
class Shown:
    """A row of the dry run: where it is, what it does, and how its words differ from those that stand here."""

    plan: Planned
    row: queries.Row | None
    seen: str
    changes: list[Change]


def _dry_run(returned: bilingual.Returned, document: Document, language: str, **about: Any) -> str:
    rows = {row.block.ref: row for row in queries.draft(document).rows}
    plans = actions.plan_translation(document, language, returned.rows)
    shown = [_shown(plan, rows.get(plan.incoming.block), language) for plan in plans if plan.verb != "same"]
    there = {plan.incoming.block for plan in plans}
    return render_template(
        "documents/desk/translation_dry_run.html",
        document=document,
        language=language,
        shown=shown,
        same=sum(plan.verb == "same" for plan in plans),
        absent=[row for ref, row in rows.items() if ref not in there],
        remarks=returned.remarks,
        content=json.dumps([_outgoing(one.plan) for one in shown if one.plan.can_be_taken], ensure_ascii=False),
        **about,
    )


def _shown(plan: Planned, row: queries.Row | None, language: str) -> Shown:
    text = row.texts.get(language) if row else None
    differing = changes(text.inline if text else [], plan.incoming.inline)
    return Shown(plan, row, text.sha256[:SHORT] if text else "", differing)


def _outgoing(plan: Planned) -> dict[str, Any]:
    one = plan.incoming
    return {"block": one.block, "inline": one.inline, "source": one.source, "base": one.base}
