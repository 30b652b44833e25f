"""A speaker's own page, reached by a mailed link: answers for each session, what is printed, and what is needed."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock, text
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found
from confapp.programme.actions import speaking as actions
from confapp.programme.forms import SpeakingForm
from confapp.programme.queries import speaking as queries
from confapp.programme.rules import ROLE_NAMES, STATUS_NAMES, STATUS_SHAPES
from confapp.programme.rules.speaking import answer_fault
from confapp.speakers.models import Speaker

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


def _own(ref: str) -> Speaker:
    return found(next((one for one in queries.own(g.actor, g.conference) if one.ref == ref), None))


def _page(speaker: Speaker, form: SpeakingForm, **about: Any) -> str:
    parts = queries.parts(speaker)
    return render_template(
        "programme/me/speaking.html",
        speaker=speaker,
        form=form,
        own_parts=parts,
        faults={one.role.id: answer_fault(one.role, g.conference.ends_at, clock.now()) for one in parts},
        role_name=lambda name: _(ROLE_NAMES[name]),
        role_status=lambda row: (STATUS_SHAPES[row.status], _(STATUS_NAMES[row.status])),
        language_name=lambda code: language(code).name,
        **({"refusal": None} | about),
    )
