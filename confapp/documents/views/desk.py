"""The secretariat's side: the register, the editor, adoption and publication."""

from typing import Any

from flask import Blueprint, abort, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    AdoptionForm,
    DetailsForm,
    NewDocumentForm,
    RecordForm,
    VersionForm,
    WithdrawalForm,
    block_form,
    text_form,
)
from confapp.documents.models import Block, Document
from confapp.documents.rules import BLOCK_NAMES, EDIT, LIFE, PUBLISH, READ, BlockKind, DocumentKind, inline, names
from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import found, requires
from confapp.programme.queries import debate as debates

desk = Blueprint("documents_desk", __name__, url_prefix="/desk/<conference>/documents")
Answer = Response | str | tuple[str, int]


@desk.context_processor
def words() -> dict[str, Any]:
    return {
        "names": names,
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
@requires(EDIT)
def new() -> Answer:
    used = g.conference.languages
    given = queries.one_series(request.args.get("series", ""))
    form = NewDocumentForm(
        authentic=[],
        languages=used,
        original=used[0],
        series=given.ref if given else "",
        kind=given.kind.value if given else DocumentKind.OUTCOME.value,
    )
    if form.is_sent():
        try:
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
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The document was created. Write its first paragraph now."), "good")
            return to_editor(document)
    return page("documents/desk/new.html", form)


@desk.route("/record", methods=["GET", "POST"])
@requires(EDIT)
def new_record() -> Answer:
    """A summary record, drafted from the programme and the statements of a debate."""
    known = debates.debates()
    form = RecordForm.of(known)
    if form.is_sent():
        chosen = next(one for one in known if one.session.ref == form.debate.data)
        wanted = [code for code in g.conference.languages if code in form.languages.data]
        try:
            document = actions.draft_record(g.conference, chosen, symbol=form.symbol.data, languages=wanted, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/record.html", form, refusal.status, debates=known)
        flash(_("The record was drafted. Read it, and write what is missing."), "good")
        return to_editor(document)
    return page("documents/desk/record.html", form, debates=known)


def _made(form: NewDocumentForm, **about: Any) -> Document:
    """With the symbol that was typed, else the next one of the series."""
    if form.symbol.data or not form.series.data:
        return actions.create(g.conference, symbol=form.symbol.data or "", by=g.actor, **about)
    return actions.create_in_series(g.conference, found(queries.one_series(form.series.data)), by=g.actor, **about)


@desk.get("/<ref>/")
@requires(READ)
def show(ref: str) -> str:
    document = found(queries.document(ref))
    return render_template(
        "documents/desk/show.html",
        document=document,
        draft=queries.draft(document),
        moves=_sensible_moves(document),
        latest=queries.latest_change(document),
        extensions=queries.extensions(document),
        now=clock.now(),
    )


def _sensible_moves(document: Document) -> list[Move]:
    """Those open to the asker, without an adoption or a publication that would repeat the last."""
    reasons = {"adopt": actions.reason_not_to_adopt, "publish": actions.reason_not_to_publish}
    return [m for m in LIFE.open_to(document, g.actor) if m.verb not in reasons or not reasons[m.verb](document)]


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


# --- paragraphs -------------------------------------------------------------------------------------------------------


@desk.route("/<ref>/blocks/new", methods=["GET", "POST"])
@requires(EDIT)
def new_block(ref: str) -> Answer:
    document = found(queries.document(ref))
    after = found(queries.block(document, request.args["after"])) if "after" in request.args else None
    form = block_form(document)(kind=_likely_kind(after))
    if form.is_sent():
        try:
            block = actions.add_block(document, BlockKind(form.kind.data), form.texts.data, after=after, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The paragraph was added."), "good")
            return to_editor(document, block)
    return page("documents/desk/new_block.html", form, document=document, after=after)


def _likely_kind(after: Block | None) -> str:
    return (
        after.kind.value
        if after and after.kind not in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.ANNEX)
        else "operative"
    )


@desk.route("/<ref>/blocks/<block>", methods=["GET", "POST"])
@requires(EDIT)
def edit_block(ref: str, block: str) -> Answer:
    document = found(queries.document(ref))
    row = found(queries.row(document, block))
    form = text_form(document, row.texts)()
    theirs = None
    if form.is_sent():
        try:
            _save(document, row.block, _written(form, document))
        except actions.Conflict as conflict:
            theirs = conflict.theirs
            form.refuse(conflict)
            form[f"base_{theirs.language}"].data = theirs.sha256
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return to_editor(document, row.block)
    return page(
        "documents/desk/edit_block.html",
        form,
        409 if theirs else 422,
        document=document,
        row=row,
        theirs=theirs,
        theirs_markup=inline.to_markup(theirs.inline) if theirs else "",
        history=queries.history(row.block),
        beside=queries.beside(document, block),
    )


def _save(document: Document, block: Block, written: dict[str, Any]) -> None:
    if "divide" in request.form:
        actions.divide(document, block, written["markups"], bases=written["bases"], by=g.actor)
    else:
        actions.write_texts(document, block, **written, by=g.actor)


def _written(form: Form, document: Document) -> dict[str, Any]:
    codes = document.languages
    return {
        "markups": {code: form[f"text_{code}"].data or "" for code in codes},
        "bases": {code: form[f"base_{code}"].data or "" for code in codes},
        "checked": [code for code in codes if code != document.original_language and form[f"checked_{code}"].data],
    }


BLOCK_VERBS = {
    "up": lambda document, block: actions.move_block(document, block, -1, by=g.actor),
    "down": lambda document, block: actions.move_block(document, block, 1, by=g.actor),
    "indent": lambda document, block: actions.indent(document, block, by=g.actor),
    "outdent": lambda document, block: actions.outdent(document, block, by=g.actor),
    "delete": lambda document, block: actions.show_block(document, block, False, by=g.actor),
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
def writing(ref: str) -> Response:
    """Polled: a sentence for each paragraph that somebody else has open, by the beginning of its anchor."""
    names_of = queries.writing(found(queries.document(ref)), g.actor.account_id)
    said = {f"p-{one[:8]}": _("%(name)s is writing here", name=joined(who)) for one, who in names_of.items()}
    return jsonify(said)


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
    return render_template(
        "documents/desk/read.html",
        document=document,
        version=version,
        reading=queries.reading(document, version, language),
    )


# --- versions, adoption, publication ----------------------------------------------------------------------------------


@desk.post("/<ref>/freeze")
@requires(EDIT)
def freeze(ref: str) -> Response:
    document = found(queries.document(ref))
    version = actions.freeze(document, by=g.actor)
    flash(_("The text is kept as version %(number)d.", number=version.number), "good")
    return to_editor(document)


@desk.route("/<ref>/adopt", methods=["GET", "POST"])
@requires(PUBLISH)
def adopt(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = AdoptionForm()
    if form.is_sent():
        try:
            actions.pass_gate(document, form.override.data, by=g.actor)
            actions.adopt(
                document,
                manner=form.manner.data,
                adopted_on=form.adopted_on.data,
                meeting=form.meeting.data,
                presiding=form.presiding.data,
                by=g.actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The adoption was recorded. The document can be published now."), "good")
            return to_editor(document)
    return page(
        "documents/desk/adopt.html",
        form,
        document=document,
        draft=queries.draft(document),
        open_remarks=actions.serious(document),
    )


@desk.route("/<ref>/publish", methods=["GET", "POST"])
@requires(PUBLISH)
def publish(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = VersionForm()
    if form.is_sent():
        try:
            if actions.version_to_publish(document) is None:
                actions.pass_gate(document, form.override.data, by=g.actor)
            issue = actions.prepare_publication(document, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".issue", ref=ref, number=issue.number), 303)
    return page(
        "documents/desk/publish.html",
        form,
        409,
        document=document,
        why_not=actions.reason_not_to_publish(document),
        version=actions.version_to_publish(document),
        open_remarks=[] if actions.version_to_publish(document) else actions.serious(document),
        draft=queries.draft(document),
        number=1 + max((issue.number for issue in document.issues), default=0),
    )


@desk.get("/<ref>/issues/<int:number>")
@requires(READ)
def issue(ref: str, number: int) -> Response:
    document = found(queries.document(ref))
    row = found(queries.issue_of(document, number))
    response = make_response(
        render_template("documents/desk/issue.html", document=document, issue=row, job=queries.job(row))
    )
    if document.issue_in_preparation is row:
        response.headers["Refresh"] = "2"
    return response


@desk.post("/<ref>/issues/<int:number>/abandon")
@requires(PUBLISH)
def abandon(ref: str, number: int) -> Response:
    document = found(queries.document(ref))
    actions.abandon(found(queries.issue_of(document, number)), by=g.actor)
    return redirect(url_for(".issue", ref=ref, number=number), 303)


@desk.route("/<ref>/withdraw", methods=["GET", "POST"])
@requires(PUBLISH)
def withdraw(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = WithdrawalForm()
    if form.is_sent():
        try:
            actions.withdraw(document, form.reason.data, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The document is withdrawn. Its page says so and why."), "good")
            return to_editor(document)
    return page("documents/desk/withdraw.html", form, document=document)


@desk.post("/<ref>/resume")
@requires(PUBLISH)
def resume(ref: str) -> Response:
    document = found(queries.document(ref))
    actions.resume(document, by=g.actor)
    return to_editor(document)


def to_editor(document: Document, block: Block | None = None) -> Response:
    return redirect(url_for(".show", ref=document.ref, _anchor=f"p-{block.ref[:8]}" if block else None), 303)


def page(template: str, form: Form, refused: int = 422, **values: Any) -> Answer:
    """The form, with the status of a refusal when it was sent and did not go through."""
    drawn = render_template(template, form=form, block_names=BLOCK_NAMES, **values)
    return (drawn, refused) if request.method == "POST" else drawn
