"""Signing in: ask for a link, open it, press its button. Opening changes nothing, for mail filters open links too."""

from datetime import timedelta
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.db import across_conferences
from confapp.foundation.languages import INTERFACE
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import paths
from confapp.foundation.web.guard import on_repeat, public
from confapp.foundation.web.identity import address
from confapp.foundation.web.limits import Limit, by_address, by_field, limited
from confapp.people import identity, queries, rules
from confapp.people.actions import accounts, mandates
from confapp.people.actions import sign_in as actions
from confapp.people.forms import AskLinkForm, EnterForm, SetUpForm
from confapp.people.models import MailedLink
from confapp.people.rules import LinkPurpose
from confapp.people.views.blueprint import people

Page = tuple[str, int] | Response

LIMITS = (
    Limit("sign_in_mailbox", 5, timedelta(minutes=15), by_field("email")),
    Limit("sign_in_address", 50, timedelta(minutes=15), by_address),
)


@people.route("/sign-in", methods=["GET", "POST"])
@public
@limited(*LIMITS)
def sign_in() -> Page:
    form = AskLinkForm(next=rules.safe_path(request.args.get("next", "")))
    if form.is_sent():
        actions.ask_link(form.email.data, form.next.data or "")
        return redirect(url_for("people.sent"), 303)
    conference = _conference_of(form.next.data or "")
    return render_template("people/sign_in.html", form=form, conference=conference), 422 if form.errors else 200


@people.get("/sign-in/sent")
@public
def sent() -> str:
    """After either form: a link to sign in works once, one to the own record for long."""
    settings = current_app.extensions["confapp"]
    return render_template(
        "people/sent.html",
        mailbox=url_for("reports.mailbox") if settings.is_demo else "",
        is_record=request.args.get("what") == "record",
    )


@people.route("/links/", methods=["GET", "POST"])
@public
@limited(*LIMITS)
def links() -> Page:
    form = AskLinkForm()
    if form.is_sent():
        with across_conferences("the links that were sent to one mailbox"):
            mandates.send_links_again(form.email.data)
        return redirect(url_for("people.sent", what="record"), 303)
    return render_template("people/links.html", form=form), 422 if form.errors else 200


def _sign_in_again(purpose: LinkPurpose) -> Any:
    def again(token: str) -> None:
        link = queries.link_by_token(token, purpose)
        if link is not None and (signed_in := actions.use_again(link, address=address(), agent=_agent())):
            identity.begin(*signed_in)

    return again


@people.route("/sign-in/<token>", methods=["GET", "POST"])
@public
@on_repeat(_sign_in_again(LinkPurpose.SIGN_IN))
def enter(token: str) -> Page:
    return _enter(token, LinkPurpose.SIGN_IN)


@people.route("/invitations/<token>", methods=["GET", "POST"])
@public
@on_repeat(_sign_in_again(LinkPurpose.INVITATION))
def invitation(token: str) -> Page:
    return _enter(token, LinkPurpose.INVITATION)


@people.route("/links/<token>", methods=["GET", "POST"])
@public
@on_repeat(_sign_in_again(LinkPurpose.RECORD))
def record(token: str) -> Page:
    return _enter(token, LinkPurpose.RECORD)


@people.route("/setup/<token>", methods=["GET", "POST"])
@public
@on_repeat(_sign_in_again(LinkPurpose.SETUP))
def set_up(token: str) -> Page:
    """The page that makes the first administrator of an empty installation."""
    link = queries.link_by_token(token, LinkPurpose.SETUP)
    if link is None or not link.is_open(clock.now()):
        return _spent()
    form = SetUpForm()
    if form.is_sent():
        account = accounts.make_first_administrator(link, form.email.data, form.name.data)
        identity.begin(*actions.begin(account, address=address(), agent=_agent()))
        return redirect(url_for("reports.desk"), 303)
    return render_template("people/set_up.html", form=form), 422 if form.errors else 200


def _enter(token: str, purpose: LinkPurpose) -> Page:
    with across_conferences("a mailed link names its conference itself"):
        link = queries.link_by_token(token, purpose)
        if link is None or not queries.can_be_used(link, clock.now()):
            return _spent()
        form = EnterForm()
        if form.is_sent():
            try:
                signed_in = actions.use_link(link, name=form.name.data or "", address=address(), agent=_agent())
            except Refused as refusal:
                if refusal.field is None:
                    return _spent()
                form.refuse(refusal)
            else:
                identity.begin(*signed_in)
                return redirect(_onward(link), 303)
        page = render_template(
            "people/enter.html",
            form=form,
            link=link,
            purpose=purpose.value,
            role=_(rules.ROLE_NAMES[link.mandate.role]) if link.mandate is not None else "",
            conference=_public(link.conference) or _conference_of(link.next_path),
        )
        return page, 422 if form.errors else 200


def _spent() -> Page:
    return render_template("people/spent.html"), 410


def _onward(link: MailedLink) -> str:
    """Where somebody goes after signing in: what the link was for, the desk for staff, else the own pages."""
    if path := rules.safe_path(link.next_path):
        named = path.split("/")[1] in INTERFACE
        return path if named else request.script_root + path
    mandate = link.mandate
    if mandate is not None and mandate.role in rules.STAFF:
        return url_for("reports.today", conference=mandate.conference)
    actor = queries.actor_of(link.account) if link.account is not None else g.actor
    is_staff = any(grant.role in rules.POWERFUL for grant in actor.grants)
    return url_for("reports.desk") if is_staff and mandate is None else url_for("people.home")


def _conference_of(path: str) -> Any:
    """The announced conference that somebody wants to reach, so that the sign-in page can name it and its host."""
    parts = [part for part in path.partition("?")[0].split("/") if part and part not in INTERFACE]
    slug = parts[1] if len(parts) > 1 and parts[0] in ("desk", "me") else (parts or [""])[0]
    return _public(paths.conference_named(slug)) if slug else None


def _public(conference: Any) -> Any:
    return conference if conference is not None and conference.is_public else None


def _agent() -> str:
    return request.headers.get("User-Agent", "")[:200]
