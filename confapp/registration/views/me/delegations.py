"""A focal point's delegation."""

from collections.abc import Callable

from flask import abort, flash, g, redirect, render_template, request

from confapp.foundation import clock, places
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.drafts import keeps_draft
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration import actions, queries, rules
from confapp.registration.forms import ReasonForm
from confapp.registration.models import Delegation
from confapp.registration.rules import DelegationStatus
from confapp.registration.rules.invitations import MOST_WITH_ONE_ANSWER, change_fault
from confapp.registration.views import entering, questions
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import (
    Page,
    address,
    own_delegation,
    registration_me,
)

# Pages of features above about one delegation: address, label marked with N_, and whether there is anything on them.
pages_of_delegation: dict[str, tuple[str, Callable[[], bool]]] = {}


@registration_me.get("/")
@checks_inside
def index() -> Page:
    """What somebody takes part in here; straight to it when it is one thing."""
    own = next((one for one in queries.own(g.actor) if one.conference.id == g.conference.id), None)
    mine = own or abort(404)
    if len(mine.delegations) + len(mine.registrations) == 1:
        return redirect(address(mine.delegations[0] if mine.delegations else mine.registrations[0]), 303)
    return render_template("registration/me/index.html", own=mine)


@registration_me.get("/delegations/<ref>")
@checks_inside
def delegation(ref: str) -> Page:
    return _delegation_page(own_delegation(ref))


@registration_me.get("/delegations/<ref>/decline")
@checks_inside
def ask_decline(ref: str) -> Page:
    """Names what will happen before it does."""
    row = own_delegation(ref)
    if row.status == DelegationStatus.DECLINED:  # back from the page that says so
        return redirect(address(row), 303)
    return _decline_page(row)


@registration_me.post("/delegations/<ref>/<any(acknowledge,accept,decline):verb>")
@checks_inside
def answer(ref: str, verb: str) -> Page:
    row = own_delegation(ref)
    try:
        _answer(row, verb)
    except Refused as refusal:
        return _decline_page(row, refusal) if verb == "decline" else _delegation_page(row, refusal)
    flash(_("The answer was recorded, and the organizers see it."), "good")
    return redirect(address(row), 303)


@registration_me.route("/delegations/<ref>/members/new", methods=["GET", "POST"])
@checks_inside
@prepare(questions.keep_uploads)
@keeps_draft
def new_member(ref: str) -> Page:
    row = own_delegation(ref)
    form, status = entering.member_form(row), 200
    if form.is_sent():
        try:
            made = entering.register(form, row)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(entering.said(made), "good")
            return redirect(address(row), 303)
    form.word(queries.consent_texts())
    fault = rules.deadline_fault(g.conference, g.actor, clock.now())
    page = render_template("registration/me/member.html", delegation=row, form=form, fault=fault, quota=_quota(row))
    return page, settled(form, status)


# --- parts ---


def _answer(row: Delegation, verb: str) -> None:
    if verb == "decline" and (members := request.form.get("members", 0, int)):
        actions.decline_with_members(g.actor, row, members, reason=ReasonForm().reason.data or "")
    else:
        {"acknowledge": actions.acknowledge, "accept": actions.accept, "decline": actions.decline}[verb](g.actor, row)


def _decline_page(row: Delegation, refusal: Refused | None = None) -> Page:
    page = render_template(
        "registration/me/decline.html",
        delegation=row,
        leaving=queries.living_of(g.actor, g.conference, row),
        most=MOST_WITH_ONE_ANSWER,
        fault=change_fault(row, g.conference, g.actor, clock.now()),
        refusal=refusal,
        typed=request.form.get("reason", ""),
    )
    return page, refusal.status if refusal else 200


def _delegation_page(row: Delegation, refusal: Refused | None = None) -> Page:
    members = queries.some_members(g.actor, g.conference, row, request.args.get("page", 1, int))
    page = render_template(
        "registration/me/delegation.html",
        delegation=row,
        members=members.rows,
        member_pages=members,
        missing=rules.missing(row, members.owing, questions.unanswered(members.owing)),
        quota=_quota(row),
        registered=members.registered,
        focal_points=queries.focal_point_mandates([row.id]),
        fault=rules.deadline_fault(g.conference, g.actor, clock.now()),
        may_register=bool(queries.categories_for(row)),
        may_invite_members=bool(queries.categories_to_invite_in(row)),
        refusal=refusal,
        answers=queries.answers(row),
        answer_fault=change_fault(row, g.conference, g.actor, clock.now()),
        pages=[(page, _(label)) for page, (label, is_used) in pages_of_delegation.items() if is_used()]
        if row.id in g.actor.delegations(g.conference.id)
        else [],
    )
    return page, refusal.status if refusal else 200


def _quota(row: Delegation) -> places.Quota | None:
    return places.find_quota(row)
