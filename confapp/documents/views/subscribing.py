"""Being told by mail of what is issued: asking, confirming from the mailbox, changing it, ending it by one click."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for

from confapp.documents import actions
from confapp.documents.forms.subscribing import ChoiceForm, SubscribeForm
from confapp.documents.models import Subscriber
from confapp.documents.queries import subscribers as queries
from confapp.documents.rules import KIND_NAMES, subscriptions
from confapp.documents.views.public import documents
from confapp.foundation import languages
from confapp.foundation.web.guard import ends_by_one_click, public
from confapp.foundation.web.limits import Limit, by_address, by_field, limited

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIMITS = (Limit("subscribe_address", 20, HOUR, by_address), Limit("subscribe_email", 3, DAY, by_field("email")))


def _offered() -> list[str]:
    """Languages in which a mail can be written, of those of the conference; at least the one of the page."""
    return [code for code in languages.INTERFACE if code in g.conference.languages] or [g.language]


@documents.route("/subscribe", methods=["GET", "POST"])
@public
@limited(*LIMITS)
def subscribe() -> Any:
    _refuse_draft()
    offered = _offered()
    form = SubscribeForm(language=g.language if g.language in offered else offered[0])
    form.offer(offered, KIND_NAMES)
    if form.is_sent():
        actions.ask_to_be_told(g.conference, form.email.data, language=form.language.data, kinds=form.kinds.data or ())
        return redirect(url_for(".subscription_asked"), 303)
    return _page("subscribe", 422 if request.method == "POST" else 200, form=form)


@documents.get("/subscribe/sent")
@public
def subscription_asked() -> Response:
    _refuse_draft()
    return _page("subscribe", form=None)


@documents.route("/subscription/<subscriber>", methods=["GET", "POST"])
@public
def subscription(subscriber: str) -> Any:
    """The link of the mailbox: opening changes nothing, for mail filters open links too; its buttons do."""
    _refuse_draft()
    row = queries.subscriber(subscriber)
    if row is None:
        return _page("subscription", 404, row=None)
    offered = _offered()
    form = ChoiceForm(language=row.language if row.language in offered else offered[0], kinds=row.kinds)
    form.offer(offered, KIND_NAMES)
    if form.is_sent() and row.email:
        actions.confirm_subscription(row, language=form.language.data, kinds=form.kinds.data or ())
        return redirect(url_for(".subscription_confirmed", subscriber=subscriber), 303)
    return _page("subscription", 422 if request.method == "POST" else 200, row=row, form=form, is_told=_is_told(row))


@documents.get("/subscription/<subscriber>/confirmed")
@public
def subscription_confirmed(subscriber: str) -> Response:
    _refuse_draft()
    row = queries.subscriber(subscriber)
    return _page("subscribed", 200 if row else 404, row=row)


@documents.route("/subscription/<subscriber>/end", methods=["GET", "POST"])
@public
@ends_by_one_click
def end_subscription(subscriber: str) -> Response:
    """The address in the head of each mail (RFC 8058): a mail program sends one form without cookies, a person presses
    the button. It is never led elsewhere, and done again it finds everything done."""
    _refuse_draft()
    row = queries.subscriber(subscriber)
    if row is None:
        return _page("subscription_end", 404, is_over=True)
    if request.method == "POST":
        actions.end_subscription(row)
        return _page("subscription_end", is_over=True)
    return _page("subscription_end", is_over=row.ended_at is not None)


end_subscription.in_archive = True  # type: ignore[attr-defined]


def _is_told(row: Subscriber) -> bool:
    return subscriptions.is_in_force(row)


def _refuse_draft() -> None:
    if not g.conference.is_public:
        abort(404)


def _page(name: str, status: int = 200, **values: Any) -> Response:
    """Whoever has the address may use it: it is not found by searching, nor kept on the way."""
    answer = make_response(render_template(f"documents/public/{name}.html", **values), status)
    answer.headers["Cache-Control"] = "no-store"
    if name != "subscribe":
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
