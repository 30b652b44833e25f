"""The organizer's emblem on mastheads."""

from flask import Response, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from confapp.documents import actions, queries
from confapp.documents.forms import EmblemForm
from confapp.documents.rules import EDIT, READ
from confapp.documents.views.desk import Answer, desk, page
from confapp.foundation import drawings, files, pdf
from confapp.foundation.images import BadImage
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.pdf import dots
from confapp.foundation.web.guard import found, prepare, requires

EVERY_PICTURE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'none'; sandbox",
}


def _cleaned() -> tuple[str, int, str] | str | None:
    """For @prepare: the drawing of the form, cleaned and kept; a sentence where it cannot be; None without one."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return None
    content = sent.stream.read(drawings.LARGEST_FILE + 1)
    try:
        kept, ending = drawings.clean(content)
        if ending == "svg":
            dots.dots(kept)  # rather found out now than when a paper is issued
    except BadImage as bad:
        return bad.message
    except pdf.RenderingFailed:
        return drawings.too_intricate()
    return files.keep(kept), len(kept), ending


@desk.route("/emblem", methods=["GET", "POST"])
@requires(EDIT)
@prepare(_cleaned)
def emblem() -> Answer:
    row = queries.emblem()
    form = EmblemForm(alt=row.alt if row else {})
    if form.is_sent():
        try:
            if isinstance(g.prepared, str):
                raise Refused(g.prepared, 422, "file")
            actions.set_emblem(g.conference, form.alt.data, g.prepared, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The emblem stands on what is issued from now on."), "good")
            return redirect(url_for(".emblem"), 303)
    return page("documents/desk/emblem.html", form, emblem=row)


@desk.post("/emblem/remove")
@requires(EDIT)
def remove_emblem() -> BaseResponse:
    actions.remove_emblem(by=g.actor)
    flash(_("The emblem was removed. Papers that were issued keep it."), "good")
    return redirect(url_for(".emblem"), 303)


@desk.get("/emblem/picture")
@requires(READ)
def emblem_picture() -> BaseResponse:
    row = found(queries.emblem())
    return Response(files.read(row.file), mimetype=row.file.media_type, headers=EVERY_PICTURE)
