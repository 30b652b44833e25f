from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.speakers import actions, queries
from confapp.speakers.forms import SpeakerForm
from confapp.speakers.models import Speaker
from confapp.speakers.rules import MANAGE_SPEAKERS

desk = Blueprint("speakers_desk", __name__, url_prefix="/desk/<conference>/speakers")


@desk.context_processor
def words() -> dict[str, Any]:
    return {"language_names": lambda codes: ", ".join(language(code).name for code in codes)}


@desk.get("/")
@requires(MANAGE_SPEAKERS)
def index() -> str:
    search = request.args.get("q", "")
    return render_template("speakers/desk/index.html", speakers=queries.speakers(search), search=search)


@desk.route("/new", methods=["GET", "POST"])
@requires(MANAGE_SPEAKERS)
def new() -> Response | tuple[str, int]:
    form = SpeakerForm.of(None)
    if form.is_sent():
        actions.add_speaker(g.actor, g.conference, **form.values())
        flash(_("The speaker was added."), "good")
        return redirect(url_for(".index"), 303)
    return _page(form, None, 422)


@desk.route("/<ref>", methods=["GET", "POST"])
@requires(MANAGE_SPEAKERS)
def show(ref: str) -> Response | tuple[str, int]:
    speaker, status = found(queries.speaker(ref)), 422
    form = SpeakerForm.of(speaker)
    if form.is_sent():
        try:
            actions.change_speaker(g.actor, speaker, revision=form.revision.data, **form.values())
            flash(
                _("The speaker was saved. What was published before stays as printed until the next release."), "good"
            )
            return redirect(url_for(".index"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _page(form, speaker, status)


def _page(form: SpeakerForm, speaker: Speaker | None, status: int) -> tuple[str, int]:
    page = render_template("speakers/desk/speaker.html", form=form, speaker=speaker)
    return page, status if request.method == "POST" else 200
