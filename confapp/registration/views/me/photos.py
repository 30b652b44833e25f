"""The photograph: sent by file or camera, cropped, replaced, removed, and shown to those who may see it."""

from flask import Response, flash, g, redirect, render_template, request

from confapp.foundation import clock
from confapp.foundation.images import LARGEST_FILE
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import photographs
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.registration import actions, rules
from confapp.registration.models import Registration
from confapp.registration.rules import PhotoNeed
from confapp.registration.views import photos
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me

photographs.take_photographs(registration_me, "registration_me.photo")


@registration_me.route("/registrations/<ref>/photo", methods=["GET", "POST"])
@checks_inside
@prepare(photos.keep_photo)
def photo(ref: str) -> Page:
    row = own_registration(ref)
    found(row if row.category.photo != PhotoNeed.NONE or row.person.photo_id else None)
    if request.method != "POST":
        return _page(row)
    try:
        said = _changed(row)
    except Refused as refusal:
        return _page(row, refusal), refusal.status
    flash(said, "good")
    return redirect(address(row), 303)


def _changed(row: Registration) -> str:
    sent: photographs.Sent | None = g.prepared
    if sent is None:
        actions.remove_photo(row, by=g.actor)
        return _("The photograph was removed.")
    if sent.kept is None:
        raise Refused(sent.fault, 422)
    stored = photographs.registered(sent.kept, g.actor.account_id)
    actions.set_photo(row, stored, by=g.actor)
    return _("The photograph was saved.")


@registration_me.get("/registrations/<ref>/photo.jpg")
@checks_inside
def photo_file(ref: str) -> Response:
    return photos.shown(own_registration(ref))


def _page(row: Registration, refusal: Refused | None = None) -> str:
    return render_template(
        "registration/me/photo.html",
        registration=row,
        refusal=refusal,
        largest=LARGEST_FILE >> 20,
        fault=rules.photo_fault(row, g.conference, g.actor, clock.now()),
    )
