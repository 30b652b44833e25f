"""Registering oneself, on the public site."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from confapp.foundation import clock, text
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import filters
from confapp.foundation.web.guard import found, prepare, public
from confapp.foundation.web.limits import Limit, by_address, by_field, limited
from confapp.people import queries as people_queries
from confapp.people.rules import WORK_AT_DESK, LinkPurpose
from confapp.registration import actions, exports, queries
from confapp.registration.forms import RegisterForm
from confapp.registration.models import Category, PrivateLink
from confapp.registration.queries.places import full_categories, left_of, quotas_over
from confapp.registration.rules import HONORIFICS, ways
from confapp.registration.views import drawn, questions
from confapp.registration.views.marks import settled

registration_public = Blueprint("registration_public", __name__, url_prefix="/<conference>/register")

HOUR = timedelta(hours=1)


def _unconfirmed() -> str | None:
    """A mailbox that was never reached: an embassy's own, once opened, registers as many as it has people."""
    whose = by_field("email")()
    account = people_queries.account_by_email(text.clean(request.form["email"])[:254]) if whose else None
    return None if account is not None and account.confirmed_at else whose


LIMITS = (Limit("register_address", 20, HOUR, by_address), Limit("register_email", 5, HOUR, _unconfirmed))


@registration_public.route("", methods=["GET", "POST"])
@public
@limited(*LIMITS)
@prepare(questions.keep_uploads)
def register() -> Any:
    _refuse_draft()
    if why := _closed(g.conference, clock.now()):
        return render_template("registration/public/closed.html", why=why)
    if request.method != "POST":
        full = full_categories()
        return drawn.once(lambda: _empty_form(full), full)
    return _registered(queries.categories(open_to_all=True))


@registration_public.route("/via/<link>", methods=["GET", "POST"])
@public
@limited(*LIMITS)
@prepare(questions.keep_uploads)
def register_via(link: str) -> Any:
    """The form of one category, for those who were given its private address."""
    _refuse_draft()
    via = found(queries.private_link(link))
    why = _closed(g.conference, clock.now()) or _spent(via)
    if why:
        return _private(render_template("registration/public/closed.html", why=why), 410)
    if request.method != "POST":
        return _private(_page(_form([via.category]), [via.category], via))
    return _private(*_parts(_registered([via.category], via)))


def _registered(categories: Sequence[Category], via: PrivateLink | None = None) -> Any:
    """The page that follows the form, or the form with what is wrong."""
    form, status = _form(categories), 200
    if categories and form.is_sent():
        category = next(one for one in categories if one.code == form.category.data)
        try:
            made = actions.self_register(g.conference, category, form.entry(language=g.language), via=via)
            questions.save(form, made, by=None)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".registered", ref=made.ref), 303)
    return _page(form, categories, via), settled(form, status)


def _spent(via: PrivateLink) -> str:
    return ways.link_fault(via, left_of(via), clock.now()) or ""


def _parts(answer: Any) -> tuple[Any, int | None]:
    return answer if isinstance(answer, tuple) else (answer, None)


def _private(page: Any, status: int | None = None) -> Response:
    """Whoever has the address may use it: it is not found by searching, nor kept on the way."""
    answer = make_response(page, status) if status else make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _empty_form(full: Collection[str]) -> str:
    categories = queries.categories(open_to_all=True)
    return _page(_form(categories), categories, full=full)


def _form(categories: Sequence[Category]) -> RegisterForm:
    form = RegisterForm()
    form.category.choices = [(one.code, one.name) for one in categories]
    if len(categories) == 1:
        form.category.data = categories[0].code
    questions.ask(form, category=categories[0] if len(categories) == 1 else None)
    return form


def _page(
    form: RegisterForm,
    categories: Sequence[Category],
    via: PrivateLink | None = None,
    full: Collection[str] | None = None,
) -> str:
    """The form, with what has no place left; the reason why there is none when nobody could send it."""
    full = full_categories() if full is None else full
    can_have = any(one.takes_waiting or one.code not in full for one in categories)
    if not categories or (not can_have and request.method != "POST"):
        why = _("All places are taken, and there is no waiting list.") if categories else _by_invitation()
        return render_template("registration/public/closed.html", why=why)
    form.word(queries.consent_texts())
    return render_template(
        "registration/public/register.html", form=form, categories=categories, honorifics=HONORIFICS, via=via, full=full
    )


@registration_public.route("/address/<token>", methods=["GET", "POST"])
@public
def new_address(token: str) -> Any:
    """The link to a new address: opening changes nothing, for mail filters open links too; its button does."""
    _refuse_draft()
    link = people_queries.link_by_token(token, LinkPurpose.ADDRESS)
    if link is None or link.conference_id != g.conference.id or not link.is_open(clock.now()):
        return _private(render_template("people/spent.html"), 410)
    registration = found(next(iter(queries.registrations_of(link.person_id or 0)), None))
    if request.method != "POST":
        return _private(render_template("registration/public/address.html", link=link, registration=registration))
    actions.take_address(link, registration, g.conference)
    return redirect(url_for(".address_taken"), 303)


@registration_public.get("/address")
@public
def address_taken() -> Any:
    _refuse_draft()
    return _private(render_template("registration/public/address.html", link=None))


@registration_public.get("/<ref>")
@public
def registered(ref: str) -> Any:
    """After the form: the reference and what happens next. It names nobody, for whoever has the address may read it."""
    _refuse_draft()
    registration = found(queries.public_reference(ref))
    waits = registration.category.takes_waiting and not registration.is_confirmed
    is_full = waits and any(quota.is_full for quota in quotas_over(registration))
    page = Response(render_template("registration/public/registered.html", registration=registration, is_full=is_full))
    page.headers["X-Robots-Tag"] = "noindex"
    return page


@registration_public.get("/conference.ics")
@public
def calendar() -> Answer:
    _refuse_draft()
    content = exports.calendar(g.conference, absolute(f"/{g.conference.slug}/", g.language))
    headers = {"Content-Disposition": f'attachment; filename="{g.conference.slug}.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


def _refuse_draft() -> None:
    if not g.conference.is_public and not WORK_AT_DESK.allows(g.actor, g.conference):
        abort(404)


def _closed(conference: Any, now: datetime) -> str:
    """Why nobody can register now, with the date in the conference's zone; empty while it is open."""
    if conference.takes_registrations:
        return ""
    opens, closes = conference.registration_opens_at, conference.registration_closes_at
    if now >= conference.ends_at:
        return _("The conference has taken place; registration has ended.")
    if closes and now >= closes:
        return _("Registration closed on %(moment)s.", moment=filters.moment(closes))
    if opens and now < opens:
        return _("Registration opens on %(moment)s.", moment=filters.moment(opens))
    return _("The dates of registration will be announced here.")


def _by_invitation() -> str:
    return _("Participation is by invitation: members are registered by the focal point of their delegation.")
