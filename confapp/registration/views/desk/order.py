"""The order of delegations: how it came about, a rule with its preview, a drawn seat, moves by hand, and back."""

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation import clock
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.forms.order import DrawnForm, OrderForm, PositionForm
from confapp.registration.models import Delegation
from confapp.registration.rules import INVITE
from confapp.registration.rules.order import fingerprint
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled
from confapp.registration.views.order import told


@registration_desk.get("/delegations/order")
@requires(SEE_PEOPLE)
def delegation_order() -> Page:
    return _page()


@registration_desk.post("/delegations/order")
@requires(INVITE)
def order_delegations() -> Page:
    """The preview of a rule, and the rule itself once its preview was looked at."""
    form = _order_form()
    if not form.is_sent():
        return _page(form=form)
    try:
        ahead = actions.preview_order(g.conference, form.rule())
        seen = fingerprint(row.id for row in ahead)
        if form.seen.data == seen:
            actions.apply_order(g.actor, g.conference, form.rule(), seen)
            flash(_("The delegations are in the new order."), "good")
            return redirect(url_for(".delegation_order"), 303)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(form=form)
    changed = bool(form.seen.data)
    form.seen.data = seen
    return render_template(
        "registration/desk/delegation_order_preview.html",
        form=form,
        rows=ahead,
        before={row.id: row.position for row in ahead},
        language=form.language.data,
        changed=changed,
    )


@registration_desk.post("/delegations/order/draw")
@requires(INVITE)
def draw_first_seat() -> Page:
    drawn = actions.draw_first_seat(g.actor, g.conference)
    flash(_("%(name)s was drawn. Apply a rule to begin with this seat.", name=best(drawn.name)), "good")
    return redirect(url_for(".delegation_order", _anchor="rule"), 303)


@registration_desk.post("/delegations/order/drawn")
@requires(INVITE)
def note_draw() -> Page:
    form = DrawnForm(queries.ordered_delegations())
    if form.is_sent():
        try:
            drawn = actions.note_draw(
                g.actor, found(form.by_ref.get(form.drawn.data)), form.drawn_at.data or clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The draw was noted: %(name)s.", name=best(drawn.name)), "good")
            return redirect(url_for(".delegation_order", _anchor="rule"), 303)
    return _page(drawn_form=form)


@registration_desk.post("/delegations/order/undo")
@requires(INVITE)
def undo_order() -> Page:
    actions.undo_order(g.actor, g.conference)
    flash(_("The order is the one that stood before."), "good")
    return redirect(url_for(".delegation_order"), 303)


@registration_desk.post("/delegations/<ref>/<any(up,down):way>")
@requires(INVITE)
def move_delegation(ref: str, way: str) -> Page:
    row = _delegation(ref)
    actions.move_delegation(g.actor, row, -1 if way == "up" else 1)
    return redirect(url_for(".delegation_order", _anchor=f"d-{row.ref}"), 303)


@registration_desk.post("/delegations/<ref>/position")
@requires(INVITE)
def place_delegation(ref: str) -> Page:
    row, form = _delegation(ref), PositionForm()
    if not form.is_sent():
        return _page(wrong=row, position=form)
    actions.place_delegation(g.actor, row, form.position.data or 1)
    flash(_("%(name)s is number %(position)s.", name=best(row.name), position=row.position), "good")
    return redirect(url_for(".delegation_order", _anchor=f"d-{row.ref}"), 303)


def _delegation(ref: str) -> Delegation:
    return found(queries.delegation(g.actor, g.conference, ref))


def _order_form() -> OrderForm:
    return OrderForm(queries.ordered_delegations(), queries.order_history())


def _page(
    form: OrderForm | None = None,
    drawn_form: DrawnForm | None = None,
    wrong: Delegation | None = None,
    position: PositionForm | None = None,
) -> Page:
    rows, history = queries.ordered_delegations(), queries.order_history()
    forms: list[Form] = [one for one in (form, drawn_form, position) if one is not None]
    page = render_template(
        "registration/desk/delegation_order.html",
        rows=rows,
        history=history,
        told=told(history),
        draws=queries.draws(g.conference),
        names={row.ref: row.name for row in rows},
        form=form or OrderForm(rows, history, formdata=None),
        drawn_form=drawn_form or DrawnForm(rows, formdata=None),
        wrong=wrong,
        position=position,
    )
    return page, max((422 if one.form_errors else settled(one) for one in forms), default=200)
