"""Replacing a member from the focal point's page."""

from flask import g

from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration.rules import SUBSTITUTE
from confapp.registration.views import questions, substituting
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me


@registration_me.route("/registrations/<ref>/replace", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def replace(ref: str) -> Page:
    """The person itself names nobody in its own place; the focal point and the office do."""
    row = own_registration(ref)
    found(row if SUBSTITUTE.allows(g.actor, row) else None)
    return substituting.page(row, "registration/me/replace.html", address)
