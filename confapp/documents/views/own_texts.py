"""A delegation's own page about texts: objecting while silence runs, statements on adopted texts, endorsing them."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask import redirect as redirected
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import EndorsementForm, ObjectionForm, StatementForm, offer_paragraphs
from confapp.documents.models import Adoption, Document, Silence
from confapp.documents.rules import names
from confapp.documents.rules.adoption import STANDING, SilenceState, StatementState, is_open
from confapp.documents.views.adoption import paper_of, sent_paper, statement_of, words_of_adoption
from confapp.documents.views.beside import drawn
from confapp.foundation import clock
from confapp.foundation.languages import current
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import uploads
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration.forms import upload_fault
from confapp.registration.models import Delegation
from confapp.registration.rules import LARGEST_FILE, file_type

me = Blueprint("texts_me", __name__, url_prefix="/me/<conference>/delegations/<ref>/texts")
Page = Response | str | tuple[str, int]


@me.context_processor
def words() -> dict[str, Any]:
    return {"names": names, **words_of_adoption()}


def any_text() -> bool:
    return queries.any_text_for_delegations()


@me.get("")
@checks_inside
def of_delegation(ref: str) -> Page:
    delegation = found(queries.speaks_for(g.actor, ref))
    listed = [(one, next(iter(queries.silences(one)), None)) for one in queries.texts_for_delegations()]
    return render_template("documents/me/texts.html", delegation=delegation, texts=listed)


@me.get("/<text>")
@checks_inside
def show(ref: str, text: str) -> Page:
    return _page(*_asked(ref, text))


@me.post("/<text>/objection")
@checks_inside
def object_to(ref: str, text: str) -> Page:
    delegation, document = _asked(ref, text)
    run = found(next(iter(queries.silences(document)), None))
    form = offer_paragraphs(ObjectionForm(), queries.named_blocks(run.version, current()))
    if form.is_sent():
        about = {"blocks": form.blocks.data, "reason": form.reason.data or ""}
        try:
            made = actions.object_to_text(run, delegation, by=g.actor, **about)
        except Refused as refusal:
            form.refuse(refusal)
            return _page(delegation, document, refusal.status, objection=form)
        at = names.moment(made.received_at, g.conference.zone)
        flash(_("The objection was received on %(moment)s. Silence is broken.", moment=at), "good")
        return _back(ref, text)
    return _page(delegation, document, 422, objection=form)


@me.post("/<text>/statements")
@checks_inside
def state(ref: str, text: str) -> Page:
    delegation, document = _asked(ref, text)
    row = found(queries.adoption_of(document))
    form = offer_paragraphs(StatementForm(), queries.named_blocks(row.version, current()))
    if form.is_sent():
        before = queries.statement(row, form.replaces.data) if form.replaces.data else None
        if before is not None and before.delegation_id != delegation.id:
            before = found(None)
        try:
            actions.hand_in_statement(row, delegation, by=g.actor, replaces=before, **statement_of(form))
        except Refused as refusal:
            form.refuse(refusal)
            return _page(delegation, document, refusal.status, statement=form)
        flash(_("The statement was received. The secretariat shows it as it is, or asks you."), "good")
        return _back(ref, text, "statements")
    return _page(delegation, document, 422, statement=form)


@me.post("/<text>/statements/<reservation>/withdraw")
@checks_inside
def withdraw_statement(ref: str, text: str, reservation: str) -> Page:
    delegation, document = _asked(ref, text)
    one = found(queries.statement(found(queries.adoption_of(document)), reservation))
    actions.withdraw_own_statement(found(one if one.delegation_id == delegation.id else None), by=g.actor)
    flash(_("The statement is withdrawn."), "good")
    return _back(ref, text, "statements")


def keep_paper() -> uploads.Upload | None:
    """For @prepare: the signed paper of somebody who speaks for the delegation in the address."""
    ref = (request.view_args or {}).get("ref", "")
    return uploads.kept(LARGEST_FILE, upload_fault, file_type) if queries.speaks_for(g.actor, ref) else None


@me.post("/<text>/endorsement")
@checks_inside
@prepare(keep_paper)
def endorse(ref: str, text: str) -> Page:
    delegation, document = _asked(ref, text)
    row, form = found(queries.adoption_of(document)), EndorsementForm()
    if form.is_sent():
        about = {"authority": form.authority.data, "endorsed_on": form.endorsed_on.data}
        try:
            actions.endorse(row, delegation, by=g.actor, file=sent_paper(), **about)
        except Refused as refusal:
            form.refuse(refusal)
            return _page(delegation, document, refusal.status, endorsement=form)
        flash(_("The endorsement was received. It is listed when the secretariat has confirmed it."), "good")
        return _back(ref, text, "endorsements")
    return _page(delegation, document, 422, endorsement=form)


@me.get("/<text>/endorsements/<endorsement>/file")
@checks_inside
def endorsement_file(ref: str, text: str, endorsement: str) -> Response:
    delegation, document = _asked(ref, text)
    one = found(queries.endorsement(found(queries.adoption_of(document)), endorsement))
    return paper_of(found(one if one.delegation_id == delegation.id else None))


def _asked(ref: str, text: str) -> tuple[Delegation, Document]:
    delegation = found(queries.speaks_for(g.actor, ref))
    known = next((one for one in queries.texts_for_delegations() if one.ref == text), None)
    return delegation, found(known)


def _page(delegation: Delegation, document: Document, status: int = 200, **forms: Any) -> Page:
    run, adoption = next(iter(queries.silences(document)), None), queries.adoption_of(document)
    version = found(_newest(run, adoption))
    named, now = queries.named_blocks(version, current()), clock.now()
    wanted = request.args.get("text") or current()
    language = wanted if wanted in document.languages else document.original_language
    statements = [one for one in queries.statements(adoption) if one.delegation_id == delegation.id] if adoption else []
    endorsements = [
        one for one in (queries.endorsements(adoption) if adoption else []) if one.delegation_id == delegation.id
    ]
    asked = next((one for one in statements if one.status == StatementState.RETURNED), None)
    reading = queries.reading(document, version, language, is_live=True)
    drawn_page = render_template(
        "documents/me/text.html",
        delegation=delegation,
        document=document,
        run=run,
        adoption=adoption,
        language=language,
        reading=reading,
        beside=drawn(reading),
        named=named,
        may_object=run is not None and run.state in (SilenceState.OPEN, SilenceState.BROKEN) and now < run.expires_at,
        own_objection=next((one for one in run.objections if one.delegation_id == delegation.id), None)
        if run
        else None,
        may_state=adoption is not None and (asked is not None or is_open(adoption.statements_until, now)),
        may_endorse=adoption is not None
        and is_open(adoption.endorsements_until, now)
        and not any(one.status in STANDING for one in endorsements),
        statements=statements,
        endorsements=endorsements,
        objection_form=forms.get("objection") or offer_paragraphs(ObjectionForm(formdata=None), named),
        statement_form=forms.get("statement") or offer_paragraphs(_statement_form(asked), named),
        endorsement_form=forms.get("endorsement")
        or EndorsementForm(formdata=None, endorsed_on=clock.today(g.conference.zone)),
    )
    return (drawn_page, status) if status != 200 else drawn_page


def _statement_form(asked: Any) -> StatementForm:
    """Empty, or with what the secretariat asked about, to be handed in anew."""
    if asked is None:
        return StatementForm(formdata=None)
    given = {"kind": asked.kind.value, "text": asked.text, "blocks": asked.blocks, "handed_in_by": asked.handed_in_by}
    return StatementForm(formdata=None, replaces=asked.ref, **given)


def _newest(run: Silence | None, adoption: Adoption | None) -> Any:
    """The text that the page is about: what is under silence, else what was adopted."""
    versions = [one.version for one in (run, adoption) if one is not None]
    return max(versions, key=lambda one: one.number or 0, default=None)


def _back(ref: str, text: str, anchor: str | None = None) -> Response:
    return redirected(url_for(".show", ref=ref, text=text, _anchor=anchor), 303)
