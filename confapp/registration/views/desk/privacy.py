"""Personal data at the desk: what is kept until when, requests for erasure, texts of consents, meals in numbers."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for

from confapp.foundation import audit, clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.transactions import in_record
from confapp.people.rules import WORD_CONSENTS
from confapp.registration import actions, queries
from confapp.registration.forms.privacy import ConfirmForm, ConsentForm
from confapp.registration.models import Registration
from confapp.registration.queries import agreements as consent_queries
from confapp.registration.queries import privacy as kept
from confapp.registration.rules import ConsentKind, privacy
from confapp.registration.rules.privacy import COUNT_DIETS, ERASE, PURGE
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.get("/privacy")
@requires(ERASE)
def personal_data() -> Page:
    return render_template(
        "registration/desk/personal_data.html",
        left=kept.left(g.conference),
        requests=kept.open_requests(g.conference),
        class_name=_class_name,
        may_purge=PURGE.allows(g.actor, g.conference),
        is_over=clock.now() >= g.conference.ends_at,
        tabs=_tabs("personal_data"),
    )


@registration_desk.route("/privacy/<name>", methods=["GET", "POST"])
@requires(PURGE)
def purge(name: str) -> Page:
    """Before its day: what goes is named, and the conference's address is typed."""
    field = privacy.BY_NAME.get(name) or abort(404)
    found(field.purged_at(g.conference))
    form, status = ConfirmForm(), 200
    if form.is_sent():
        try:
            actions.purge_early(g.actor, g.conference, field, typed=form.typed.data or "")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Deleted: %(what)s.", what=_(field.label)), "good")
            return redirect(url_for(".personal_data"), 303)
    page = render_template(
        "registration/desk/purge.html",
        field=field,
        number=kept.left_of(field),
        purged_at=field.purged_at(g.conference),
        form=form,
    )
    return page, settled(form, status)


# --- erasure ----------------------------------------------------------------------------------------------------------


@registration_desk.get("/registrations/<ref>/erasure")
@requires(ERASE)
def erasure(ref: str) -> Page:
    return _erasure_page(_registration(ref), ConfirmForm(formdata=None))


@registration_desk.post("/registrations/<ref>/erasure")
@requires(ERASE)
def ask_erasure(ref: str) -> Page:
    """Notes that somebody asked, in a letter say: the clock begins."""
    return _erasing(ref, actions.ask_erasure, _("The request was noted; its clock runs."))


@registration_desk.post("/registrations/<ref>/erasure/now")
@requires(ERASE)
def erase_now(ref: str) -> Page:
    return _erasing(ref, _erase, _("The data were erased. The number and the ledger stay."))


@registration_desk.post("/registrations/<ref>/erasure/keep")
@requires(ERASE)
def keep_data(ref: str) -> Page:
    row = _registration(ref)
    actions.keep_after_all(row, by=g.actor)
    flash(_("Nothing is erased; the request was taken back."), "good")
    return redirect(url_for(".registration", ref=ref), 303)


# --- consents ---------------------------------------------------------------------------------------------------------


@registration_desk.get("/consents")
@requires(WORD_CONSENTS)
def consents() -> Page:
    return render_template(
        "registration/desk/consents.html", agreements=consent_queries.agreements(), tabs=_tabs("consents")
    )


@registration_desk.route("/consents/<any(data_use,list_of_participants,photographs):kind>", methods=["GET", "POST"])
@requires(WORD_CONSENTS)
def word_consent(kind: str) -> Page:
    one = next(one for one in consent_queries.agreements() if one.kind == kind)
    form, status = ConsentForm(data={"text": one.text}), 200
    if form.is_sent():
        try:
            made = actions.word_consent(g.actor, g.conference.id, ConsentKind(kind), form.text.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Version %(number)s holds from now on.", number=made.version), "good")
            return redirect(url_for(".consents"), 303)
    page = render_template("registration/desk/consent.html", one=one, form=form)
    return page, settled(form, status)


# --- meals ------------------------------------------------------------------------------------------------------------


@registration_desk.get("/meals")
@requires(COUNT_DIETS)
def meals() -> Page:
    """Numbers without names, for the caterer; that they were counted is on record."""
    counted, actor, conference = kept.meals(g.conference), g.actor, g.conference
    if counted.by_kind:
        in_record(lambda: _note_count(actor, conference))
    return render_template(
        "registration/desk/meals.html",
        meals=counted,
        names=[(kind, _(name)) for kind, name in privacy.DIET_NAMES.items()],
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def _registration(ref: str) -> Registration:
    return found(queries.registration(g.actor, g.conference, ref))


def _erasing(ref: str, action: Any, done: str) -> Page:
    row, form = _registration(ref), ConfirmForm()
    if not form.is_sent():
        return _erasure_page(row, form)
    try:
        action(row, by=g.actor, typed=form.typed.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return _erasure_page(row, form, refusal.status)
    flash(done, "good")
    return redirect(url_for(".erasure", ref=ref), 303)


def _erase(row: Registration, *, by: Any, typed: str) -> None:
    if typed.strip().casefold() != row.number.casefold():
        raise Refused(_("Type %(number)s to confirm.", number=row.number), 422, "typed")
    actions.erase_now(row, by=by)


def _erasure_page(row: Registration, form: ConfirmForm, status: int = 200) -> Page:
    page = render_template(
        "registration/desk/erasure.html", registration=row, asked=kept.open_request(row.person), form=form
    )
    return page, settled(form, status)


def _class_name(field: privacy.Kept) -> str:
    return _(privacy.CLASS_NAMES[field.data_class])


def _tabs(current: str) -> Sequence[dict[str, Any]]:
    items = [("personal_data", _("Kept data"), ERASE), ("consents", _("Consents"), WORD_CONSENTS)]
    return [
        {"label": label, "url": url_for(f".{name}"), "current": name == current, "count": None}
        for name, label, permit in items
        if permit.allows(g.actor, g.conference)
    ]


def _note_count(actor: Any, conference: Any) -> None:
    audit.record(actor, "count_diets", conference)
