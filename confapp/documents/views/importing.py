"""A text brought in from a file: read before the lock, looked at paragraph by paragraph, then taken."""

from dataclasses import dataclass, field

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms.importing import LONGEST, ImportForm
from confapp.documents.imports import Fault, FromFile, read_docx
from confapp.documents.imports.word import DROPPED
from confapp.documents.models import TextImport
from confapp.documents.rules import BLOCK_NAMES, EDIT
from confapp.documents.rules.importing import BELOW_ITEM, LEFT_OUT, MOST_PARAGRAPHS, Guess, guesses, of_plain
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.foundation.languages import N_, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import CONTROLS
from confapp.foundation.web.guard import found, prepare, requires

KINDS: dict[str, str] = BLOCK_NAMES | {BELOW_ITEM: N_("Item below an item"), LEFT_OUT: N_("Leave it out")}


@dataclass(frozen=True)
class Sent:
    """What came with the form, read; or why it cannot be."""

    fault: str = ""
    guesses: list[Guess] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)


def _read() -> Sent:
    sent = request.files.get("file")
    content = sent.stream.read() if sent is not None and sent.filename else b""
    if sent is not None:
        sent.stream.seek(0)
    try:
        made = _from_file(content) if content else FromFile(of_plain(request.form.get("words", "")[:LONGEST]))
    except Fault as fault:
        return Sent(str(fault))
    if len(made.paragraphs) > MOST_PARAGRAPHS:
        return Sent(_("At most %(count)d paragraphs can be brought in at once.", count=MOST_PARAGRAPHS))
    return Sent("", guesses(made.paragraphs, request.form.get("language", "")), dict(made.dropped))


def _from_file(content: bytes) -> FromFile:
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return read_docx(content)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(_("This is neither a DOCX file nor plain text in UTF-8.")) from error
    if "\0" in words or len(words) > LONGEST or len(CONTROLS.findall(words)) > len(words) // 100:
        raise Fault(_("This is neither a DOCX file nor plain text in UTF-8."))
    return FromFile(of_plain(words))


@desk.route("/<ref>/import", methods=["GET", "POST"])
@prepare(_read)
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
            return redirect(url_for(".imported", ref=document.ref, brought=kept.ref), 303)
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
        dropped=[_(DROPPED[name]) for name in kept.dropped if name in DROPPED],
        refused=refused,
    )
