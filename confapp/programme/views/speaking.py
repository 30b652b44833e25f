"""A speaker's own page, reached by a mailed link: answers for each session, what is printed, and what is needed."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock, text
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import photographs
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.foundation.web.photographs import Sent
from confapp.programme.actions import speaking as actions
from confapp.programme.forms.speaking import SpeakingForm
from confapp.programme.queries import speaking as queries
from confapp.programme.rules import ROLE_NAMES, STATUS_NAMES, STATUS_SHAPES
from confapp.programme.rules.speaking import answer_fault
from confapp.speakers.actions import say_consents
from confapp.speakers.forms import SpeakerConsentsForm
from confapp.speakers.models import Speaker
from confapp.speakers.queries import standing
from confapp.speakers.views import change_photo, photo_page

me = Blueprint("speaking_me", __name__, url_prefix="/me/<conference>/speaking")
Page = Response | str | tuple[str, int]


@me.get("/")
@checks_inside
def index() -> Page:
    """Leads on to the only page there is; a mailbox that several speakers share chooses."""
    own = queries.own(g.actor, g.conference)
    first = found(next(iter(own), None))
    if len(own) == 1:
        return redirect(url_for(".show", ref=first.ref), 303)
    return render_template("programme/me/speakers.html", speakers=own)


@me.route("/<ref>", methods=["GET", "POST"])
@checks_inside
def show(ref: str) -> Page:
    speaker = _own(ref)
    form = SpeakingForm.of(speaker)
    if form.is_sent():
        try:
            actions.tell_about(g.actor, speaker, revision=form.revision.data, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
            return _page(speaker, form), refusal.status
        flash(_("Saved. What is printed changes with the next release of the programme."), "good")
        return redirect(url_for(".show", ref=ref), 303)
    return _page(speaker, form), 422 if request.method == "POST" else 200


@me.post("/<ref>/parts/<part>/<any(confirm, decline):verb>")
@checks_inside
def answer(ref: str, part: str, verb: str) -> Page:
    speaker = _own(ref)
    row = found(queries.part_of(speaker, part))
    reason = text.clean(request.form.get("reason"), lines=True)[:500]
    try:
        actions.answer(g.actor, g.conference, speaker, row, comes=verb == "confirm", reason=reason)
    except Refused as refusal:
        form = SpeakingForm.of(speaker, sent=False)
        return _page(speaker, form, refusal=(row.ref, refusal.message, reason)), refusal.status
    flash(_("Thank you. You take part.") if verb == "confirm" else _("Thank you for telling us."), "good")
    return redirect(url_for(".show", ref=ref, _anchor="parts"), 303)


@me.post("/<ref>/consents")
@checks_inside
def consents(ref: str) -> Page:
    """To what a speaker agrees, each by itself; an empty box takes back what was agreed before."""
    speaker = _own(ref)
    form = SpeakerConsentsForm.of(standing(speaker))
    say_consents(g.actor, speaker, form.given())
    flash(_("Saved. You can change it here at any time."), "good")
    return redirect(url_for(".show", ref=ref, _anchor="consents"), 303)


# --- the photograph ---------------------------------------------------------------------------------------------------

photographs.take_photographs(me, "speaking_me.photo")


def _keep_photo() -> Sent | None:
    own = queries.own(g.actor, g.conference)
    is_own = any(one.ref == (request.view_args or {}).get("ref") for one in own)
    return photographs.sent_photo(g.conference.id, with_small=True) if is_own else None


@me.route("/<ref>/photo", methods=["GET", "POST"])
@checks_inside
@prepare(_keep_photo)
def photo(ref: str) -> Page:
    speaker = _own(ref)
    if request.method == "POST":
        try:
            flash(change_photo(speaker), "good")
            return redirect(url_for(".show", ref=ref, _anchor="photo"), 303)
        except Refused as refusal:
            return photo_page(speaker, "layouts/me.html", refusal), refusal.status
    return photo_page(speaker, "layouts/me.html")


@me.get("/<ref>/photo.jpg")
@checks_inside
def photo_file(ref: str) -> Response:
    return photographs.shown(found(photographs.content_of(found(_own(ref).photo))))


def _own(ref: str) -> Speaker:
    return found(next((one for one in queries.own(g.actor, g.conference) if one.ref == ref), None))


def _page(speaker: Speaker, form: SpeakingForm, **about: Any) -> str:
    parts, agreements = queries.parts(speaker), standing(speaker)
    return render_template(
        "programme/me/speaking.html",
        speaker=speaker,
        form=form,
        own_parts=parts,
        faults={one.role.id: answer_fault(one.role, g.conference.ends_at, clock.now()) for one in parts},
        role_name=lambda name: _(ROLE_NAMES[name]),
        role_status=lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        language_name=lambda code: language(code).name,
        agreements=agreements,
        consents_form=SpeakerConsentsForm.of(agreements, sent=False),
        **({"refusal": None} | about),
    )
