"""The photograph and the accompanying persons of a registration, at the desk."""

from typing import Any

from flask import Response, flash, g, redirect, url_for

from confapp.foundation.languages import ngettext
from confapp.foundation.web.guard import found, requires
from confapp.registration import actions, queries
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.photos import SEE_PHOTOS
from confapp.registration.views import photos
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.context_processor
def words() -> dict[str, Any]:
    return {
        "may_see_photos": SEE_PHOTOS.allows(g.actor, g.conference),
        "companions_of": queries.companions,
    }


@registration_desk.get("/registrations/<ref>/photo.jpg")
@requires(SEE_PHOTOS)
def photo_file(ref: str) -> Response:
    return photos.shown(found(queries.registration(g.actor, g.conference, ref)))


@registration_desk.post("/registrations/<ref>/companions/withdraw")
@requires(ACCREDIT)
def withdraw_companions(ref: str) -> Page:
    row = found(queries.registration(g.actor, g.conference, ref))
    number = actions.withdraw_companions(queries.companions(row), by=g.actor)
    flash(ngettext("%(num)d person was withdrawn.", "%(num)d persons were withdrawn.", number), "good")
    return redirect(url_for(".registration", ref=ref), 303)
