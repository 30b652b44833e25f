"""Find and replace over a whole draft: looked at first, ticked, applied as one act, taken back as one."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms.replacing import ReplaceForm
from confapp.documents.models import Document
from confapp.documents.rules import EDIT
from confapp.documents.views.desk import Answer, desk
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires


@desk.get("/<ref>/replace")
@requires(EDIT)
def look_for(ref: str) -> str:
    document = found(queries.document(ref))
    return _page(document, ReplaceForm.of(document, request.args))


@desk.post("/<ref>/replace")
@requires(EDIT)
def replace(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = ReplaceForm.of(document, request.form)
    chosen = [_place(one) for one in request.form.getlist("chosen")]
    try:
        made = actions.replace(document, form.search, chosen, by=g.actor)
    except actions.ChangedMeanwhile as changed:
        form.refuse(changed)
        return _page(document, form, {(a, b) for a, b, _c in chosen}, changed.places), 409
    except Refused as refusal:
        form.refuse(refusal)
        return _page(document, form, set()), 422
    count = len(made.changes)
    flash(ngettext("%(num)d text was changed.", "%(num)d texts were changed.", count), "good")
    return redirect(url_for(".look_for", ref=document.ref, _anchor="earlier"), 303)


@desk.post("/<ref>/replace/<made>/take-back")
@requires(EDIT)
def take_back(ref: str, made: str) -> Response:
    document = found(queries.document(ref))
    left = actions.take_back(document, found(queries.replacement(document, made)), by=g.actor)
    flash(_("The texts from before stand again."), "good")
    if left:
        said = ngettext(
            "%(num)d text was written anew since and stays as it is.",
            "%(num)d texts were written anew since and stay as they are.",
            left,
        )
        flash(said, "attention")
    return redirect(url_for(".look_for", ref=document.ref, _anchor="earlier"), 303)


def _place(said: str) -> tuple[str, str, str]:
    block, _gap, rest = said.partition(" ")
    code, _gap, sha256 = rest.partition(" ")
    return block, code, sha256


def _page(
    document: Document,
    form: ReplaceForm,
    ticked: set[tuple[str, str]] | None = None,
    changed: set[tuple[str, str]] | None = None,
) -> str:
    """What was ticked stays ticked; what changed meanwhile is to be looked at again. At first everything is ticked."""
    is_asked = form.find.data is not None and form.validate()
    hits = queries.occurrences(document, form.search, form.language.data or "") if is_asked else []
    places = {(hit.block, hit.language) for hit in hits}
    return render_template(
        "documents/desk/replace.html",
        document=document,
        form=form,
        is_asked=is_asked,
        hits=hits,
        ticked=(places if ticked is None else ticked) - (changed or set()),
        changed=changed or set(),
        made=queries.replacements(document),
    )
