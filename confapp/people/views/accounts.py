"""Accounts of the installation: for administrators only."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.access import ADMINISTER
from confapp.foundation.db import across_conferences
from confapp.foundation.languages import gettext as _
from confapp.foundation.text import clean
from confapp.foundation.web.guard import found, requires
from confapp.people import queries
from confapp.people.actions import accounts as actions
from confapp.people.actions.mailboxes import account_for
from confapp.people.actions.mandates import revoke_mandate
from confapp.people.forms import AccountForm
from confapp.people.models import Account
from confapp.people.views.desk import role_name

desk = Blueprint("accounts_desk", __name__, url_prefix="/desk/accounts")
PAGE = 50


@desk.get("")
@requires(ADMINISTER)
def index() -> str:
    page = min(max(0, request.args.get("page", 0, int)), 100_000)
    term = clean(request.args.get("q", ""))[:100]
    rows, total = queries.accounts(term, page, PAGE)
    return render_template(
        "people/accounts/index.html",
        accounts=rows,
        total=total,
        term=term,
        administrators={mandate.account_id for mandate in queries.administrators(clock.now())},
        previous=url_for(".index", q=term or None, page=page - 1) if page else "",
        next=url_for(".index", q=term or None, page=page + 1) if (page + 1) * PAGE < total else "",
    )


@desk.route("/administrators", methods=["GET", "POST"])
@requires(ADMINISTER)
def name_administrator() -> tuple[str, int] | Response:
    form = AccountForm()
    if form.is_sent():
        account = account_for(form.email.data, form.name.data)
        actions.make_administrator(g.actor, account)
        flash(_("%(address)s can sign in as administrator now.", address=account.email), "good")
        return redirect(url_for(".show", ref=account.ref), 303)
    return render_template("people/accounts/administrator.html", form=form), 422 if form.errors else 200


@desk.get("/<ref>")
@requires(ADMINISTER)
def show(ref: str) -> str:
    account = _account(ref)
    with across_conferences("the roles of an account in all conferences"):
        return render_template(
            "people/accounts/show.html",
            account=account,
            mandates=queries.roles_of(account.id, clock.now()),
            is_administrator=queries.administrator_mandate(account.id) is not None,
            role_name=role_name,
        )


@desk.post("/<ref>/<verb>")
@requires(ADMINISTER)
def change(ref: str, verb: str) -> Response:
    account = _account(ref)
    match verb:
        case "disable":
            actions.disable(g.actor, account)
        case "enable":
            actions.enable(g.actor, account)
        case "share" | "unshare":
            actions.share(g.actor, account, verb == "share")
        case "make-administrator":
            actions.make_administrator(g.actor, account)
        case "remove-administrator":
            revoke_mandate(g.actor, found(queries.administrator_mandate(account.id)))
        case _:
            found(None)
    return redirect(url_for(".show", ref=ref), 303)


def _account(ref: str) -> Account:
    return found(queries.account_by_ref(ref))
