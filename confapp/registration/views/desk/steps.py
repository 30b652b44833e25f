"""What the offices do with one registration beside deciding: steps, returns by field, messages, notes, assignment."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration import actions, queries
from confapp.registration.forms.accreditation import ClearanceForm, RemarkForm, ReturnForm
from confapp.registration.models import Registration
from confapp.registration.rules import ACCREDIT, ACCREDITATION, CLEAR_STEPS, REVIEW, needs_release
from confapp.registration.views.desk.accreditation import decide
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.desk.registrations import page_of
from confapp.registration.views.marks import settled


@registration_desk.get("/registrations/mine")
@requires(REVIEW)
def mine() -> Page:
    """The list of what the asker looks after."""
    own = next((one.ref for one in queries.reviewers() if one.id == g.actor.account_id), "none")
    return redirect(url_for(".registrations", assignee=own), 303)


@registration_desk.post("/registrations/<ref>/steps/<step>")
@requires(CLEAR_STEPS)
def clear(ref: str, step: str) -> Page:
    row, form = _registration(ref), ClearanceForm()
    one = found(queries.step(row.category, step))
    if not form.is_sent():
        return page_of(row, refusal=_first_error(form), typed={step: form.note.data or ""}, status=422)
    try:
        if form.version.data and form.version.data != row.version:
            raise Refused(_("Somebody changed this registration since you opened it. Look at it again."))
        actions.clear(row, one, form.said(), by=g.actor, note=form.note.data or "")
    except Refused as refusal:
        return page_of(row, refusal=refusal, typed={step: form.note.data or ""}, status=refusal.status)
    flash(_("What your office says was recorded."), "good")
    return _back(row)


@registration_desk.route("/registrations/<ref>/return", methods=["GET", "POST"])
@requires(ACCREDIT)
def send_back(ref: str) -> Page:
    """Field by field: each that must be corrected gets a sentence, which the person reads beside it."""
    row = _registration(ref)
    form, status = ReturnForm(row, version=row.version), 200
    move = ACCREDITATION.named("return")
    assert move is not None
    if form.is_sent():
        try:
            if form.version.data and form.version.data != row.version:
                raise Refused(_("Somebody changed this registration since you opened it. Look at it again."))
            decide(row, move, form.reason.data or "", form.defects())
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return _back(row)
    fault = None if move.is_open_to(row, g.actor) else _("This registration cannot be returned at present.")
    page = render_template(
        "registration/desk/return.html",
        registration=row,
        form=form,
        fault=fault,
        can_prepare=row.prepared is None,
        must_prepare=needs_release(row, "return"),
    )
    return page, settled(form, status)


@registration_desk.post("/registrations/<ref>/messages")
@requires(REVIEW)
def message(ref: str) -> Page:
    return _say(ref, "message", actions.write_to_person, _("The message was sent, and stands on the record."))


@registration_desk.post("/registrations/<ref>/notes")
@requires(REVIEW)
def note(ref: str) -> Page:
    return _say(ref, "note", actions.write_note, _("The note was kept. Only the offices read it."))


@registration_desk.post("/registrations/<ref>/assignee")
@requires(REVIEW)
def assign(ref: str) -> Page:
    """To the one who asks, to a colleague, or to nobody."""
    row, chosen = _registration(ref), request.form.get("assignee", "")
    account = found(queries.reviewer(chosen)) if chosen else None
    actions.assign(row, account, by=g.actor)
    name = account.name or account.email if account is not None else ""
    flash(_("%(name)s looks after it.", name=name) if name else _("Nobody looks after it."), "good")
    return _back(row)


# --- parts ------------------------------------------------------------------------------------------------------------


def _registration(ref: str) -> Registration:
    return found(queries.registration(g.actor, g.conference, ref))


def _back(row: Registration) -> Page:
    return redirect(url_for("registration_desk.registration", ref=row.ref), 303)


def _say(ref: str, what: str, say: Callable[..., Any], told: str) -> Page:
    row, form = _registration(ref), RemarkForm()
    if not form.is_sent():
        return page_of(row, refusal=_first_error(form), typed={what: form.text.data or ""}, status=422)
    try:
        say(row, form.text.data, by=g.actor)
    except Refused as refusal:
        return page_of(row, refusal=refusal, typed={what: form.text.data or ""}, status=refusal.status)
    flash(told, "good")
    return _back(row)


def _first_error(form: Any) -> Refused:
    errors = [str(error) for field in form for error in field.errors]
    return Refused(errors[0] if errors else _("Please look at what was typed."), 422)
