"""Versions, publication and withdrawal."""

from flask import flash, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.documents import actions, queries
from confapp.documents.forms import (
    IssuingRulesForm,
    PrepareForm,
    ReleaseForm,
    WithdrawalForm,
)
from confapp.documents.models import Document, Issue
from confapp.documents.queries import subscribers as subscriber_queries
from confapp.documents.rules import EDIT, PUBLISH, READ, SET_ISSUING, Access
from confapp.documents.rules.formats import wanted
from confapp.documents.rules.issuing import IssueKind
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.documents.views.public import bytes_of
from confapp.foundation import clock
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
    kinds = actions.kinds_possible(document)
    form = PrepareForm(kind=_first(kinds), dated_on=clock.today(g.conference.zone))
    form.offer(kinds, document.languages)
    if form.is_sent():
        try:
            issue = actions.prepare_publication(
                document,
                override=form.override.data,
                kind=IssueKind(form.kind.data),
                dated_on=form.dated_on.data,
                languages=form.languages.data or (),
                by=g.actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".issue", ref=ref, number=issue.number), 303)
    return page(
        "documents/desk/publish.html",
        form,
        409 if not kinds or actions.reason_not_to_publish(document, kinds[0]) else 422,
        document=document,
        why_not=actions.reason_not_to_publish(document, kinds[0] if kinds else None),
        version=actions.version_to_publish(document),
        open_remarks=[] if actions.version_to_publish(document) else actions.serious(document),
        draft=queries.draft(document),
        sheet=queries.sheet(document),
        number=1 + max((issue.number for issue in document.issues), default=0),
        needs_two=queries.issuing_rules().needs_two,
        files_wanted=len(list(wanted(document.languages, document.original_language))),
    )


def _first(kinds: list[IssueKind]) -> str:
    return str(kinds[0]) if kinds else ""


@desk.get("/<ref>/issues/<int:number>")
@requires(READ)
def issue(ref: str, number: int) -> Response:
    document = found(queries.document(ref))
    row = found(queries.issue_of(document, number))
    response = make_response(_issue_page(document, row, ReleaseForm(seen=row.sha256, at=row.published_at)))
    if document.issue_in_preparation is row:
        response.headers["Refresh"] = "2"
    return response


def _issue_page(document: Document, row: Issue, form: ReleaseForm) -> str:
    return render_template(
        "documents/desk/issue.html",
        document=document,
        issue=row,
        form=form,
        job=queries.job(row),
        why_not=actions.reason_not_to_release(row, g.actor),
        needs_two=queries.issuing_rules().needs_two,
        audience=_audience(document, row),
        may_set=SET_ISSUING.allows(g.actor, g.conference),
    )


def _audience(document: Document, row: Issue) -> tuple[int, int] | None:
    """Who will be told of an issue that nobody was told of yet; None where nobody is."""
    if row.told_at is not None or document.access != Access.PUBLIC or not g.conference.is_public:
        return None
    with_press = queries.issuing_rules().tells_press
    return subscriber_queries.audience(document.kind, document.conference_id, with_press=with_press)


@desk.post("/<ref>/issues/<int:number>/release")
@requires(PUBLISH)
def release(ref: str, number: int) -> Answer:
    document = found(queries.document(ref))
    row, form = found(queries.issue_of(document, number)), ReleaseForm()
    if not form.is_sent():
        return _issue_page(document, row, form), 422
    if form.when.data == "at" and form.at.data is None:
        form.refuse(Refused(_("Choose a moment to come, or release it now."), 422, "at"))
        return _issue_page(document, row, form), 422
    try:
        actions.release(row, at=form.at.data if form.when.data == "at" else None, seen=form.seen.data or "", by=g.actor)
    except Refused as refusal:
        form.refuse(refusal)
        return _issue_page(document, row, form), refusal.status
    flash(_("The issue is released."), "good")
    return redirect(url_for(".issue", ref=ref, number=number), 303)


@desk.post("/<ref>/issues/<int:number>/hold-back")
@requires(PUBLISH)
def hold_back(ref: str, number: int) -> Response:
    document = found(queries.document(ref))
    actions.hold_back(found(queries.issue_of(document, number)), by=g.actor)
    return redirect(url_for(".issue", ref=ref, number=number), 303)


@desk.post("/<ref>/issues/<int:number>/again")
@requires(PUBLISH)
def try_again(ref: str, number: int) -> Response:
    document = found(queries.document(ref))
    actions.try_again(found(queries.issue_of(document, number)), by=g.actor)
    return redirect(url_for(".issue", ref=ref, number=number), 303)


@desk.get("/<ref>/issues/<int:number>/files/<code:language>.<form:file_format>")
@requires(PUBLISH)
def preview(ref: str, number: int, language: str, file_format: str) -> Response:
    """The bytes that are or will be published, for whoever releases them; nothing keeps them."""
    document = found(queries.document(ref))
    row = found(queries.issue_of(document, number))
    return bytes_of(row, found(queries.publication(row, language, file_format)), "no-store")


@desk.route("/issuing-rules", methods=["GET", "POST"])
@requires(SET_ISSUING)
def issuing_rules() -> Answer:
    rules = queries.issuing_rules()
    said = {True: "yes", False: "no"}
    form = IssuingRulesForm(needs_two=said[rules.needs_two], tells_press=rules.tells_press)
    if form.is_sent():
        actions.set_issuing_rules(
            g.conference.id,
            needs_two=form.needs_two.data == "yes",
            tells_press=bool(form.tells_press.data),
            by=g.actor,
        )
        flash(_("The rules of publication are saved."), "good")
        return redirect(url_for(".index"), 303)
    return page("documents/desk/issuing_rules.html", form)


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
