"""The editor: paragraphs, their texts, who writes where, remarks, and the draft as it reads."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import block_form
from confapp.documents.models import Block, Document
from confapp.documents.rules import BLOCK_NAMES, EDIT, READ, BlockKind, inline
from confapp.documents.views import writing
from confapp.documents.views.beside import drawn
from confapp.documents.views.desk import Answer, desk, page, place_of, to_editor
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import found, requires


@desk.route("/<ref>/blocks/new", methods=["GET", "POST"])
@keeps_draft
@requires(EDIT)
def new_block(ref: str) -> Answer:
    document = found(queries.document(ref))
    after = found(queries.block(document, request.args["after"])) if "after" in request.args else None
    form = block_form(document)(kind=_likely_kind(after))
    if form.is_sent():
        try:
            kind, texts = BlockKind(form.kind.data), form.texts.data
            blocks = actions.add_blocks(document, kind, texts, after=after, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("The paragraph was added.", "%(num)d paragraphs were added.", len(blocks))
            flash(said, "good")
            return to_editor(document, blocks[0])
    return page("documents/desk/new_block.html", form, document=document, after=after)


def _likely_kind(after: Block | None) -> str:
    return (
        after.kind.value
        if after and after.kind not in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.ANNEX)
        else "operative"
    )


@desk.route("/<ref>/blocks/<block>", methods=["GET", "POST"])
@keeps_draft
@requires(EDIT)
def edit_block(ref: str, block: str) -> Answer:
    one = _opened(ref, block)
    document, targets = one.document, queries.targets(one.document)

    def about() -> dict[str, Any]:
        return {
            "history": queries.history(one.row.block),
            "shown": {code: targets.shown(code) for code in document.languages},
            "targets": queries.offered(targets, one.row.block.ref),
        }

    return writing.answer(
        one,
        "documents/desk/edit_block.html",
        lambda written: _save(one, written),
        about,
        back=place_of(document, one.row.block),
        form_at=lambda other: url_for(".edit_block", ref=ref, block=other),
        help_with=(lambda form: _insert(form, document, targets)) if "insert" in request.form else None,
    )


def _opened(ref: str, block: str) -> writing.Opened:
    document = found(queries.document(ref))
    return writing.Opened(document, found(queries.row(document, block)))


def _insert(form: Form, document: Document, targets: queries.Targets) -> None:
    """A reference at the end of each text; where scripts run it goes to the caret, and not through here."""
    chosen = request.form.get("refer_to", "")
    for code in document.languages if chosen else ():
        area, shown = form[f"text_{code}"], targets.shown(code)
        if chosen in shown:
            area.data = f"{(area.data or '').rstrip()} {inline.to_markup([{'ref': chosen}], shown)}".lstrip()


def _save(one: writing.Opened, written: writing.Written) -> None:
    if "divide" in request.form:
        actions.divide(one.document, one.row.block, written["markups"], bases=written["bases"], by=g.actor)
    else:
        one.save(written)


@desk.post("/<ref>/blocks/<block>/typed")
@requires(EDIT)
def keep_typed(ref: str, block: str) -> tuple[Response, int]:
    return writing.keep_typed(_opened(ref, block))


@desk.post("/<ref>/blocks/<block>/typed/forget")
@requires(EDIT)
def forget_typed(ref: str, block: str) -> Response:
    document = found(queries.document(ref))
    row = found(queries.block(document, block))
    actions.forget_typed(row, by=g.actor)
    return redirect(url_for(".edit_block", ref=document.ref, block=row.ref), 303)


BLOCK_VERBS = {
    "up": lambda document, block: actions.move_block(document, block, -1, by=g.actor),
    "down": lambda document, block: actions.move_block(document, block, 1, by=g.actor),
    "indent": lambda document, block: actions.indent(document, block, by=g.actor),
    "outdent": lambda document, block: actions.outdent(document, block, by=g.actor),
    "delete": lambda document, block: actions.show_block(document, block, False, by=g.actor),
    "sort": lambda document, block: actions.sort_list(document, block, True, by=g.actor),
    "unsort": lambda document, block: actions.sort_list(document, block, False, by=g.actor),
    "restore": lambda document, block: actions.show_block(document, block, True, by=g.actor),
}


@desk.post("/<ref>/blocks/<block>/kind")
@requires(EDIT)
def change_kind(ref: str, block: str) -> Response:
    document = found(queries.document(ref))
    row = found(queries.block(document, block))
    chosen = request.form.get("kind", "")
    actions.change_kind(document, row, BlockKind(chosen) if chosen in BLOCK_NAMES else abort(404), by=g.actor)
    return to_editor(document, row)


@desk.post("/<ref>/blocks/<block>/claim")
@requires(EDIT)
def claim_block(ref: str, block: str) -> tuple[str, int]:
    document = found(queries.document(ref))
    actions.claim(document, found(queries.block(document, block)), by=g.actor)
    return "", 204


@desk.get("/<ref>/writing")
@requires(EDIT)
def who_writes(ref: str) -> Response:
    return writing.who_writes(found(queries.document(ref)))


@desk.post("/<ref>/blocks/<block>/join")
@requires(EDIT)
def join_block(ref: str, block: str) -> Response:
    document = found(queries.document(ref))
    into = actions.join(document, found(queries.block(document, block)), by=g.actor)
    flash(_("The paragraphs were joined. The second one can be brought back at the end of this page."), "good")
    return to_editor(document, into)


@desk.post("/<ref>/blocks/<block>/<verb>")
@requires(EDIT)
def change_block(ref: str, block: str, verb: str) -> Response:
    document = found(queries.document(ref))
    row = found(queries.block(document, block))
    (BLOCK_VERBS.get(verb) or abort(404))(document, row)
    if verb == "delete":
        flash(_("The paragraph was deleted from the draft. It can be brought back at the end of this page."), "good")
    return to_editor(document, None if verb == "delete" else row)


@desk.get("/<ref>/remarks")
@requires(READ)
def remarks(ref: str) -> str:
    """What a careful reader would mark, each with the way to its paragraph."""
    document = found(queries.document(ref))
    return render_template("documents/desk/remarks.html", document=document, findings=queries.findings(document))


@desk.get("/<ref>/read/<language>")
@requires(READ)
def read(ref: str, language: str) -> str:
    document = found(queries.document(ref))
    found(language if language in document.languages else None)
    number = request.args.get("version", type=int)
    version = document.draft if number is None else found(queries.version(document, number))
    reading = queries.reading(document, version, language)
    return render_template(
        "documents/desk/read.html", document=document, version=version, reading=reading, beside=drawn(reading)
    )
