"""The order between sessions: one list, with a form below it."""

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import queries
from confapp.programme.actions import orders as actions
from confapp.programme.forms.arranging import OrderForm
from confapp.programme.queries import orders as order_queries
from confapp.programme.rules import SCHEDULE
from confapp.programme.views import Answer, desk


@desk.route("/programme/order", methods=["GET", "POST"])
@requires(SCHEDULE)
def orders() -> Answer:
    sessions = queries.sessions()
    form, status = OrderForm.of(sessions), 422
    if form.is_sent():
        by_ref = {one.ref: one for one in sessions}
        first, then = by_ref[form.first.data], by_ref[form.then.data]
        try:
            actions.add(g.actor, g.conference, first, then, form.minutes.data or 0, is_rule=form.is_rule.data)
            flash(_("It was added to the list."), "good")
            return redirect(url_for(".orders"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    page = render_template("programme/desk/orders.html", form=form, rows=order_queries.orders())
    return page, status if form.errors else 200


@desk.post("/programme/order/<ref>/remove")
@requires(SCHEDULE)
def remove_order(ref: str) -> Answer:
    actions.remove(g.actor, found(order_queries.order(ref)))
    flash(_("The order was removed."), "good")
    return redirect(url_for(".orders"), 303)
