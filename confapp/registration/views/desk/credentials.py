"""Papers at the desk: those of delegations and of bodies without one, and the list of what is to be checked."""

from typing import Any

from flask import g, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import found, prepare, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import queries
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.credentials import CREDENTIAL_STATE_NAMES
from confapp.registration.views import credentials, uploads
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk

registration_desk.context_processor(lambda: credentials.words_of("desk"))


@registration_desk.get("/credentials")
@requires(SEE_PEOPLE)
def credential_list() -> Page:
    wanted = asked("state") if asked("state") in CREDENTIAL_STATE_NAMES else ""
    rows = queries.papers(g.actor, g.conference)
    counts = {state: sum(row.state == state for row in rows) for state in CREDENTIAL_STATE_NAMES}
    items = [{"label": _("All"), "url": url_for(".credential_list"), "current": not wanted, "count": len(rows)}]
    items += [
        {
            "label": _(name),
            "url": url_for(".credential_list", state=state),
            "current": wanted == state,
            "count": counts[state],
        }
        for state, name in CREDENTIAL_STATE_NAMES.items()
    ]
    shown = [row for row in rows if wanted in ("", row.state)]
    return render_template("registration/desk/credentials.html", rows=shown, items=items, wanted=wanted)


@registration_desk.get("/delegations/<ref>/credentials")
@requires(SEE_PEOPLE)
def delegation_papers(ref: str) -> Page:
    return credentials.page(_delegation(ref), "desk")


@registration_desk.post("/delegations/<ref>/credentials")
@requires(ACCREDIT)
@prepare(uploads.keep_paper)
def delegation_credential(ref: str) -> Page:
    return credentials.receive(_delegation(ref), "desk", _("The paper was noted."))


@registration_desk.get("/delegations/<ref>/credentials/<paper>")
@requires(SEE_PEOPLE)
def delegation_paper(ref: str, paper: str) -> Any:
    return credentials.download(_delegation(ref), paper)


@registration_desk.post("/delegations/<ref>/credentials/<paper>/<any(check,object,take_back):verb>")
@requires(ACCREDIT)
def delegation_judge_paper(ref: str, paper: str, verb: str) -> Page:
    return credentials.judge(_delegation(ref), paper, verb)


@registration_desk.get("/registrations/<ref>/credentials")
@requires(SEE_PEOPLE)
def registration_papers(ref: str) -> Page:
    return credentials.page(_registration(ref), "desk")


@registration_desk.post("/registrations/<ref>/credentials")
@requires(ACCREDIT)
@prepare(uploads.keep_paper)
def registration_credential(ref: str) -> Page:
    return credentials.receive(_registration(ref), "desk", _("The paper was noted."))


@registration_desk.get("/registrations/<ref>/credentials/<own_paper>")
@requires(SEE_PEOPLE)
def registration_paper(ref: str, own_paper: str) -> Any:
    return credentials.download(_registration(ref), own_paper)


@registration_desk.post("/registrations/<ref>/credentials/<own_paper>/<any(check,object,take_back):verb>")
@requires(ACCREDIT)
def registration_judge_paper(ref: str, own_paper: str, verb: str) -> Page:
    return credentials.judge(_registration(ref), own_paper, verb)


def _delegation(ref: str) -> Delegation:
    return found(queries.delegation(g.actor, g.conference, ref))


def _registration(ref: str) -> Registration:
    return found(queries.registration(g.actor, g.conference, ref))
