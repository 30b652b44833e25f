"""Replacing a member at the desk: by an office before the closing date, by protocol after it."""

from flask import g, url_for

from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import found, prepare, requires
from confapp.registration import queries
from confapp.registration.rules import SUBSTITUTE_AT_DESK
from confapp.registration.views import questions, substituting
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.route("/registrations/<ref>/replace", methods=["GET", "POST"])
@requires(SUBSTITUTE_AT_DESK)
@prepare(questions.keep_uploads)
@keeps_draft
def replace(ref: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    return substituting.page(
        row,
        "registration/desk/replace.html",
        lambda made: url_for("registration_desk.registration", ref=made.ref),
    )
