"""Views that do one thing each, so that a test can say what the wrapper around all views does."""

import time
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, abort, flash, g, get_flashed_messages, redirect, request
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation.access import SIGNED_IN
from confapp.foundation.db import across_conferences, db
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Quota
from confapp.foundation.transactions import is_writing
from confapp.foundation.web import cache
from confapp.foundation.web.guard import checks_inside, prepare, public, requires
from confapp.foundation.web.limits import Limit, by_address, limited
from confapp.foundation.web.transactions import in_record
from confapp.people.models import Account

log: list[Any] = []


def accounts() -> int:
    return db.session.scalar(select(func.count(Account.id))) or 0


def add_account(name: str) -> None:
    db.session.add(Account(email=f"{name}@lab.example", email_folded=f"{name}@lab.example", name=name))
    db.session.flush()


def note_writing() -> str:
    log.append(("prepared", is_writing()))
    return "prepared value"


def install(app: Flask) -> None:
    bp = Blueprint("lab", __name__, url_prefix="/lab")
    inside_conference = Blueprint("lab_conference", __name__, url_prefix="/<conference>/lab")

    @bp.post("/answer/<int:status>")
    @public
    def answer(status: int) -> Any:
        add_account(request.form["name"])
        return ("", status) if status != 303 else redirect(f"/lab/done/{request.form['name']}", 303)

    @bp.post("/slow")
    @public
    def slow() -> Any:
        log.append("ran")
        add_account(request.form["name"])
        time.sleep(0.05)
        return redirect(f"/lab/done/{request.form['name']}", 303)

    @bp.post("/abort")
    @public
    def aborting() -> Any:
        add_account("aborted")
        abort(400)

    @bp.post("/refused")
    @public
    def refused() -> Any:
        add_account("refused")
        raise Refused("not now")

    @bp.post("/fault")
    @public
    def fault() -> Any:
        add_account("fault")
        raise ZeroDivisionError

    @bp.route("/reads", methods=["GET", "OPTIONS"])
    @public
    def reads() -> Any:
        add_account("by reading")
        return "seen"

    @bp.post("/prepared")
    @public
    @prepare(note_writing)
    def prepared() -> Any:
        log.append(("view", is_writing(), g.prepared))
        return "", 204

    @bp.route("/record/<int:status>", methods=["GET", "POST"])
    @public
    def recorded(status: int) -> Any:
        in_record(lambda: add_account("recorded"))
        return "sealed", status

    @bp.get("/record/broken")
    @public
    def record_broken() -> Any:
        in_record(lambda: abort(500))
        return "sealed"

    @inside_conference.post("/quota")
    @public
    def make_quota() -> Any:
        db.session.add(Quota(owner_kind="lab", owner_id=1, capacity=3, taken=0))
        return "", 204

    @inside_conference.get("/page")
    @public
    @cache.cached
    def page() -> str:
        log.append("drawn")
        return f"<p>{g.conference.acronym}</p>"

    @inside_conference.get("/mine")
    @public
    @cache.cached
    def mine() -> str:
        return f"<p>{g.actor.name}</p>"

    @bp.get("/sum")
    @public
    @cache.cached
    def total() -> str:
        with across_conferences("counts in a test"):
            return str(db.session.scalar(select(func.count(Conference.id))))

    @bp.post("/limited")
    @public
    @limited(Limit("lab", 3, timedelta(hours=1), by_address))
    def limited_view() -> Any:
        return "", 204

    @bp.post("/note")
    @public
    def note() -> Any:
        flash(request.form["name"])
        return redirect("/lab/notes", 303)

    @bp.get("/notes")
    @public
    def notes() -> str:
        return " ".join(get_flashed_messages())

    @bp.get("/known")
    @requires(SIGNED_IN)
    def known() -> str:
        return g.actor.name

    @bp.get("/inside")
    @checks_inside
    def inside() -> str:
        return "inside"

    app.register_blueprint(bp)
    app.register_blueprint(inside_conference)
