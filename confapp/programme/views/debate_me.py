"""A delegation's side of a debate: it asks for a place, says who speaks on what, and hands in its statement."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found, prepare
from confapp.programme.actions import debate as actions
from confapp.programme.forms.debate import HandInForm, StatementForm
from confapp.programme.models import Debate, Statement
from confapp.programme.queries import debate as queries
from confapp.programme.rules.debate import (
    MISSING_NAMES,
    MODE_NAMES,
    change_fault,
    delegation_fault,
    due_at,
    is_late,
    missing,
    window_fault,
)
from confapp.programme.views import statement_files
from confapp.registration.models import Delegation
from confapp.registration.rules import RANK_NAMES

me = Blueprint("debate_me", __name__, url_prefix="/me/<conference>/statements")
Page = Response | str | tuple[str, int]


@me.get("/<ref>/")
@checks_inside
def index(ref: str) -> Page:
    """The debates of the conference; straight to it when there is one."""
    delegation, debates = _delegation(ref), queries.debates()
    if len(debates) == 1:
        return redirect(url_for(".show", ref=ref, session=debates[0].session.ref), 303)
    own = {one.id: queries.statement_of(one, delegation) for one in debates}
    return render_template("programme/me/debates.html", delegation=delegation, debates=debates, own=own)


@me.route("/<ref>/<session>", methods=["GET", "POST"])
@checks_inside
def show(ref: str, session: str) -> Page:
    delegation, debate = _delegation(ref), found(queries.debate(session))
    statement = queries.statement_of(debate, delegation)
    form = StatementForm.of(debate, statement, queries.speakers(delegation))
    if form.is_sent():
        try:
            if _is_asked(statement):
                assert statement is not None
                actions.change(g.actor, statement, form.said(), revision=form.revision.data)
            else:
                actions.request(g.actor, debate, delegation, form.said())
        except Refused as refusal:
            form.refuse(refusal)
            return _page(debate, delegation, statement, form=form), refusal.status
        flash(_("Saved. The secretariat sees it."), "good")
        return redirect(url_for(".show", ref=ref, session=session), 303)
    return _page(debate, delegation, statement, form=form), 422 if request.method == "POST" else 200


@me.post("/<ref>/<session>/text")
@checks_inside
@prepare(statement_files.keep)
def hand_in(ref: str, session: str) -> Page:
    delegation, debate = _delegation(ref), found(queries.debate(session))
    statement, form = found(queries.statement_of(debate, delegation)), HandInForm()
    try:
        if not form.is_sent():
            raise Refused(_("Please look at the fields that are marked."), 422)
        file = statement_files.stored(g.prepared)
        actions.hand_in(g.actor, statement, file=file, recording_url=form.recording_url.data)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(debate, delegation, statement, hand_in=form), refusal.status
    flash(_("The statement was handed in."), "good")
    return redirect(url_for(".show", ref=ref, session=session, _anchor="text"), 303)


@me.post("/<ref>/<session>/withdraw")
@checks_inside
def withdraw(ref: str, session: str) -> Page:
    delegation, debate = _delegation(ref), found(queries.debate(session))
    statement = found(queries.statement_of(debate, delegation))
    try:
        actions.withdraw(g.actor, statement)
    except Refused as refusal:
        return _page(debate, delegation, statement, refusal=refusal), refusal.status
    flash(_("The statement was withdrawn."), "good")
    return redirect(url_for(".show", ref=ref, session=session), 303)


@me.get("/<ref>/<session>/files/<file>")
@checks_inside
def own_file(ref: str, session: str, file: str) -> Response:
    statement = found(queries.statement_of(found(queries.debate(session)), _delegation(ref)))
    return statement_files.download(
        statement, found(next((one.file for one in statement.files if one.ref == file), None))
    )


def _delegation(ref: str) -> Delegation:
    return found(queries.delegation(g.actor, g.conference, ref))


def _is_asked(statement: Statement | None) -> bool:
    return statement is not None and statement.requested_at is not None and statement.withdrawn_at is None


def _page(debate: Debate, delegation: Delegation, statement: Statement | None, **forms: Any) -> str:
    now, listing = clock.now(), queries.listing(debate)
    if "form" not in forms:
        forms["form"] = StatementForm.drawn(debate, statement, queries.speakers(delegation))
    link = statement.recording_url if statement is not None else ""
    fault = delegation_fault(delegation) or (None if _is_asked(statement) else window_fault(debate, now))
    if statement is not None and _is_asked(statement):
        fault = fault or change_fault(statement)
    return render_template(
        "programme/me/statement.html",
        debate=debate,
        delegation=delegation,
        statement=statement,
        is_asked=_is_asked(statement),
        row=listing.of(statement.ref) if statement is not None else None,
        listing=listing if debate.announced_at or debate.published_at else None,
        fault=fault,
        window=window_fault(debate, now),
        owed=missing(statement, debate) if statement is not None else [],
        due=due_at(statement, debate) if statement is not None else debate.due_at,
        is_late=lambda at: statement is not None and is_late(statement, debate, at),
        now=now,
        missing_name=lambda one: _(MISSING_NAMES[one]),
        mode_name=lambda mode: _(MODE_NAMES[mode]),
        rank_name=lambda rank: _(RANK_NAMES[rank]) if rank in RANK_NAMES else "",
        language_name=lambda code: language(code).name,
        **({"hand_in": HandInForm(formdata=None, data={"recording_url": link}), "refusal": None} | forms),
    )
