"""Answers at the desk: read by the roles that the question names, opened with a reason, given for somebody."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.sealing import Unreadable, note_reading
from confapp.foundation.web import identity
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, found, prepare, requires
from confapp.foundation.web.transactions import in_record
from confapp.registration import queries as registrations
from confapp.registration.forms import ReasonForm
from confapp.registration.models import Answer, Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.questions import SEALED, AskedAt, may_read
from confapp.registration.views import questions
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.context_processor
def answer_words() -> dict[str, Any]:
    return {
        "answers_of": lambda row: queries.readable(queries.answers_of(row), g.actor),
        "answer_said": questions.words_of,
        "sheets_of": _sheets,
    }


@registration_desk.route("/registrations/<ref>/questions/<sheet>", methods=["GET", "POST"])
@requires(ACCREDIT)
@prepare(questions.keep_uploads)
@keeps_draft
def answer_for(ref: str, sheet: str) -> Page:
    """The office answers for somebody, also what is asked at the gate and what the person can no longer change."""
    row = _registration(ref)
    asked = found(next((one for one in _sheets(row) if one.ref == sheet), None))
    form, status = questions.sheet_form(asked, row), 200
    if form.is_sent():
        try:
            questions.save(form, row, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The answers were saved."), "good")
            return redirect(url_for(".registration", ref=ref), 303)
    page = render_template("registration/desk/answer_for.html", registration=row, row=asked, form=form)
    return page, settled(form, status)


@registration_desk.get("/registrations/<ref>/answers/<answer>")
@checks_inside
def answer_file(ref: str, answer: str) -> Response:
    """A file in the open; a sealed one is opened with a reason."""
    kept = _answer(_registration(ref), answer)
    found(kept.file if kept.question.data_class not in SEALED else None)
    return questions.download(kept)


@registration_desk.route("/registrations/<ref>/answers/<answer>/open", methods=["GET", "POST"])
@checks_inside
def open_answer(ref: str, answer: str) -> Page | Response:
    """Shows one sealed answer after its reading was noted; withheld when the note cannot be written."""
    row = _registration(ref)
    kept, form = _answer(row, answer), ReasonForm()
    found(kept if kept.question.data_class in SEALED else None)
    reason = form.reason.data or "" if form.is_sent() else ""
    if not reason:
        if form.is_submitted():
            form.refuse(Refused(_("Give the reason for opening it; the person sees it."), 422, "reason"))
        return _opening(row, kept, form)
    data_class = kept.question.data_class.value
    reading = note_reading(g.actor, row.person, f"answer:{kept.question.code}", reason, identity.address(), data_class)
    in_record(lambda: db.session.add(reading))
    try:
        return (
            questions.download(kept)
            if kept.file is not None
            else _opening(row, kept, form, questions.opened_words(kept))
        )
    except Unreadable:
        form.refuse(Refused(_("This answer was deleted for good."), 409))
        return _opening(row, kept, form)


# --- parts ---


def _opening(row: Registration, kept: Answer, form: ReasonForm, opened: str = "") -> Page:
    page = render_template("registration/desk/answer.html", registration=row, answer=kept, form=form, opened=opened)
    return page, settled(form)


def _registration(ref: str) -> Registration:
    return found(registrations.registration(g.actor, g.conference, ref))


def _answer(row: Registration, ref: str) -> Answer:
    """One that the reader's role may see; another does not exist for them."""
    kept = found(queries.answer(row, ref))
    return found(kept if may_read(g.actor, kept.question) else None)


def _sheets(row: Registration) -> list[Any]:
    """The open questionnaires of a registration, those at the gate among them."""
    return queries.asked_of(row, *AskedAt)
