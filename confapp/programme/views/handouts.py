"""Links and materials of a session at the desk, what speakers handed in, and what is still missing."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import uploads
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.uploads import Upload
from confapp.programme import queries
from confapp.programme.actions import handouts as actions
from confapp.programme.forms.handouts import HandInForm, LinkForm, MaterialForm
from confapp.programme.models import Material, Session, SessionLink
from confapp.programme.pages.handouts import file_words, material_title
from confapp.programme.queries import handouts as handout_queries
from confapp.programme.queries import speaking
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.rules import handouts as rules
from confapp.programme.views import Answer, desk, page
from confapp.speakers.rules import CONSENT_NAMES

MATERIAL_VERBS: dict[str, Callable[..., Any]] = {
    "up": lambda actor, session, row: actions.move_material(actor, session, row, -1),
    "down": lambda actor, session, row: actions.move_material(actor, session, row, 1),
    "remove": actions.remove_material,
    "check": actions.check_material,
}
TAKING = {"programme_desk.new_material", "programme_desk.edit_material", "speaking_me.hand_in"}


def take_large_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the form is read: these addresses alone take slides as they are."""
    if endpoint in TAKING:
        request.max_content_length = rules.LARGEST_FILE + 256 * 1024


desk.url_value_preprocessor(take_large_files)


def keep_file(form: HandInForm) -> Upload | None:
    """For a function named by @prepare: keeps the file when the rest of the form is sound; None when there is none."""
    return uploads.kept(rules.LARGEST_FILE, rules.file_fault, rules.material_type, form.validate)


def file_fault(form: HandInForm, *, is_needed: bool) -> bool:
    """Whether the file cannot be taken; says so beside its field."""
    upload: Upload | None = g.prepared
    fault = upload.fault if upload is not None else _("Choose the file first.") if is_needed else ""
    if fault:
        form.refuse(Refused(fault, 422, "file"))
    return bool(fault)


def file_of(row: Material) -> Response:
    ending = rules.ENDINGS[row.file.media_type]
    return uploads.download(row.file, f"{g.conference.slug}-{row.kind}-{row.ref[:8]}.{ending}")


def led_to(row: SessionLink) -> Redirection:
    """To where a link leads; where it came from is not told there, and nobody keeps the answer."""
    answer = redirect(row.url, 303)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@desk.context_processor
def handout_words() -> dict[str, Any]:
    return {
        "link_name": lambda row: _(rules.LINK_NAMES[row.kind]),
        "link_host": lambda row: rules.host(row.url),
        "audience_name": lambda row: _(rules.AUDIENCE_NAMES[row.access]),
        "material_title": material_title,
        "material_kind": lambda row: _(rules.MATERIAL_NAMES[row.kind]),
        "file_words": file_words,
        "consent_name": lambda kind: _(CONSENT_NAMES[kind]),
        "consent_of": lambda row: rules.NEEDS_CONSENT.get(row.kind),
        "window_of": lambda row, place: rules.window(row, place) if place is not None else None,
    }


# --- links ------------------------------------------------------------------------------------------------------------


@desk.route("/sessions/<ref>/links/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_link(ref: str) -> Answer:
    session, form = found(queries.session(ref)), LinkForm.of(None)
    if form.is_sent():
        try:
            actions.add_link(g.actor, session, **form.values())
            flash(_("The link was added."), "good")
            return _to(session)
        except Refused as refusal:
            form.refuse(refusal)
    return page("link_form", form=form, session=session, row=None, agreement=speaking.agreement_in(session))


@desk.route("/sessions/<ref>/links/<session_link>", methods=["GET", "POST"])
@requires(SCHEDULE)
def edit_link(ref: str, session_link: str) -> Answer:
    session = found(queries.session(ref))
    row = found(handout_queries.link(session, session_link))
    form, status = LinkForm.of(row), 422 if request.method == "POST" else 200
    if form.is_sent():
        try:
            actions.change_link(g.actor, session, row, revision=form.revision.data, **form.values())
            flash(_("The link was saved."), "good")
            return _to(session)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return page("link_form", form=form, session=session, row=row, agreement=speaking.agreement_in(session))[0], status


@desk.post("/sessions/<ref>/links/<session_link>/remove")
@requires(SCHEDULE)
def remove_link(ref: str, session_link: str) -> Answer:
    session = found(queries.session(ref))
    actions.remove_link(g.actor, session, found(handout_queries.link(session, session_link)))
    flash(_("The link was removed."), "good")
    return _to(session)


# --- materials --------------------------------------------------------------------------------------------------------


def _keep_for_desk() -> Upload | None:
    return keep_file(MaterialForm.of(None))


@desk.route("/sessions/<ref>/materials/new", methods=["GET", "POST"])
@requires(SCHEDULE)
@prepare(_keep_for_desk)
def new_material(ref: str) -> Answer:
    session, form = found(queries.session(ref)), MaterialForm.of(None)
    if form.is_sent() and not file_fault(form, is_needed=True):
        actions.add_material(g.actor, session, g.prepared.registered(), **form.values())
        flash(_("The file was added."), "good")
        return _to(session)
    return page("material_form", form=form, session=session, row=None)


@desk.route("/sessions/<ref>/materials/<material>", methods=["GET", "POST"])
@requires(SCHEDULE)
@prepare(_keep_for_desk)
def edit_material(ref: str, material: str) -> Answer:
    session = found(queries.session(ref))
    row = found(handout_queries.material(session, material))
    form, status = MaterialForm.of(row), 422 if request.method == "POST" else 200
    if form.is_sent() and not file_fault(form, is_needed=False):
        file = g.prepared.registered() if g.prepared is not None else None
        try:
            actions.change_material(g.actor, session, row, file, revision=form.revision.data, **form.values())
            flash(_("It was saved."), "good")
            return _to(session)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    return page("material_form", form=form, session=session, row=row)[0], status


@desk.get("/sessions/<ref>/materials/<material>/file")
@requires(READ)
def material_file(ref: str, material: str) -> Response:
    return file_of(found(handout_queries.material(found(queries.session(ref)), material)))


@desk.post("/sessions/<ref>/materials/<material>/<verb>")
@requires(SCHEDULE)
def change_material(ref: str, material: str, verb: str) -> Answer:
    session = found(queries.session(ref))
    row = found(handout_queries.material(session, material))
    (MATERIAL_VERBS.get(verb) or abort(404))(g.actor, session, row)
    if verb == "remove":
        flash(_("The file was removed. It can be brought back for 30 days."), "good")
    if request.args.get("from") == "materials":
        return redirect(url_for(".materials", show=request.args.get("show")), 303)
    return _to(session)


@desk.get("/materials")
@requires(READ)
def materials() -> str:
    """What was handed in and waits for a look, and who has handed in nothing."""
    rows, to_check = handout_queries.awaited(), handout_queries.to_check()
    missing = [one for one in rows if one.is_missing]
    show = request.args.get("show", "")
    return render_template(
        "programme/desk/materials.html",
        to_check=to_check,
        session_of=handout_queries.sessions_of(to_check),
        rows=missing if show == "missing" else rows,
        show="missing" if show == "missing" else "",
        every=len(rows),
        missing=len(missing),
        can_remind=len({one.part.person_id for one in missing if one.can_be_reminded}),
    )


@desk.post("/materials/remind")
@requires(SCHEDULE)
def remind_of_materials() -> Answer:
    number = actions.remind(g.actor, g.conference, [one for one in handout_queries.awaited() if one.is_missing])
    if number:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", number), "good")
    else:
        flash(_("There is nobody to write to."), "attention")
    return redirect(url_for(".materials", show="missing"), 303)


def _to(session: Session) -> Answer:
    return redirect(url_for(".session", ref=session.ref, _anchor="handouts"), 303)
