"""Around an adopted text, at the desk: its record, the vote, oral revisions, statements and endorsements."""

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    AdoptionForm,
    AdoptionRecordForm,
    DeskEndorsementForm,
    DeskStatementForm,
    EndorsementWithdrawalForm,
    OralRevisionForm,
    ReasonForm,
    TermsForm,
    TranslatedReasonForm,
    VoteForm,
    offer_paragraphs,
)
from confapp.documents.models import Adoption, Document, Endorsement
from confapp.documents.rules import EDIT, MANNER_NAMES, PUBLISH, READ, Manner, beside
from confapp.documents.rules.adoption import (
    ENDORSEMENT_STATES,
    ENDORSEMENTS,
    SILENCE_STATES,
    STATEMENT_STATES,
    STATEMENTS,
    Listing,
    Showing,
    read_table,
    totals,
)
from confapp.documents.rules.beside import Cast, StatementKind
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.documents.views.endorsement_tables import table_of
from confapp.foundation import clock
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import current
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import uploads
from confapp.foundation.web.guard import found, prepare, requires
from confapp.programme import queries as programme
from confapp.registration.forms import upload_fault
from confapp.registration.rules import LARGEST_FILE, file_type

LARGEST_TABLE = 200_000


@desk.context_processor
def adoption_words() -> dict[str, Any]:
    return words_of_adoption()


def words_of_adoption() -> dict[str, Any]:
    """For the templates of both sides."""
    return {
        "statement_state": lambda row: _mark(STATEMENT_STATES[row.status]),
        "endorsement_state": lambda row: _mark(ENDORSEMENT_STATES[row.status]),
        "silence_state": lambda row: _mark(SILENCE_STATES[row.state]),
        "statement_name": beside.statement_name,
        "cast_name": beside.cast_name,
        "manner_name": lambda value: _(MANNER_NAMES[value]),
        "casts": list(Cast),
    }


def _mark(state: tuple[str, str]) -> tuple[str, str]:
    return state[0], _(state[1])


# --- the record -------------------------------------------------------------------------------------------------------


@desk.route("/<ref>/adopt", methods=["GET", "POST"])
@requires(PUBLISH)
def adopt(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = AdoptionForm.of(_sessions())
    if form.is_sent():
        try:
            adoption = actions.adopt(document, override=form.override.data, by=g.actor, **_recorded(form))
            if any(form.oral_revision.data.values()):
                said, mover = form.oral_revision.data, form.announced_by.data
                actions.add_oral_revision(adoption, text=said, announced_by=mover, blocks=[], by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if adoption.manner == Manner.RECORDED_VOTE:
                flash(_("The adoption was recorded. Now enter the votes."), "good")
                return redirect(url_for(".vote", ref=ref), 303)
            flash(_("The adoption was recorded. The document can be published now."), "good")
            return to_editor(document)
    return page(
        "documents/desk/adopt.html",
        form,
        document=document,
        draft=queries.draft(document),
        open_remarks=actions.serious(document),
        sheet=queries.sheet(document),
    )


def _sessions() -> list[tuple[str, Any]]:
    return [(row.ref, row.title) for row in programme.sessions()]


def _recorded(form: AdoptionRecordForm) -> dict[str, Any]:
    """What was typed; in languages without words, the title that the chosen session has now."""
    chosen = programme.session(form.session.data) if form.session.data else None
    typed = {code: said for code, said in form.meeting.data.items() if said}
    return {
        "manner": Manner(form.manner.data),
        "adopted_on": form.adopted_on.data,
        "meeting": {**(chosen.title if chosen else {}), **typed},
        "meeting_number": form.meeting_number.data,
        "presiding": form.presiding.data,
        "symbol_of_record": form.symbol_of_record.data,
        "present": form.present.data,
        "quorum": form.quorum.data,
    }


@desk.get("/<ref>/adoption")
@requires(READ)
def adoption(ref: str) -> Answer:
    document, row = _adopted(ref)
    return page(
        "documents/desk/adoption.html",
        ReasonForm(formdata=None),
        document=document,
        adoption=row,
        is_issued=queries.is_issued(row),
        votes=queries.votes(row),
        totals=totals(vote.stance for vote in queries.votes(row)),
        statements=[(one, STATEMENTS.open_to(one, g.actor)) for one in queries.statements(row)],
        endorsements=[(one, ENDORSEMENTS.open_to(one, g.actor)) for one in queries.endorsements(row)],
        paragraphs=queries.named_blocks(row.version, current()),
        in_full=row.showing == Showing.IN_FULL,
        quorum=beside.quorum_line(row.present, row.quorum),
    )


@desk.route("/<ref>/adoption/record", methods=["GET", "POST"])
@requires(PUBLISH)
def correct_adoption(ref: str) -> Answer:
    document, row = _adopted(ref)
    form = AdoptionRecordForm.of(_sessions(), row)
    if form.is_sent():
        try:
            actions.correct_adoption(row, base=_number(form.base.data), by=g.actor, **_recorded(form))
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/adoption_record.html", form, refusal.status, document=document)
        flash(_("The record was corrected."), "good")
        return _back(ref)
    return page("documents/desk/adoption_record.html", form, document=document)


@desk.route("/<ref>/adoption/oral-revisions", methods=["GET", "POST"])
@requires(PUBLISH)
def new_oral_revision(ref: str) -> Answer:
    document, row = _adopted(ref)
    form = offer_paragraphs(OralRevisionForm(), queries.named_blocks(row.version, current()))
    if form.is_sent():
        try:
            said, mover = form.text.data, form.announced_by.data
            actions.add_oral_revision(row, text=said, announced_by=mover, blocks=form.blocks.data, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/oral_revision.html", form, refusal.status, document=document)
        return _back(ref, "oral-revisions")
    return page("documents/desk/oral_revision.html", form, document=document)


@desk.route("/<ref>/adoption/terms", methods=["GET", "POST"])
@requires(PUBLISH)
def adoption_terms(ref: str) -> Answer:
    document, row = _adopted(ref)
    given = {"statements_until": row.statements_until, "endorsements_until": row.endorsements_until}
    form = TermsForm(showing=row.showing.value, listing=row.listing.value, **given)
    if form.is_sent():
        until = {"statements_until": form.statements_until.data, "endorsements_until": form.endorsements_until.data}
        try:
            listing = Listing(form.listing.data)
            actions.set_terms(row, showing=Showing(form.showing.data), listing=listing, by=g.actor, **until)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/adoption_terms.html", form, refusal.status, document=document)
        return _back(ref)
    return page("documents/desk/adoption_terms.html", form, document=document)


# --- the vote ---------------------------------------------------------------------------------------------------------


def read_votes_file() -> str | None:
    """For @prepare: the words of a table that was sent as a file; None when it is no text."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return ""
    content = sent.stream.read(LARGEST_TABLE + 1)
    try:
        return content.decode("utf-8-sig") if len(content) <= LARGEST_TABLE else None
    except UnicodeDecodeError:
        return None


@desk.route("/<ref>/adoption/vote", methods=["GET", "POST"])
@requires(PUBLISH)
@prepare(read_votes_file)
def vote(ref: str) -> Answer:
    """The grid, and a table that fills it; a table with faults fills what it can and saves nothing."""
    document, row = _adopted(ref)
    if row.manner != Manner.RECORDED_VOTE:
        abort(404)
    voters = queries.voters()
    chosen = {one.delegation.ref: str(one.stance) for one in queries.votes(row)}
    form = VoteForm(base=row.revision)
    status = 422
    if request.method == "POST":
        chosen, faults = _sent_votes(form, voters)
        if form.is_sent() and not faults:
            try:
                actions.record_vote(row, chosen, base=_number(form.base.data), announced=form.announced, by=g.actor)
            except Refused as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                flash(_("The vote was recorded."), "good")
                return _back(ref, "vote")
        form.form_errors = [*form.form_errors, *faults[:20]]
    return page(
        "documents/desk/vote.html",
        form,
        status,
        document=document,
        adoption=row,
        voters=voters,
        chosen=chosen,
        is_issued=queries.is_issued(row),
    )


def _sent_votes(form: VoteForm, voters: list[Any]) -> tuple[dict[str, str], list[str]]:
    """Buttons first, then the table over them, then what the rest is."""
    known = set(map(str, Cast))
    buttons = {one.ref: request.form.get(f"v-{one.ref}", "") for one in voters}
    faults = [_("This file is not a table in UTF-8 of at most 200 KB.")] if g.prepared is None else []
    table, wrong = read_table("\n".join(filter(None, (form.pasted.data, g.prepared))), voters)
    chosen = {ref: cast for ref, cast in (buttons | table).items() if cast in known}
    if form.rest.data in known:
        chosen = {one.ref: form.rest.data for one in voters} | chosen
    return chosen, faults + wrong


# --- statements -------------------------------------------------------------------------------------------------------


@desk.route("/<ref>/adoption/statements", methods=["GET", "POST"])
@requires(PUBLISH)
def new_statement(ref: str) -> Answer:
    document, row = _adopted(ref)
    corrected = queries.statement(row, request.values.get("replaces", "")) if request.values.get("replaces") else None
    form = offer_paragraphs(DeskStatementForm(**_of_corrected(corrected)), queries.named_blocks(row.version, current()))
    form.offer(queries.endorsers())
    if form.is_sent():
        delegation = found(next((one for one in queries.endorsers() if one.ref == form.delegation.data), None))
        try:
            actions.hand_in_statement(row, delegation, by=g.actor, replaces=corrected, **statement_of(form))
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/statement.html", form, refusal.status, document=document, corrected=corrected)
        flash(_("The statement was noted and is shown with the text."), "good")
        return _back(ref, "statements")
    return page("documents/desk/statement.html", form, document=document, corrected=corrected)


def statement_of(form: Any) -> dict[str, Any]:
    return {
        "kind": StatementKind(form.kind.data),
        "text": form.text.data,
        "blocks": form.blocks.data,
        "handed_in_by": form.handed_in_by.data,
    }


def _of_corrected(row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    given = {"kind": row.kind.value, "text": row.text, "blocks": row.blocks, "handed_in_by": row.handed_in_by}
    return given | {"delegation": row.delegation.ref, "replaces": row.ref}


@desk.post("/<ref>/adoption/statements/<reservation>/<any(show,return,withdraw):verb>")
@requires(PUBLISH)
def follow_statement(ref: str, reservation: str, verb: str) -> Answer:
    _document, row = _adopted(ref)
    one = found(queries.statement(row, reservation))
    actions.follow_statement(one, verb, by=g.actor, question=request.form.get("reason", ""))
    return _back(ref, "statements")


@desk.post("/<ref>/adoption/statements/<reservation>/paper")
@requires(EDIT)
def draft_statement(ref: str, reservation: str) -> Response:
    _document, row = _adopted(ref)
    made = actions.draft_statement(found(queries.statement(row, reservation)), by=g.actor)
    flash(_("The statement is a paper of its own now. Issue it as any other."), "good")
    return to_editor(made)


# --- endorsements -----------------------------------------------------------------------------------------------------


def keep_paper() -> uploads.Upload | None:
    """For @prepare: the signed paper, kept before the lock."""
    return uploads.kept(LARGEST_FILE, upload_fault, file_type) if PUBLISH.allows(g.actor, g.conference) else None


def sent_paper() -> StoredFile | None:
    return g.prepared.registered() if g.prepared is not None else None


@desk.route("/<ref>/adoption/endorsements", methods=["GET", "POST"])
@requires(PUBLISH)
@prepare(keep_paper)
def new_endorsement(ref: str) -> Answer:
    document, row = _adopted(ref)
    form = DeskEndorsementForm(endorsed_on=clock.today(g.conference.zone))
    form.offer(queries.endorsers())
    if form.is_sent():
        delegation = found(next((one for one in queries.endorsers() if one.ref == form.delegation.data), None))
        try:
            about = {"authority": form.authority.data, "endorsed_on": form.endorsed_on.data, "file": sent_paper()}
            actions.endorse(row, delegation, by=g.actor, **about)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/endorsement.html", form, refusal.status, document=document)
        flash(_("The endorsement was noted."), "good")
        return _back(ref, "endorsements")
    return page("documents/desk/endorsement.html", form, document=document)


@desk.post("/<ref>/adoption/endorsements/<endorsement>/confirm")
@requires(PUBLISH)
def confirm_endorsement(ref: str, endorsement: str) -> Answer:
    _document, row = _adopted(ref)
    actions.confirm_endorsement(found(queries.endorsement(row, endorsement)), by=g.actor)
    return _back(ref, "endorsements")


@desk.route("/<ref>/adoption/endorsements/<endorsement>/<any(decline,withdraw):verb>", methods=["GET", "POST"])
@requires(PUBLISH)
def end_endorsement(ref: str, endorsement: str, verb: str) -> Answer:
    document, row = _adopted(ref)
    one = found(queries.endorsement(row, endorsement))
    form = TranslatedReasonForm() if verb == "decline" else EndorsementWithdrawalForm()
    about: dict[str, Any] = {"document": document, "endorsement": one, "verb": verb}
    if form.is_sent():
        try:
            _end(one, form)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/endorsement_end.html", form, refusal.status, **about)
        return _back(ref, "endorsements")
    return page("documents/desk/endorsement_end.html", form, **about)


def _end(one: Endorsement, form: Any) -> None:
    if isinstance(form, EndorsementWithdrawalForm):
        actions.withdraw_endorsement(one, form.withdrawn_on.data, form.reason.data, by=g.actor)
    else:
        actions.decline_endorsement(one, form.reason.data, by=g.actor)


@desk.get("/<ref>/adoption/endorsements/<endorsement>/file")
@requires(PUBLISH)
def endorsement_file(ref: str, endorsement: str) -> Response:
    _document, row = _adopted(ref)
    return paper_of(found(queries.endorsement(row, endorsement)))


def paper_of(one: Endorsement) -> Response:
    stored = found(one.file)
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[stored.media_type]
    return uploads.download(stored, f"endorsement-{one.ref[:8]}.{ending}")


@desk.get("/<ref>/adoption/endorsements.<any(csv,xlsx):file_format>")
@requires(READ)
def endorsement_list(ref: str, file_format: str) -> Response:
    document, row = _adopted(ref)
    return table_of(document, row, file_format)


@desk.post("/<ref>/adoption/endorsements/addendum")
@requires(EDIT)
def draft_endorsements(ref: str) -> Response:
    _document, row = _adopted(ref)
    made = actions.draft_endorsements(row, by=g.actor)
    flash(_("The list was drafted as an addendum. Read it before it is issued."), "good")
    return to_editor(made)


def _adopted(ref: str) -> tuple[Document, Adoption]:
    document = found(queries.document(ref))
    return document, found(queries.adoption_of(document))


def _back(ref: str, anchor: str | None = None) -> Response:
    return redirect(url_for(".adoption", ref=ref, _anchor=anchor), 303)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
