"""Versions, publication and withdrawal."""

from flask import flash, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    VersionForm,
    WithdrawalForm,
)
from confapp.documents.rules import EDIT, PUBLISH, READ
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires


@desk.post("/<ref>/freeze")
@requires(EDIT)
def freeze(ref: str) -> Response:
    document = found(queries.document(ref))
    version = actions.freeze(document, by=g.actor)
    flash(_("The text is kept as version %(number)d.", number=version.number), "good")
    return to_editor(document)


@desk.route("/<ref>/publish", methods=["GET", "POST"])
@requires(PUBLISH)
def publish(ref: str) -> Answer:
    document = found(queries.document(ref))
    form = VersionForm()
    if form.is_sent():
        try:
            issue = actions.prepare_publication(document, override=form.override.data, by=g.actor)
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
        sheet=queries.sheet(document),
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
