"""A text brought in from a file: read before the lock, looked at paragraph by paragraph, then taken."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms.importing import ImportForm
from confapp.documents.models import TextImport
from confapp.documents.rules import BLOCK_NAMES, EDIT
from confapp.documents.rules.importing import BELOW_ITEM, LEFT_OUT
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.documents.views.incoming import Sent, left_behind, reader
from confapp.foundation.languages import N_, ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires

KINDS: dict[str, str] = BLOCK_NAMES | {BELOW_ITEM: N_("Item below an item"), LEFT_OUT: N_("Leave it out")}


@desk.route("/<ref>/import", methods=["GET", "POST"])
@prepare(reader("language"))
@requires(EDIT)
def import_text(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = ImportForm.of(document)
    if form.is_sent():
        sent: Sent = g.prepared
        try:
            if sent.fault:
                raise Refused(sent.fault, 422, "file")
            kept = actions.keep_import(document, form.language.data, sent.guesses, sent.dropped, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            place = ".align" if actions.has_original_for(kept) else ".imported"
            return redirect(url_for(place, ref=document.ref, brought=kept.ref), 303)
    return page("documents/desk/import.html", form, document=document)


@desk.route("/<ref>/imports/<brought>", methods=["GET", "POST"])
@requires(EDIT)
def imported(ref: str, brought: str) -> Answer:
    document = found(queries.document(ref))
    kept = found(queries.text_import(document, brought))
    kinds = [kind for kind, _text in kept.paragraphs]
    if request.method == "GET":
        return _shown(kept, kinds)
    kinds = [request.form.get(f"kind-{number}", kind) for number, kind in enumerate(kinds)]
    try:
        count = actions.take_import(kept, kinds, by=g.actor)
    except Refused as refusal:
        return _shown(kept, kinds, refusal.message), refusal.status
    said = ngettext(
        "%(num)d paragraph was taken into the draft.", "%(num)d paragraphs were taken into the draft.", count
    )
    flash(said, "good")
    return to_editor(document)


@desk.post("/<ref>/imports/<brought>/forget")
@requires(EDIT)
def forget_import(ref: str, brought: str) -> Response:
    document = found(queries.document(ref))
    actions.forget_import(found(queries.text_import(document, brought)))
    return to_editor(document)


def _shown(kept: TextImport, kinds: list[str], refused: str = "") -> str:
    return render_template(
        "documents/desk/imported.html",
        document=kept.document,
        kept=kept,
        rows=list(zip(kinds, (text for _kind, text in kept.paragraphs), strict=True)),
        kinds=KINDS,
        dropped=left_behind(kept.dropped),
        refused=refused,
        aligns=actions.has_original_for(kept),
    )
