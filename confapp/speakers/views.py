from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import images
from confapp.foundation.db import Data, db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language
from confapp.foundation.lifecycle import Refused
from confapp.foundation.sealing import note_reading
from confapp.foundation.web import identity, photographs
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.photographs import Sent
from confapp.foundation.web.transactions import in_record
from confapp.people.rules import WORD_CONSENTS
from confapp.speakers import actions, queries
from confapp.speakers.forms import ConsentTextForm, SpeakerForm
from confapp.speakers.models import Speaker
from confapp.speakers.rules import CONSENT_NAMES, MANAGE_SPEAKERS, MISSING_NAMES, Missing, SpeakerConsent

desk = Blueprint("speakers_desk", __name__, url_prefix="/desk/<conference>/speakers")


@desk.context_processor
def words() -> dict[str, Any]:
    return {
        "language_names": lambda codes: ", ".join(language(code).name for code in codes),
        "may_word": WORD_CONSENTS.allows(g.actor, g.conference),
        "missing_name": lambda kind: _(MISSING_NAMES[kind]),
        "consent_name": lambda kind: _(CONSENT_NAMES[kind]),
    }


@desk.get("/")
@requires(MANAGE_SPEAKERS)
def index() -> str:
    search, show = request.args.get("q", ""), request.args.get("missing", "")
    rows = queries.watched(queries.speakers(search))
    return render_template(
        "speakers/desk/index.html",
        rows=[one for one in rows if show not in set(Missing) or show in one.lacks],
        every=len(rows),
        counts=[(kind.value, _(MISSING_NAMES[kind]), sum(kind in one.lacks for one in rows)) for kind in Missing],
        show=show,
        search=search,
        can_remind=sum(one.can_be_reminded for one in rows),
    )


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


# --- the photograph ---------------------------------------------------------------------------------------------------

photographs.take_photographs(desk, "speakers_desk.photo")


def change_photo(speaker: Speaker) -> str:
    """What was prepared is kept, or the photograph is removed; what to say then."""
    sent: Sent | None = g.prepared
    if sent is None:
        actions.remove_photo(g.actor, speaker)
        return _("The photograph was removed.")
    if sent.kept is None or sent.small is None:
        raise Refused(sent.fault, 422)
    large, small = (photographs.registered(one, g.actor.account_id) for one in (sent.kept, sent.small))
    actions.set_photo(g.actor, speaker, large, small)
    return _("The photograph was saved.")


def photo_page(speaker: Speaker, layout: str, refusal: Refused | None = None) -> str:
    """The same for speakers themselves and for the desk."""
    return render_template(
        "speakers/photo.html", speaker=speaker, layout=layout, refusal=refusal, largest=images.LARGEST_FILE >> 20
    )


def _keep_photo() -> Sent | None:
    return photographs.sent_photo(g.conference.id, with_small=True)


@desk.route("/<ref>/photo", methods=["GET", "POST"])
@requires(MANAGE_SPEAKERS)
@prepare(_keep_photo)
def photo(ref: str) -> Response | str | tuple[str, int]:
    speaker = found(queries.speaker(ref))
    if request.method == "POST":
        try:
            flash(change_photo(speaker), "good")
            return redirect(url_for(".show", ref=ref), 303)
        except Refused as refusal:
            return photo_page(speaker, "layouts/desk.html", refusal), refusal.status
    return photo_page(speaker, "layouts/desk.html")


@desk.get("/<ref>/photo.jpg")
@requires(MANAGE_SPEAKERS)
def photo_file(ref: str) -> Response:
    """Withheld when the look at it cannot be recorded; what readers see already is nobody's secret."""
    speaker = found(queries.speaker(ref))
    content = found(photographs.content_of(found(speaker.photo)))
    if not speaker.printed.get("photo"):
        said = _("Looked at the photograph")
        reading = note_reading(g.actor, speaker.person, "photo", said, identity.address(), Data.HIGH.value)
        in_record(lambda: db.session.add(reading))
    return photographs.shown(content)


# --- what speakers agree to -------------------------------------------------------------------------------------------


@desk.get("/consents")
@requires(WORD_CONSENTS)
def consents() -> str:
    return render_template("speakers/desk/consents.html", texts=queries.texts())


@desk.route(f"/consents/<any({','.join(SpeakerConsent)}):kind>", methods=["GET", "POST"])
@requires(WORD_CONSENTS)
def word_consent(kind: str) -> Response | tuple[str, int]:
    one = queries.texts()[kind]
    form, status = ConsentTextForm(data={"text": one.text}), 422
    if form.is_sent():
        try:
            made = actions.word_consent(g.actor, g.conference.id, kind, form.text.data)
            flash(_("Version %(number)s holds from now on.", number=made.version), "good")
            return redirect(url_for(".consents"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    page = render_template("speakers/desk/consent.html", kind=kind, one=one, form=form)
    return page, status if request.method == "POST" else 200


def _page(form: SpeakerForm, speaker: Speaker | None, status: int) -> tuple[str, int]:
    standing = queries.standing(speaker) if speaker is not None else {}
    page = render_template("speakers/desk/speaker.html", form=form, speaker=speaker, agreements=standing)
    return page, status if request.method == "POST" else 200
