"""A translation that came as a file: which paragraph goes to which of the original, looked at and then brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import flash, g, redirect, render_template, request, url_for

from confapp.documents import actions, queries
from confapp.documents.models import Document, TextImport
from confapp.documents.rules import EDIT, inline
from confapp.documents.rules.aligning import aligned
from confapp.documents.rules.bilingual import SHORT, Incoming
from confapp.documents.views.desk import Answer, desk
from confapp.documents.views.incoming import left_behind
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires

Placed = dict[str, int | None]  # of each block the number of the paragraph that goes there


@dataclass(frozen=True)
class Line:
    """A paragraph of the draft, the beginnings of the hashes of its texts, and what is to go there."""

    row: queries.Row
    source: str
    seen: str
    number: int | None
    text: inline.Inline


@desk.route("/<ref>/imports/<brought>/align", methods=["GET", "POST"])
@requires(EDIT)
def align(ref: str, brought: str) -> Answer:
    document = found(queries.document(ref))
    kept = found(queries.text_import(document, brought))
    rows = queries.draft(document).rows
    if request.method == "GET":
        return _shown(kept, rows, _proposed(document, rows, kept))
    placed, fault = _placed(rows, len(kept.paragraphs))
    if fault or "look" in request.form:
        return _shown(kept, rows, placed, fault), 422 if fault else 200
    try:
        written, left = _bring_in(document, kept, placed)
    except Refused as refusal:
        return _shown(kept, rows, placed, refusal.message), refusal.status
    flash(ngettext("%(num)d text was brought in.", "%(num)d texts were brought in.", written), "good")
    if left:
        told = ngettext(
            "%(num)d text changed here meanwhile and was left as it is.",
            "%(num)d texts changed here meanwhile and were left as they are.",
            left,
        )
        flash(told, "attention")
    return redirect(url_for(".languages", ref=ref, show=[kept.language]), 303)


def _proposed(document: Document, rows: Sequence[queries.Row], kept: TextImport) -> Placed:
    sizes = [
        (_kind(row), len(inline.to_plain(text.inline)) if (text := row.texts.get(document.original_language)) else 0)
        for row in rows
    ]
    there = aligned(sizes, [(kind, len(inline.to_plain(text))) for kind, text in kept.paragraphs])
    return {row.block.ref: None if at is None else at + 1 for row, at in zip(rows, there, strict=True)}


def _kind(row: queries.Row) -> str:
    return f"{row.kind}-2" if row.level > 1 else row.kind.value


def _placed(rows: Sequence[queries.Row], count: int) -> tuple[Placed, str]:
    placed: Placed = {}
    for row in rows:
        typed = request.form.get(f"to-{row.block.ref}", "").strip()
        number = int(typed) if typed.isdecimal() and len(typed) < 5 else None
        placed[row.block.ref] = number if number and number <= count else None
        if typed and placed[row.block.ref] is None:
            return placed, _("There is no paragraph %(number)s in the file.", number=typed)
    numbers = [number for number in placed.values() if number]
    if twice := next((number for number in numbers if numbers.count(number) > 1), None):
        return placed, _("Paragraph %(number)d of the file is put at two places.", number=twice)
    return placed, ""


def _bring_in(document: Document, kept: TextImport, placed: Mapping[str, int | None]) -> tuple[int, int]:
    seen = {block: request.form.get(f"seen-{block}", "") for block, number in placed.items() if number}
    known = queries.targets(document)
    rows = [
        Incoming(
            block,
            inline.resolved(kept.paragraphs[(number or 1) - 1][1], lambda typed, here=block: known.find(typed, here)),  # type: ignore[misc]
            request.form.get(f"of-{block}", ""),
            seen[block],
        )
        for block, number in placed.items()
        if number
    ]
    plain = {row.block.ref for row in queries.draft(document).rows if row.kind in ("title", "heading", "annex")}
    rows = [replace(row, inline=inline.without_looks(row.inline)) if row.block in plain else row for row in rows]
    counts = actions.bring_in_translation(document, kept.language, rows, seen, by=g.actor)
    actions.forget_import(kept)
    return counts


def _shown(kept: TextImport, rows: Sequence[queries.Row], placed: Placed, fault: str = "") -> str:
    document = kept.document
    lines = [_line(document, kept, row, placed.get(row.block.ref)) for row in rows]
    used = {line.number for line in lines}
    return render_template(
        "documents/desk/align.html",
        document=document,
        kept=kept,
        lines=lines,
        left=[(number, text) for number, (_kind, text) in enumerate(kept.paragraphs, 1) if number not in used],
        dropped=left_behind(kept.dropped),
        fault=fault,
        shown=queries.names_in(document, [text for row in rows for text in row.texts.values()]),
    )


def _line(document: Document, kept: TextImport, row: queries.Row, number: int | None) -> Line:
    source, text = row.texts.get(document.original_language), row.texts.get(kept.language)
    return Line(
        row,
        source.sha256[:SHORT] if source else "",
        text.sha256[:SHORT] if text else "",
        number,
        kept.paragraphs[number - 1][1] if number else [],
    )
