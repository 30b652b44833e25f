"""A participant's own sessions: what can be chosen, what was chosen, and what is waited for."""

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import PlaceState
from confapp.foundation.web.guard import checks_inside, found
from confapp.programme import queries
from confapp.programme.actions import sign_ups as actions
from confapp.programme.queries import sign_ups as sign_up_queries
from confapp.programme.queries.sign_ups import Choice
from confapp.programme.rules.sign_ups import person_fault
from confapp.registration import queries as registrations
from confapp.registration.models import Registration
from confapp.registration.rules import ANSWER_FOR

me = Blueprint("programme_me", __name__, url_prefix="/me/<conference>")


@me.get("/registrations/<ref>/sessions")
@checks_inside
def sign_ups(ref: str) -> str:
    return _page(_own(ref))


@me.post("/registrations/<ref>/sessions/<session>/<any(choose,leave):verb>")
@checks_inside
def change(ref: str, session: str, verb: str) -> Response | tuple[str, int]:
    registration, chosen = _own(ref), found(queries.session(session))
    try:
        said = _choose(registration, chosen) if verb == "choose" else _leave(registration, chosen)
    except Refused as refusal:
        return _page(registration, refusal), refusal.status
    flash(said, "good")
    return redirect(url_for(".sign_ups", ref=ref), 303)


def _own(ref: str) -> Registration:
    row = found(registrations.registration(g.actor, g.conference, ref))
    return found(row if ANSWER_FOR.allows(g.actor, row) else None)


def _choose(registration: Registration, session: Any) -> str:
    if actions.choose(registration, session, by=g.actor) == PlaceState.HELD:
        return _("You have a place in this session.")
    return _("You are on the waiting list of this session.")


def _leave(registration: Registration, session: Any) -> str:
    actions.leave(registration, session, by=g.actor)
    return _("You have left this session.")


def _page(registration: Registration, refusal: Refused | None = None) -> str:
    choices = sign_up_queries.choices(registration)
    days = groupby(choices, key=lambda one: clock.local(one.placement.starts_at, g.conference.zone).date())
    return render_template(
        "programme/me/sign_ups.html",
        registration=registration,
        days=[(day, list(rows)) for day, rows in days],
        fault=person_fault(registration),
        chosen_in=_chosen_by_group(choices),
        refusal=refusal,
    )


def _chosen_by_group(choices: list[Choice]) -> dict[int, Choice]:
    """What was chosen, or is waited for, in each choice group."""
    return {one.session.choice_group_id: one for one in choices if one.place and one.session.choice_group_id}
