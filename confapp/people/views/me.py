"""What everybody signed in finds: own roles, own sign-ins, and the way out."""

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.access import SIGNED_IN
from confapp.foundation.db import across_conferences
from confapp.foundation.languages import INTERFACE, language
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, requires
from confapp.foundation.web.limits import Limit, limited
from confapp.people import exports, identity, queries, rules
from confapp.people.actions import accounts
from confapp.people.actions import own_data as own
from confapp.people.actions import sign_in as actions
from confapp.people.forms import EraseForm
from confapp.people.models import Mandate
from confapp.people.views.blueprint import people

Page = Response | str | tuple[str, int]
TAKEN = Limit("export", 10, timedelta(hours=1), lambda: str(g.actor.account_id or ""))


@people.post("/sign-out")
@requires(SIGNED_IN)
def sign_out() -> Response:
    if (here := queries.sign_in_of(g.actor.account_id, identity.sign_in_id())) is not None:
        actions.end(here)
    identity.end()
    return redirect(url_for("people.sign_in"), 303)


@people.post("/sign-out/everywhere")
@checks_inside
def sign_out_everywhere() -> Response:
    _whole_account()
    actions.end_all(queries.account(g.actor.account_id))
    identity.end()
    return redirect(url_for("people.sign_in"), 303)


@people.get("/me/")
@requires(SIGNED_IN)
def home() -> str:
    now = clock.now()
    limited_to = identity.person_id()
    with across_conferences("somebody's own roles in all conferences"):
        return render_template(
            "people/me/home.html",
            account=queries.account(g.actor.account_id),
            roles=rules.by_conference(queries.roles_of(g.actor.account_id, now, limited_to)),
            sign_ins=[] if limited_to else queries.living_sign_ins(g.actor.account_id, now),
            here=identity.sign_in_id(),
            role_name=_role_name,
            doors=_doors,
            browser=rules.browser,
            languages=[language(code) for code in INTERFACE],
        )


def _role_name(mandate: Any) -> str:
    """To journalists and those online too it is their registration that they have, not that of a delegate."""
    return _("Registration") if mandate.role == rules.Role.DELEGATE else _(rules.ROLE_NAMES[mandate.role])


@people.post("/me/sign-ins/<ref>/end")
@checks_inside
def end_sign_in(ref: str) -> Response:
    _whole_account()
    actions.end(found(queries.sign_in_by_ref(g.actor.account_id, ref)))
    return redirect(url_for("people.home"), 303)


@people.post("/me/language")
@checks_inside
def choose_language() -> Response:
    _whole_account()
    code = request.form.get("language", "")
    accounts.choose_language(queries.account(g.actor.account_id), code)
    flash(_("Mails to you are written in %(language)s.", language=language(code).name), "good")
    return redirect(url_for("people.home"), 303)


@people.get("/me/data")
@checks_inside
def own_data() -> Page:
    _whole_account()
    return _own_data(EraseForm(formdata=None))


@people.get("/me/data.zip")
@checks_inside
@limited(TAKEN)
def own_data_archive() -> Response:
    """The account itself; what a conference keeps of somebody is on the page of the registration."""
    _whole_account()
    now, account = clock.now(), queries.account(g.actor.account_id)
    with across_conferences("somebody's own roles in all conferences"):
        content = exports.account(
            account, queries.roles_of(account.id, now), queries.living_sign_ins(account.id, now), g.language
        )
    headers = {"Content-Disposition": 'attachment; filename="account.zip"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/zip", headers=headers)


@people.post("/me/data/erase")
@checks_inside
def ask_erasure() -> Page:
    _whole_account()
    form, status = EraseForm(), 422
    if form.is_sent():
        try:
            own.ask_erasure(g.actor, queries.account(g.actor.account_id), typed=form.typed.data or "")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Your account will be erased. You can take this back until then."), "good")
            return redirect(url_for("people.own_data"), 303)
    return _own_data(form), status


@people.post("/me/data/keep")
@checks_inside
def keep_data() -> Response:
    _whole_account()
    own.keep_after_all(g.actor, queries.account(g.actor.account_id))
    flash(_("Nothing is erased; the request was taken back."), "good")
    return redirect(url_for("people.own_data"), 303)


def _own_data(form: EraseForm) -> str:
    account = queries.account(g.actor.account_id)
    return render_template(
        "people/me/own_data.html", account=account, asked=queries.open_erasure(account.id), form=form
    )


def _doors(conference: Any, mandates: list[Mandate]) -> list[tuple[str, str, str]]:
    """Where the roles in one conference lead: the desk for staff, the own pages for those who take part."""
    if conference is None:
        return [(_("Open the desk"), url_for("reports.desk"), "plain")]
    doors = []
    if rules.is_staff(mandates):
        doors.append((_("Open the desk"), url_for("reports.today", conference=conference), "plain"))
    if any(mandate.delegation_id or (mandate.person and mandate.person.registration) for mandate in mandates):
        doors.append((_("Your participation"), f"{request.script_root}/me/{conference.slug}/", "plain"))
    if any(mandate.person_id for mandate in mandates):
        doors.append((_("My agenda"), f"{request.script_root}/me/{conference.slug}/agenda/", "plain"))
    if any(mandate.role == rules.Role.SPEAKER for mandate in mandates):
        doors.append(
            (_("Your part in the programme"), f"{request.script_root}/me/{conference.slug}/speaking/", "plain")
        )
    return doors


def _whole_account() -> None:
    """Somebody who came by the link to one record sees that record, and nothing of the mailbox's account."""
    found(None if identity.person_id() else g.actor)
