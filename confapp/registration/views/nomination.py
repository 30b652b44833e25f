"""The page of a nomination link: what a mission does with an invitation, without an account."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from confapp.foundation import clock
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, public
from confapp.foundation.web.limits import Limit, by_address, limited
from confapp.people import queries as people
from confapp.people.models import MailedLink
from confapp.people.rules import LinkPurpose
from confapp.registration import queries as registration
from confapp.registration.actions import nominations
from confapp.registration.actions.nominations import Nominee
from confapp.registration.forms.letters import NominationForm
from confapp.registration.models import Delegation
from confapp.registration.queries import letters as queries
from confapp.registration.views.marks import words

registration_nomination = Blueprint("registration_nomination", __name__, url_prefix="/<conference>/nomination")
registration_nomination.context_processor(lambda: words(for_office=False))


@registration_nomination.route("/<token>", methods=["GET", "POST"])
@public
@limited(Limit("nomination", 60, timedelta(minutes=15), by_address))
def nominate(token: str) -> Answer:
    """Opening it changes nothing, for mail filters open links too."""
    link, delegation = _opened(token)
    if link is None or delegation is None:
        return _spent()
    form, status = NominationForm(first_language=g.language, second_language=g.language), 200
    if form.is_sent():
        try:
            nominations.answer_by_link(link, delegation, form.answer.data, form.signer.data, _nominees(form))
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
            if status == 410:
                return _spent()
        else:
            return redirect(url_for(".nominated", token=token), 303)
    page = render_template(
        "registration/public/nomination.html",
        delegation=delegation,
        form=form,
        link=link,
        letters=[one for one in queries.letters_of(delegation) if one.status == "issued"],
    )
    return _closed(page, status if status != 200 else 422 if form.errors else 200)


@registration_nomination.get("/<token>/done")
@public
def nominated(token: str) -> Response:
    """What was answered, for whoever holds the link that was used."""
    link = people.link_by_token(token, LinkPurpose.NOMINATION)
    if link is None or link.conference_id != g.conference.id or link.expires_at <= clock.now():
        return _spent()
    delegation = found(queries.delegation_of_link(link))
    page = render_template(
        "registration/public/nominated.html",
        delegation=delegation,
        token=token,
        is_spent=not link.is_open(clock.now()),
        focal_points=registration.focal_point_mandates([delegation.id]),
    )
    return _closed(page)


def _opened(token: str) -> tuple[MailedLink | None, Delegation | None]:
    link = people.link_by_token(token, LinkPurpose.NOMINATION)
    if link is None or link.conference_id != g.conference.id or not link.is_open(clock.now()):
        return None, None
    return link, queries.delegation_of_link(link)


def _nominees(form: NominationForm) -> list[Nominee]:
    if form.answer.data == "decline":
        return []
    typed = (
        (form.first_email.data, form.first_name.data, form.first_language.data),
        (form.second_email.data, form.second_name.data, form.second_language.data),
    )
    return [Nominee(email, name or "", language) for email, name, language in typed if email]


def _spent() -> Response:
    """Of a conference that is not announced nobody is told without a link that works."""
    if not g.conference.is_public:
        abort(404)
    return _closed(render_template("registration/public/nomination_spent.html"), 410)


def _closed(page: Any, status: int = 200) -> Response:
    """Kept by no cache and found by no search."""
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer
