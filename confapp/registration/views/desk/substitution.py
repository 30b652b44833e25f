"""Replacing a member at the desk: by an office before the closing date, by protocol after it."""

from flask import g, url_for

from confapp.foundation.lifecycle import Forbidden
from confapp.foundation.web.guard import found, prepare, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import queries
from confapp.registration.rules import SUBSTITUTE
from confapp.registration.views import questions, substituting
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.route("/registrations/<ref>/replace", methods=["GET", "POST"])
@requires(SEE_PEOPLE)
@prepare(questions.keep_uploads)
def replace(ref: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    if not SUBSTITUTE.allows(g.actor, row):
        raise Forbidden
    return substituting.page(
        row,
        "registration/desk/replace.html",
        lambda made: url_for("registration_desk.registration", ref=made.ref),
    )
