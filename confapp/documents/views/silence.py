"""Silence procedures at the desk: started on the draft, objections entered for delegations, stopped with a reason."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    DeskObjectionForm,
    ReasonForm,
    SilenceExtensionForm,
    SilenceForm,
    offer_paragraphs,
)
from confapp.documents.models import Document, Silence
from confapp.documents.rules import PUBLISH, READ
from confapp.documents.views.desk import Answer, desk, page
from confapp.foundation import clock
from confapp.foundation.languages import current
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires


@desk.get("/<ref>/silence")
@requires(READ)
def silence(ref: str) -> Answer:
    document = found(queries.document(ref))
    runs = queries.silences(document)
    named = {run.ref: queries.named_blocks(run.version, current()) for run in runs if run.objections}
    stop = ReasonForm(formdata=None)
    return page("documents/desk/silence.html", stop, document=document, runs=runs, named=named, now=clock.now())


@desk.route("/<ref>/silence/new", methods=["GET", "POST"])
@requires(PUBLISH)
def new_silence(ref: str) -> Answer:
    """On the draft as it stands, which is kept as a version first."""
    document = found(queries.document(ref))
    form = SilenceForm()
    if form.is_sent():
        about = {"note": form.note.data, "tells_names": form.tells_names.data, "expires_at": form.expires_at.data}
        try:
            actions.start_silence(document, by=g.actor, **about)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/silence_new.html", form, refusal.status, document=document)
        flash(_("Silence runs. Every delegation is told by mail."), "good")
        return _back(ref)
    return page("documents/desk/silence_new.html", form, document=document)


@desk.route("/<ref>/silence/<silence>/objections", methods=["GET", "POST"])
@requires(PUBLISH)
def new_objection(ref: str, silence: str) -> Answer:
    document, run = _running(ref, silence)
    form = offer_paragraphs(DeskObjectionForm(), queries.named_blocks(run.version, current()))
    form.offer(queries.endorsers())
    if form.is_sent():
        delegation = found(next((one for one in queries.endorsers() if one.ref == form.delegation.data), None))
        try:
            about = {"blocks": form.blocks.data, "reason": form.reason.data or ""}
            actions.object_to_text(run, delegation, by=g.actor, **about)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/objection.html", form, refusal.status, document=document, run=run)
        flash(_("The objection was noted. Silence is broken."), "good")
        return _back(ref)
    return page("documents/desk/objection.html", form, document=document, run=run)


@desk.route("/<ref>/silence/<silence>/extend", methods=["GET", "POST"])
@requires(PUBLISH)
def extend_silence(ref: str, silence: str) -> Answer:
    document, run = _running(ref, silence)
    form = SilenceExtensionForm(expires_at=run.expires_at, base=run.revision)
    if form.is_sent():
        base = form.base.data or ""
        try:
            about: dict[str, Any] = {"expires_at": form.expires_at.data, "reason": form.reason.data}
            actions.extend_silence(
                run, base=int(base) if base.isdecimal() and len(base) < 10 else -1, by=g.actor, **about
            )
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/silence_extend.html", form, refusal.status, document=document, run=run)
        flash(_("Silence is extended. Every delegation is told by mail."), "good")
        return _back(ref)
    return page("documents/desk/silence_extend.html", form, document=document, run=run)


@desk.post("/<ref>/silence/<silence>/stop")
@requires(PUBLISH)
def stop_silence(ref: str, silence: str) -> Answer:
    document, run = _running(ref, silence)
    form = ReasonForm()
    try:
        form.validate()
        actions.stop_silence(run, form.reason.data or "", by=g.actor)
    except Refused as refusal:
        if refusal.field != "reason":
            raise
        runs = queries.silences(document)
        return page("documents/desk/silence.html", form, document=document, runs=runs, named={}, now=clock.now())
    return _back(ref)


def _running(ref: str, silence: str) -> tuple[Document, Silence]:
    document = found(queries.document(ref))
    return document, found(queries.silence(document, silence))


def _back(ref: str) -> Response:
    return redirect(url_for(".silence", ref=ref), 303)
