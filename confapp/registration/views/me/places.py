"""One's own place: the waiting list, and the answer to an offer."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template

from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import checks_inside
from confapp.registration.actions import waiting as actions
from confapp.registration.mails import after_acceptance
from confapp.registration.mails.waiting import what_happens
from confapp.registration.queries import places as place_queries
from confapp.registration.rules.places import STATE_NAMES, STATE_SHAPES, is_open_now
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me

# Pages of features above about one registration: address, label marked with N_, and whether there is anything on them.
pages_beside: dict[str, tuple[str, Callable[[], bool]]] = {}


@registration_me.context_processor
def place_words() -> dict[str, Any]:
    return {
        "turn_of": place_queries.turn,
        "turns_of": place_queries.turns,
        "zones_for": place_queries.zones_for,
        "zones_open": is_open_now,
        "name_of_full": place_queries.name_of_full,
        "what_happens": what_happens,
        "after_acceptance": lambda registration: after_acceptance(registration, g.conference),
        "pages_beside": lambda: [(page, _(label)) for page, (label, is_used) in pages_beside.items() if is_used()],
        "place_mark": lambda state: (STATE_SHAPES[state], _(STATE_NAMES[state])),
    }


@registration_me.post("/registrations/<ref>/offer/<any(accept,decline):verb>")
@checks_inside
def answer_offer(ref: str, verb: str) -> Page:
    row = own_registration(ref)
    if verb == "accept":
        actions.accept_offer(row, by=g.actor)
        flash(_("The place is held for this registration now."), "good")
    elif actions.decline_offer(row, by=g.actor):
        flash(_("The place goes to the next in the list."), "good")
    else:
        flash(_("No place is offered any more."), "attention")
    return redirect(address(row), 303)


@registration_me.get("/registrations/<ref>/offer/decline")
@checks_inside
def ask_decline_offer(ref: str) -> Page:
    """Says what becomes of the place and of the registration."""
    row = own_registration(ref)
    until = place_queries.turn(row).offered_until
    if until is None:  # answered or ended meanwhile
        return redirect(address(row), 303)
    return render_template("registration/me/decline_offer.html", registration=row, until=until)


@registration_me.post("/registrations/<ref>/wait")
@checks_inside
def ask_for_place(ref: str) -> Page:
    row = own_registration(ref)
    if actions.ask_for_place(row, by=g.actor):
        flash(_("A place was free: it is held for this registration now."), "good")
    else:
        flash(_("The registration is on the waiting list."), "good")
    return redirect(address(row), 303)
