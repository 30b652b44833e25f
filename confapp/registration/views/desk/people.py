"""The photograph and the accompanying persons of a registration, at the desk."""

from typing import Any

from flask import Response, abort, flash, g, redirect, url_for

from confapp.foundation.languages import ngettext
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.photos import SEE_PHOTO
from confapp.registration.views import photos
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.context_processor
def words() -> dict[str, Any]:
    return {
        "may_see_photo": lambda registration: SEE_PHOTO.allows(g.actor, registration),
        "companions_of": queries.companions,
    }


@registration_desk.get("/registrations/<ref>/photo.jpg")
@requires(SEE_PEOPLE)
def photo_file(ref: str) -> Response:
    row = found(queries.registration(g.actor, g.conference, ref))
    if not SEE_PHOTO.allows(g.actor, row):
        abort(403)
    return photos.shown(row)


@registration_desk.post("/registrations/<ref>/companions/withdraw")
@requires(ACCREDIT)
def withdraw_companions(ref: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    number = actions.withdraw_companions(queries.companions(row), by=g.actor)
    flash(ngettext("%(num)d person was withdrawn.", "%(num)d persons were withdrawn.", number), "good")
    return redirect(url_for(".registration", ref=ref), 303)
