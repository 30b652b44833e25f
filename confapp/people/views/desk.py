"""People and roles of one conference: who holds what, invitations, and who may do what."""

from datetime import date, datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import access, clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.people import queries, rules
from confapp.people.actions import accounts
from confapp.people.actions import mandates as actions
from confapp.people.forms import InviteForm
from confapp.people.models import Mandate
from confapp.people.rules import MANAGE_STAFF, WORK_AT_DESK, Role

desk = Blueprint("people_desk", __name__, url_prefix="/desk/<conference>/people")


@desk.get("")
@requires(MANAGE_STAFF)
def index() -> str:
    group = rules.group_named(request.args.get("group", ""))
    found_here = queries.mandates_in(g.conference.id, clock.now())
    return render_template(
        "people/desk/index.html",
        mandates=sorted((m for m in found_here if rules.is_in(group, m, clock.now())), key=rules.order),
        filters=[
            {
                "label": _(name),
                "url": url_for(".index", group=key),
                "current": key == group,
                "count": sum(rules.is_in(key, m, clock.now()) for m in found_here),
            }
            for key, name in rules.GROUPS.items()
        ],
        group=group,
        role_name=role_name,
    )


@desk.route("/invite", methods=["GET", "POST"])
@requires(MANAGE_STAFF)
def invite() -> tuple[str, int] | Response:
    form = InviteForm(language=g.conference.languages[0])
    if form.is_sent():
        try:
            actions.invite(
                g.actor,
                form.email.data,
                Role(form.role.data),
                g.conference,
                name=form.name.data or "",
                ends_at=_end_of(form.until.data),
                language=form.language.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("An invitation is on its way to %(address)s.", address=form.email.data), "good")
            return redirect(url_for(".index"), 303)
    return render_template("people/desk/invite.html", form=form), 422 if form.errors or form.form_errors else 200


@desk.get("/matrix")
@requires(WORK_AT_DESK)
def matrix() -> str:
    held = {permit: rules.holders(permit) for permit in access.permits() if permit is not access.SIGNED_IN}
    return render_template(
        "people/desk/matrix.html",
        may_manage=MANAGE_STAFF.allows(g.actor, g.conference),
        permits=[(_(permit.label), [rules.named(role) for role in roles]) for permit, roles in held.items()],
        roles=[
            (rules.named(role), [_(permit.label) for permit, roles in held.items() if role in roles]) for role in Role
        ],
    )


@desk.get("/<ref>")
@requires(MANAGE_STAFF)
def show(ref: str) -> str:
    mandate = _mandate(ref)
    return render_template("people/desk/show.html", mandate=mandate, role=role_name(mandate), is_over=_is_over(mandate))


@desk.post("/<ref>/renew")
@requires(MANAGE_STAFF)
def renew(ref: str) -> Response:
    mandate = _mandate(ref)
    actions.renew_link(g.actor, mandate, g.conference)
    flash(_("A new invitation is on its way to %(address)s.", address=mandate.account.email), "good")
    return redirect(url_for(".show", ref=ref), 303)


@desk.post("/<ref>/remove")
@requires(MANAGE_STAFF)
def remove(ref: str) -> Response:
    mandate = _mandate(ref)
    actions.revoke_mandate(g.actor, mandate)
    flash(_("The role was removed. To give it back, invite %(address)s again.", address=mandate.account.email), "good")
    return redirect(url_for(".index"), 303)


@desk.post("/<ref>/share")
@requires(MANAGE_STAFF)
def share(ref: str) -> Response:
    accounts.share(g.actor, _mandate(ref).account, request.form.get("shared") == "yes")
    return redirect(url_for(".show", ref=ref), 303)


def role_name(mandate: Mandate) -> str:
    return _(rules.ROLE_NAMES[mandate.role])


def _mandate(ref: str) -> Mandate:
    return found(queries.mandate_in(g.conference.id, ref))


def _is_over(mandate: Mandate) -> bool:
    return not mandate.is_in_force(clock.now())


def _end_of(day: date | None) -> datetime | None:
    """The end of a day in the conference's zone."""
    if day is None:
        return None
    return clock.start_of(day + timedelta(days=1), g.conference.zone)
