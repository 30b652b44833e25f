"""The secretariat's side: the list of papers, a new one, one paper and its details."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    DetailsForm,
    NewDocumentForm,
)
from confapp.documents.models import Block, Document
from confapp.documents.rules import BLOCK_NAMES, EDIT, LIFE, PUBLISH, READ, DocumentKind, names, needs_adoption
from confapp.documents.views.incoming import Sent, left_behind, reader
from confapp.foundation import clock
from confapp.foundation.languages import current, language
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import found, prepare, requires

desk = Blueprint("documents_desk", __name__, url_prefix="/desk/<conference>/documents")
Answer = Response | str | tuple[str, int]


@desk.context_processor
def words() -> dict[str, Any]:
    return {
        "names": names,
        "place_of": place_of,
        "may_read": READ.allows(g.actor, g.conference),
        "may_edit": EDIT.allows(g.actor, g.conference),
        "may_publish": PUBLISH.allows(g.actor, g.conference),
    }


@desk.get("/")
@requires(READ)
def index() -> str:
    words = {name: request.args.get(name, "") for name in ("kind", "access", "status", "series")}
    by = queries.Narrowed(request.args.get("q", ""), **words)
    return render_template(
        "documents/desk/index.html", documents=queries.register(by=by), by=by, series=queries.series(), now=clock.now()
    )


@desk.route("/new", methods=["GET", "POST"])
@prepare(reader("original"))
@requires(EDIT)
def new() -> Answer:
    used = g.conference.languages
    given = queries.one_series(request.args.get("series", ""))
    form = NewDocumentForm(
        authentic=[],
        begins=True,
        languages=used,
        original=used[0],
        series=given.ref if given else "",
        kind=given.kind.value if given else DocumentKind.OUTCOME.value,
    )
    if form.is_sent():
        sent: Sent = g.prepared
        try:
            if sent.fault:
                raise Refused(sent.fault, 422, "file")
            document = _made(
                form,
                kind=form.kind.data,
                nature=form.nature.data,
                title=form.title.data,
                languages=[code for code in used if code in form.languages.data],
                original_language=form.original.data,
                authentic_languages=form.authentic.data,
                submitted_by=form.submitted_by.data,
            )
            if sent.guesses:
                actions.take_whole(document, sent.guesses, sent.dropped, by=g.actor)
            elif form.begins.data:
                actions.begin(document, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _say_created(sent, has_parts=form.begins.data)
            return to_editor(document)
    return page("documents/desk/new.html", form)


def _say_created(sent: Sent, *, has_parts: bool) -> None:
    if sent.guesses:
        said = _("The document was created with the text of the file. Look at the kinds of its paragraphs.")
    elif has_parts:
        said = _("The document was created. Fill in what stands in brackets, and change the rest as you wish.")
    else:
        said = _("The document was created. Write its first paragraph now.")
    flash(said, "good")
    if behind := left_behind([name for name, times in sent.dropped.items() if times]):
        flash(f"{_('Not taken over')}: {'; '.join(behind)}", "attention")


def _made(form: NewDocumentForm, **about: Any) -> Document:
    """With the symbol that was typed, else the next one of the series."""
    if form.symbol.data or not form.series.data:
        return actions.create(g.conference, symbol=form.symbol.data or "", by=g.actor, **about)
    return actions.create_in_series(g.conference, found(queries.one_series(form.series.data)), by=g.actor, **about)


@desk.get("/<ref>/")
@requires(READ)
def show(ref: str) -> str:
    document = found(queries.document(ref))
    whole = queries.editor_page(document)
    return render_template(
        "documents/desk/show.html",
        document=document,
        draft=whole,
        drawn=_drawn(whole, tuple(document.languages), current(), *_addresses(document)),
        moves=_sensible_moves(document),
        latest=queries.latest_change(document),
        is_own_words=queries.is_own_words(document),
        extensions=queries.extensions(document),
        now=clock.now(),
    )


@lru_cache(maxsize=16)
def _drawn(whole: queries.EditorPage, codes: tuple[str, ...], here: str, edit_at: str, below_at: str) -> Markup:
    """The rows of the editor in the language of the page: hundreds of them, drawn when something in them is new."""
    drawn = render_template(
        "documents/desk/_rows.html",
        lines=whole.lines,
        shown=whole.shown,
        edit_at=edit_at,
        below_at=below_at,
        here=language(here),
        codes=[(code, language(code).direction, names.language(code)) for code in codes],
        kinds={kind: names.block(kind) for kind in BLOCK_NAMES},
    )
    return Markup(drawn)  # noqa: S704 - a template drew it


def _addresses(document: Document) -> tuple[str, str]:
    """Where a paragraph is written and where one is added below it, each without its end; empty for mere readers."""
    if not EDIT.allows(g.actor, g.conference) or queries.is_own_words(document):
        return "", ""
    edit = url_for(".edit_block", ref=document.ref, block="-").removesuffix("-")
    return edit, url_for(".new_block", ref=document.ref, after="")


def _sensible_moves(document: Document) -> list[Move]:
    """Those open to the asker, without an adoption or a publication that would repeat the last."""
    reasons = {"adopt": actions.reason_not_to_adopt, "publish": actions.reason_not_to_publish}
    moves = [m for m in LIFE.open_to(document, g.actor) if m.verb not in reasons or not reasons[m.verb](document)]
    return sorted(moves, key=lambda move: move.verb == "adopt" and not needs_adoption(document))


@desk.route("/<ref>/details", methods=["GET", "POST"])
@requires(EDIT)
def details(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = DetailsForm(
        symbol=document.symbol,
        kind=document.kind.value,
        nature=document.nature.value,
        submitted_by=document.submitted_by,
        authentic=document.authentic_languages,
    )
    if form.is_sent():
        try:
            actions.change_details(
                document,
                symbol=form.symbol.data,
                kind=form.kind.data,
                nature=form.nature.data,
                authentic_languages=form.authentic.data,
                submitted_by=form.submitted_by.data,
                by=g.actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return to_editor(document)
    return page("documents/desk/details.html", form, document=document)


def to_editor(document: Document, block: Block | None = None) -> Response:
    return redirect(place_of(document, block), 303)


def place_of(document: Document, block: Block | None = None) -> str:
    """Where one stood before: the paragraph in the editor, or beside its languages for those who came from there."""
    anchor, beside = f"p-{block.ref[:8]}" if block else None, request.args.getlist("beside")
    if beside:
        only = request.args.get("only")
        return url_for("documents_desk.languages", ref=document.ref, show=beside, only=only, _anchor=anchor)
    return url_for("documents_desk.show", ref=document.ref, _anchor=anchor)


def page(template: str, form: Form, refused: int = 422, **values: Any) -> Answer:
    """The form, with the status of a refusal when it was sent and did not go through."""
    drawn = render_template(template, form=form, block_names=BLOCK_NAMES, **values)
    return (drawn, refused) if request.method == "POST" else drawn
