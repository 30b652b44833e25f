"""Sign-up at the desk: opening a session to it, and the list of those who signed up."""

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation import places
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import queries
from confapp.programme.actions import sign_ups as actions
from confapp.programme.forms.sign_ups import SignUpForm
from confapp.programme.queries import sign_ups as sign_up_queries
from confapp.programme.rules import SCHEDULE
from confapp.programme.rules.sign_ups import SEE_SIGN_UPS
from confapp.programme.views import Answer, desk


@desk.context_processor
def sign_up_words() -> dict[str, object]:
    return {
        "may_see_sign_ups": SEE_SIGN_UPS.allows(g.actor, g.conference),
        "quota_of": places.find_quota,
        "quota_figures": lambda quota: places.figures([quota.id])[quota.id],
        "sign_up_form": lambda quota: SignUpForm.of(quota, sent=False),
    }


@desk.get("/sessions/<ref>/sign-ups")
@requires(SEE_SIGN_UPS)
def sign_ups(ref: str) -> str:
    session = found(queries.session(ref))
    quota = found(places.find_quota(session))
    return render_template(
        "programme/desk/sign_ups.html", session=session, quota=quota, rows=sign_up_queries.signed_up(quota)
    )


@desk.route("/sessions/<ref>/sign-up", methods=["GET", "POST"])
@requires(SCHEDULE)
def set_sign_up(ref: str) -> Answer:
    session = found(queries.session(ref))
    form = SignUpForm.of(places.find_quota(session))
    if form.is_sent():
        try:
            actions.set_sign_up(g.actor, session, is_open=form.is_open.data, capacity=form.capacity.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The sign-up was saved."), "good")
            return redirect(url_for(".session", ref=session.ref, _anchor="sign-up"), 303)
    return render_template("programme/desk/sign_up_form.html", form=form, session=session), 422 if form.errors else 200
