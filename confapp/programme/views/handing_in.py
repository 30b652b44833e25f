"""Slides and statements that somebody who speaks hands in on their own page."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.programme.actions import handouts as actions
from confapp.programme.forms.handouts import HandInForm
from confapp.programme.models import Material, SessionRole
from confapp.programme.pages.handouts import file_words, material_title
from confapp.programme.queries import handouts as queries
from confapp.programme.queries import speaking
from confapp.programme.rules.handouts import may_hand_in
from confapp.programme.views.handouts import Upload, file_fault, file_of, keep_file, take_large_files
from confapp.programme.views.own_handouts import by_session
from confapp.programme.views.speaking import Page, me
from confapp.speakers.models import Speaker

me.url_value_preprocessor(take_large_files)


@me.context_processor
def words() -> dict[str, Any]:
    return {
        "handed_in": lambda speaker, parts: queries.handed_in_by(speaker, [one.role.session_id for one in parts]),
        "hands_in": may_hand_in,
        "own_handouts": by_session,
        "material_title": material_title,
        "file_words": file_words,
    }


def _keep() -> Upload | None:
    """Only from somebody whose part it is."""
    values = request.view_args or {}
    speaker = _speaker(values.get("ref", ""))
    part = speaking.part_of(speaker, values.get("part", "")) if speaker is not None else None
    return keep_file(HandInForm.fresh()) if part is not None else None


@me.route("/<ref>/parts/<part>/hand-in", methods=["GET", "POST"])
@checks_inside
@prepare(_keep)
def hand_in(ref: str, part: str) -> Page:
    speaker, row = _found(ref, part)
    form, status = HandInForm.fresh(), 200 if request.method == "GET" else 422
    if form.is_sent() and not file_fault(form, is_needed=True):
        try:
            actions.hand_in(g.actor, row, g.prepared.registered(), g.conference.ends_at, **form.values())
            flash(_("Thank you. The organizers look at it before readers get it."), "good")
            return redirect(url_for(".show", ref=ref, _anchor="parts"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return render_template("programme/me/hand_in.html", form=form, speaker=speaker, part=row), status


@me.get("/<ref>/materials/<material>")
@checks_inside
def handed_in_file(ref: str, material: str) -> Response:
    return file_of(_own_material(ref, material))


@me.post("/<ref>/materials/<material>/take-back")
@checks_inside
def take_back(ref: str, material: str) -> Page:
    row = _own_material(ref, material)
    actions.take_back(g.actor, row)
    flash(_("It was deleted."), "good")
    return redirect(url_for(".show", ref=ref, _anchor="parts"), 303)


def _speaker(ref: str) -> Speaker | None:
    return next((one for one in speaking.own(g.actor, g.conference) if one.ref == ref), None)


def _found(ref: str, part: str) -> tuple[Speaker, SessionRole]:
    speaker = found(_speaker(ref))
    return speaker, found(speaking.part_of(speaker, part))


def _own_material(ref: str, material: str) -> Material:
    return found(queries.material_of(found(_speaker(ref)), material))
