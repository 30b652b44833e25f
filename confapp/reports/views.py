from flask import Blueprint, g, render_template

from confapp.conferences import queries
from confapp.foundation.access import SIGNED_IN
from confapp.foundation.web.guard import requires
from confapp.people.rules import WORK_AT_DESK

reports = Blueprint("reports", __name__, url_prefix="/desk")


@reports.get("/")
@requires(SIGNED_IN)
def desk() -> str:
    return render_template("reports/desk/desk.html", conferences=queries.visible_to(g.actor))


@reports.get("/<conference>/")
@requires(WORK_AT_DESK)
def today() -> str:
    return render_template("reports/desk/today.html")
