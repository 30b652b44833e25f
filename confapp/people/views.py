from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation.access import SIGNED_IN
from confapp.foundation.web.guard import public, requires
from confapp.people import identity

people = Blueprint("people", __name__)


@people.get("/sign-in")
@public
def sign_in() -> str:
    return render_template("people/sign_in.html")


@people.post("/sign-out")
@requires(SIGNED_IN)
def sign_out() -> Response:
    identity.end()
    return redirect(url_for("people.sign_in"), 303)


@people.get("/me/")
@requires(SIGNED_IN)
def home() -> str:
    return render_template("people/me/home.html", name=g.actor.name)
