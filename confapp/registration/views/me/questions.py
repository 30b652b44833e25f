"""Further questions of a registration: what is asked later, or needed from a later day."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration.models import Questionnaire, Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules import LIVING, asking
from confapp.registration.rules.photos import is_own_face
from confapp.registration.rules.questions import SEALED, AskedAt
from confapp.registration.views import questions
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me

BY_THE_PERSON = (AskedAt.REGISTRATION, AskedAt.AFTER_ACCREDITATION)


@registration_me.context_processor
def answer_words() -> dict[str, Any]:
    return {
        "answers_of": queries.answers_of,
        "answer_said": questions.words_of,
        "asks_questions": lambda row: bool(_due(row)),
        "answer_kept_until": lambda answer: asking.deleted_at(g.conference.ends_at, answer.question),
    }


@registration_me.get("/registrations/<ref>/questions")
@checks_inside
def answers(ref: str) -> Page:
    """What is asked of somebody, with what is answered; straight to the form when it is one."""
    row = own_registration(ref)
    due = _due(row)
    if len(due) == 1:
        return redirect(url_for(".questionnaire", ref=ref, sheet=due[0].ref), 303)
    return render_template(
        "registration/me/answers.html",
        registration=row,
        sheets=due,
        unanswered=questions.unanswered([row]).get(row.id, []),
    )


@registration_me.route("/registrations/<ref>/questions/<sheet>", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def questionnaire(ref: str, sheet: str) -> Page:
    row = own_registration(ref)
    asked = found(next((one for one in _due(row) if one.ref == sheet), None))
    form, status = questions.sheet_form(asked, row), 200
    fault = _fault(row)
    if form.is_sent():
        try:
            if fault:
                raise Refused(fault)
            questions.save(form, row, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Your answers were saved."), "good")
            return redirect(address(row), 303)
    page = render_template("registration/me/questionnaire.html", registration=row, row=asked, form=form, fault=fault)
    return page, settled(form, status)


@registration_me.get("/registrations/<ref>/answers/<answer>")
@checks_inside
def answer_file(ref: str, answer: str) -> Response:
    """A file that was handed in; a sealed one goes to its person alone."""
    row = own_registration(ref)
    kept = found(queries.answer(row, answer))
    found(kept.file)
    if kept.question.data_class in SEALED:
        found(kept if is_own_face(g.actor, row) else None)
    return questions.download(kept)


def _due(row: Registration) -> list[Questionnaire]:
    return [one for one in queries.asked_of(row, *BY_THE_PERSON) if queries.is_due(one, row)]


def _fault(row: Registration) -> str:
    """Why nothing can be answered any more: each question has its own deadline besides."""
    if row.status not in LIVING:
        return _("This registration is closed.")
    if g.conference.ends_at <= clock.now():
        return _("The conference is over.")
    return ""
